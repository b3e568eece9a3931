"""Changes made from the app: the same commits as the commands make, or refused with nothing lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nacoord.present.tui.box import Words
from nacoord.present.tui.writing import Writing
from tests.support.app import Driver
from tests.support.app import drive
from tests.support.cli import run
from tests.support.git import git
from tests.support.office import state

pytestmark = pytest.mark.usefixtures("record")

EXAMPLE = ("2", "down", "enter")


def made(folder: Path) -> tuple[str, str, str]:
    """Return what the newest commit says, who made it, and what it changed."""
    return (
        git(folder, "log", "-1", "--format=%B"),
        git(folder, "log", "-1", "--format=%an <%ae> / %cn <%ce>"),
        git(folder, "show", "--format=", "HEAD"),
    )


def test_fields_are_set_by_the_same_commit_as_set_makes(record: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin"
    shutil.copytree(record, twin)
    words = ["health=red", "health_reason=They don't answer", "next_step.due=+2w"]
    ran = run(["set", "example", *words, "-m", "Call of today", "--data", str(twin)])
    assert ran.code == 0

    async def script(at: Driver) -> None:
        await at.press(*EXAMPLE, "e")
        await at.type("health=red\nhealth_reason=They don't answer\nnext_step.due=+2w")
        await at.press("tab")
        await at.type("Call of today")
        await at.press("enter")
        assert "Would change: example: health green → red" in at.words
        assert "+health: red" in at.text
        assert git(record, "rev-list", "--count", "HEAD") == "1\n", "it was only looked at"
        assert "ctrl-s commit it" in at.lines[-1]
        await at.press("ctrl+s")
        assert "health green → red" in at.words
        head = git(record, "rev-parse", "HEAD").strip()
        assert f"[{head[:10]}] example:" in at.words
        assert "They don't answer" in at.words, "the record is shown as it is now"

    drive(record, script, size=(100, 50))

    assert made(record) == made(twin)
    assert state(record)[1:] == state(twin)[1:]


@pytest.mark.slow
def test_a_note_is_added_by_the_same_commit_as_note_makes(record: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin"
    shutil.copytree(record, twin)
    assert run(["note", "example", "They will call", "--data", str(twin)]).code == 0

    async def script(at: Driver) -> None:
        await at.press("2", "down")
        assert at.page.current == "example"
        await at.press("n")
        await at.type("They will call")
        await at.press("ctrl+s", "ctrl+s")

    drive(record, script)

    assert made(record) == made(twin)
    assert state(record)[1:] == state(twin)[1:]


def test_what_is_refused_is_told_with_its_lines_and_stays_typed(record: Path) -> None:
    before = state(record)

    async def script(at: Driver) -> None:
        await at.press(*EXAMPLE, "e")
        await at.type("owner=texas")
        await at.press("tab")
        await at.type("To see")
        await at.press("ctrl+s", "ctrl+s")
        assert "issues/example.yaml:10:" in at.text
        assert "error[" in at.text
        assert "nothing was changed: 1 error would be in the record" in at.words
        assert "owner=texas" in at.text
        assert "To see" in at.text
        await at.press("tab", "ctrl+a", "delete")
        await at.type("helth=red")
        await at.press("ctrl+s")
        assert "did you mean" in at.words

    drive(record, script, size=(100, 40))

    assert state(record) == before


@pytest.mark.slow
def test_a_change_that_was_typed_and_left_is_there_again(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press(*EXAMPLE, "e")
        await at.type("health=red")
        await at.press("tab")
        await at.type("Why not")
        await at.press("escape")
        assert not isinstance(at.app.screen, Writing)
        await at.press("e")
        assert at.app.screen.query_one(Words).text == "health=red"
        assert "Why not" in at.text

    drive(record, script)


@pytest.mark.slow
def test_what_was_looked_at_is_what_is_committed(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press(*EXAMPLE, "e")
        await at.type("title=Another")
        await at.press("ctrl+s")
        assert run(["set", "example", "priority=P2"]).code == 0
        await at.press("ctrl+s")
        assert "changed since you looked at this: nothing was changed" in at.words
        assert git(record, "rev-list", "--count", "HEAD") == "2\n"
        await at.press("ctrl+s")
        assert "+title: Another" in at.text
        await at.press("exclamation_mark")
        assert "ctrl-s looks again" in at.words
        await at.press("ctrl+s")
        assert "+title: Another!" in at.text
        assert git(record, "rev-list", "--count", "HEAD") == "2\n"
        await at.press("ctrl+s")

    drive(record, script, size=(100, 40))

    assert "title: Another!\n" in (record / "issues/example.yaml").read_text()
    assert "priority: P2\n" in (record / "issues/example.yaml").read_text()


@pytest.mark.slow
def test_enter_in_the_reason_never_commits(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press(*EXAMPLE, "e")
        await at.type("health=red")
        await at.press("tab", "enter", "enter", "enter")

    drive(record, script)

    assert git(record, "rev-list", "--count", "HEAD") == "1\n"


@pytest.mark.slow
def test_an_edit_by_hand_is_not_swept_in(record: Path) -> None:
    file = record / "issues/example.yaml"
    file.write_text(f"{file.read_text()}# by hand\n")

    async def script(at: Driver) -> None:
        await at.press(*EXAMPLE, "e")
        await at.type("priority=P2")
        await at.press("ctrl+s", "ctrl+s")
        assert "changed by hand and not committed: issues/example.yaml" in at.words
        assert "nacoord commit example" in at.words
        assert "priority=P2" in at.text

    drive(record, script, size=(100, 40))

    assert git(record, "rev-list", "--count", "HEAD") == "1\n"


@pytest.mark.slow
def test_a_hook_that_says_no_leaves_everything_and_is_told(record: Path) -> None:
    hook = record / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    before = state(record)

    async def script(at: Driver) -> None:
        await at.press(*EXAMPLE, "e")
        await at.type("priority=P2")
        await at.press("ctrl+s", "ctrl+s")
        assert "not today" in at.words
        assert "priority=P2" in at.text

    drive(record, script, size=(100, 40))

    assert state(record) == before


def test_what_is_pasted_is_text(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press(*EXAMPLE, "n")
        await at.type("a\x1b]52;c;Zm9v\x07\u202eb")
        assert at.app.screen.query_one(Words).text == "a\\x1b]52;c;Zm9v\\x07\\u202eb"

    drive(record, script)


@pytest.mark.slow
def test_the_fields_that_can_be_set_are_named(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press(*EXAMPLE, "e")
        assert "title" in at.text
        assert "next_step.due" in at.text or "priority" in at.text

    drive(record, script, size=(100, 60))


@pytest.mark.slow
@pytest.mark.parametrize("width", [40, 80])
def test_the_screen_on_which_one_writes_fits(record: Path, width: int) -> None:
    async def script(at: Driver) -> None:
        await at.press(*EXAMPLE, "e")
        await at.type("priority=P2")
        await at.press("ctrl+s")
        assert "priority P1 → P2" in at.words
        assert max(map(len, at.lines)) <= width

    drive(record, script, size=(width, 24))


@pytest.mark.slow
def test_to_quit_with_something_typed_needs_a_second_word(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press(*EXAMPLE, "e")
        await at.type("priority=P2")
        await at.press("escape", "q")
        assert "what you typed for example is not committed" in at.words
        assert at.app.is_running
        await at.press("q")
        assert at.app.return_code == 0
        assert not at.app.is_running

    drive(record, script)


@pytest.mark.slow
def test_to_quit_with_nothing_typed_needs_none(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press(*EXAMPLE, "e", "escape", "q")
        assert not at.app.is_running

    drive(record, script)
