"""todoman: to-dos as one iCalendar file each (RFC 5545), with a cache of them in SQLite."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from peers.installing import from_pypi
from peers.items import Item
from peers.peer import FOLDER
from peers.peer import WORD
from peers.peer import Deed
from peers.peer import Peer


def _write(items: Sequence[Item], folder: Path, program: Path) -> None:
    del program
    (folder / "lists" / "office").mkdir(parents=True)
    (folder / "config.py").write_text(
        f'path = "{folder}/lists/*"\ndate_format = "%Y-%m-%d"\ntime_format = "%H:%M"\n'
        f'default_list = "office"\ncache_path = "{folder}/cache.sqlite3"\n'
    )
    for item in items:
        text = "\r\n".join(_folded(line) for line in _lines(item)) + "\r\n"
        (folder / "lists" / "office" / f"{item.id}.ics").write_bytes(text.encode())


def _lines(item: Item) -> list[str]:
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//nacoord//bench//EN",
        "BEGIN:VTODO",
        f"UID:{item.id}@nao.example",
        "DTSTAMP:20220601T000000Z",
        "CREATED:20120102T000000Z",
        f"SUMMARY:{_escaped(item.title)}",
        f"DESCRIPTION:{_escaped(item.text)}",
        f"CATEGORIES:{item.folder}",
        *([f"DUE;VALUE=DATE:{item.day.replace('-', '')}"] if item.day else []),
        f"STATUS:{'COMPLETED' if item.done else 'NEEDS-ACTION'}",
        *(f"RELATED-TO:{other}" for other in item.links),
        "END:VTODO",
        "END:VCALENDAR",
    ]


def _escaped(text: str) -> str:
    return re.sub(r"([\\,;])", r"\\\1", text)


def _folded(line: str) -> str:
    return "\r\n ".join(line[start : start + 36] for start in range(0, len(line), 36))


TODOMAN = Peer(
    "todoman",
    "PyPI",
    from_pypi("todoman", "todo"),
    _write,
    (
        Deed("list", ("-c", f"{FOLDER}/config.py", "list")),
        Deed("search", ("-c", f"{FOLDER}/config.py", "list", "--grep", WORD, "--status", "ANY")),
    ),
)
