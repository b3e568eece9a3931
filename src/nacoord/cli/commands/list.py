"""`nacoord list`: records of a kind, filtered, sorted and counted."""

from __future__ import annotations

import re
from typing import Annotated
from typing import Any

import typer
from typer.core import TyperCommand

from nacoord.cli.completion import complete_kind

# A filter turned round, as -health:green; no option has a colon in its name.
_TURNED = re.compile(r"-[a-z_][a-z_.-]*:")


class Invocation(TyperCommand):
    """Reads -health:green as a filter, where any other command would look for options in it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the filters that start with - where options end."""
        if "--" not in args:
            turned = [word for word in args if _TURNED.match(word)]
            if turned:
                args = [*(word for word in args if word not in turned), "--", *turned]
        return super().parse_args(ctx, args)


def list_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KIND|FILTER...",
            help="A kind (issue, agency, person, ...) and what the records must be.",
            autocompletion=complete_kind,
        ),
    ] = None,
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort", metavar="FIELD,...", help="Sort by these fields; -FIELD goes downward."
        ),
    ] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", metavar="FIELD,...", help="Show these fields.")
    ] = None,
    count: Annotated[bool, typer.Option("--count", help="Print only how many there are.")] = False,
) -> int:
    """List records of a kind, filtered, sorted and counted.

    A FILTER is FIELD:VALUE, FIELD.before:DATE, FIELD.after:DATE, FIELD:none, FIELD:any, or a plain
    word to look for; a - in front of a field turns it round. Fields inside fields are dotted, as
    next_step.due. Dates are 2021-03-01, friday, +2w, eom. In a pipe, one record
    a line, values apart by tabs.

    Example: nacoord list issue priority:P1 -health:green

    Example: nacoord list commitment status:open due.before:+5w --sort due
    """
    from nacoord.cli.lists import listed
    from nacoord.cli.output import write
    from nacoord.cli.session import Session

    session = Session(ctx)
    answer = listed(session, words or (), sort=sort, columns=columns)
    if count:
        if session.option("json"):
            return session.answer("count", {"kind": answer.kind, "count": len(answer.ids)})
        write(f"{len(answer.ids)}\n", page=False)
        return session.unread()
    if session.option("json"):
        records = [session.snapshot.records[id] for id in answer.ids]
        return session.answer("list", {"kind": answer.kind, "records": records})
    return session.answer("list", answer)
