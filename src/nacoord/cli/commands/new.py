"""`nacoord new`: a record more."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated
from typing import Any

import typer

from nacoord.cli.completion import complete_kind

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.kinds.table import Kind
    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def new(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help="issue, agency, person, ...", autocompletion=complete_kind
        ),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID|FIELD=VALUE...", help="Its id, and what to set in it."),
    ] = None,
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="FILE", help="Take its fields from YAML; - reads stdin."),
    ] = None,
) -> int:
    """Add a record: fields on the line, from a file, or in your editor when none is given.

    Without an id, one is made of the title.

    Example: nacoord new issue title="Avocado inspections" relationships=mexico theme=trade priority=P3
    """
    from nacoord.cli.editing import write_new
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.assign import is_assignment
    from nacoord.desk.edits.records import new as propose_new
    from nacoord.model.errors import UsageError

    row = _kind(kind)
    given = list(words or ())
    ids = [word for word in given if not is_assignment(word)]
    assignments = [word for word in given if is_assignment(word)]
    if len(ids) > 1:
        raise UsageError(f'"{ids[1]}" is not FIELD=VALUE', hint="quote a value with spaces")
    id = ids[0] if ids else None
    if not assignments and file is None:
        return write_new(ctx, row, id)
    fields = _from_file(file) if file else {}

    def propose(change: Change, today: date) -> Proposal:
        return propose_new(change.after, row, id, assignments, fields, today)

    return make_change(ctx, propose)


def _kind(word: str) -> Kind:
    from nacoord.model.closest import did_you_mean
    from nacoord.model.errors import UsageError
    from nacoord.model.kinds.table import BY_FOLDER
    from nacoord.model.kinds.table import KINDS

    found = KINDS.get(word.lower()) or BY_FOLDER.get(word.lower())
    if found is None:
        hint = did_you_mean(word, KINDS) or f"a kind is one of: {', '.join(KINDS)}"
        raise UsageError(f'no kind "{word}"', hint=hint)
    return found


def _from_file(name: str) -> dict[str, Any]:
    import sys

    from nacoord.cli.filing import read_file
    from nacoord.model.errors import UsageError
    from nacoord.record.yamltext import read

    try:
        data = sys.stdin.buffer.read() if name == "-" else read_file(name)
    except (FileNotFoundError, IsADirectoryError):
        raise UsageError(f"there is no file {name}") from None
    document = read(data)
    for problem in document.problems:
        place = problem.place
        raise UsageError(
            f"{name}:{place.line}:{place.column}: {problem.message}", hint=problem.hint
        )
    if not isinstance(document.value, dict):
        raise UsageError(f"{name} holds no fields", hint="write it as key: value lines")
    return document.value
