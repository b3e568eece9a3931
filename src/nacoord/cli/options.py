"""The options that every command on a record takes, declared once.

They stand before the command or after it; what is said after it counts.
"""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import Literal

import typer

PREFIX = "nacoord."
Color = Literal["auto", "always", "never"]


def _remember(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    if value not in (None, False):
        ctx.meta[f"{PREFIX}{param.name}"] = value
    return value


def shared(
    data: Annotated[
        str | None,
        typer.Option(
            "--data",
            metavar="DIR",
            help="The record's folder [env: NACOORD_DATA].",
            callback=_remember,
            expose_value=False,
        ),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(
            "--today",
            metavar="DATE",
            help="Answer as if it were this day [env: NACOORD_TODAY].",
            callback=_remember,
            expose_value=False,
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE|COMMIT",
            help="Answer from the record as it stood then.",
            callback=_remember,
            expose_value=False,
        ),
    ] = None,
    json: Annotated[
        bool,
        typer.Option("--json", help="Answer in JSON.", callback=_remember, expose_value=False),
    ] = False,
    color: Annotated[
        Color | None,
        typer.Option(
            "--color",
            metavar="WHEN",
            help="Colour: auto, always or never.",
            callback=_remember,
            expose_value=False,
        ),
    ] = None,
    no_pager: Annotated[
        bool,
        typer.Option(
            "--no-pager", help="Don't page long output.", callback=_remember, expose_value=False
        ),
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option(
            "-q",
            "--quiet",
            help="Print the answer and errors only.",
            callback=_remember,
            expose_value=False,
        ),
    ] = False,
) -> None:
    """Hold the shared options; their values go to the context."""


def writing(
    message: Annotated[
        str | None,
        typer.Option(
            "-m",
            "--message",
            metavar="WHY",
            help="Why: it is kept with the change.",
            callback=_remember,
            expose_value=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "-n",
            "--dry-run",
            help="Show what would change, and change nothing.",
            callback=_remember,
            expose_value=False,
        ),
    ] = False,
) -> None:
    """Hold the options of every command that changes the record."""
