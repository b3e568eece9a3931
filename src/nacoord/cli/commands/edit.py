"""`nacoord edit`: a record in your editor."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_id


def edit(
    ctx: typer.Context,
    id: Annotated[
        str,
        typer.Argument(metavar="ID", help="The record.", autocompletion=complete_id),
    ],
) -> int:
    """Change a record in your editor; what you save is checked and committed.

    When it is not valid, the editor opens again with the errors as comments on top. Saving it
    unchanged gives up; what you wrote is kept in a file then. The editor is VISUAL or EDITOR.

    Example: nacoord edit tijuana-sewage -m "Monthly review"
    """
    from nacoord.cli.editing import edit_record

    return edit_record(ctx, id)
