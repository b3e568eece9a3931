"""hledger: plain-text accounts; here each item is a posting to the account of whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from peers.installing import from_debian
from peers.items import Item
from peers.peer import WORD
from peers.peer import Deed
from peers.peer import Peer

_FILE = ("-f", "items.journal")


def _write(items: Sequence[Item], folder: Path, program: Path) -> None:
    del program
    folder.mkdir()
    names = {item.number: item.id for item in items}
    accounts = sorted({f"{item.folder}:{_account(item, names)}" for item in items})
    parts = ["commodity 1. item\n", "account open\n", *(f"account {each}\n" for each in accounts)]
    # In the order of their days, as `check` may ask for and people keep them.
    for item in sorted(items, key=lambda item: item.day):
        mark = "*" if item.done else "!"
        links = "".join(f"    ; link: {names[other]}\n" for other in item.links)
        parts.append(
            f"\n{item.day or '2012-01-02'} {mark} ({item.id}) {item.title} | {item.text}\n{links}"
            f"    {item.folder}:{_account(item, names)}    1 item\n    open\n"
        )
    (folder / "items.journal").write_text("".join(parts), encoding="utf-8")


def _account(item: Item, names: dict[int, str]) -> str:
    return names[item.links[0]] if item.links else item.id


HLEDGER = Peer(
    "hledger",
    "Debian",
    from_debian("hledger", "hledger"),
    _write,
    (
        Deed("list", (*_FILE, "register")),
        Deed("search", (*_FILE, "register", f"desc:{WORD}")),
        Deed("check", (*_FILE, "check", "--strict")),
    ),
)
