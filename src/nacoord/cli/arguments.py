"""The arguments that several commands take, declared once."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from nacoord.cli.completion import complete_id
from nacoord.cli.completion import complete_scope

Scope = Annotated[
    str | None,
    typer.Argument(
        metavar="SCOPE",
        help="A relationship, theme, issue, agency or person; without one, everything.",
        autocompletion=complete_scope,
    ),
]

LinkIssue = Annotated[
    str, typer.Argument(metavar="ISSUE", help="The issue.", autocompletion=complete_id)
]
LinkKind = Annotated[
    str,
    typer.Argument(
        metavar="KIND", help="undermines, supports, depends-on, blocks, related or precedent."
    ),
]
LinkOther = Annotated[
    str, typer.Argument(metavar="OTHER", help="The other issue.", autocompletion=complete_id)
]

ActionId = Annotated[
    str, typer.Argument(metavar="ACTION", help="The action.", autocompletion=complete_id)
]
WhoSays = Annotated[
    str, typer.Argument(metavar="WHO", help="Who says so.", autocompletion=complete_id)
]
Comment = Annotated[
    str | None, typer.Option("--comment", metavar="TEXT", help="What it said of the text.")
]

On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day; today by default.")]


def day_said(on: str | None, today: date) -> date:
    """Return the day on which something was done, which `--on` says; today without it.

    Raises:
        UsageError: when it is no day, or one to come: `friday` is the next one, and who is to be told
            on a day to come would count as told.
    """
    if not on:
        return today
    from nacoord.model.dates import read_date
    from nacoord.model.errors import UsageError

    day = read_date(on, today)
    if day > today:
        raise UsageError(
            f"--on {day} is after today, {today}: it has not been yet",
            hint="name the day on which it was, as --on -1d, or leave out --on",
        )
    return day
