"""`nacoord import`: records from a sheet."""

from __future__ import annotations

from typing import Annotated
from typing import Literal

import typer


def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The sheet: .csv or .xlsx.")],
    mapping: Annotated[
        str,
        typer.Option(
            "--mapping", metavar="MAP.yaml", help="Which column is which field; see docs/import.md."
        ),
    ],
    encoding: Annotated[
        Literal["utf-8", "cp1252"] | None,
        typer.Option(
            "--encoding", metavar="NAME", help="Of a .csv: utf-8, or cp1252 from an old Excel."
        ),
    ] = None,
    delimiter: Annotated[
        str | None,
        typer.Option(
            "--delimiter",
            metavar="CHAR",
            help="What separates the values of a .csv: a comma, a semicolon or tab.",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Tell of every row, not of the first of many.")
    ] = False,
) -> int:
    """Import records from a sheet by a mapping, in one commit.

    Each row becomes a record, or changes the one that it is; a row that says nothing new changes
    nothing, so the same sheet can come in every week. When anything in any row is wrong, everything
    that is wrong is told, with row and column, and nothing is imported.

    Example: nacoord import taskers.csv --mapping taskers.yaml --dry-run
    """
    from nacoord.cli.importing import import_file

    return import_file(ctx, file, mapping, encoding, delimiter, everything=everything)
