"""The arguments that several commands take, declared once."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_scope

Scope = Annotated[
    str | None,
    typer.Argument(
        metavar="SCOPE",
        help="A relationship, theme, issue, agency or person; without one, everything.",
        autocompletion=complete_scope,
    ),
]
