"""taskwarrior: all tasks in text files of its own, one line a task."""

from __future__ import annotations

import json
import os
import subprocess
import uuid
from collections.abc import Sequence
from pathlib import Path

from peers.installing import from_debian
from peers.items import Item
from peers.peer import FOLDER
from peers.peer import WORD
from peers.peer import Deed
from peers.peer import Peer


def _write(items: Sequence[Item], folder: Path, program: Path) -> None:
    folder.mkdir()
    (folder / "rc").write_text("confirmation=no\nverbose=nothing\n")
    tasks = [_task(item) for item in items]
    (folder / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    environment = {**os.environ, "TASKRC": str(folder / "rc"), "TASKDATA": str(folder / "data")}
    subprocess.run(
        [program, "import", "tasks.json"],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
    )


def _task(item: Item) -> dict[str, object]:
    value: dict[str, object] = {
        "uuid": _uuid(item.number),
        "description": item.title,
        "status": "completed" if item.done else "pending",
        "entry": "20120102T000000Z",
        "project": item.folder,
        "annotations": [{"entry": "20120102T000001Z", "description": item.text}],
        "depends": [_uuid(other) for other in item.links],
    }
    if item.day:
        value["due"] = f"{item.day.replace('-', '')}T000000Z"
    if item.done:
        value["end"] = "20220601T000000Z"
    return value


def _uuid(number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, str(number)))


TASKWARRIOR = Peer(
    "taskwarrior",
    "Debian",
    from_debian("taskwarrior", "task"),
    _write,
    (
        Deed("list", ("list",)),
        Deed("search", (f"/{WORD}/", "all")),
        Deed("check", ("diagnostics",)),
    ),
    more={"TASKRC": f"{FOLDER}/rc", "TASKDATA": f"{FOLDER}/data"},
)
