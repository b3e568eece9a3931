"""A history as one file that git can clone (gitformat-bundle(5)), the same bytes for the same commits.

`git bundle create` would take over deltas as a repository happens to have them, so that two clones
make two files. The pack is made anew here instead, by one thread and with fixed options; the head of
the file is a few lines of text. Another version of git may still pack otherwise, which changes the
bytes and not what they hold.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nacoord.record.archive.held import Held
from nacoord.record.git import GitError
from nacoord.record.git import git
from nacoord.record.git import git_into

FILE = "history.bundle"

# Whatever a repository's configuration says, the pack is made in one way.
_SETTINGS = (
    "pack.threads=1",
    "pack.windowMemory=0",
    "pack.allowPackReuse=false",
    "pack.useSparse=false",
    "pack.usePathWalk=false",
    "core.bigFileThreshold=512m",
)
_PACK = (
    "pack-objects", "--stdout", "--quiet", "--revs", "--delta-base-offset", "--no-reuse-delta",
    "--no-reuse-object", "--no-use-bitmap-index", "--threads=1", "--window=10", "--depth=50",
    "--compression=6",
)  # fmt: skip
_HEAD_MOST = 16 * 1024 * 1024


def write_bundle(held: Held, file: Path) -> None:
    """Write the whole history of a record to a new file.

    Raises:
        GitError: when git is missing, or lacks an object.
        OSError: when the disk says no.
    """
    format = (git(held.root, "rev-parse", "--show-object-format") or b"sha1").decode().strip()
    head = "# v2 git bundle\n"
    if format != "sha1":
        head = f"# v3 git bundle\n@object-format={format}\n"
    lines = [f"{object} {name}\n" for name, object in sorted(held.refs.items())]
    wanted = "".join(f"{object}\n" for object in sorted(set(held.refs.values())))
    with file.open("xb") as stream:
        stream.write(f"{head}{''.join(lines)}\n".encode())
        stream.flush()
        words = ("--no-replace-objects", *_PACK)
        git_into(held.root, stream, *words, given=wanted.encode(), settings=_SETTINGS)


def heads(file: Path) -> tuple[str, dict[str, str]]:
    """Return the object format and the refs that the head of a bundle names.

    Raises:
        ValueError: when it is no bundle of a whole history.
    """
    with file.open("rb") as stream:
        text, end, _ = stream.read(_HEAD_MOST).partition(b"\n\n")
    first, *lines = text.decode("utf-8", "strict").split("\n")
    if not end or first not in ("# v2 git bundle", "# v3 git bundle"):
        raise ValueError("it is no git bundle")
    format, refs = "sha1", {}
    for line in lines:
        if line.startswith("@object-format="):
            format = line.partition("=")[2]
        elif line.startswith(("-", "@")):
            raise ValueError("it needs commits that it doesn't hold")
        else:
            object, _, name = line.partition(" ")
            refs[name] = object
    return format, refs


@contextmanager
def unbundled(file: Path, format: str) -> Iterator[Path]:
    """Give a bare repository that holds nothing but a bundle's history, for as long as it is needed.

    Raises:
        GitError: when git finds the bundle damaged, or the history in it not whole.
    """
    with tempfile.TemporaryDirectory(prefix="nacoord-") as name:
        bare = Path(name)
        git(bare, "init", "--quiet", "--bare", "--template=", f"--object-format={format}", ".")
        git(bare, "--git-dir=.", "bundle", "verify", str(file))
        # --update-head-ok, because a new repository's head names a branch of the same name.
        words = ("fetch", "--quiet", "--no-tags", "--update-head-ok", str(file), "+refs/*:refs/*")
        if git(bare, "--git-dir=.", *words, transports="file") is None:
            raise GitError("git says no: the bundle holds no history")
        yield bare
