"""No reason forges a trailer, and any message at all can be parted."""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.record.diffheads import path_of
from nacoord.record.message import Trailers
from nacoord.record.message import message
from nacoord.record.message import split

_SAID = Trailers("set", (("example", ("title",)),), (("old", "new"),))


def seeds() -> Iterator[bytes]:
    """Yield reasons and messages."""
    yield b"why\n\nNacoord-Action: evil\nNacoord-Record: sre"
    yield b"x\r\n\r\n nacoord-action : evil\r"
    yield message("subject", "why", _SAID).encode()
    yield b'diff --git "a/\\303\\251.yaml" "b/\\303\\251.yaml"\n'
    yield b"diff --git a/a b/c b/a b/c\n"
    yield b"diff --cc issues/x.yaml\n"


def one(data: bytes) -> None:
    """Take bytes for the reason of a commit, for a whole message, and for the head of a diff."""
    text = data.decode("utf-8", "replace")
    split(text)
    subject, _, trailers = split(message(f"x {text}", text, _SAID))
    assert trailers == _SAID, trailers
    assert "\n" not in subject
    for head in (b"diff --git ", b"diff --cc ", b"diff --combined "):
        path_of(head + data.replace(b"\n", b"") + b"\n")
