"""How a sheet comes in: read it and its mapping, propose inside the lock, tell every row."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import typer

from nacoord.cli.boundary import say
from nacoord.cli.output import style
from nacoord.cli.output import write
from nacoord.cli.session import Session
from nacoord.cli.session import working_folder
from nacoord.cli.writing import make_change
from nacoord.desk.imports.mapping import Mapping
from nacoord.desk.imports.outcome import Imported
from nacoord.desk.imports.plan import Plan
from nacoord.desk.imports.plan import plan
from nacoord.desk.imports.targets import Targets
from nacoord.desk.imports.targets import targets
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError
from nacoord.model.fault import Fault
from nacoord.model.fault import Origin
from nacoord.record.sheets.table import Asked
from nacoord.record.sheets.table import read_sheet
from nacoord.record.validation import validate
from nacoord.record.yamltext import Document
from nacoord.record.yamltext import read

if TYPE_CHECKING:
    from nacoord.desk.edits.outcome import Outcome
    from nacoord.model.proposal import Proposal
    from nacoord.model.sheet import Sheet
    from nacoord.record.changing import Change

# From here on a person waits long enough to wonder.
_MANY = 500
_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";"}


class BadMappingError(UsageError):
    """A mapping can't be read, or doesn't fit the sheet.

    Attributes:
        faults: what is wrong in it.
    """

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        many = f"{len(faults)} errors" if len(faults) > 1 else "1 error"
        super().__init__(
            f"nothing was imported: {many} in {name}", hint="what a mapping may say: docs/import.md"
        )
        self.faults = tuple(faults)


class _NothingError(Exception):
    """There is nothing to change, or what there is can't be: out of the lock, and tell."""

    def __init__(self, planned: Plan) -> None:
        super().__init__()
        self.planned = planned


def import_file(
    ctx: typer.Context,
    file: str,
    mapping_file: str,
    encoding: Any,
    delimiter: str | None,
    *,
    everything: bool,
) -> int:
    """Import a sheet by a mapping; return the exit code.

    Raises:
        UsageError: when a file is not there, or the mapping is wrong.
        SheetError: when the sheet can't be read.
    """
    session = Session(ctx)
    found = _Mapped(mapping_file)
    sheet, fields = _sheet(file, found, encoding, delimiter)

    if len(sheet.rows) > _MANY and sys.stderr.isatty():
        say(f"nacoord: {len(sheet.rows):,} rows; this takes a moment")

    def propose(change: Change, today: date) -> Proposal:
        planned = plan(found.mapping, fields, sheet, change.after, change.values, _made, found.name)
        told.append(planned)
        if not planned.proposal.steps:
            raise _NothingError(planned)
        return planned.proposal

    def tell(
        session: Session, made: Outcome, commit: str, texts: Sequence[tuple[str, Any, Any]]
    ) -> int:
        answer = Imported(commit or None, made.subject, made.changes, told[-1].report)
        return _tell(session, answer, texts, everything)

    told: list[Plan] = []
    try:
        return make_change(ctx, propose, tell=tell)
    except _NothingError as nothing:
        return _tell(session, Imported(None, "", (), nothing.planned.report), (), everything)


def _made(model: Any, data: dict[str, Any], id: str) -> Any:
    return validate(model, data, id=id)


class _Mapped:
    """A mapping with its text, so that what is wrong in it has a line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.name = os.path.basename(file)
        self._document = self._read()
        made = validate(Mapping, self._document.value)
        if isinstance(made, list):
            self.refuse(made)
        else:
            self.mapping = made

    def _read(self) -> Document:
        from nacoord.cli.filing import read_file

        path = working_folder() / self.file
        try:
            if not path.is_file():
                raise UsageError(f"there is no file {self.file}")
            document = read(read_file(path))
        except OSError as error:
            raise UsageError(f"{self.file}: {error.strerror}") from None
        if document.problems:
            raise BadMappingError(
                self.file,
                [
                    self._fault(problem.code, problem.message, problem.place, problem.hint)
                    for problem in document.problems
                ],
            )
        return document

    def refuse(self, problems: Sequence[Any]) -> None:
        """Refuse what is wrong, each with its line.

        Raises:
            BadMappingError: with all of it.
        """
        faults = [
            self._fault(
                each.code,
                each.message,
                self._document.place(each.field, on_key=each.on_key),
                each.hint,
            )
            for each in problems
        ]
        raise BadMappingError(self.file, faults)

    def _fault(self, code: str, message: str, place: Any, hint: str) -> Fault:
        source = self._document.line(place.line) if hasattr(self, "_document") else None
        return Fault(
            code,
            "error",
            message,
            Origin(self.file, place.line, place.column, source, place.width),
            hint,
        )


def _sheet(
    file: str, found: _Mapped, encoding: Any, delimiter: str | None
) -> tuple[Sheet, Targets]:
    path = Path(working_folder() / file)
    if not path.exists():
        raise UsageError(f"there is no file {file}")
    if delimiter is not None:
        delimiter = _DELIMITERS.get(delimiter.lower(), delimiter)
        if len(delimiter) != 1 or delimiter in '"\r\n':
            raise UsageError(
                f'"{delimiter}" is no delimiter', hint='as --delimiter ";" or --delimiter tab'
            )
    mapping = found.mapping
    asked = Asked(path.name, mapping.sheet, mapping.header, encoding, delimiter)
    sheet = read_sheet(path, asked)
    fields = targets(mapping, sheet)
    if isinstance(fields, list):
        found.refuse(fields)
    assert isinstance(fields, Targets)
    return sheet, fields


def _tell(
    session: Session,
    answer: Imported,
    texts: Sequence[tuple[str, bytes | None, bytes | None]],
    everything: bool,
) -> int:
    from nacoord.present.terminal.imports import import_screen

    shown = texts if session.option("dry_run") else ()
    errors = answer.report.errors
    if session.option("json"):
        write(session.envelope("import", answer, []), page=False)
    elif errors or shown or not session.option("quiet"):
        look = style(session.option("color"))
        text = import_screen(answer, shown, look, everything=everything)
        write(text, page=not session.option("no_pager"))
    if not errors:
        return 0
    rows = len({error.row for error in errors})
    many = f"{len(errors)} errors" if len(errors) > 1 else "1 error"
    say(f"nacoord: nothing was imported: {many} in {rows} row{'s' * (rows > 1)}")
    return NacoordError.exit_code
