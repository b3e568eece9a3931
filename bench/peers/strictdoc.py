"""strictdoc: requirements in text documents of its own, read and checked whole by an export."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from peers.installing import from_pypi
from peers.items import Item
from peers.peer import Deed
from peers.peer import Peer


def _write(items: Sequence[Item], folder: Path, program: Path) -> None:
    del program
    (folder / "docs").mkdir(parents=True)
    names = {item.number: item.id for item in items}
    for kind, found in groupby(items, key=lambda item: item.folder):
        parts = [f"[DOCUMENT]\nTITLE: {kind.title()}\n"]
        parts += [_node(item, names) for item in found]
        (folder / "docs" / f"{kind}.sdoc").write_text("\n".join(parts), encoding="utf-8")


def _node(item: Item, names: dict[int, str]) -> str:
    links = "".join(f"- TYPE: Parent\n  VALUE: {names[other]}\n" for other in item.links)
    return (
        f"[REQUIREMENT]\nUID: {item.id}\nTITLE: {item.title}\n"
        f"STATEMENT: >>>\n{item.text}\n<<<\n" + (f"RELATIONS:\n{links}" if links else "")
    )


STRICTDOC = Peer(
    "strictdoc",
    "PyPI",
    from_pypi("strictdoc", "strictdoc"),
    _write,
    # It has no check of its own: whoever wants one exports, here to the format that costs least.
    (Deed("check", ("export", "docs", "--formats=json", "--output-dir", "out")),),
    version=("version",),
)
