"""The command line's root: its own options, and the commands below it, not loaded yet."""

from __future__ import annotations

from typing import Annotated
from typing import Any

import typer

from nacoord.cli.lazy import LazyGroup
from nacoord.cli.options import SHARED


def _print_version(wanted: bool) -> None:
    if wanted:
        from nacoord import __version__

        typer.echo(f"nacoord {__version__}")
        raise typer.Exit


def nacoord(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the version and exit.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Keep the record of an office for North America, and answer from it.

    Every issue with Mexico and Canada, every stakeholder and every promise made either way is a
    YAML file in git. SCOPE is a relationship, a theme, an issue, an agency or a person.

    Begin with: nacoord status mexico
    """


def command_tree() -> Any:
    """Return the whole command line."""
    app = typer.Typer(
        cls=LazyGroup,
        rich_markup_mode=None,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(nacoord)
    group: Any = typer.main.get_command(app)
    group.params[1:1] = SHARED
    return group
