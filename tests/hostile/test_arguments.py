"""Whatever is typed in any place of any command line: nothing is run or written by it, nothing breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nacoord.cli.root import command_tree
from nacoord.cli.table import COMMANDS
from nacoord.present.plain import _UNSAFE
from tests.support.asking import ASKING
from tests.support.cli import run
from tests.support.git import git
from tests.support.office import office
from tests.support.records import write

# A command line of each command that changes something, whole.
CHANGES: dict[str, list[str]] = {
    "new": ["new", "agency", "fresh", "title=Fresh", "level=federal", "sphere=both"],
    "set": ["set", "example", "priority=P2"],
    "note": ["note", "example", "text"],
    "edit": ["edit", "example"],
    "link": ["link", "example", "supports", "new-issue"],
    "unlink": ["unlink", "depends-on-new", "depends-on", "new-issue"],
    "meet": ["meet", "example-promise", "--evidence", "seen"],
    "close": ["close", "example", "--as", "resolved"],
    "tell": ["tell", "strike", "sre"],
    "clear": ["clear", "strike", "sre"],
    "object": ["object", "strike", "sre"],
    "rename": ["rename", "example", "other"],
    "remove": ["remove", "example-clock", "-m", "why"],
    "undo": ["undo", "HEAD"],
    "commit": ["commit", "example"],
    "batch": ["batch", "lines.txt"],
    "import": ["import", "sheet.csv", "--mapping", "map.yaml"],
    "init": ["init", "."],
    "clone": ["clone", "nowhere.git", "there"],
    "sync": ["sync"],
    "resolve": ["resolve", "example.health", "--theirs"],
    "merge-driver": ["merge-driver", "lines.txt", "sheet.csv", "map.yaml", "7", "issues/x.yaml"],
    "migrate": ["migrate"],
    "open": ["open", "example"],
}
# Where a file is to go is for the user to say.
_FILES = {"output", "out"}
FEW = [
    "--output={canary}",
    "--exec=touch {canary}",
    "@{{-1}}",
    "HEAD:../../x",
    ":(exclude)issues",
    "-c",
]
MANY = [
    "-o{canary}", "--upload-pack=touch {canary}", "--ext-diff", "--no-index", "-", "--", "", "\n", "a\nb", "\x1b[31mx",
    "@{{1 day ago}}", ":!issues", ":/Begin", "HEAD^{{/Begin}}", "HEAD..HEAD", "^HEAD", "--all", "refs/heads/main",
    "../../etc/passwd", "/etc/passwd", "$(touch {canary})", "`touch {canary}`", "|touch {canary}", "\udcff",
    "%s%n%x00", "[red]x[/red]", "\u202ex", "x=y=z", "=", "title=", "-title:x", "a" * 100_000, "é" * 300, "1" * 5_000,
    "9999-12-31", "0001-01-01", "+9999999999w", "-9999999999d", "2021-02-30", "((((", "*" * 500, "(a+)+$", "\\", "{{}}",
    "{{0.__class__}}", "title.__class__", "notes[0]", "notes[999999999999]", "notes.-1", "x-a.b.c", "*", "?", "~", "'", '"',
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = office(tmp_path / "record")
    write(
        place,
        {
            "actions/strike.yaml": "title: Strike\nby: [dhs]\nwhen: 2021-01-23\nissues: [example]\n"
            "text: Words\ntell: [{who: sre}]\nclearances: [{who: sre, status: pending}]\n"
        },
    )
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", "Strike")
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path / "away")
    write(
        tmp_path / "away",
        {
            "lines.txt": "set example priority=P2\n",
            "sheet.csv": "title\nx\n",
            "map.yaml": "kind: agency\nid: title\nfields: {title: title}\n",
        },
    )
    monkeypatch.setenv("NACOORD_DATA", str(place))
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")
    monkeypatch.setenv("EDITOR", "true")
    return place


def _lines(name: str, word: str) -> Iterator[list[str]]:
    """Yield command lines of a command, each with a word in another of its places."""
    tree: Any = command_tree()
    command = tree.get_command(None, name)
    dry = ["--dry-run"] if COMMANDS[name].writes else []
    whole = CHANGES.get(name) or ASKING[name][0]
    for parameter in command.params:
        if parameter.name in _FILES or getattr(parameter, "is_flag", False):
            continue
        if parameter.param_type_name == "option":
            yield [
                *whole,
                *dry,
                *[f"{parameter.opts[0]}={word}"][: 2 - parameter.nargs],
                *([parameter.opts[0], word, word] if parameter.nargs == 2 else []),
            ]
    for at in range(1, len(whole)):
        if not whole[at].startswith("-"):
            yield [
                whole[0],
                *dry,
                "--",
                *(
                    part
                    for part in (*whole[1:at], word, *whole[at + 1 :])
                    if not part.startswith("-")
                ),
            ]
    yield [*whole[:1], *dry, "--", *whole[1:2], word]
    if not (
        word.startswith(("--output", "-o")) and _FILES & {each.name for each in command.params}
    ):
        yield [*whole, *dry, word]


def _try(name: str, words: list[str], canary: Path) -> None:
    for form in words:
        word = form.format(canary=canary) if "{" in form else form
        for line in _lines(name, word):
            found = run(line)
            assert found.code != 70, (line, found.err)
            assert not canary.exists(), line
            if "export" not in line and "--json" not in line:
                assert not re.search(_UNSAFE, found.out + found.err), line


@pytest.mark.parametrize("name", [*ASKING, *CHANGES])
def test_a_word_in_any_place(name: str, folder: Path, tmp_path: Path) -> None:
    before = git(folder, "rev-parse", "HEAD")
    _try(name, FEW[:1], tmp_path / "canary")

    assert git(folder, "rev-parse", "HEAD") == before


@pytest.mark.slow
@pytest.mark.parametrize("name", [*ASKING, *CHANGES])
def test_every_word_in_any_place(name: str, folder: Path, tmp_path: Path) -> None:
    before = git(folder, "rev-parse", "HEAD")
    _try(name, [*FEW, *MANY], tmp_path / "canary")

    assert git(folder, "rev-parse", "HEAD") == before


def test_a_nul_in_a_batch(folder: Path) -> None:
    Path("lines.txt").write_text("set example title=x\0y\n")
    found = run(["batch", "lines.txt"])

    assert found.code == 2
    assert "lines.txt:1: a NUL" in found.err


def test_every_command_is_tried() -> None:
    assert {*ASKING, *CHANGES} == set(COMMANDS)
