"""`nacoord export`: the record for other programs."""

from __future__ import annotations

from typing import Annotated
from typing import Literal

import typer

from nacoord.cli.arguments import Scope
from nacoord.cli.completion import complete_export
from nacoord.cli.completion import complete_kind
from nacoord.cli.leaving import AskedMarking


def export(
    ctx: typer.Context,
    format: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="json, csv, xlsx, ics, sqlite or graph.",
            autocompletion=complete_export,
        ),
    ],
    scope: Scope = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write to this file; - is standard output."
        ),
    ] = None,
    marking: AskedMarking = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="json, csv, xlsx: only records of this kind.",
            autocompletion=complete_kind,
        ),
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="csv: mark the text as UTF-8, as Excel wants it.")
    ] = False,
    form: Annotated[
        Literal["dot", "mermaid", "svg"] | None,
        typer.Option(
            "--as",
            metavar="FORM",
            help="graph: as dot, mermaid or svg; without it, what FILE's suffix says, else dot.",
        ),
    ] = None,
    stakeholders: Annotated[
        bool, typer.Option("--stakeholders", help="graph: show who is in each issue too.")
    ] = False,
) -> int:
    """Export the record for other programs, or a part of it.

    \b
    json    the whole record, with the JSON Schema that it follows
    csv     the records of one kind, or a file for each kind in a folder or ZIP
    xlsx    a workbook with a sheet for each kind, with filters and real dates
    ics     a calendar of contacts, actions and whatever falls due
    sqlite  a database of the record and its history, a table for each kind
    graph   how issues bear on each other: as dot, mermaid or svg

    A scope takes in its issues, what refers to them, and the agencies, people and clocks that those
    name. An export carries its highest marking; --marking leaves out what is above a ceiling and says
    how much that was. Where a text that would leave names a record that may not, nothing is written.

    Exit codes: 0 fine, 1 a text names what may not leave, 2 usage, 3 part of the record could not be
    read and is missing, 4 git or disk failed.

    Example: nacoord export json > record.json

    Example: nacoord export json mexico --marking internal -o mexico.json

    Example: nacoord export csv --kind commitment -o promises.csv

    Example: nacoord export xlsx canada -o canada.xlsx

    Example: nacoord export ics mexico -o mexico.ics

    Example: nacoord export sqlite -o record.db

    Example: nacoord export graph mexico --as mermaid
    """  # noqa: D301 - a line of its own for each format
    from nacoord.cli.exporting import Asked
    from nacoord.cli.exporting import check_options
    from nacoord.cli.exporting import check_output
    from nacoord.cli.exporting import deliver
    from nacoord.cli.exporting import find_format
    from nacoord.cli.exporting import find_kind
    from nacoord.cli.exporting import form_of
    from nacoord.cli.exporting import gather
    from nacoord.cli.exporting import make
    from nacoord.cli.session import Session

    session = Session(ctx)
    row = find_format(session, format)
    given = {"kind": kind, "bom": bom, "as": form, "stakeholders": stakeholders}
    check_options(row, given)
    asked = Asked(
        row, scope, find_kind(kind), marking, output, bom, form_of(output, form), stakeholders
    )
    check_output(asked)
    left, found = gather(session, asked)
    made, highest = make(session, asked, left, found)
    return deliver(session, asked, made, left, highest)
