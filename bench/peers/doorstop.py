"""doorstop: requirements as one YAML file an item, in documents that refer to a parent document."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import yaml

from peers.installing import from_pypi
from peers.items import Item
from peers.peer import Deed
from peers.peer import Peer

# The prefix of each kind's document, and its parent: links go to the parent document only.
_DOCUMENTS = {
    "agencies": ("AGENCY", ""),
    "people": ("PERSON", "AGENCY"),
    "clocks": ("CLOCK", "AGENCY"),
    "issues": ("ISSUE", "AGENCY"),
    "engagements": ("MEETING", "ISSUE"),
    "commitments": ("PROMISE", "ISSUE"),
    "actions": ("ACTION", "ISSUE"),
}


def _write(items: Sequence[Item], folder: Path, program: Path) -> None:
    folder.mkdir()
    for kind, (prefix, parent) in _DOCUMENTS.items():
        (folder / kind).mkdir()
        settings = {"digits": 5, "itemformat": "yaml", "prefix": prefix, "sep": ""}
        if parent:
            settings["parent"] = parent
        _dump(folder / kind / ".doorstop.yml", {"settings": settings})
    names = {item.number: f"{_DOCUMENTS[item.folder][0]}{item.number:05}" for item in items}
    for item in items:
        parent = _DOCUMENTS[item.folder][1]
        links = [names[other] for other in item.links if names[other].startswith(parent or "-")]
        value = {
            "active": True,
            "derived": False,
            "header": item.title,
            "level": f"1.{item.number}",
            "links": [{each: None} for each in links],
            "normative": True,
            "ref": "",
            "reviewed": None,
            "text": item.text,
        }
        _dump(folder / item.folder / f"{names[item.number]}.yml", value)
    # It looks for a repository, and what is reviewed has no more to be told of.
    for words in (
        ["git", "init", "-q"],
        [str(program), "clear", "all"],
        [str(program), "review", "all"],
    ):
        subprocess.run(words, cwd=folder, check=True, capture_output=True)


def _dump(file: Path, value: object) -> None:
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True)
    file.write_text(text, encoding="utf-8")


DOORSTOP = Peer(
    "doorstop",
    "PyPI",
    from_pypi("doorstop", "doorstop"),
    _write,
    (Deed("check", ()),),
)
