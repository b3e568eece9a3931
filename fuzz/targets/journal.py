"""Whatever stands in the journal's place, no file is touched that is not one of the record's."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from nacoord.model.errors import NacoordError
from nacoord.record import journal
from nacoord.record.files import is_kept
from nacoord.record.repository import Repository

_ROOT = Path(tempfile.mkdtemp(prefix="nacoord-fuzz-"))


def seeds() -> Iterator[bytes]:
    """Yield journals."""
    entry = b'{"path": "issues/x.yaml", "old": "eA==", "new": null}'
    for path in (b"issues/x.yaml", b"../x", b"/etc/x", b"briefs/x.md", b".git/config"):
        yield (
            b'{"subject": "s", "head": null, "since": "", "unknown": [], "files": ['
            + entry.replace(b"issues/x.yaml", path)
            + b"]}"
        )
    yield b"[" * 10_000


def one(data: bytes) -> None:
    """Read bytes as a journal."""
    own = _ROOT / ".git" / "nacoord"
    own.mkdir(parents=True, exist_ok=True)
    (own / "journal.json").write_bytes(data)
    repository = Repository(_ROOT, _ROOT, _ROOT / ".git", "")
    try:
        kept = journal._kept(repository)
        if kept is None or kept.get("form") == "move":
            # A move names commits, and no file.
            return
        found = journal._read(repository, kept)
    except NacoordError:
        return
    for path in (*found.unknown, *(entry.path for entry in found.files)):
        assert is_kept(path)
        place = (_ROOT / path).resolve()
        assert place.is_relative_to(_ROOT.resolve())
        assert ".git" not in place.relative_to(_ROOT.resolve()).parts
