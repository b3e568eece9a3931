"""An import as a change: what rows want, as new records and the smallest edits, or all that is wrong.

Nothing here reads a file or writes one. Any error refuses the whole: half a list of taskers is worse
than none, because nobody knows which half.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Pairs
from dataclasses import dataclass
from typing import Any

from nacoord.desk.imports.gathering import Gathering
from nacoord.desk.imports.gathering import Wanted
from nacoord.desk.imports.making import Make
from nacoord.desk.imports.making import Making
from nacoord.desk.imports.mapping import Mapping
from nacoord.desk.imports.report import Report
from nacoord.desk.imports.report import RowReport
from nacoord.desk.imports.report import What
from nacoord.desk.imports.targets import Targets
from nacoord.model.difference import difference
from nacoord.model.kinds.table import KINDS
from nacoord.model.proposal import Create
from nacoord.model.proposal import Proposal
from nacoord.model.sheet import Sheet
from nacoord.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    Attributes:
        proposal: the change; without a step when everything is so already, or anything is wrong.
        report: what is said of it.
    """

    proposal: Proposal
    report: Report


def plan(
    mapping: Mapping,
    found: Targets,
    sheet: Sheet,
    snapshot: Snapshot,
    values: Pairs[str, Any],
    make: Make,
    name: str,
) -> Plan:
    """Return what an import would do, or everything that is wrong with it.

    Args:
        found: the fields that the mapping fills from the sheet.
        values: the value of each record's file, by id.
        make: how a value becomes a record.
        name: the name of the mapping's file.
    """
    gathering = Gathering(mapping, found, sheet, snapshot)
    gathering.gather()
    making = Making(KINDS[mapping.kind], gathering, values, make)
    for wanted in gathering.wanted.values():
        if not any(row in gathering.skipped for row in wanted.rows):
            making.take(wanted)
    making.check()
    report = _report(mapping, found, sheet, gathering, making, name)
    steps = () if gathering.errors else tuple(making.steps.values())
    return Plan(Proposal("import", steps, _subject(report)), report)


def _report(
    mapping: Mapping,
    found: Targets,
    sheet: Sheet,
    gathering: Gathering,
    making: Making,
    name: str,
) -> Report:
    numbers = sorted({*(row.number for row in sheet.rows), *(bad.row for bad in sheet.bad)})
    rows = tuple(_row(number, gathering, making) for number in numbers)
    counted = Counter(row.what for row in rows)
    words: tuple[What, ...] = ("new", "changed", "same", "skipped", "error")
    counts = {what: counted[what] for what in words}
    new = sum(isinstance(step, Create) for step in making.steps.values())
    notes = list(sheet.notes)
    if found.unused:
        shown = ", ".join(found.unused[:6])
        more = f" and {len(found.unused) - 6} more" if len(found.unused) > 6 else ""
        notes.append(f"not imported, because the mapping doesn't name them: {shown}{more}")
    return Report(
        sheet.file,
        sheet.name,
        name,
        mapping.kind,
        counts,
        {"new": new, "changed": len(making.steps) - new},
        rows,
        tuple(notes),
    )


def _row(number: int, gathering: Gathering, making: Making) -> RowReport:
    wanted = gathering.of.get(number)
    id = wanted.id if wanted else ""
    old, data = making.changes.get(id, (None, None))
    title = _title(wanted, data)
    if errors := gathering.errors.get(number):
        # From left to right; what is wrong with the row as a whole comes first.
        placed = sorted(errors, key=lambda error: (len(error.cell), error.cell))
        return RowReport(number, "error", id, title, errors=tuple(placed))
    if number in gathering.skipped:
        return RowReport(number, "skipped", id, title, why=gathering.skipped[number])
    assert wanted is not None
    if number != wanted.rows[0] and number not in wanted.differs:
        return RowReport(number, "same", id, title, why=f"says what row {wanted.rows[0]} says")
    if data is None:
        return RowReport(number, "same", id, title)
    if old is None:
        return RowReport(number, "new", id, title)
    fields = tuple(difference(old, data)) if number == wanted.rows[0] else ()
    return RowReport(number, "changed", id, title, fields)


def _title(wanted: Wanted | None, data: Any) -> str:
    if isinstance(data, dict) and data.get("title"):
        return str(data["title"])
    return wanted.record.title if wanted and wanted.record else ""


def _subject(report: Report) -> str:
    """Return what the commit says; of the file no more than its name."""
    parts = [
        f"{report.records[what]} {what}" for what in ("new", "changed") if report.records[what]
    ]
    folder = KINDS[report.kind].folder
    word = report.kind if sum(report.records.values()) == 1 else folder
    return f"import {report.file}: {', '.join(parts)} {word}"
