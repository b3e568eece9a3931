"""What git calls to merge one file of a record (gitattributes(5), "Defining a custom merge driver")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from pathlib import PurePosixPath
from typing import Any

from nacoord.model.merging.clash import Clash
from nacoord.record import disk
from nacoord.record.merging.files import order_at
from nacoord.record.merging.renaming import kind_of
from nacoord.record.merging.texts import MARKER
from nacoord.record.merging.texts import UnreadableSideError
from nacoord.record.merging.texts import Versions
from nacoord.record.merging.texts import merge_lines
from nacoord.record.merging.texts import merge_record
from nacoord.record.merging.texts import with_markers

_NAMES = ("ours", "base", "theirs")


@dataclass(frozen=True, slots=True)
class Driven:
    """What the driver made of a file.

    Attributes:
        clashes: what both sides changed in two ways; each stands between markers in the file.
        by_lines: whether it could only be merged by lines, as what is no record or can't be read.
        clean: whether nothing is left for a person.
    """

    clashes: tuple[Clash, ...]
    by_lines: bool
    clean: bool


def drive(base: Path, ours: Path, theirs: Path, path: str, size: int = MARKER) -> Driven:
    """Merge three files into the second.

    Args:
        path: where the file stands, from the top of the work tree.
        size: how many characters a conflict marker has.

    Raises:
        OSError: when a file can't be read or written.
        GitError: when git says no.
    """
    versions = Versions(base.read_bytes() or None, ours.read_bytes(), theirs.read_bytes())
    order = _order(path)
    clashes: list[Clash] = []

    def decide(clash: Clash) -> Any:
        clashes.append(clash)
        return clash.ours

    try:
        if order is None:
            raise UnreadableSideError
        text = merge_record(versions, order, decide)
        if clashes:
            text = with_markers(versions, order, _NAMES, size)
        result = Driven(tuple(clashes), by_lines=False, clean=not clashes)
    except UnreadableSideError:
        clean, text = merge_lines(
            versions.base or b"", versions.ours, versions.theirs,
            "--diff3", f"--marker-size={size}", names=_NAMES,
        )  # fmt: skip
        # A record that can't be read is not merged because its lines fit together.
        result = Driven((), by_lines=True, clean=clean and order is None)
    disk.write_whole(ours, text)
    return result


def _order(path: str) -> Any:
    """Return the order of keys of a record's file; None for a file that is none.

    git tells the path from the top of the work tree; the record may be in any folder of it.
    """
    place = PurePosixPath(path)
    for parts in (place.parts[-2:], place.parts[-1:]):
        name = "/".join(parts)
        order = order_at(name, "", kind_of(name, ""))
        if order is not None:
            return order
    return None


def command(program: Sequence[str]) -> str:
    """Return the driver's line for git's configuration, given how nacoord is started."""
    import shlex

    return f"{shlex.join(program)} merge-driver %O %A %B %L %P"
