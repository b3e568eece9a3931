"""Which commit last set each line of a file, from its versions alone.

Lines are followed along the diffs from the first version on; a version is known by its content, so
branches and merges need no walk of their own, and a renamed file keeps its lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from nacoord.record.versions import Revision
from nacoord.record.versions import Version

Blamed = list[str]


def blame(revisions: Sequence[Revision], now: bytes | None) -> list[tuple[str, str | None]]:
    """Return each line with the commit that last set it; None for a line not committed yet.

    Args:
        revisions: the commits that touched the file, newest first, under all its names.
        now: the file as it stands; None for one that is gone, whose last version is told then.
    """
    known: dict[bytes, Blamed] = {}
    last: bytes | None = None
    for revision in reversed(revisions):
        gone = next((each for each in revision.versions if each.new is None), None)
        for version in revision.versions:
            if version.new is None:
                last = version.old[0] if last is None else last
                continue
            renamed = gone.old[0] if gone and version.old[0] is None else None
            migrated = revision.trailers.formats is not None
            known[version.new] = _blamed(
                revision.commit, version, known, renamed, migrated=migrated
            )
            last = version.new
    text = now if now is not None else last or b""
    lines = text.decode("utf-8", "replace").splitlines()
    if text in known:
        return list(zip(lines, known[text], strict=True))
    base = (last or b"").decode("utf-8", "replace").splitlines()
    found: list[str | None] = [None] * len(lines)
    for old, new, size in SequenceMatcher(None, base, lines, autojunk=False).get_matching_blocks():
        found[new : new + size] = known.get(last or b"", [""] * len(base))[old : old + size]
    return list(zip(lines, found, strict=True))


def _blamed(
    commit: str,
    version: Version,
    known: dict[bytes, Blamed],
    renamed: bytes | None,
    *,
    migrated: bool,
) -> Blamed:
    assert version.new is not None
    was = version.old[0]
    if migrated and was is not None and was in known:
        return _rewritten(commit, was, version.new, known[was])
    size = len(version.new.decode("utf-8", "replace").splitlines())
    if renamed is not None and renamed in known:
        old = renamed.decode("utf-8", "replace").splitlines()
        new = version.new.decode("utf-8", "replace").splitlines()
        found = [commit] * size
        for a, b, length in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            found[b : b + length] = known[renamed][a : a + length]
        return found
    found = [commit] * size
    for line, origin in enumerate(version.origins[:size]):
        if origin is not None:
            before = known.get(version.old[origin[0]] or b"")
            if before and origin[1] < len(before):
                found[line] = before[origin[1]]
    return found


def _rewritten(commit: str, before: bytes, after: bytes, known: Blamed) -> Blamed:
    """Return who set each line of a file that was migrated: a line in other words is still its author's."""
    old = before.decode("utf-8", "replace").splitlines()
    new = after.decode("utf-8", "replace").splitlines()
    found = [commit] * len(new)
    for _, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if i2 - i1 == j2 - j1:
            found[j1:j2] = known[i1:i2]
    return found
