"""The change: lock, read again, propose, write, commit, release; old or new, never half."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Any

from nacoord.model.errors import NacoordError
from nacoord.model.office import FORMAT
from nacoord.model.proposal import Step
from nacoord.model.snapshot import Snapshot
from nacoord.record import journal
from nacoord.record.draft import Draft
from nacoord.record.draft import NoPlaceError
from nacoord.record.files import Refused
from nacoord.record.git import GitError
from nacoord.record.loader import load
from nacoord.record.loader import reload
from nacoord.record.lock import locked
from nacoord.record.message import Trailers
from nacoord.record.message import message
from nacoord.record.message import one_subject
from nacoord.record.older import OlderFormatError
from nacoord.record.repository import Repository
from nacoord.record.repository import State
from nacoord.record.repository import hand_edited
from nacoord.record.repository import open_repository
from nacoord.record.worktree import WorkTree


@dataclass(frozen=True, slots=True)
class Landed:
    """A change that is in the history.

    Attributes:
        commit: its full id.
        subject: what it says.
        notes: what else there is to say, as what a hook did.
    """

    commit: str
    subject: str
    notes: tuple[str, ...] = ()


@dataclass
class Change:
    """A change in the making, inside the lock.

    Attributes:
        before: the record as it stands.
        after: the record as it will be.
        found: what was said of a change that was interrupted earlier.
        landed: what is in the history by now.
    """

    repository: Repository
    shown: str
    before: Snapshot
    after: Snapshot
    draft: Draft
    found: list[str] = field(default_factory=list)
    landed: list[Landed] = field(default_factory=list)

    def add(self, steps: Sequence[Step]) -> None:
        """Take up the steps of a proposal.

        Raises:
            EditError, NoPlaceError: when one has no place.
        """
        was = dict(self.draft.writes)
        for step in steps:
            self.draft.apply(step)
        self.after = reload(self.after, self.draft, self.draft.changed(was), self.shown)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the records that come, go or differ."""
        return frozenset(entry.id for entry in self.draft.changed())

    @property
    def values(self) -> Mapping[str, Any]:
        """The value of each record's file as it will be, by id; read when it is asked for."""
        return _Values(self.draft)

    def texts(self) -> Iterator[tuple[str, bytes | None, bytes | None]]:
        """Yield every file that differs: path in the record, bytes before, bytes after."""
        base = self.draft.base
        for path, new in self.draft.writes.items():
            old = base.read(path) if base.has(path) else None
            if isinstance(old, Refused):
                raise NoPlaceError(f"{path} {old.message}", hint=old.hint)
            if old != new:
                yield path, old, new

    def migrate(self) -> None:
        """Bring every file to today's format, whatever format it is in.

        Raises:
            UnreadRecordError: when a file can't be read, and so not be brought to it.
            HandEditedError: when a file has changes that were not committed.
            NotAsReadError: when the record would not read as it did before.
        """
        from nacoord.record.adoption import is_ours
        from nacoord.record.migrations.migrating import NotAsReadError
        from nacoord.record.migrations.migrating import UnreadRecordError
        from nacoord.record.migrations.migrating import differs
        from nacoord.record.migrations.migrating import texts

        if not self.before.whole:
            raise UnreadRecordError
        state = self.repository.state()
        # A file that differs from its commit could be in today's words, and its commit in older ones.
        self._refuse_hand_edits(state, [path for path in sorted(state.differing) if is_ours(path)])
        self.draft.writes |= texts(self.draft.base, self.before.format)
        self.after = load(self.draft, self.shown)
        if differs(self.before, self.after):
            raise NotAsReadError

    def land(self, subject: str, why: str, trailers: Trailers, *, by_hand: bool = False) -> Landed:
        """Write the files and commit them; on any failure everything is as before.

        Args:
            by_hand: the files in the work tree are what is to be committed, as `commit` adopts.

        Raises:
            HandEditedError: when a file has changes that were not committed.
            GitError, OSError: when git or the disk says no.
        """
        files = list(self.texts())
        paths = [path for path, _, _ in files]
        state = self.repository.state(paths)
        self.repository.refuse_unready(state)
        if not by_hand:
            self._refuse_hand_edits(state, [path for path, old, _ in files if old is not None])
        unknown = tuple(path for path, old, _ in files if old is None)
        entries = tuple(
            # What a person wrote is there already and is never taken back.
            journal.Entry(path, journal.encoded(new if by_hand else old), journal.encoded(new))
            for path, old, new in files
        )
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        kept = journal.Journal(one_subject(subject), state.head, since, entries, unknown)
        text = message(subject, why, trailers)
        journal.write(self.repository, kept)
        after = {path: new for path, _, new in files}
        try:
            landed = self._commit(kept, after, text, by_hand=by_hand)
        except GitError as error:
            if not self._settled(kept, error):
                said = f"nothing was changed; {error.message}"
                raise GitError(said, hint=error.hint) from None
            landed = self._made(kept, f"the change was made, and then {error.message}")
        except BaseException as error:
            # Interrupted, git may have got as far as the commit; then the change stands.
            if self._settled(kept, error):
                self.landed.append(self._made(kept))
            raise
        self.landed.append(landed)
        journal.close(self.repository)
        return landed

    def _commit(
        self, kept: journal.Journal, files: dict[str, bytes | None], text: str, *, by_hand: bool
    ) -> Landed:
        """Bring files to what they will be, and commit them."""
        if not by_hand:
            journal.put_files(self.repository.root, files)
        self.repository.add_intent(kept.unknown)
        self.repository.commit(text, list(files))
        # A git that could not take its locks away has not failed for it.
        self.repository.remove_abandoned()
        return self._landed(kept.subject, files)

    def _settled(self, kept: journal.Journal, error: BaseException) -> bool:
        """End a change that failed; tell whether its commit was made."""
        try:
            return journal.settle(self.repository, kept)
        except (NacoordError, OSError) as again:
            # What was told first tells more of why.
            error.add_note(f"the change is not ended yet: {again}; the next command ends it")
            raise error from None

    def _made(self, kept: journal.Journal, *notes: str) -> Landed:
        head = self.repository.state([entry.path for entry in kept.files]).head or ""
        return Landed(head, kept.subject, notes)

    def _refuse_hand_edits(self, state: State, known: Sequence[str]) -> None:
        edited = [path for path in known if path in state.differing]
        if edited:
            raise hand_edited(edited)

    def _landed(self, subject: str, files: dict[str, bytes | None]) -> Landed:
        root = self.repository.root
        if all(journal.on_disk(root / path) == data for path, data in files.items()):
            head = self.repository.made_as_given(files)
            if head is not None:
                return Landed(head, subject)
        state = self.repository.state(list(files))
        left = state.differing
        if any(letters[0] != "." for letters in left.values()):
            # A hook changed what was committed; the index still has what it was given.
            self.repository.settle_index([path for path in left if left[path][0] != "."])
            left = self.repository.state(list(files)).differing
        notes = [
            f"a hook changed {path} and did not commit it; see: git diff"
            if path in left
            else f"a hook changed {path} as it was committed; see: git show"
            for path in state.differing
        ]
        return Landed(state.head or "", subject, tuple(notes))


class _Values(Mapping[str, Any]):
    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def __getitem__(self, id: str) -> Any:
        return self._draft.value(id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._draft.ids())

    def __len__(self) -> int:
        return len(self._draft.ids())


@contextmanager
def changing(root: Path, shown: str, *, older_too: bool = False) -> Iterator[Change]:
    """Begin a change: take the lock, end what was interrupted, and read the record again inside.

    Args:
        root: the record's folder.
        shown: what messages should print before a file's path in the set.
        older_too: whether the record may be in an older format.

    Raises:
        LockedError: when somebody else is changing the record.
        OlderFormatError: when the record is in an older format: an edit is made in today's words, and
            would stand in a file beside older ones.
        RepositoryError: when no change can be made here now.
    """
    repository = open_repository(root)
    with locked(repository.own):
        found = journal.recover(repository)
        before = load(root, shown)
        if before.format < FORMAT and not older_too:
            raise OlderFormatError(before.format)
        draft = Draft(WorkTree(root), before)
        change = Change(repository, shown, before, before, draft, found)
        with telling(change.landed):
            yield change


@contextmanager
def telling(landed: Sequence[Landed]) -> Iterator[None]:
    """Note on what ends a command from outside how far it got, for the boundary to tell."""
    try:
        yield
    except (KeyboardInterrupt, OSError) as error:
        for each in landed:
            error.add_note(f"the change was made, as {each.commit[:10]}: {each.subject}")
        if not getattr(error, "__notes__", ()):
            error.add_note("nothing was changed")
        raise
