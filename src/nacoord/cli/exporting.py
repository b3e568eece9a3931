"""An export put together from the record and its history, and delivered as it was asked for."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from nacoord.cli.exportpast import entries
from nacoord.cli.exportpast import made_from
from nacoord.cli.exportpast import stamps
from nacoord.cli.filing import STDOUT
from nacoord.cli.filing import check_file
from nacoord.cli.filing import check_folder
from nacoord.cli.filing import write_file
from nacoord.cli.filing import write_folder
from nacoord.cli.filing import write_stdout
from nacoord.cli.leaving import refuse_named
from nacoord.cli.leaving import tell_left_out
from nacoord.cli.leaving import unread
from nacoord.cli.leaving import unread_files
from nacoord.model.errors import UsageError

if TYPE_CHECKING:
    from nacoord.cli.session import Session
    from nacoord.desk.export import Export
    from nacoord.desk.release import Release
    from nacoord.present.export.table import Format


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    Attributes:
        format: in which format.
        scope: which part of the work, as typed; None for everything.
        kind: of which kind; None for all.
        ceiling: the highest marking that may leave.
        output: the file or folder, - or None for standard output.
        bom: whether text is to be marked as UTF-8, as Excel wants it.
        form: as what a graph is to be written: dot, mermaid or svg.
        stakeholders: whether a graph shows who is in each issue.
    """

    format: Format
    scope: str | None
    kind: str | None
    ceiling: str | None
    output: str | None
    bom: bool = False
    form: str = "dot"
    stakeholders: bool = False

    @property
    def file(self) -> str | None:
        """The file to write; None for standard output."""
        return None if self.output in (None, STDOUT) else self.output

    @property
    def spread(self) -> bool:
        """True when there is a file for each kind."""
        return self.format.name == "csv" and self.kind is None

    @property
    def folder(self) -> bool:
        """True when those go to a folder, and not to a ZIP."""
        return self.spread and not (self.file or "").lower().endswith(".zip")


def find_format(session: Session, word: str) -> Format:
    """Return the format that a typed word means, when what it needs is installed.

    Raises:
        UsageError: when there is no such format.
        NacoordError: when its library is not installed.
    """
    from nacoord.model.closest import did_you_mean
    from nacoord.present.export.table import FORMATS
    from nacoord.present.export.table import writer_of

    if session.option("json"):
        raise UsageError("--json goes with answers", hint="nacoord export json")
    format = FORMATS.get(word.lower())
    if format is None:
        hint = did_you_mean(word, FORMATS) or f"use {', '.join(FORMATS)}"
        raise UsageError(f'no format "{word}"', hint=hint)
    writer_of(format)
    return format


def find_kind(word: str | None) -> str | None:
    """Return the kind that a typed word means, one or many.

    Raises:
        UsageError: when there is no such kind.
    """
    from nacoord.model.closest import did_you_mean
    from nacoord.model.kinds.table import BY_FOLDER
    from nacoord.model.kinds.table import KINDS

    if word is None:
        return None
    row = KINDS.get(word.lower()) or BY_FOLDER.get(word.lower())
    if row is None:
        hint = did_you_mean(word, KINDS) or f"use {', '.join(KINDS)}"
        raise UsageError(f'no kind "{word}"', hint=hint)
    return row.name


def form_of(output: str | None, asked: str | None) -> str:
    """Return as what a graph is to be written: as asked, as the file's suffix says, or in DOT."""
    from nacoord.present.export.graph import SUFFIXES

    if asked:
        return asked
    name = (output or "").lower()
    return next((form for form, ends in SUFFIXES.items() if name.endswith(ends)), "dot")


def check_options(format: Format, given: Mapping[str, object]) -> None:
    """Refuse options that a format doesn't take.

    Raises:
        UsageError: when there is one.
    """
    from nacoord.present.export.table import FORMATS

    for name, value in given.items():
        if value and name not in format.takes:
            takers = " or ".join(each.name for each in FORMATS.values() if name in each.takes)
            raise UsageError(
                f"{format.name} takes no --{name}", hint=f"--{name} goes with {takers}"
            )


def check_output(asked: Asked) -> None:
    """Refuse, before any work, to write where it can't be.

    Raises:
        UsageError: when a terminal can't show it, or one file can't hold it.
        NacoordError: when the file can't be written.
    """
    if asked.spread and (asked.file is None or asked.file.lower().endswith(".csv")):
        raise UsageError(
            "a CSV file holds records of one kind",
            hint="name it: --kind issue; or write a file for each: -o FOLDER, or -o FILE.zip",
        )
    if asked.format.name == "graph" and asked.form == "svg":
        from nacoord.cli.drawing import check_drawing

        check_drawing()
    if asked.file is not None:
        check_folder(asked.file) if asked.folder else check_file(asked.file)
    elif asked.format.binary and sys.stdout.isatty():
        raise UsageError(
            f"{asked.format.name} is nothing to read in a terminal",
            hint=f"write it to a file: -o record{asked.format.suffix}",
        )


def gather(session: Session, asked: Asked) -> tuple[Release, Export]:
    """Return what may leave, and what of it is exported.

    Raises:
        NamesOmittedError: when a text in it names what may not.
    """
    from nacoord.desk.export import export
    from nacoord.desk.lookup import find_scope
    from nacoord.desk.release import release

    left = release(session.snapshot, asked.ceiling)
    found = export(
        left,
        find_scope(left.snapshot, asked.scope),
        session.today.date,
        kind=asked.kind,
        linked=asked.format.name == "graph",
        made_from=made_from(session),
        unread=unread_files(session),
        stamps=stamps(session) if asked.format.name == "ics" else None,
    )
    # The title of the scope's own record stands in it, whatever kind was asked for.
    refuse_named(session, left, {*found.snapshot.records, found.scope.id})
    return left, found


def make(
    session: Session, asked: Asked, left: Release, found: Export
) -> tuple[bytes | Mapping[str, bytes], str]:
    """Return an export in the format asked for, one file or several by name, and its marking."""
    from nacoord.present.export.table import writer_of

    writer = writer_of(asked.format)
    made: bytes | Mapping[str, bytes]
    if asked.format.name == "sqlite":
        data, marking = writer.render(found, entries(session, left, found))
        return data, marking
    if asked.format.name == "graph":
        made = _graph(asked, writer, found)
    elif asked.folder:
        made = writer.files(found, bom=asked.bom)
    elif asked.spread:
        made = writer.packed(found, bom=asked.bom)
    elif asked.format.name == "csv":
        made = writer.render(found, asked.kind, bom=asked.bom)
    else:
        made = writer.render(found)
    return made, found.marking


def _graph(asked: Asked, writer: Any, found: Export) -> bytes:
    made: bytes = writer.render(found, asked.form, stakeholders=asked.stakeholders)
    if asked.form != "svg":
        return made
    from nacoord.cli.drawing import drawn

    return drawn(made)


def deliver(
    session: Session, asked: Asked, made: bytes | Mapping[str, bytes], left: Release, marking: str
) -> int:
    """Write an export where it is to go, and say what it is; return the exit code."""
    session.tell_when("export")
    if asked.file is not None:
        if isinstance(made, bytes):
            write_file(asked.file, made)
        else:
            write_folder(asked.file, made)
        session.note(f"wrote {asked.file}, marked {marking.upper()}")
    else:
        assert isinstance(made, bytes)
        _show(session, asked, made)
    tell_left_out(left)
    return unread(session, asked.ceiling)


def _show(session: Session, asked: Asked, data: bytes) -> None:
    if asked.format.binary or not sys.stdout.isatty():
        write_stdout(data)
        return
    from nacoord.cli.output import write
    from nacoord.present.plain import clean

    text = data.decode().replace("\r\n", "\n")
    write(clean(text), page=not session.option("no_pager"))
