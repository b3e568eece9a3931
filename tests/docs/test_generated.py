"""Pages written from the code, and promises that the pages written by hand keep."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from nacoord.cli.root import command_tree
from nacoord.cli.table import COMMANDS
from nacoord.desk.radar.table import RULES
from nacoord.model.faultcodes import FAULT_CODES
from nacoord.model.kinds.table import KINDS
from nacoord.present import explanation
from nacoord.present import exportdoc
from nacoord.present import formatdoc
from nacoord.present import importdoc
from nacoord.present import opendoc
from nacoord.present import rulepages
from nacoord.present.export.table import FORMATS
from tests.conftest import ROOT
from tests.support.cli import run
from tests.support.git import git
from tests.support.office import know_me
from tests.support.office import office
from tests.support.sheets import EXAMPLES
from tests.support.sheets import copy_examples

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def help_tree() -> str:
    """Return the help of nacoord and of every command, as people see it at 100 columns."""
    parts = [
        "# Commands\n\n<!-- Written by `make golden` from src/nacoord/cli; don't edit. -->\n\n"
        "Every command's `--help`. Exit codes: 0 fine; 1 the question found something, or the change was\n"
        "refused; 2 what was typed can't be understood; 3 part of the record could not be read; 4 git or the\n"
        "disk failed; 130 interrupted. `NO_COLOR`, `FORCE_COLOR`, `COLUMNS`, `NACOORD_PAGER` and `PAGER` are\n"
        "obeyed. `--json` gives one envelope: `schema` (1), `kind`, `as_of`, `today`, `data`, `faults`.\n"
    ]
    for words in ([], *([name] for name in COMMANDS)):
        shown = run([*words, "--help"]).out
        parts.append(f"\n## {' '.join(['nacoord', *words])}\n\n```text\n{shown}```\n")
    return "".join(parts)


def test_commands_page(golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")

    golden("docs/commands.md", help_tree())


def test_format_page(golden: Callable[[str, str], None]) -> None:
    golden("docs/format.md", formatdoc.page())


def test_open_page(golden: Callable[[str, str], None]) -> None:
    golden("docs/open.md", opendoc.page())


def test_export_page(golden: Callable[[str, str], None]) -> None:
    golden("docs/export.md", exportdoc.page())


def test_every_format_of_an_export_has_its_heading_and_its_line_in_the_help() -> None:
    text = (ROOT / "docs/export.md").read_text()
    shown = run(["export", "--help"]).out

    for format in FORMATS.values():
        assert f"\n## {format.name}\n" in text
        assert f"  {format.name:<8}" in shown
        assert f"Example: nacoord export {format.name}" in shown


def test_the_queries_of_the_export_page_run_on_the_sample(tmp_path: Path) -> None:
    database = tmp_path / "record.db"
    assert run(["export", "sqlite", "--data", str(ROOT / "data"), "-o", str(database)]).code == 0
    (block,) = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/export.md").read_text(), re.DOTALL)
    connection = sqlite3.connect(database)
    for query in block.splitlines():
        connection.execute(query).fetchall()
    connection.close()


def test_faults_page(golden: Callable[[str, str], None]) -> None:
    golden("docs/faults.md", explanation.page())


def test_radar_page(
    golden: Callable[[str, str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    golden("docs/radar.md", rulepages.page(run(["radar", "--backtest", "-q"]).out))


def test_import_page(
    golden: Callable[[str, str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _prepare(tmp_path / "data", "import", monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    words = ["import", "taskers.csv", "--mapping", "taskers.yaml", "-q"]
    shown = run([*words[:-1], "-m", "The list of 18 January"])
    later = (tmp_path / "taskers.csv").read_text()
    later = later.replace("01/29/2021", "02/26/2021").replace("01/14/2021,,02", "01/32/2021,,02")
    (tmp_path / "taskers.csv").write_text(later)
    wrong = run([*words, "--dry-run"])
    assert (shown.code, wrong.code) == (0, 1)
    for bodies in ("contacts-agencies.yaml", "contacts-people.yaml"):
        assert run(["import", "contacts.csv", "--mapping", bodies]).code == 0
    assert run(["check", "--data", "data"]).code == 0

    texts = {file.name.replace(".", "_"): file.read_text() for file in EXAMPLES.iterdir()}
    texts = {name.replace("contacts-", ""): text for name, text in texts.items()}
    # The commit's id follows from all of the sample; the page doesn't.
    screen = re.sub(r"^\[\w+\]", "[4c1d7f0a2b]", shown.out, flags=re.MULTILINE)
    golden(
        "docs/import.md",
        importdoc.page({**texts, "taskers_screen": screen, "wrong_screen": wrong.out}),
    )


def test_every_command_kind_code_and_rule_has_its_heading() -> None:
    text = "".join(
        (ROOT / f"docs/{name}.md").read_text() for name in ("commands", "format", "faults", "radar")
    )

    for heading in [f"nacoord {name}" for name in COMMANDS] + [*KINDS, *FAULT_CODES, *RULES]:
        assert f"\n## {heading}\n" in text, heading


@pytest.mark.parametrize("name", COMMANDS)
def test_help_begins_with_the_summary_and_has_an_example(name: str) -> None:
    command = command_tree().commands[name]
    first = command.help.split("\n\n")[0].replace("\n", " ").rstrip(".")

    assert first.startswith(COMMANDS[name].summary.split(",")[0])
    assert f"Example: nacoord {name}" in command.help


def _examples() -> list[str]:
    commands = command_tree().commands
    return [
        example
        for name in COMMANDS
        for example in re.findall(r"Example: (nacoord .*)", commands[name].help)
    ]


@pytest.mark.parametrize("example", _examples())
def test_every_example_in_the_help_runs_on_the_sample(
    example: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os
    import shlex

    folder = Path(str(tmp_path)) / "data"
    row = COMMANDS[example.split()[1]]
    if row.history or row.writes or row.also_writes:
        _prepare(folder, example.split()[1], monkeypatch)
    else:
        os.symlink(ROOT / "data", folder)
    if row.name == "merge-driver":
        for side in ("base", "mine", "theirs"):
            shutil.copy(ROOT / "data/issues/usmca-labor.yaml", folder.parent / f"{side}.yaml")
    monkeypatch.chdir(Path(str(tmp_path)))
    _share(folder, example.split())
    found = run(shlex.split(example.split(" > ", maxsplit=1)[0])[1:])

    if row.terminal:
        # It is run in a terminal by its own tests.
        assert (found.code, "needs a terminal" in found.err) == (2, True)
        return
    assert found.code in ((0, 1) if COMMANDS[example.split()[1]].finds else (0,)), found.err
    assert found.out + found.err


def _share(folder: Path, words: list[str]) -> None:
    """Make the remotes that an example names: an empty one, or one with a record."""
    if words[1] == "clone":
        know_me()
        office(folder.parent / "theirs")
        git(folder.parent, "clone", "-q", "--bare", "theirs", "office.git")
    elif words[1] == "sync" or "--remote" in words:
        know_me()
        git(folder.parent, "init", "-q", "--bare", "shared.git")
    if words[1] == "sync":
        git(folder, "remote", "add", "origin", "../shared.git")


def _prepare(folder: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the sample a record of its own, with a change or two in its history."""
    know_me()
    shutil.copytree(ROOT / "data", folder)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Begin the record")
    assert (
        run(["set", "usmca-labor", "health=green", "health_reason=", "--data", str(folder)]).code
        == 0
    )
    if command == "commit":
        file = folder / "issues" / "usmca-labor.yaml"
        file.write_text(
            file.read_text().replace("health: green", "health: red\nhealth_reason: Why")
        )
    (folder.parent / "changes.txt").write_text(
        'note usmca-labor "Called"\nset line-5 tags+=michigan\n'
    )
    copy_examples(folder.parent)
    monkeypatch.setenv("EDITOR", "sed -i s/^priority:.*/priority:\\ P3/")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_a_page_names_exists(page: object) -> None:
    text = page.read_text()  # type: ignore[attr-defined]
    named = re.findall(r"`((?:src|tests|docs|data|bench)/[\w./-]+)`", text)
    linked = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)

    for name in named:
        assert (ROOT / name).exists(), name
    for name in linked:
        assert (page.parent / name).exists(), name  # type: ignore[attr-defined]


def test_readme_shows_the_commands_that_exist() -> None:
    text = (ROOT / "README.md").read_text()

    for word in re.findall(r"^\$ nacoord ([a-z]+)", text, re.MULTILINE):
        assert word in COMMANDS, word


def test_version_is_in_the_changelog() -> None:
    from nacoord import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text()
