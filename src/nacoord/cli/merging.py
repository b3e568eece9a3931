"""The check of what comes in, and of a merge as a whole: what each side had right can be wrong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nacoord.model.errors import NacoordError
from nacoord.model.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nacoord.cli.session import Session
    from nacoord.desk.edits.outcome import RecordChange
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


def refuse_without_office(session: Session, repository: Repository, named: str, tip: str) -> None:
    """Refuse a commit in which the record is not where it is here, or can't be read at all.

    Args:
        named: what people call where it comes from.
        tip: its full id.

    Raises:
        NacoordError: saying so, and that nothing was taken in.
    """
    from nacoord.model.office import FILE
    from nacoord.record.commits import Commit
    from nacoord.record.loader import load_office
    from nacoord.record.officefile import NewerFormatError
    from nacoord.record.officefile import OfficeUnreadableError
    from nacoord.record.syncing.upstream import typed

    store = Commit(session.root, tip, session.clock_day)
    path = f"{repository.prefix}{FILE}"
    if not store.has(FILE):
        raise NacoordError(
            f"{named} has no record where it is here: no {path}",
            hint=f"nothing was changed; see what it has: git ls-tree -r --name-only {tip[:10]}",
        )
    try:
        load_office(store, f"{tip[:10]}:{session.shown}")
    except NewerFormatError:
        raise
    except OfficeUnreadableError as error:
        error.message = f"nothing was taken in: {FILE} of {named} can't be read"
        error.hint = f"see who can mend it: git log -1 {tip[:10]} -- {typed(f':/{path}')}"
        raise


def refuse_wrong(session: Session, repository: Repository, merged: Merged, named: str) -> None:
    """Refuse a merge that would make errors which neither side has.

    Args:
        named: what people call where theirs comes from.

    Raises:
        WrongTogetherError: with the errors, each at its line as the file would be.
    """
    from nacoord.desk.checks.table import check
    from nacoord.desk.checks.table import fault_key
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
    entries = draft.changed()
    if FILE in draft.writes:
        after = load(draft, session.shown)
    else:
        after = reload(before, draft, entries, session.shown)
    found = new_faults(before, after, {entry.id for entry in entries})
    errors = [fault for fault in found if fault.severity == "error"]
    if errors:
        theirs = load(commit_named(root, merged.theirs, zone), session.shown)
        known = {fault_key(fault) for fault in check(theirs)}
        errors = [fault for fault in errors if fault_key(fault) not in known]
    if errors:
        raise WrongTogetherError(locate(errors, draft, session.shown), named)


def merge_message(session: Session, merged: Merged, subject: str, action: str) -> str:
    """Return the message of a merge's commit: what was chosen and what lost, and the reason given.

    Its trailers name what the merge decided itself, so that an audit can compare.

    Args:
        action: the verb that makes the merge.
    """
    from nacoord.desk.edits.outcome import field_names
    from nacoord.desk.settled import settled_words
    from nacoord.record.message import Trailers
    from nacoord.record.message import message

    records = tuple((each.id, field_names(each)) for each in _decided(session, merged))
    settled = settled_words(merged.settled, merged.ours, merged.theirs)
    why = [session.option("message") or "", settled]
    reason = "\n\n".join(part for part in why if part)
    return message(subject, reason, Trailers(action, records))


def _decided(session: Session, merged: Merged) -> list[RecordChange]:
    """Return the records for which a merge comes to what neither side has."""
    from nacoord.cli.chronicles import is_record
    from nacoord.cli.chronicles import value
    from nacoord.desk.chronicle import told
    from nacoord.record.merging.changes import Contents
    from nacoord.record.merging.changes import changes
    from nacoord.record.merging.changes import file_at
    from nacoord.record.repository import open_repository

    repository = open_repository(session.root)
    top, prefix = repository.top, repository.prefix
    differing = changes(top, merged.ours, merged.theirs)
    contents = Contents(top)
    pairs = {}
    for path, text in merged.texts.items():
        inside = path.removeprefix(prefix)
        if not path.startswith(prefix) or not is_record(inside):
            continue
        # What both sides have alike can still come to something else, as where a rename is followed.
        change = differing.get(path)
        here = file_at(top, merged.ours, path) if change is None else change.old
        sides = (here, here if change is None else change.new)
        if merged.files[path] not in sides:
            pairs[inside] = (tuple(value(contents.of(each)) for each in sides), value(text))
    return [each for each in told(pairs, {}) if each.fields or each.what != "changed"]
