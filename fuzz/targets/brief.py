"""Any file is a saved brief or none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nacoord.desk.brief.madefrom import MadeFrom
from nacoord.desk.brief.madefrom import pairs
from nacoord.desk.brief.madefrom import read


def seeds() -> Iterator[bytes]:
    """Yield heads of briefs."""
    days = {"today": "2021-01-20", "since": "2021-01-13", "until": "2021-02-03"}
    import dataclasses

    said = {
        each.name: days.get(each.name, False if each.name == "full" else "")
        for each in dataclasses.fields(MadeFrom)
    }
    import json

    head = "\n".join(f"{name}: {json.dumps(value)}" for name, value in said.items())
    yield f"---\n{head}\n---\n# Brief\n".encode()
    yield b"---\n---\n"
    yield b"---\ntoday: " + b"[" * 50_000 + b"\n---\n"


def one(data: bytes) -> None:
    """Read bytes as a saved brief; what it says is said again the same."""
    made = read(data)
    if made is not None:
        assert isinstance(made.today, date)
        assert made.title
        again = "\n".join(f"{name}: {value}" for name, value in pairs(made))
        assert read(f"---\n{again}\n---\n".encode()) == made
