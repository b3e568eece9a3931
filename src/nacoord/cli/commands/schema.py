"""`nacoord schema`: the JSON Schema of a kind, for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_schema


def schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="A kind, or office for nacoord.yaml.",
            autocompletion=complete_schema,
        ),
    ],
) -> int:
    """Print the JSON Schema of a kind, from its model.

    Editors check and complete a record's file with it, for example the YAML extension of VS Code by
    its setting yaml.schemas.

    Example: nacoord schema issue > issue.schema.json
    """
    from nacoord.cli.output import write
    from nacoord.model.closest import did_you_mean
    from nacoord.model.errors import UsageError
    from nacoord.model.kinds.table import BY_FOLDER
    from nacoord.model.kinds.table import KINDS
    from nacoord.model.office import Office
    from nacoord.present.schema import json_schema

    row = KINDS.get(kind) or BY_FOLDER.get(kind)
    if kind == "office":
        write(json_schema(Office, "office"), page=True)
    elif row:
        write(json_schema(row.model, row.name), page=True)
    else:
        known = [*KINDS, "office"]
        hint = did_you_mean(kind, known) or f"use {', '.join(known)}"
        raise UsageError(f'no kind "{kind}"', hint=hint)
    return 0
