"""What an export is, in a few lines: whose, how it is marked, for which day, from what, what is missing."""

from __future__ import annotations

from nacoord.desk.export import Export
from nacoord.model.kinds.table import KINDS
from nacoord.present.dates import long_day
from nacoord.present.plain import one_line


def about(export: Export) -> tuple[tuple[str, str | int], ...]:
    """Return names and what they stand for, the marking first."""
    omitted = export.omitted
    lines: list[tuple[str, str | int]] = [
        ("Marking", banner(export)),
        ("Office", one_line(export.snapshot.office.name)),
        ("Part", part(export)),
        ("True for", long_day(export.today)),
        ("Commit", export.made_from or "none says the same"),
        ("Left out", omitted.said or "nothing"),
    ]
    if omitted.unread:
        lines.append(("Could not be read", f"{omitted.unread} file{'s' * (omitted.unread > 1)}"))
    counts = export.kinds()
    told = (kind for kind in KINDS.values() if export.kind in (None, kind.name))
    return (*lines, *((kind.folder.capitalize(), len(counts[kind.name])) for kind in told))


def banner(export: Export) -> str:
    """Return the marking as it stands on a page."""
    return export.marking.upper()


def part(export: Export) -> str:
    """Return the part of the work that is exported, in words."""
    scope = export.scope
    if scope.kind == "everything":
        return "everything"
    return f"{one_line(scope.title)} ({scope.kind})"


def title(export: Export) -> str:
    """Return what to call an export: the office, and the part of its work unless it is all."""
    name = one_line(export.snapshot.office.name)
    return name if export.scope.kind == "everything" else f"{name}: {one_line(export.scope.title)}"
