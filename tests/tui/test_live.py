"""What others do to the record shows by itself, and the reader stays where he was."""

from __future__ import annotations

from pathlib import Path

import pytest

from nacoord.record.watching import mark
from tests.support.app import Driver
from tests.support.app import drive
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.records import write

pytestmark = pytest.mark.usefixtures("record")

SOON = 0.05


def test_a_change_of_another_shows_by_itself(record: Path) -> None:
    async def script(at: Driver) -> None:
        assert "1 green" in at.text
        assert run(["set", "example", "health=red", "health_reason=Late"]).code == 0
        await at.until(lambda: "1 red" in at.text)
        await at.until(lambda: "the record changed: this is how it is now" in at.text)
        await at.press("2")
        assert "the record changed" not in at.text, "it is said until something else is done"

    drive(record, script, size=(80, 40), every=SOON)


@pytest.mark.slow
def test_an_edit_by_hand_shows_by_itself_also_on_a_records_screen(record: Path) -> None:
    file = record / "issues/example.yaml"

    async def script(at: Driver) -> None:
        await at.press("2", "down", "enter")
        file.write_text(file.read_text().replace("Call the ministry", "Write to the ministry"))
        await at.until(lambda: "Write to the ministry" in at.words)
        await at.press("escape", "1")
        assert "Write to the ministry" in at.words, "the page behind is as new"

    drive(record, script, size=(80, 40), every=SOON)


@pytest.mark.slow
def test_a_commit_shows_in_the_history_by_itself(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press("2", "down", "enter", "h")
        assert run(["note", "example", "They called"]).code == 0
        await at.until(lambda: "They called" in at.words)

    drive(record, script, every=SOON)


def test_a_file_that_can_not_be_read_is_loud_until_it_is_mended(record: Path) -> None:
    file = record / "issues/new-issue.yaml"
    good = file.read_text()

    async def script(at: Driver) -> None:
        file.write_text("title: [\n")
        await at.until(lambda: "could not be read" in at.words)
        assert "issues/new-issue.yaml:" in at.text
        assert "1 file could not be read and is missing above" in at.words
        assert "Call the ministry" in at.words, "the others are still there"
        await at.press("2")
        assert "could not be read" in at.words
        await at.press("exclamation_mark")
        assert "error[bad-yaml]" in at.words
        await at.press("escape")
        file.write_text(good)
        await at.until(lambda: "could not be read" not in at.words)

    drive(record, script, size=(80, 40), every=SOON)


@pytest.mark.slow
def test_how_many_files_can_not_be_read_is_told_however_little_room_there_is(record: Path) -> None:
    for name in ("issues/new-issue", "issues/example", "agencies/dhs", "agencies/sre"):
        (record / f"{name}.yaml").write_text("title: [\n")

    async def script(at: Driver) -> None:
        assert "4 files could not be read and are missing above" in at.words
        assert "Test Office" in at.text

    drive(record, script, size=(40, 16))


@pytest.mark.slow
def test_without_its_nacoord_yaml_the_last_answer_stays_and_the_reason_is_told(
    record: Path,
) -> None:
    file = record / "nacoord.yaml"
    good = file.read_text()

    async def script(at: Driver) -> None:
        file.write_text("name: [\n")
        await at.until(lambda: "nacoord.yaml can't be read" in at.words)
        assert "Call the ministry" in at.words
        await at.press("s")
        await at.type("mexico")
        await at.press("enter")
        assert "can't be read" in at.words
        await at.press("escape", "e")
        file.write_text(good)
        await at.press("escape")
        await at.until(lambda: "can't be read" not in at.words)

    drive(record, script, size=(80, 40), every=SOON)


@pytest.mark.slow
def test_a_record_that_is_gone_is_told_and_what_it_said_stays(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press("2", "down", "down", "enter")
        git(record, "rm", "-q", "issues/new-issue.yaml", "issues/depends-on-new.yaml")
        commit_all(record, "Remove two")
        await at.until(lambda: 'no record "new-issue"' in at.words)
        assert "New issue" in at.words

    drive(record, script, size=(80, 40), every=SOON)


@pytest.mark.slow
def test_the_cursor_stays_on_its_record_and_at_its_height(record: Path) -> None:
    text = (record / "issues/new-issue.yaml").read_text()
    write(record, {f"issues/m-{number:02}.yaml": text for number in range(60)})
    commit_all(record, "More")

    async def script(at: Driver) -> None:
        await at.press("2")
        while at.page.current != "m-40":
            await at.press("pagedown" if at.page.current < "m-25" else "down")
        height = at.page.stops[at.page.at].line - at.page.scroll_offset.y  # type: ignore[index]
        write(record, {f"issues/a-{number:02}.yaml": text for number in range(7)})
        commit_all(record, "More before it")
        await at.until(lambda: len(at.page.stops) == 70)
        assert at.page.current == "m-40"
        assert at.page.stops[at.page.at].line - at.page.scroll_offset.y == height  # type: ignore[index]

    drive(record, script, every=SOON)


@pytest.mark.slow
def test_nothing_is_asked_again_while_nothing_changes(record: Path) -> None:
    async def script(at: Driver) -> None:
        # What was made just now may have changed again since, as git thinks too.
        await at.pilot.pause(0.2)
        turn = at.app.turn
        await at.pilot.pause(0.2)
        assert at.app.turn == turn

    drive(record, script, every=SOON)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "issues/example.yaml").touch(),
        lambda folder: (folder / "issues/example.yaml").rename(folder / "issues/other.yaml"),
        lambda folder: (folder / "issues/odd.txt").write_text("x"),
        lambda folder: (folder / "nacoord.yaml").touch(),
        lambda folder: (folder / "strays").mkdir(),
        lambda folder: git(folder, "commit", "-q", "--allow-empty", "-m", "Nothing"),
        lambda folder: git(folder, "checkout", "-q", "-b", "other"),
        lambda folder: (
            (folder / ".git/nacoord").mkdir(exist_ok=True)
            or (folder / ".git/nacoord/journal.json").write_text("{}")
        ),
    ],
    ids=["file", "name", "odd", "office", "stray", "commit", "branch", "journal"],
)
def test_a_mark_tells_what_an_answer_can_depend_on(record: Path, change: object) -> None:
    before = mark(record)
    assert mark(record).stand == before.stand

    change(record)  # type: ignore[operator]

    assert mark(record).stand != before.stand


def test_a_mark_tells_of_packed_references_and_of_a_linked_work_tree(
    record: Path, tmp_path: Path
) -> None:
    linked = tmp_path / "linked"
    git(record, "worktree", "add", "-q", "-b", "side", str(linked))
    git(record, "pack-refs", "--all")
    before, here = mark(linked), mark(record)

    git(linked, "commit", "-q", "--allow-empty", "-m", "Nothing")

    assert mark(linked).stand != before.stand
    assert mark(record).stand == here.stand


def test_a_record_in_no_git_is_looked_at_too(base: Path) -> None:
    before = mark(base)

    (base / "issues/example.yaml").touch()

    assert mark(base).stand != before.stand
