"""The generated records as plain items, which every peer can keep in some form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATES = ("due", "when", "date")
_DONE = ("met", "missed", "withdrawn", "superseded", "resolved", "dropped", "happened")


@dataclass(frozen=True)
class Item:
    """A record in what all trackers have.

    Attributes:
        number: its place, from 1 on.
        id: its id in the record.
        folder: the folder of its kind.
        title: what it is called.
        text: what it says, in one paragraph.
        day: its date as 2021-02-03, if it has one.
        done: whether it is over.
        links: the numbers of the items before it that it names; none that come later, so that
            no tool finds a circle.
    """

    number: int
    id: str
    folder: str
    title: str
    text: str
    day: str
    done: bool
    links: tuple[int, ...]


def items(record: Path) -> list[Item]:
    """Read the items of a generated record: agencies first, then what refers to them."""
    order = ("agencies", "people", "clocks", "issues", "engagements", "commitments", "actions")
    files = [file for kind in order for file in sorted((record / kind).glob("*.yaml"))]
    numbers = {file.stem: number for number, file in enumerate(files, start=1)}
    return [_item(file, numbers) for file in files]


def _item(file: Path, numbers: dict[str, int]) -> Item:
    value = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    number = numbers[file.stem]
    named = {numbers[text] for text in _scalars(value) if text in numbers}
    said = [text for text in _scalars(value) if " " in text and text != value["title"]]
    day = next((value[key] for key in _DATES if _DAY.fullmatch(value.get(key, ""))), "")
    return Item(
        number,
        file.stem,
        file.parent.name,
        value["title"],
        " ".join(said) or value["title"],
        day,
        value.get("status") in _DONE,
        tuple(sorted(other for other in named if other < number)),
    )


def _scalars(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _scalars(each)
    else:
        yield value
