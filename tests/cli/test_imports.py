"""What each command may import: start-up is most of what a person waits for.

Each command is run once on the sample, in a process of its own, with whatever a first run keeps for
the next one kept already.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nacoord.cli.root import command_tree
from nacoord.cli.table import COMMANDS
from tests.conftest import ROOT
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.sheets import copy_examples

# What takes longer to import than a small answer may take, or is for one format.
HEAVY = frozenset(
    [
        "asyncio",
        "docx",
        "filelock",
        "git",
        "hashlib",
        "holidays",
        "http",
        "icalendar",
        "jinja2",
        "jsonschema",
        "lxml",
        "markupsafe",
        "multiprocessing",
        "openpyxl",
        "pydantic",
        "rapidfuzz",
        "rich",
        "sqlite3",
        "textual",
        "typer",
        "typst",
        "unittest",
        "xlsxwriter",
        "yaml",
    ]
)
# What the model, the reading of files and the cache are made of; the warm questions have rows of
# their own for these.
RECORD = frozenset({"hashlib", "pydantic", "sqlite3", "yaml"})
SCREEN = RECORD | {"typer", "rich"}
CHANGE = SCREEN | {"filelock"}

MAY = {row.name: CHANGE if row.writes else SCREEN for row in COMMANDS.values()} | {
    "list": RECORD | {"typer"},
    "export": RECORD | {"typer"},
    "site": RECORD | {"typer", "jinja2", "markupsafe"},
}
PROGRAM = f"""
import atexit, os, sys
before = set(sys.modules)
def tell():
    loaded = {{name.split('.')[0] for name in set(sys.modules) - before}} & {set(HEAVY)!r}
    with open(os.environ['LOADED'], 'w') as file:
        file.write(' '.join(sorted(loaded)))
atexit.register(tell)
from nacoord.cli.main import main
main()
"""


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder beside a sample in git, on which a question has been asked before."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "data", folder / "data")
    git(folder / "data", "init", "-q")
    commit_all(folder / "data", "Begin the record")
    issue = folder / "data/issues/usmca-labor.yaml"
    issue.write_text(issue.read_text().replace("health: amber", "health: red"))
    commit_all(folder / "data", "Set usmca-labor health=red")
    (folder / "changes.txt").write_text('note usmca-labor "Called"\n')
    copy_examples(folder)
    subprocess.run(
        [sys.executable, "-m", "nacoord", "status"], cwd=folder, check=True, capture_output=True
    )
    return folder


def loaded(words: list[str], folder: Path, **environment: str) -> frozenset[str]:
    """Return what of the heavy a run imports."""
    told = folder / f"loaded-{os.getpid()}"
    told.unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=folder,
        env={**os.environ, "EDITOR": "true", "LOADED": str(told), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return frozenset(told.read_text().split())


def example(name: str) -> list[str]:
    """Return the first example of a command's help; of one that changes something, as a trial."""
    found = re.search(r"Example: nacoord (.*)", command_tree().commands[name].help)
    assert found
    words = shlex.split(found[1].split(" > ")[0])
    trial = COMMANDS[name].writes and "--dry-run" not in words and name != "edit"
    return [*words, "--dry-run"] if trial else words


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_imports_only_what_it_may(name: str, warm: Path) -> None:
    assert loaded(example(name), warm) <= MAY[name]


@pytest.mark.parametrize(
    ("words", "may"),
    [
        (["--version"], set()),
        (["--help"], {"typer"}),
        (["list", "--help"], {"typer"}),
        (["handover", "--help"], {"typer"}),
        (["export", "--help"], {"typer"}),
    ],
    ids=" ".join,
)
def test_help_imports_nothing_but_typer(words: list[str], may: set[str], warm: Path) -> None:
    assert loaded(words, warm) <= may


@pytest.mark.parametrize("words", ["nacoord sta", "nacoord show t", "nacoord status m"])
def test_a_tab_imports_nothing_but_typer(words: str, warm: Path) -> None:
    assert loaded(
        [],
        warm,
        _NACOORD_COMPLETE="complete_bash",
        COMP_WORDS=words,
        COMP_CWORD=str(words.count(" ")),
    ) == {"typer"}


@pytest.mark.parametrize("library", ["pydantic", "yaml", "hashlib"])
@pytest.mark.parametrize(
    "words",
    [
        ["status", "mexico"],
        ["list", "issue"],
        ["show", "tijuana-sewage"],
        ["search", "sewage"],
        ["check"],
    ],
    ids=" ".join,
)
def test_a_warm_question_reads_no_file_and_checks_none(
    words: list[str], library: str, warm: Path
) -> None:
    assert library not in loaded(words, warm)
