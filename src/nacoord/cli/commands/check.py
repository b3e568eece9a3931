"""`nacoord check`: everything that is wrong in the record, in one run."""

from __future__ import annotations

from typing import Annotated

import typer


def check(
    ctx: typer.Context,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
) -> int:
    """Say everything that is wrong in the record, with file, line and what to do.

    Exits with 1 when there is an error (with --strict, a warning too), with 3 when a file could not
    be read. The first line of each fault is FILE:LINE:COLUMN: error[CODE]: MESSAGE, for editors.

    Example: nacoord check

    What a code means: nacoord explain unknown-agency
    """
    from nacoord.cli.output import write
    from nacoord.cli.session import Session
    from nacoord.present.terminal.faults import fault_lines
    from nacoord.present.terminal.faults import summary

    session = Session(ctx)
    session.tell_when("check")
    faults = session.located([*session.snapshot.faults, *session.unsound()])
    if session.option("json"):
        answer = {"records": len(session.snapshot.records)}
        write(session.envelope("check", answer, faults), page=False)
    else:
        lines = [line for fault in faults for line in fault_lines(fault)]
        write("".join(f"{line}\n" for line in lines), page=not session.option("no_pager"))
        session.note(summary(faults, len(session.snapshot.records)))
    if any(fault.unread for fault in faults):
        return 3
    return int(any(strict or fault.severity == "error" for fault in faults))
