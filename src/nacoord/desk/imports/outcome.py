"""What an import came to: the report of its rows, and the change that was made of them."""

from __future__ import annotations

from dataclasses import dataclass

from nacoord.desk.edits.outcome import RecordChange
from nacoord.desk.imports.report import Report


@dataclass(frozen=True, slots=True)
class Imported:
    """The answer of an import.

    Attributes:
        commit: the commit it made; None when nothing was changed.
        subject: what the change says; empty when there is none.
        records: the records it changed, or would change.
        report: what each row came to.
    """

    commit: str | None
    subject: str
    records: tuple[RecordChange, ...]
    report: Report
