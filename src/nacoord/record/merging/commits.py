"""Merge two commits into a tree: in git's object database only, nothing is touched.

Each file that both sides changed is merged by itself: a record by field, any other by lines. Renamed
records are followed by what they say of themselves, and the references of the other side with them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from nacoord.model.errors import NacoordError
from nacoord.model.identity import same
from nacoord.model.merging.disagreement import Choice
from nacoord.model.merging.disagreement import Disagreement
from nacoord.model.merging.disagreement import Settled
from nacoord.model.office import FILE
from nacoord.model.office import FORMAT
from nacoord.record import yamltext
from nacoord.record.files import id_of
from nacoord.record.git import git
from nacoord.record.git import git_told
from nacoord.record.merging.changes import Change
from nacoord.record.merging.changes import Contents
from nacoord.record.merging.changes import File
from nacoord.record.merging.changes import changes
from nacoord.record.merging.changes import file_at
from nacoord.record.merging.changes import index_info
from nacoord.record.merging.files import FileMerge
from nacoord.record.merging.files import Unit
from nacoord.record.merging.renaming import kind_of
from nacoord.record.merging.renaming import renames
from nacoord.record.objects import GITLINK
from nacoord.record.older import format_said
from nacoord.record.repository import Repository
from nacoord.record.yamltext import value_of


class UnrelatedError(NacoordError):
    """Two histories have no commit in common."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What two commits come to.

    Attributes:
        ours: the commit here.
        theirs: the other.
        base: what both go back to.
        tree: the merged tree, in the object database; None while people disagree.
        files: the files that differ from ours, by path from the top; None for one that goes.
        disagreements: what a person must choose.
        settled: what a person has chosen.
        texts: the content of those files.
    """

    ours: str
    theirs: str
    base: str
    tree: str | None
    files: Mapping[str, File | None]
    disagreements: tuple[Disagreement, ...]
    settled: tuple[Settled, ...]
    texts: Mapping[str, bytes | None] = field(default_factory=dict, repr=False)

    @property
    def is_forward(self) -> bool:
        """Tell whether ours has nothing that theirs lacks, so that no merge is needed."""
        return self.base == self.ours


def merge_commits(
    repository: Repository,
    ours: str,
    theirs: str,
    choices: Mapping[str, Choice] | None = None,
    by_hand: Mapping[str, File | None] | None = None,
) -> Merged:
    """Merge two commits.

    Args:
        choices: what was chosen where people disagree, by the key of the disagreement.
        by_hand: files that a person has merged already, by path from the top.

    Raises:
        UnrelatedError: when they have no history in common.
        GitError: when git says no.
    """
    bases = _bases(repository.top, ours, theirs)
    found = [
        _TreeMerge(repository, base, ours, theirs, choices or {}, by_hand or {}) for base in bases
    ]
    for each in found:
        each.run()
    first = found[0]
    for other in found[1:]:
        first.agree_with(other)
    return first.merged()


def _bases(top: Path, ours: str, theirs: str) -> list[str]:
    """Return the commits that two go back to; several where their branches have crossed."""
    code, said = git_told(top, "merge-base", "--all", ours, theirs)
    if code:
        raise UnrelatedError(
            "the two histories have no commit in common",
            hint="is this the right remote? see: git remote -v",
        )
    return said.decode().split()


class _TreeMerge:
    """A merge of two commits against one base."""

    def __init__(
        self,
        repository: Repository,
        base: str,
        ours: str,
        theirs: str,
        choices: Mapping[str, Choice],
        by_hand: Mapping[str, File | None],
    ) -> None:
        self.repository = repository
        self.by_hand = by_hand
        self.base, self.ours, self.theirs = base, ours, theirs
        self.contents = Contents(repository.top)
        self.one = changes(repository.top, base, ours)
        self.other = changes(repository.top, base, theirs)
        self.files: dict[str, File | None] = {}
        self.merge = FileMerge(self.contents, repository.prefix, choices)

    def run(self) -> None:
        """Merge every file that theirs changed, or that a rename there bears on."""
        prefix = self.repository.prefix
        renamed = [renames(each, self.contents, prefix) for each in (self.one, self.other)]
        ids = [_ids(each) for each in renamed]
        self.merge.follow(*ids)
        if f"{prefix}{FILE}" in {*self.one, *self.other}:
            # Else all three have one format.
            commits = (self.base, self.ours, self.theirs)
            self.merge.upgrade(*(self._format(commit) for commit in commits))
        units = _units(self.one, self.other, *renamed)
        if not any(renamed):
            # What theirs did not touch stays, and what ours did not touch is taken, unread.
            self.contents.fetch(
                file
                for unit in units
                if unit.needs_merge
                for file in (unit.base, unit.ours, unit.theirs)
            )
        taken = {unit.path for unit in units}
        for unit in units:
            if unit.path not in self.by_hand:
                result = self.merge.merged(unit, kind_of(unit.path, prefix))
                self._put(unit.path, result, self._standing(unit))
            if unit.stood and unit.stood not in taken:
                # A rename there moves the file here.
                self._put(unit.stood, None, unit.ours)
        for path, file in self.by_hand.items():
            self.files.pop(path, None)
            self._put(path, file, file_at(self.repository.top, self.ours, path))

    def _format(self, commit: str) -> int:
        """Return the format that a commit's record is in; today's where there is none."""
        file = file_at(self.repository.top, commit, f"{self.repository.prefix}{FILE}")
        return FORMAT if file is None else format_said(value_of(self.contents.of(file)))

    def _standing(self, unit: Unit) -> File | None:
        """Return what ours has where the result of a unit goes."""
        if not unit.stood:
            return unit.ours
        path = unit.path
        return self.one[path].new if path in self.one else self.other[path].old

    def _put(self, path: str, result: File | None, here: File | None) -> None:
        if result != here:
            self.files[path] = result

    def agree_with(self, other: _TreeMerge) -> None:
        """Take what two bases lead to where it is the same; else a person must choose.

        Where branches have crossed, one base can show as a choice what another shows as a fact.
        """
        known = {each.path for each in self.merge.disagreements}
        self.merge.disagreements += [
            each for each in other.merge.disagreements if each.path not in known
        ]
        known |= {each.path for each in other.merge.disagreements}
        decided = {each.disagreement.path for each in self.merge.settled}
        self.merge.settled += [
            each for each in other.merge.settled if each.disagreement.path not in decided
        ]
        top, prefix = self.repository.top, self.repository.prefix
        for path in sorted({*self.files, *other.files} - known):
            commits = (self.base, self.ours, self.theirs)
            base, ours, theirs = (file_at(top, commit, path) for commit in commits)
            files = [each.files.get(path, ours) for each in (self, other)]
            if files[0] != files[1] and not self._say_the_same(files):
                kind = kind_of(path, prefix)
                self.files[path] = self.merge.disagree_whole(path, base, ours, theirs, kind)

    def _say_the_same(self, files: Sequence[File | None]) -> bool:
        """Tell whether records have one value, however they are laid out."""
        modes = {file.mode if file else None for file in files}
        read = [yamltext.read(self.contents.of(file) or b"") for file in files]
        if len(modes) > 1 or any(each.problems for each in read):
            return False
        return isinstance(read[0].value, dict) and same(read[0].value, read[1].value)

    def merged(self) -> Merged:
        disagreements = tuple(self.merge.disagreements)
        tree = None if disagreements else self._tree()
        return Merged(
            self.ours,
            self.theirs,
            self.base,
            tree,
            self.files,
            disagreements,
            tuple(self.merge.settled),
            self._texts(),
        )

    def _texts(self) -> dict[str, bytes | None]:
        regular = {
            path: file for path, file in self.files.items() if file is None or file.mode != GITLINK
        }
        self.contents.fetch(regular.values())
        return {path: self.contents.of(file) for path, file in regular.items()}

    def _tree(self) -> str:
        top = self.repository.top
        with tempfile.TemporaryDirectory(prefix="nacoord-") as folder:
            index = Path(folder) / "index"
            git(top, "read-tree", self.ours, index=index)
            given = index_info(self.files, self.ours)
            git(top, "update-index", "-z", "--index-info", given=given, index=index)
            kept = ("core.fsync=committed",)
            return (git(top, "write-tree", index=index, settings=kept) or b"").decode().strip()


def _ids(renamed: Mapping[str, str]) -> dict[str, str]:
    return {id_of(old): id_of(new) for old, new in renamed.items()}


def _units(
    one: Mapping[str, Change],
    other: Mapping[str, Change],
    renamed_here: Mapping[str, str],
    renamed_there: Mapping[str, str],
) -> list[Unit]:
    """Return the files of a merge, each with its three versions, whatever they are called."""
    units = []
    done: set[str] = set()
    for old in dict.fromkeys([*renamed_here, *renamed_there]):
        here, there = renamed_here.get(old, old), renamed_there.get(old, old)
        known = one.get(old) or other[old]
        ours = one[here].new if here in one else known.old
        theirs = other[there].new if there in other else known.old
        path = here if old in renamed_here else there
        stood = old if here == old and ours is not None else ""
        twice = old in renamed_here and old in renamed_there and here != there
        units.append(Unit(path, known.old, ours, theirs, stood, there if twice else ""))
        done |= {old, here, there}
        # The new id may be that of another record on the other side, given by it or never taken away.
        for new, side, renamed in ((here, other, renamed_here), (there, one, renamed_there)):
            is_another = new in side and side[new].new and new not in renamed
            if new != old and is_another and here != there and not twice:
                mine, its = (ours, side[new].new) if side is other else (side[new].new, theirs)
                units[-1] = Unit(path, None, mine, its, stood, taken=True)
    for path in sorted({*one, *other} - done):
        known = one.get(path) or other[path]
        ours = one[path].new if path in one else known.old
        theirs = other[path].new if path in other else known.old
        units.append(Unit(path, known.old, ours, theirs))
    return units
