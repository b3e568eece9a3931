"""The versions of record files in history: merges included, nothing pruned.

The index of the history answers where it can; what follows is how git is asked where it can't.
`git log -p` with all of a file as context gives both sides of every change whole, so no second
process is needed for the contents; combined diffs (`-c`) give what a merge itself decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from functools import partial
from itertools import islice
from itertools import pairwise
from pathlib import Path

from nacoord.record.diffheads import path_of
from nacoord.record.foreign import own_signing
from nacoord.record.git import day_told
from nacoord.record.git import stream
from nacoord.record.historyindex.errors import UnansweredError
from nacoord.record.message import Trailers
from nacoord.record.message import split
from nacoord.record.recovery import prefix_of

# No name, address or day has a line end in it.
_FORMAT = "%x00%x01%H%n%P%n%an%n%ae%n%cd%n{signature}%n%B%x00"
_MOST_LISTED = 2000
_BLOBS = re.compile(r"index ([0-9a-f,]+)\.\.([0-9a-f]+)")


@dataclass(frozen=True, slots=True)
class Version:
    """One file in one commit.

    Attributes:
        path: relative to the record.
        old: the file before, one for each parent; None where it was not there.
        new: the file after; None when it went.
        origins: for each line after, where it came from: (parent, line) or None when it is new.
    """

    path: str
    old: tuple[bytes | None, ...]
    new: bytes | None
    origins: tuple[tuple[int, int] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit that touched files of the record.

    Attributes:
        commit: its full id.
        parents: the ids of its parents.
        who: the author's name.
        email: the author's address.
        on: the day it was committed, in the zone asked for.
        subject: the first line of its message.
        why: the rest, without trailers.
        trailers: what its trailers say.
        signature: git's letter for its signature; empty when it was not checked.
        versions: the files it touched.
    """

    commit: str
    parents: tuple[str, ...]
    who: str
    email: str
    on: date
    subject: str
    why: str
    trailers: Trailers
    signature: str
    versions: list[Version] = field(default_factory=list)


def revisions(
    root: Path,
    paths: Sequence[str] = (".",),
    *,
    zone: str,
    commits: str = "HEAD",
    since: date | None = None,
    until: date | None = None,
    by: str | None = None,
    signers: str | None = None,
    changing: str | None = None,
    new_too: bool = False,
    origins: bool = False,
    whole: bool = False,
) -> Iterator[Revision]:
    """Yield the commits that touched files of a record, newest first.

    The index of the history answers where it can. A merge that decided nothing itself has no
    versions; where only a part of history is asked for (since a day, a range, what changed) it is
    left out.

    Args:
        root: the record's folder.
        paths: the files, relative to it.
        zone: the zone in which days are told (IANA name).
        commits: where to look back from, or a range.
        since, until: the first and last day.
        by: a part of the author's name or address.
        signers: the file of allowed signers, to have signatures checked; empty for git's own.
        changing: only files that were there before and after, with a changed line that this POSIX
            extended regular expression matches.
        new_too: with `changing`, files that came too.
        origins: whether each line's origin is wanted, which git alone tells.
        whole: True for a question that goes through the whole history, so that a long one may be
            read into the index first.

    Raises:
        GitError: when git is missing or refuses.
    """
    ask = partial(
        _asked, root, paths, zone,
        since=since, until=until, by=by, signers=signers, changing=changing, new_too=new_too,
    )  # fmt: skip
    part = bool(since or changing) or ".." in commits
    told = 0
    try:
        if origins and not (part or until or by):
            yield from ask(_touching(root, paths, commits), listed=True)
            return
        if not (origins or by) and signers is None:
            from nacoord.record.historyindex.answers import revisions as indexed

            for revision in indexed(
                root, paths, zone=zone, commits=commits, since=since, until=until,
                changing=changing, new_too=new_too, whole=whole,
            ):  # fmt: skip
                told += 1
                yield revision
            return
    except UnansweredError:
        pass
    found = ask([commits])
    yield from islice((each for each in found if each.versions or not part), told, None)


def _touching(root: Path, paths: Sequence[str], commit: str) -> list[str]:
    """Return the commits that touched files, for git to tell just them.

    Raises:
        UnansweredError: when git must look for them itself.
    """
    from nacoord.record.historyindex.answers import commits_touching

    found = commits_touching(root, paths, commit)
    if not 0 < len(found) <= _MOST_LISTED:
        raise UnansweredError("none, or more than fit on a command line")
    return found


def _asked(
    root: Path,
    paths: Sequence[str],
    zone: str,
    commits: Sequence[str],
    *,
    listed: bool = False,
    since: date | None = None,
    until: date | None = None,
    by: str | None = None,
    signers: str | None = None,
    changing: str | None = None,
    new_too: bool = False,
) -> Iterator[Revision]:
    """Yield what git log tells of commits and of all they come from; `listed`, of just them."""
    words = [
        "log", "--full-history", "--topo-order", "--no-renames", "--no-color",
        "--no-ext-diff", "--no-textconv", "--text", "--full-index", "--diff-merges=combined", "-p",
        "-U1000000", "--src-prefix=a/", "--dst-prefix=b/", "--encoding=UTF-8",
        "--date=format-local:%Y-%m-%d", "--format=" + _FORMAT.replace("{signature}", "" if signers is None else "%G?"),
    ]  # fmt: skip
    if since or until:
        from nacoord.record.historyindex.days import between

        words += between(since, until, zone)
    words += ["--regexp-ignore-case", "--fixed-strings", f"--author={by}"] if by else []
    words += [f"--diff-filter={'AM' if new_too else 'M'}", f"-G{changing}"] if changing else []
    words += ["--no-walk=unsorted"] if listed else []
    settings = [] if signers is None else own_signing(root)
    settings += [f"gpg.ssh.allowedSignersFile={signers}"] if signers else []
    # Of the newest commits of a day, git tells others first where a gc has left it a commit graph.
    settings += ["core.commitGraph=false"] if since or until else []
    with stream(
        root, *words, "--end-of-options", *commits, "--", *paths, time_zone=zone, settings=settings
    ) as lines:
        yield from _parsed(lines, prefix_of(root))


def _parsed(lines: Iterator[bytes], prefix: str) -> Iterator[Revision]:
    current: Revision | None = None
    header: list[bytes] = []
    body: list[bytes] = []
    in_header = False
    for line in lines:
        rest = line
        if rest.startswith(b"\0\x01"):
            if current:
                current.versions.extend(_files(body, prefix))
                yield current
            header, body, in_header, rest = [], [], True, rest[2:]
        if in_header:
            head, end, rest = rest.partition(b"\0")
            header.append(head)
            if not end:
                continue
            in_header = False
            current = _revision(b"".join(header).decode("utf-8", "replace"))
            continue
        body.append(rest)
    if current:
        current.versions.extend(_files(body, prefix))
        yield current


def _revision(text: str) -> Revision:
    commit, parents, who, email, on, signature, message = text.split("\n", 6)
    subject, why, trailers = split(message)
    return Revision(
        commit,
        tuple(parents.split()),
        who,
        email,
        day_told(on),
        subject,
        why,
        trailers,
        signature,
    )


def _files(lines: Sequence[bytes], prefix: str) -> Iterator[Version]:
    starts = [
        number
        for number, line in enumerate(lines)
        if line.startswith((b"diff --git ", b"diff --combined ", b"diff --cc "))
    ]
    # A merge that decided nothing itself shows no file at all.
    for start, end in pairwise([*starts, len(lines)]):
        found = _file(lines[start:end], prefix)
        if found:
            yield found


def _file(lines: Sequence[bytes], prefix: str) -> Version | None:
    path = path_of(lines[0]).removeprefix(prefix)
    hunk = next((n for n, line in enumerate(lines) if line.startswith(b"@@")), len(lines))
    blobs: list[str] = []
    for line in lines[1:hunk]:
        if found := _BLOBS.match(line.decode("ascii", "replace")):
            blobs = [*found[1].split(","), found[2]]
    if not blobs:
        return None
    width = len(blobs) - 1
    there = [set(blob) != {"0"} for blob in blobs]
    sides: list[list[bytes]] = [[] for _ in blobs]
    origins: list[tuple[int, int] | None] = []
    touched: list[int] = []
    for line in lines[hunk + 1 :]:
        if line.startswith(b"\\"):
            # No line end at the end of the file, on the sides that the line before belongs to.
            for side in touched:
                sides[side][-1] = sides[side][-1].removesuffix(b"\n")
            continue
        marks, content = line[:width].decode("ascii", "replace"), line[width:]
        touched = _touched(marks, width)
        if width in touched:
            kept = [side for side in range(width) if marks[side] == " "]
            origins.append((kept[0], len(sides[kept[0]])) if kept else None)
        for side in touched:
            sides[side].append(content)
    texts = [
        b"".join(side) if is_there else None for side, is_there in zip(sides, there, strict=True)
    ]
    return Version(path, tuple(texts[:-1]), texts[-1], tuple(origins))


def _touched(marks: str, width: int) -> list[int]:
    """Return the sides that a line of a diff belongs to; the last is the file after."""
    if "-" in marks:
        return [side for side in range(width) if marks[side] == "-"]
    return [side for side in range(width) if marks[side] == " "] + [width]
