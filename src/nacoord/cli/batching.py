"""Many changes as one: each line runs its command, and all of them land in one commit."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from nacoord.cli.session import Session
from nacoord.cli.table import COMMANDS
from nacoord.cli.writing import Batch
from nacoord.cli.writing import begin
from nacoord.cli.writing import finish
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError

# Commands that ask a person, that speak of what is in history or on the disk, or tell every row.
_NOT_HERE = frozenset({"batch", "commit", "edit", "import", "migrate", "undo"})

Line = tuple[int, list[str]]


def lines_of(file: str, text: str) -> list[Line]:
    """Return the commands of a batch with the numbers of their lines.

    Raises:
        UsageError: naming the line that is no such command.
    """
    found: list[Line] = []
    for number, line in enumerate(text.splitlines(), 1):
        if "\0" in line:
            # No command line of a system could hold it (exec(3)).
            raise UsageError(f"{file}:{number}: a NUL stands in the line", hint="remove it")
        try:
            words = shlex.split(line, comments=True)
        except ValueError as error:
            raise UsageError(f"{file}:{number}: {error}", hint="close the quotes") from None
        if words[:1] == ["nacoord"]:
            words = words[1:]
        if not words:
            continue
        row = COMMANDS.get(words[0])
        if row is None or not row.writes or row.name in _NOT_HERE:
            allowed = [
                each.name
                for each in COMMANDS.values()
                if each.writes and each.name not in _NOT_HERE
            ]
            raise UsageError(
                f'{file}:{number}: "{words[0]}" can\'t stand in a batch',
                hint=f"begin with one of: {', '.join(allowed)}",
            )
        found.append((number, words))
    if not found:
        raise UsageError(f"{file} holds no commands")
    return found


def run_lines(session: Session, file: str, lines: Sequence[Line]) -> int:
    """Make the changes of all lines as one; return the exit code.

    Raises:
        NacoordError: naming the line that can't be done; nothing is changed then.
    """
    from nacoord.cli.root import command_tree
    from nacoord.record.changing import changing

    with changing(session.root, session.shown) as change:
        begin(session, change)
        batch = Batch(session, change)
        for number, words in lines:
            try:
                command_tree().main(
                    args=words, prog_name="nacoord", standalone_mode=False, obj=batch
                )
            except NacoordError as error:
                error.message = f"{file}:{number}: {error.message}"
                raise
            except Exception as error:
                if not hasattr(error, "format_message"):
                    raise
                raise UsageError(f"{file}:{number}: {error.format_message()}") from None
        why = "\n\n".join([session.option("message") or "", *batch.reasons]).strip()
        return finish(session, change, batch.proposals, why)
