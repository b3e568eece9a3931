"""Merge the texts of one record: its values by field, its comments and layout kept.

What two people did to lines that are apart is merged by lines, as git would, and taken if it has the
value that merging by field gives. Otherwise that value is put into the text of one side, touching
only what differs, and the comments that the other wrote are put back where they belong.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nacoord.model import fault
from nacoord.model.edit import EditError
from nacoord.model.edit import edits_between
from nacoord.model.identity import same
from nacoord.model.merging.clash import ABSENT
from nacoord.model.merging.clash import Clash
from nacoord.model.merging.clash import Side
from nacoord.model.merging.values import Decide
from nacoord.model.merging.values import Merge
from nacoord.record import yamltext
from nacoord.record.git import git_told
from nacoord.record.merging.comments import dropped
from nacoord.record.merging.comments import missing
from nacoord.record.merging.comments import with_comments
from nacoord.record.writing.canonical import whole
from nacoord.record.writing.surgery import edited

Order = Callable[[fault.Path], Sequence[str]]
MARKER = 7
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class UnreadableSideError(Exception):
    """A version of a file can't be read, so that it can't be merged by field."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The three versions of a file; `base` is None where both sides added it."""

    base: bytes | None
    ours: bytes
    theirs: bytes


def merge_record(versions: Versions, order: Order, decide: Decide) -> bytes:
    """Return the text that three versions of a record come to.

    Args:
        versions: each readable.
        order: the keys of the mapping at a path in the order in which a new one finds its place.
        decide: takes up what both sides changed in two ways, and gives the value to go on with.

    Raises:
        UnreadableSideError: when a version can't be read, or they come to no text.
    """
    base, ours, theirs = (_value(data) for data in (versions.base, versions.ours, versions.theirs))
    value = Merge(decide, merge_strings).values(base, ours, theirs)
    if not isinstance(value, dict) or not value:
        raise UnreadableSideError("nothing would be left")
    return _text(versions, ours, theirs, value, order)


def _value(data: bytes | None) -> Any:
    if data is None:
        return ABSENT
    document = yamltext.read(data)
    if document.problems or not isinstance(document.value, dict):
        raise UnreadableSideError
    return document.value


def _text(versions: Versions, ours: Any, theirs: Any, value: Any, order: Order) -> bytes:
    clean, lines = merge_lines(versions.base or b"", versions.ours, versions.theirs)
    if clean and _says(lines, value):
        return lines
    result = _in_place(versions, ours, theirs, value, order)
    if result is None:
        result = whole(value, order(())).encode()
    gone = dropped(versions.base, versions.ours, versions.theirs)
    for side in (versions.ours, versions.theirs):
        result = with_comments(result, missing(gone, side, result))
    if not _says(result, value):
        raise UnreadableSideError("the result can't be written")
    return result


def _in_place(versions: Versions, ours: Any, theirs: Any, value: Any, order: Order) -> bytes | None:
    """Return the text of a side with a value put into it; None when neither is laid out so."""
    for host, said in ((versions.ours, ours), (versions.theirs, theirs)):
        try:
            edits = edits_between(said, _with_days(value, said))
            result = edited(host, edits, order) if edits else host
        except EditError:
            continue
        if _says(result, value):
            return result
    return None


def _with_days(value: Any, known: Any) -> Any:
    """Return a value with the days that are new in it as days, so that they are written plain.

    Texts say them as text; what is known stays what it is.
    """
    if isinstance(value, dict):
        old = known if isinstance(known, dict) else {}
        return {key: _with_days(each, old.get(key)) for key, each in value.items()}
    if isinstance(value, list):
        entries = known if isinstance(known, list) else []
        return [each if each in entries else _with_days(each, None) for each in value]
    if isinstance(value, str) and value != known and _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return value


def _says(data: bytes, value: Any) -> bool:
    document = yamltext.read(data)
    return not document.problems and same(document.value, value)


def merge_lines(
    base: bytes, ours: bytes, theirs: bytes, *options: str, names: Sequence[str] = ()
) -> tuple[bool, bytes]:
    """Merge texts by lines, as git does (git-merge-file(1)).

    Args:
        options: of git merge-file.
        names: what conflict markers call ours, base and theirs.

    Returns:
        whether both sides changed different lines, and the text, with markers if they did not; of
        what is no text, ours.
    """
    if any(b"\0" in data for data in (base, ours, theirs)):
        return False, ours
    with tempfile.TemporaryDirectory(prefix="nacoord-") as folder:
        place = Path(folder)
        for name, data in (("ours", ours), ("base", base), ("theirs", theirs)):
            (place / name).write_bytes(data)
        labels = [word for name in names for word in ("-L", name)]
        files = ("ours", "base", "theirs")
        code, text = git_told(place, "merge-file", "-p", "-q", *labels, *options, *files)
    return code == 0, text


def merge_strings(base: str, ours: str, theirs: str) -> str | None:
    """Merge values by lines; None when both changed the same ones."""
    clean, text = merge_lines(base.encode(), ours.encode(), theirs.encode())
    return text.decode() if clean else None


def with_markers(
    versions: Versions, order: Order, names: Sequence[str], size: int = MARKER
) -> bytes:
    """Return the text with git's conflict markers around the lines of what was not decided.

    Args:
        names: what the markers call ours, base and theirs.
        size: how many characters a marker has.
    """

    def taking(side: Side) -> bytes:
        def decide(clash: Clash) -> Any:
            return clash.value(side)

        return merge_record(versions, order, decide)

    sides: dict[Side, bytes] = {}
    for side in ("ours", "theirs"):
        sides[side] = taking(side)
    try:
        base = taking("base")
    except UnreadableSideError:
        base = versions.base or b""
    texts = (base, sides["ours"], sides["theirs"])
    marker = f"--marker-size={size}"
    if all(merge_lines(*texts, f"--{side}")[1] == text for side, text in sides.items()):
        return merge_lines(*texts, marker, "--diff3", names=names)[1]
    # Lines apart would be mixed, as two ends of one next step; so every line that differs is marked.
    return merge_lines(b"", *texts[1:], marker, names=names)[1]
