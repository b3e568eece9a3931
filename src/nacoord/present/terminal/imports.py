"""The screen of an import: what is wrong first, all of it; then what the rows come to."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from nacoord.desk.imports.outcome import Imported
from nacoord.desk.imports.report import Report
from nacoord.desk.imports.report import RowError
from nacoord.desk.imports.report import RowReport
from nacoord.desk.imports.report import What
from nacoord.desk.wording import sentence
from nacoord.model.kinds.table import KINDS
from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import NARROW
from nacoord.present.terminal.blocks import cut
from nacoord.present.terminal.blocks import grid
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.blocks import more
from nacoord.present.terminal.blocks import stacked
from nacoord.present.terminal.change import diff_lines
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

# How many rows of a sort are told one by one; --all tells all.
_SHOWN = 12
_COUNTED: tuple[tuple[What, str], ...] = (
    ("new", "new"),
    ("changed", "changed"),
    ("same", "the same"),
    ("skipped", "left out"),
    ("error", "wrong"),
)
_LISTED: tuple[tuple[What, str], ...] = (
    ("new", "New"),
    ("changed", "Changed"),
    ("skipped", "Left out"),
)
# How many cells with the same error are named.
_CELLS = 6


def import_screen(
    answer: Imported,
    texts: Sequence[tuple[str, bytes | None, bytes | None]],
    style: Style,
    *,
    everything: bool = False,
) -> str:
    """Return what an import came to; with texts, what it would do to the files too."""
    report = answer.report
    blocks: list[RenderableType] = [_title(report), *_notes(report)]
    if report.errors:
        blocks += [Text(""), heading("Wrong: nothing is imported before this is mended")]
        blocks += [Padding(line, (0, 0, 0, 2)) for line in _errors(report.errors)]
    for what, words in () if report.errors else _LISTED:
        rows = [row for row in report.rows if row.what == what]
        if rows:
            blocks += [Text(""), heading(f"{words} ({len(rows)})")]
            blocks += _rows(rows, style, everything)
    blocks += _end(answer, bool(texts))
    for path, old, new in texts:
        blocks += [Text(""), *diff_lines(path, old, new)]
    return to_text(Group(*blocks), style)


def _title(report: Report) -> RenderableType:
    sheet = f", sheet {report.sheet}" if report.sheet else ""
    count = len(report.rows)
    rows = "no row" if not count else f"{count:,} row{'s' * (count > 1)}"
    said = [f"{report.counts[what]:,} {word}" for what, word in _COUNTED if report.counts[what]]
    title = heading(f"{report.file}{sheet}: {KINDS[report.kind].folder} by {report.mapping}")
    return Group(title, text(f"{rows}{': ' if said else ''}{', '.join(said)}"))


def _notes(report: Report) -> Iterator[Text]:
    for note in report.notes:
        yield text(f"{note[:1].upper()}{note[1:]}.", look.DIM)


def _errors(errors: Sequence[RowError]) -> Iterator[RenderableType]:
    """Yield each error once, with the cells that have it."""
    alike: dict[tuple[str, str, str], list[RowError]] = {}
    for error in errors:
        alike.setdefault((error.column, error.why, error.hint), []).append(error)
    for (column, why, hint), found in alike.items():
        head = join([text(_cells(found), look.ID), text(column and f"{column}:")])
        if not column:
            head = head + text(":")
        hints = [text(hint, look.DIM)] if hint else []
        yield stacked([(join([head, text(why, look.BAD)]), hints)])


def _cells(errors: Sequence[RowError]) -> str:
    names = [error.cell or f"row {error.row}" for error in errors]
    rest = len(names) - _CELLS
    return ", ".join(names[:_CELLS]) + (f" and {rest:,} more" if rest > 0 else "")


def _rows(rows: Sequence[RowReport], style: Style, everything: bool) -> list[RenderableType]:
    count = cut(len(rows), _SHOWN, everything)
    lines = [
        [text(f"row {row.row}", look.DIM), text(row.id, look.ID), text(_said(row))]
        for row in rows[:count]
    ]
    if not any(row.id for row in rows[:count]):
        lines = [[line[0], line[2]] for line in lines]
    if style.width < NARROW:
        shown: RenderableType = stacked([(join(line[:-1]), line[-1:]) for line in lines])
    else:
        shown = grid(lines, flexible=len(lines[0]) - 1)
    hidden = [Padding(line, (0, 0, 0, 2)) for line in more(len(rows) - count, "rows")]
    return [Padding(shown, (0, 0, 0, 2)), *hidden]


def _said(row: RowReport) -> str:
    if row.what == "skipped":
        return row.why
    if row.what == "changed":
        return sentence(row.fields, 60) if row.fields else "says more of the same record"
    return row.title


def _end(answer: Imported, planned: bool) -> Iterator[Text]:
    if answer.report.errors:
        return
    yield Text("")
    if not answer.subject:
        yield text("Nothing to change: the record says so already.")
    elif answer.commit:
        yield Text(f"[{answer.commit[:10]}] ", look.ID) + text(answer.subject)
    else:
        yield Text("Would change: ", look.DIM) + text(answer.subject)
