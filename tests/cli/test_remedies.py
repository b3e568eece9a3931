"""What a finding of the radar says to type is accepted when it is typed."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from nacoord.cli.table import COMMANDS
from nacoord.desk.radar.table import RULES
from tests.support.cli import Ran
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import know_me
from tests.support.radar import TODAY
from tests.support.radar import Case
from tests.support.radar import cases_of
from tests.support.radar import scene_of
from tests.support.records import BASE
from tests.support.records import write

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(autouse=True)
def _editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\necho "# looked at" >> "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))


def _filled(remedy: str, person: str) -> list[str]:
    """Return a remedy as a person types it, with something in the place of what it leaves open."""
    words = [word.replace("domestic=WHO", "domestic=dhs") for word in shlex.split(remedy)[1:]]
    for name, value in {
        "PERSON": person,
        "WHO": "quebec",
        "DATE": "2021-03-01",
        "…": "So be it",
    }.items():
        words = [re.sub(rf"(^|=){name}($|,)", rf"\g<1>{value}\g<2>", word) for word in words]
    return words


def _typed(words: list[str], day: str) -> Ran:
    if COMMANDS[words[0]].writes:
        words = [*words, "--dry-run", "-m", "To see"]
    return run([*words, "--today", day])


def _in_git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    know_me()
    git(folder, "init", "-q")
    commit_all(folder, "Begin the record")
    monkeypatch.chdir(folder)


def _kinds() -> list[tuple[str, Case, str]]:
    """Return one case for each kind of remedy of each rule: the same but for ids and numbers."""
    found: dict[tuple[str, str], tuple[str, Case, str]] = {}
    for rule in RULES:
        for case in cases_of(rule):
            scene = scene_of(case)
            for finding in RULES[rule].find(scene):
                ids = rf"(?<![\w-])({'|'.join(scene.snapshot.records)})(?![\w-])"
                kind = re.sub(rf"( ID)+|{ids}", " ID", re.sub(ids, "ID", finding.remedy))
                found.setdefault((rule, kind), (rule, case, finding.remedy))
    return list(found.values())


KINDS = [each for each in _kinds() if each[2].split()[1] in COMMANDS]


@pytest.mark.parametrize(
    ("rule", "case", "remedy"), KINDS, ids=[f"{rule}: {remedy}" for rule, _, remedy in KINDS]
)
def test_each_kind_of_remedy_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str, case: Case, remedy: str
) -> None:
    folder = tmp_path / "record"
    texts = {**BASE, **case["texts"]}
    write(folder, {name: text for name, text in texts.items() if text is not None})
    _in_git(folder, monkeypatch)
    if rule == "unadopted-edit":
        issue = folder / "issues" / "example.yaml"
        issue.write_text(issue.read_text() + "tags: [edited]\n")

    done = _typed(_filled(remedy, "example-officer"), case.get("today", TODAY.isoformat()))

    assert done.code == 0, done.err


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2021-01-20", "2021-02-20"])
def test_every_remedy_on_the_sample_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    folder = tmp_path / "record"
    shutil.copytree(DATA, folder)
    _in_git(folder, monkeypatch)
    findings = run(["radar", "--json", "--today", day]).json["data"]["findings"]
    assert len(findings) > 20

    for remedy in {finding["remedy"] for finding in findings}:
        if remedy.split()[1] in COMMANDS:
            done = _typed(_filled(remedy, "director-mexico"), day)

            assert done.code == 0, (remedy, done.err)
