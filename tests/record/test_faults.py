"""Whatever fails or is killed at whatever step, the record is whole: the old one or the new one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from nacoord.record import repository
from tests.support.cli import run
from tests.support.git import git
from tests.support.office import office
from tests.support.office import state
from tests.support.steps import PAST_THE_END
from tests.support.steps import child
from tests.support.steps import die
from tests.support.steps import fail

CHANGES = {
    "set": ["set", "example", "priority=P2"],
    "new": ["new", "agency", "fresh", "title=Fresh", "level=federal", "sphere=both"],
    "rename": ["rename", "example", "better"],
    "remove": ["remove", "quebec", "-m", "Twice"],
    "note": ["note", "example", "Called"],
    "batch": ["batch", "../batch.txt"],
    "link": ["link", "example", "supports", "new-issue"],
    "unlink": ["unlink", "depends-on-new", "depends-on", "new-issue"],
    "meet": ["meet", "example-promise", "--evidence", "Note 7"],
    "close": ["close", "example"],
    "tell": ["tell", "raid", "texas", "sre"],
    "clear": ["clear", "raid", "state"],
    "mute": ["radar", "--mute", "stale", "example", "--until", "+2w", "-m", "Waits"],
    "import": ["import", "../list.csv", "--mapping", "../map.yaml"],
    "object": ["object", "raid", "state", "--comment", "Too soon"],
    "undo": ["undo"],
    "brief": ["brief", "--save", "--today", "2021-01-20"],
}
# The operations by which a change touches the disk and git.
STEPS = ("open", "fsync", "replace", "unlink", "mkdir")


class Killed(BaseException):
    """Stands for the moment at which a process dies."""


def _template(folder: Path) -> Path:
    place = office(folder / "template")
    (place / "actions").mkdir()
    (place / "actions" / "raid.yaml").write_text(
        "title: A raid\nby: [dhs]\nwhen: 2021-02-01\nissues: [example]\n"
    )
    issue = place / "issues" / "new-issue.yaml"
    issue.write_text(issue.read_text().replace("P4", "P3"))
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", "A raid may come")
    (folder / "list.csv").write_text(
        "Id,Name,Country\nstate,Department of State,CA\nport,Port,US\n"
    )
    (folder / "map.yaml").write_text(
        "kind: agency\nid: Id\nfields: {title: Name, country: Country, level: {value: local}, "
        "sphere: {value: domestic}}\n"
    )
    (folder / "batch.txt").write_text("set example priority=P3\nset state country=US tags+=x\n")
    return place


def _child(
    folder: Path, words: list[str], number: int, act: Callable[[], None], after: bool
) -> int:
    """Run a command in a forked child in which one operation acts; return its exit status."""

    def work() -> int:
        os.chdir(folder)
        return run(words).code

    also = [(repository, "git_writes")]
    return child(work, number, act, after=after, steps=STEPS, also=also)


def _every_step(tmp_path: Path, name: str, act: Callable[[], None], after: bool) -> int:
    template = _template(tmp_path)
    old = state(template)[2]
    done = tmp_path / "done"
    shutil.copytree(template, done, symlinks=True)
    os.chdir(done)
    assert run(CHANGES[name]).code == 0
    new = state(done)[2]
    for number in range(1, 400):
        here = tmp_path / f"{name}-{number}"
        shutil.copytree(template, here, symlinks=True)
        code = _child(here, CHANGES[name], number, act, after)
        if code == PAST_THE_END:
            return number
        if act is fail and code != 0:
            assert state(here)[1] == "", (number, code)
            assert state(here)[2] in (old, new), (number, code)
        lock = here / ".git" / "index.lock"
        assert not lock.exists(), number
        os.chdir(here)
        found = run(["check"])
        assert found.code == 0, (number, found.err)
        _, different, files = state(here)
        assert different == "", (number, different, found.err)
        assert files in (old, new), (number, found.err)
        if code == 0:
            assert files == new
        assert git(here, "fsck", "--strict", "--no-dangling") == ""
        again = run(CHANGES["note"])
        if name != "rename":
            assert again.code == 0, (number, again.err)
        shutil.rmtree(here)
    raise AssertionError("the command never came to its end")


@pytest.mark.parametrize("name", ["set", "new"])
def test_killed_at_every_step(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _every_step(tmp_path, name, die, False) > 10


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("act", [die, fail])
@pytest.mark.parametrize("name", CHANGES)
def test_every_command_at_every_step(
    name: str, act: Callable[[], None], after: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _every_step(tmp_path, name, act, after) > 10


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("act", [die, fail])
def test_commit_never_loses_what_was_edited_by_hand(
    act: Callable[[], None], after: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    template = _template(tmp_path)
    file = template / "issues" / "example.yaml"
    file.write_text(file.read_text().replace("P1", "P2"))
    (template / "agencies" / "fresh.yaml").write_text(
        "title: Fresh\nlevel: federal\nsphere: both\n"
    )
    begun, _, edited = state(template)
    for number in range(1, 400):
        here = tmp_path / f"commit-{number}"
        shutil.copytree(template, here, symlinks=True)
        code = _child(here, ["commit"], number, act, after)
        if code == PAST_THE_END:
            assert number > 10
            return
        os.chdir(here)
        assert run(["check"]).code == 0
        head, different, files = state(here)
        assert files == edited, number
        assert different == (
            "" if head != begun else " M issues/example.yaml\n?? agencies/fresh.yaml\n"
        )
        assert code != 0 or head != begun
        shutil.rmtree(here)
    raise AssertionError("the command never came to its end")


def _write_many(folder: Path, writer: int, changes: int) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.chdir(folder)
        log = folder.parent / f"acknowledged-{writer}"
        for number in range(changes):
            if run(["note", "example", f"writer {writer} change {number}"]).code == 0:
                with log.open("a") as stream:
                    stream.write(f"writer {writer} change {number}\n")
        code = 0
    finally:
        os._exit(code)


@pytest.mark.parametrize(
    ("writers", "changes"), [(4, 5), pytest.param(16, 50, marks=pytest.mark.slow)]
)
def test_many_writers_lose_nothing(tmp_path: Path, writers: int, changes: int) -> None:
    folder = office(tmp_path / "record")
    children = [_write_many(folder, number, changes) for number in range(writers)]
    assert [os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]) for each in children] == [0] * writers

    acknowledged = [
        line for log in tmp_path.glob("acknowledged-*") for line in log.read_text().splitlines()
    ]
    text = (folder / "issues" / "example.yaml").read_text()
    assert acknowledged
    assert all(f"text: {line}\n" in text for line in acknowledged)
    assert text.count("text: writer") == len(acknowledged)
    assert int(git(folder, "rev-list", "--count", "HEAD")) == 1 + len(acknowledged)
    assert git(folder, "status", "--porcelain") == ""
