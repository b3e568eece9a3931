"""The options that every command on a record takes, declared once.

They stand before the command or after it; what is said after it counts. They are made without the
functions from which typer reads a command's own: reading seven of those took longer, in every run,
than finding the record.
"""

from __future__ import annotations

from typing import Any
from typing import Literal

import typer
from typer.core import TyperOption
from typer.main import get_click_type
from typer.models import OptionInfo

PREFIX = "nacoord."
Color = Literal["auto", "always", "never"]


def _remember(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    if value not in (None, False):
        ctx.meta[f"{PREFIX}{param.name}"] = value
    return value


def _valued(*names: str, metavar: str, help: str, type: Any = str) -> TyperOption:
    """Make an option that takes a value, which goes to the context."""
    return TyperOption(
        param_decls=list(names),
        type=get_click_type(annotation=type, parameter_info=OptionInfo()),
        metavar=metavar,
        help=help,
        show_default=True,
        callback=_remember,
        expose_value=False,
    )


def _flag(*names: str, help: str) -> TyperOption:
    """Make an option that is said or not, which goes to the context."""
    return TyperOption(
        param_decls=list(names),
        is_flag=True,
        default=False,
        help=help,
        show_default=True,
        callback=_remember,
        expose_value=False,
    )


AS_OF = _valued("--as-of", metavar="DATE|COMMIT", help="Answer from the record as it stood then.")

SHARED = (
    _valued("--data", metavar="DIR", help="The record's folder [env: NACOORD_DATA]."),
    _valued(
        "--today",
        metavar="DATE",
        help="Answer as if it were this day [env: NACOORD_TODAY].",
    ),
    AS_OF,
    _flag("--json", help="Answer in JSON."),
    _valued("--color", metavar="WHEN", help="Colour: auto, always or never.", type=Color),
    _flag("--no-pager", help="Don't page long output."),
    _flag("-q", "--quiet", help="Print the answer and errors only."),
)

# What every command that changes the record takes beside them.
WRITING = (
    _valued("-m", "--message", metavar="WHY", help="Why: it is kept with the change."),
    _flag("-n", "--dry-run", help="Show what would change, and change nothing."),
)
