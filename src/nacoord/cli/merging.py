"""The check of a merge as a whole: what each side had right can be wrong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nacoord.model.errors import NacoordError
from nacoord.model.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nacoord.cli.session import Session
    from nacoord.record.merging.commits import Merged
    from nacoord.record.repository import Repository


class WrongTogetherError(NacoordError):
    """Each side is right, and what they come to is not.

    Attributes:
        faults: what would be wrong.
    """

    def __init__(self, faults: Sequence[Fault], named: str) -> None:
        many = "errors" if len(faults) > 1 else "error"
        super().__init__(
            f"nothing was merged: ours and {named} together would have {len(faults)} {many}",
            hint="change it here so that both hold, as with nacoord set or nacoord undo, then again: nacoord sync",
        )
        self.faults = tuple(faults)


def refuse_wrong(session: Session, repository: Repository, merged: Merged, named: str) -> None:
    """Refuse a merge that would make errors which neither side has.

    Args:
        named: what people call where theirs comes from.

    Raises:
        WrongTogetherError: with the errors, each at its line as the file would be.
    """
    from nacoord.desk.checks.table import check
    from nacoord.desk.checks.table import new_faults
    from nacoord.model.office import FILE
    from nacoord.record.commits import named as commit_named
    from nacoord.record.draft import Draft
    from nacoord.record.loader import load
    from nacoord.record.loader import locate
    from nacoord.record.loader import reload

    zone = session.snapshot.office.time_zone
    root, prefix = repository.root, repository.prefix
    store = commit_named(root, merged.ours, zone)
    before = load(store, session.shown)
    draft = Draft(store, before)
    for path, text in merged.texts.items():
        if path.startswith(prefix):
            draft.writes[path.removeprefix(prefix)] = text
    if FILE in draft.writes:
        after = load(draft, session.shown)
        known = {_key(fault) for fault in check(before)}
        found = [fault for fault in check(after) if _key(fault) not in known]
    else:
        entries = draft.changed()
        after = reload(before, draft, entries, session.shown)
        found = new_faults(before, after, {entry.id for entry in entries})
    errors = [fault for fault in found if fault.severity == "error"]
    if errors:
        theirs = load(commit_named(root, merged.theirs, zone), session.shown)
        known = {_key(fault) for fault in check(theirs)}
        errors = [fault for fault in errors if _key(fault) not in known]
    if errors:
        raise WrongTogetherError(locate(errors, draft, session.shown), named)


def _key(fault: Fault) -> tuple[str, str | None, str, str]:
    return (fault.code, fault.record, fault.origin.file, fault.message)
