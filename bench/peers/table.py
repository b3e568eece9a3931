"""The table of peers, and what is measured of them beside nacoord on the same items."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path

from bars import PEER_BARS
from measure import Figure
from measure import Stopwatch
from measure import Work
from questions import NACOORD
from rows import Row
from rows import seconds

from peers.backlogmd import BACKLOG_MD
from peers.doorstop import DOORSTOP
from peers.hledger import HLEDGER
from peers.installing import NotInstalledError
from peers.items import Item
from peers.items import items
from peers.peer import FOLDER
from peers.peer import WORD
from peers.peer import Deed
from peers.peer import Peer
from peers.strictdoc import STRICTDOC
from peers.taskwarrior import TASKWARRIOR
from peers.todoman import TODOMAN

PEERS = (DOORSTOP, BACKLOG_MD, TASKWARRIOR, TODOMAN, STRICTDOC, HLEDGER)

_OURS = {"check": ("check",), "list": ("list",), "search": ("search", WORD)}


def compared(
    here: Path, record: Path, environment: Mapping[str, str], runs: int, only: Sequence[str]
) -> Iterator[Row]:
    """Yield the rows of each peer, with nacoord's own after those that it is held against.

    Args:
        here: a folder for what the peers keep.
        record: the same items as a record of nacoord's.
        only: measure the peers whose names contain one of these; all, if empty.
    """
    # Installed once: the next run finds them there.
    cache = Path(tempfile.gettempdir()) / "nacoord-peers"
    found = items(record)
    place = f"{len(found):,} items"
    for peer in PEERS:
        if only and not any(part in peer.name.lower() for part in only):
            continue
        try:
            program = peer.install(cache)
        except NotInstalledError as why:
            yield Row(f"{peer.name} ({peer.origin})", place, "not installed", f"{why}")
            continue
        watch = Stopwatch(record, environment, runs)
        yield from _peer(peer, program, found, here / peer.name, watch)


def _peer(
    peer: Peer, program: Path, found: Sequence[Item], folder: Path, watch: Stopwatch
) -> Iterator[Row]:
    place = f"{len(found):,} items"
    try:
        peer.write(found, folder, program)
    except subprocess.CalledProcessError as failed:
        said = (failed.stderr or b"").decode(errors="replace").strip()[-600:]
        yield Row(f"{peer.name} ({peer.origin})", place, "–", failed=f"{failed} {said}")
        return
    theirs = {deed.name: _work(peer, deed, program, folder) for deed in peer.deeds}
    ours = {name: Work(f"nacoord {name}", (NACOORD, *_OURS[name])) for name in theirs}
    figures = watch.take_turns([*theirs.values(), *ours.values()])
    version = _version(peer, program, folder)
    for deed in peer.deeds:
        what = f"{peer.name} {version}: `{' '.join([program.name, *_short(deed)])}`"
        beside = ours[deed.name].name
        wanted = PEER_BARS.get((peer.name, deed.name))
        yield _row(what, place, figures[theirs[deed.name].name], beside, figures[beside], wanted)


def _work(peer: Peer, deed: Deed, program: Path, folder: Path) -> Work:
    def placed(word: str) -> str:
        return word.replace(FOLDER, str(folder))

    more = {key: placed(value) for key, value in peer.more.items()}
    argv = (str(program), *(placed(word) for word in deed.words))
    return Work(f"{peer.name} {deed.name}", argv, fine=deed.fine, more=more, folder=folder)


def _short(deed: Deed) -> list[str]:
    """Return the words of a deed without those that only say where its files are."""
    words = list(deed.words)
    while words and words[0] in ("-c", "-f"):
        del words[:2]
    return words


def _row(
    what: str, place: str, theirs: Figure, beside: str, ours: Figure, wanted: float | None
) -> Row:
    if theirs.failed or ours.failed:
        return Row(what, place, "–", failed=theirs.failed or ours.failed)
    times = theirs.median / ours.median
    return Row(
        what,
        place,
        seconds(theirs.median),
        f"{times:.2g} x {beside} ({seconds(ours.median)})"
        if times < 10
        else f"{times:,.0f} x {beside} ({seconds(ours.median)})",
        f"{wanted:g} x" if wanted else "",
        times >= wanted if wanted else None,
    )


def _version(peer: Peer, program: Path, folder: Path) -> str:
    done = subprocess.run(
        [str(program), *peer.version], cwd=folder, capture_output=True, text=True, check=False
    )
    words = [word.strip(",v") for word in done.stdout.split()]
    return next((word for word in words if word[:1].isdigit()), "")
