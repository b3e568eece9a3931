"""Backlog.md: tasks as one Markdown file each, with YAML at its head, in a git repository."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import yaml

from peers.installing import from_npm
from peers.items import Item
from peers.peer import WORD
from peers.peer import Deed
from peers.peer import Peer


def _write(items: Sequence[Item], folder: Path, program: Path) -> None:
    folder.mkdir()
    _run(folder, "git", "init", "-q", "-b", "main")
    _run(folder, str(program), "init", "Bench", "--defaults", "--agent-instructions", "none")
    for item in items:
        head = {
            "id": f"TASK-{item.number}",
            "title": item.title,
            "status": "Done" if item.done else "To Do",
            "assignee": [],
            "created_date": f"{item.day or '2020-01-01'} 12:00",
            "labels": [item.folder],
            "dependencies": [f"TASK-{other}" for other in item.links],
            "ordinal": item.number * 1000,
        }
        start = yaml.dump(head, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        body = (
            "## Description\n\n<!-- SECTION:DESCRIPTION:BEGIN -->\n"
            f"{item.text}\n<!-- SECTION:DESCRIPTION:END -->\n"
        )
        title = "-".join(item.title.split())[:60]
        file = folder / "backlog" / "tasks" / f"task-{item.number} - {title}.md"
        file.write_text(f"---\n{start}---\n\n{body}", encoding="utf-8")
    _run(folder, "git", "add", "-A")
    who = ("-c", "user.name=Bench", "-c", "user.email=bench@nao.example")
    _run(folder, "git", *who, "commit", "-q", "-m", "Begin")


def _run(folder: Path, *words: str) -> None:
    subprocess.run(words, cwd=folder, check=True, capture_output=True)


BACKLOG_MD = Peer(
    "Backlog.md",
    "npm",
    from_npm("backlog.md", "backlog"),
    _write,
    (
        Deed("list", ("task", "list", "--plain")),
        Deed("search", ("search", WORD, "--plain")),
        Deed("check", ("doctor",)),
    ),
)
