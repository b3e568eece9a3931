"""Merge one file of two commits: a record by field, any other by lines; removals against edits."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nacoord.model import fault
from nacoord.model.folding import fold
from nacoord.model.kinds.table import Kind
from nacoord.model.merging.clash import ABSENT
from nacoord.model.merging.clash import Clash
from nacoord.model.merging.disagreement import Choice
from nacoord.model.merging.disagreement import Disagreement
from nacoord.model.merging.disagreement import Settled
from nacoord.model.office import FILE
from nacoord.model.office import Office
from nacoord.model.references import key_order
from nacoord.record.draft import order_of
from nacoord.record.files import id_of
from nacoord.record.merging.changes import Contents
from nacoord.record.merging.changes import File
from nacoord.record.merging.renaming import with_references
from nacoord.record.merging.texts import UnreadableSideError
from nacoord.record.merging.texts import Versions
from nacoord.record.merging.texts import merge_lines
from nacoord.record.merging.texts import merge_record
from nacoord.record.migrations.upgrade import upgraded_text
from nacoord.record.objects import GITLINK
from nacoord.record.objects import LINK
from nacoord.record.objects import REGULAR
from nacoord.record.yamltext import value_of

_KEEP_BOTH = "or keep both: nacoord rename {id} NEW-ID, then nacoord sync"
_RENAME_OURS = "give yours another id: nacoord rename {id} NEW-ID, then nacoord sync"
_RENAME_ALIKE = "give yours the same id: nacoord rename {here} {there}, then nacoord sync"


@dataclass(frozen=True, slots=True)
class Unit:
    """One file of a merge in its three versions.

    Attributes:
        path: where the result goes, from the top of the work tree.
        base, ours, theirs: None where it is not there.
        stood: where ours stands, when a rename on the other side moves it.
        renamed: where theirs stands, when both sides renamed it, to two ids.
        taken: whether the sides gave one id to two records.
    """

    path: str
    base: File | None
    ours: File | None
    theirs: File | None
    stood: str = ""
    renamed: str = ""
    taken: bool = False

    @property
    def needs_merge(self) -> bool:
        """Tell whether both sides changed it, in two ways."""
        return self.ours != self.theirs and self.base not in (self.ours, self.theirs)


class FileMerge:
    """Merges files one by one, and collects what people disagree about.

    Attributes:
        disagreements: what nobody has chosen yet.
        settled: what was chosen.
    """

    def __init__(self, contents: Contents, prefix: str, choices: Mapping[str, Choice]) -> None:
        self.contents = contents
        self.prefix = prefix
        self.choices = choices
        self.disagreements: list[Disagreement] = []
        self.settled: list[Settled] = []
        self._renamed_here: Mapping[str, str] = {}
        self._renamed_there: Mapping[str, str] = {}
        self._formats: tuple[int, int, int] | None = None

    def follow(self, here: Mapping[str, str], there: Mapping[str, str]) -> None:
        """Let references follow the records that each side renamed: new ids by old ones."""
        self._renamed_here, self._renamed_there = here, there

    def upgrade(self, base: int, ours: int, theirs: int) -> None:
        """Read what is in an older format than the other side's as it is in today's.

        Args:
            base, ours, theirs: the format of each version.
        """
        if len({base, ours, theirs}) > 1:
            self._formats = (base, ours, theirs)

    def merged(self, unit: Unit, kind: Kind | None) -> File | None:
        """Return what a file comes to; ours where people disagree."""
        if unit.renamed:
            here, there = id_of(unit.path), id_of(unit.renamed)
            remedy = _RENAME_ALIKE.format(here=here, there=there)
            clash = Clash("", "", ABSENT, here, there)
            self.disagreements.append(Disagreement(unit.path, here, clash, remedy))
            return unit.ours
        if unit.taken:
            self._tell_taken(unit)
            return unit.ours
        base, ours, theirs = self._followed(unit, kind)
        if theirs in (ours, base):
            return ours
        if ours == base:
            return theirs
        if ours is None or theirs is None or not _is_text(base, ours, theirs):
            return self.disagree_whole(unit.path, base, ours, theirs, kind)
        if kind is not None and base is None and not self._is_one_thing(ours, theirs):
            return self.disagree_whole(unit.path, base, ours, theirs, kind)
        mode = ours.mode if base is None or theirs.mode == base.mode else theirs.mode
        data = self._text(unit.path, kind, base, ours, theirs)
        return ours if data is None else File(mode, self.contents.keep(data))

    def _tell_taken(self, unit: Unit) -> None:
        """Take up that one id is two records': whichever was taken, the other would be lost."""
        if unit.path not in {each.path for each in self.disagreements}:
            record = id_of(unit.path)
            clash = Clash("", "", ABSENT, self._shown(unit.ours), self._shown(unit.theirs))
            remedy = _RENAME_OURS.format(id=record)
            self.disagreements.append(Disagreement(unit.path, record, clash, remedy))

    def _followed(self, unit: Unit, kind: Kind | None) -> tuple[File | None, ...]:
        both = {**self._renamed_here, **self._renamed_there}
        base, ours, theirs = unit.base, unit.ours, unit.theirs
        if self._formats is not None:
            base = self._upgraded(unit.path, base, self._formats[0])
            ours = self._upgraded(unit.path, ours, self._formats[1])
            theirs = self._upgraded(unit.path, theirs, self._formats[2])
        return (
            self._follow(base, kind, both),
            self._follow(ours, kind, self._renamed_there),
            self._follow(theirs, kind, self._renamed_here),
        )

    def _upgraded(self, path: str, file: File | None, start: int) -> File | None:
        if file is None or file.mode not in REGULAR or not path.startswith(self.prefix):
            return file
        data = self.contents.of(file) or b""
        result = upgraded_text(path.removeprefix(self.prefix), data, start)
        return file if result == data else File(file.mode, self.contents.keep(result))

    def _follow(
        self, file: File | None, kind: Kind | None, renamed: Mapping[str, str]
    ) -> File | None:
        if file is None or kind is None or not renamed or file.mode not in REGULAR:
            return file
        data = self.contents.of(file) or b""
        result = with_references(data, kind, renamed)
        return file if result == data else File(file.mode, self.contents.keep(result))

    def _is_one_thing(self, ours: File, theirs: File) -> bool:
        """Tell whether two records that both sides added under one id have one title."""
        values = (value_of(self.contents.of(file)) for file in (ours, theirs))
        titles = [str(each.get("title")) if isinstance(each, dict) else None for each in values]
        return titles[0] is not None and fold(titles[0]) == fold(titles[1] or "")

    def _text(
        self, path: str, kind: Kind | None, base: File | None, ours: File, theirs: File
    ) -> bytes | None:
        """Return the merged text; None where people disagree."""
        was, one, other = (self.contents.of(file) for file in (base, ours, theirs))
        versions = Versions(was, one or b"", other or b"")
        record = id_of(path) if kind else ""
        order = order_at(path, self.prefix, kind)
        if order is None:
            clean, text = merge_lines(was or b"", versions.ours, versions.theirs)
            if clean:
                return text
        else:
            found: list[Disagreement] = []
            settled: list[Settled] = []

            def decide(clash: Clash) -> Any:
                return self._decided(Disagreement(path, record, clash), found, settled)

            try:
                text = merge_record(versions, order, decide)
            except UnreadableSideError:
                pass
            else:
                self.disagreements += found
                self.settled += settled
                return None if found else text
        file = self.disagree_whole(path, base, ours, theirs, kind)
        return self.contents.of(file)

    def disagree_whole(
        self,
        path: str,
        base: File | None,
        ours: File | None,
        theirs: File | None,
        kind: Kind | None = None,
    ) -> File | None:
        """Take up that a file is one thing here and another there; return what was chosen of it."""
        record = id_of(path) if kind else ""
        clash = Clash("", "", *(self._shown(file) for file in (base, ours, theirs)))
        both_added = kind is not None and base is None and ours is not None and theirs is not None
        remedy = _KEEP_BOTH.format(id=record) if both_added else ""
        disagreement = Disagreement(path, record, clash, remedy)
        choice = self.choices.get(disagreement.key)
        if choice is None or choice.take is None:
            self.disagreements.append(disagreement)
            return ours
        self.settled.append(Settled(disagreement, choice))
        return {"base": base, "ours": ours, "theirs": theirs}[choice.take]

    def _shown(self, file: File | None) -> Any:
        if file is None:
            return ABSENT
        if file.mode == GITLINK:
            return f"submodule at {file.object}"
        text = (self.contents.of(file) or b"").decode("utf-8", "replace")
        return f"symbolic link to {text}" if file.mode == LINK else text

    def _decided(
        self, disagreement: Disagreement, found: list[Disagreement], settled: list[Settled]
    ) -> Any:
        choice = self.choices.get(disagreement.key)
        if choice is None:
            found.append(disagreement)
            return disagreement.clash.ours
        settled.append(Settled(disagreement, choice))
        return choice.of(disagreement.clash)


def order_at(path: str, prefix: str, kind: Kind | None) -> Any:
    """Return the order of keys in a file that is merged by field; None for one that is not."""
    if kind is not None:
        return order_of(kind)
    return _office_order if path == f"{prefix}{FILE}" else None


def _office_order(path: fault.Path) -> Sequence[str]:
    return key_order(Office, path)


def _is_text(*files: File | None) -> bool:
    return all(file is None or file.mode in REGULAR for file in files)
