"""What the pages show, how one gets from one to the other, and how they fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.strip import Strip

from nacoord.present.tui.page import Page
from tests.support import hostile
from tests.support.app import CODES
from tests.support.app import Driver
from tests.support.app import drive
from tests.support.app import plain
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.records import write

pytestmark = pytest.mark.usefixtures("record")


def said(*words: str, width: int) -> str:
    """Return what a command prints in a terminal of a width."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        printed = CODES.sub("", run([*words, "--color", "always"]).out)
    return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


WIDTHS = [80, *(pytest.param(width, marks=pytest.mark.slow) for width in (40, 120))]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_says_what_its_command_says(record: Path, width: int) -> None:
    async def script(at: Driver) -> None:
        room = at.page.room

        assert width - 3 <= room < width
        assert plain(at.page) == said("status", width=room)
        await at.press("3")
        assert plain(at.page) == said("radar", width=room)
        await at.press("a")
        assert plain(at.page) == said("radar", "--all", width=room)
        await at.press("4")
        assert plain(at.page) == said("agenda", width=room)
        await at.press("o")
        await at.type("example")
        await at.press("enter")
        assert plain(at.page) == said("show", "example", width=room)
        await at.press("h")
        assert plain(at.page) == said("history", "example", width=room)
        await at.press("l")
        # In a pipe, as here, blame cuts no line.
        assert (
            plain(at.page).splitlines()[-1] == said("blame", "example", width=room).splitlines()[-1]
        )
        assert "title: Example is" in at.text
        await at.press("exclamation_mark")
        assert "records, no fault" in at.words

    drive(record, script, size=(width, 30))


@pytest.mark.slow
@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_screen_and_the_keys_are_told(record: Path, width: int) -> None:
    async def script(at: Driver) -> None:
        for keys in ("1", "2", "3", "4", ("2", "enter"), "h", "l", "question_mark"):
            await at.press(*keys) if isinstance(keys, tuple) else await at.press(keys)
            assert max(map(len, map(str.rstrip, plain(at.page).splitlines()))) < width
            assert at.lines[-1].startswith(" ? help")
            assert len(at.lines) == 24

    drive(record, script, size=(width, 24))


def test_the_cursor_goes_from_record_to_record_and_enter_opens_one(record: Path) -> None:
    async def script(at: Driver) -> None:
        ids = [stop.id for stop in at.page.stops]

        assert ids[0] == at.page.current
        assert "example" in ids
        while at.page.current != "example":
            await at.press("down")
        # It is seen: the line is turned round.
        assert any("example" in words for words in at.lit[1:]), at.lit
        await at.press("enter")
        assert "Example issue" in at.words
        assert at.lines[0].endswith("example")
        await at.press("enter")
        assert at.lines[0].endswith("state"), "what a record names is opened from there"
        await at.press("escape", "escape")
        assert at.page.current == "example"
        await at.press("down", "down")
        assert at.page.current == "example-call"

    drive(record, script, size=(100, 40))


@pytest.mark.slow
def test_the_list_is_filtered_as_it_is_typed_with_the_words_of_list(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press("slash")
        await at.type("priority:P1")
        assert [stop.id for stop in at.page.stops] == ["example"]
        await at.press("enter", "enter")
        assert at.lines[0].endswith("example")
        await at.press("escape", "escape")
        assert len(at.page.stops) == 3, "esc takes the filter away"

    drive(record, script)


def test_a_filter_that_can_not_be_read_is_told(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press("slash")
        await at.type("helth:red")
        assert "helth" in at.text
        assert "did you mean" in at.words
        await at.press("ctrl+u")
        assert "new-issue" in at.text
        assert "did you mean" not in at.words
        await at.type("helth:red")
        await at.press("enter", "1")
        assert "did you mean" not in at.words, "it is told where it belongs"
        await at.press("2")
        assert "did you mean" in at.words

    drive(record, script)


@pytest.mark.slow
def test_the_first_word_of_a_filter_can_name_another_kind(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press("slash")
        await at.type("commitment due.before:+4w")
        assert "example-promise" in at.text
        assert "2021-02-17" in at.words, "how a date was understood is said"

    drive(record, script)


@pytest.mark.slow
def test_a_scope_is_asked_for_and_kept_on_every_page(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press("s")
        await at.type("nowhere")
        await at.press("enter")
        assert 'no scope "nowhere"' in at.words
        await at.press("ctrl+u")
        await at.type("Canada")
        await at.press("enter")
        assert at.lines[0].endswith("canada")
        assert at.words.count("example") == 0
        await at.press("2")
        assert [stop.id for stop in at.page.stops] == ["new-issue"]
        await at.press("s", "ctrl+u", "enter", "1")
        assert "Test Office" in at.text

    drive(record, script)


@pytest.mark.slow
def test_it_opens_with_a_scope(record: Path) -> None:
    async def script(at: Driver) -> None:
        room = at.page.room
        assert plain(at.page) == said("status", "mexico", width=room)

    drive(record, script, scope="mexico")


@pytest.mark.slow
def test_a_word_that_names_no_record_is_told_where_it_was_typed(record: Path) -> None:
    async def script(at: Driver) -> None:
        await at.press("o")
        await at.type("exampel")
        await at.press("enter")
        assert "exampel" in at.words
        assert "did you mean" in at.words
        await at.press("escape")
        assert "Test Office" in at.text

    drive(record, script)


def test_the_past_is_shown_as_it_was_and_is_read_only(record: Path) -> None:
    write(
        record,
        {
            "issues/example.yaml": (record / "issues/example.yaml")
            .read_text()
            .replace("green", "red\nhealth_reason: Late")
        },
    )
    commit_all(record, "Set it red", on="2021-01-19T12:00:00-05:00")

    async def script(at: Driver) -> None:
        assert at.lines[0].endswith("read only")
        assert "as of Monday 2021-01-18: commit" in at.words
        assert "set" not in at.lines[-1]
        await at.press("2", "e")
        assert "what was can't be changed" in at.words
        await at.press("E")
        assert "what was can't be changed" in at.words
        assert " green " in at.text

    drive(record, script, "--as-of", "2021-01-18")


HOSTILE = {
    "issues/example.yaml": (
        'title: "[red]x[/red] \\e]52;c;Zm9v\\a \\e[31m \\u202egnp.exe"\nrelationships: [mexico]\n'
        'theme: trade\npriority: P1\nstatus: active\nhealth: red\nhealth_reason: "[@click=quit]y[/]"\n'
        'owner: example-officer\nnext_step: {what: "[bold]z \\e[2J", who: dhs, due: 2021-01-10}\n'
    )
}


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_record_says_is_neither_obeyed_nor_read_as_markup(record: Path, width: int) -> None:
    write(record, {**hostile.record(), **HOSTILE})
    commit_all(record, "[red]It is [bold]hostile \u202e", who="[blink]Mallory\u202e")

    async def script(at: Driver) -> None:
        shown = []
        for keys in ("1", "2", "3", "4", ("o", *"example", "enter"), "h", "l", "exclamation_mark"):
            await at.press(*([keys] if isinstance(keys, str) else keys))
            shown += at.lines
        text = "\n".join(shown)
        assert all(char.isprintable() or char == "\n" for char in text)
        assert "[red]x[/red]" in " ".join(text.split())
        assert "[@click=quit]y[/]" in text

    drive(record, script, size=(width, 100))


def test_a_long_page_makes_only_the_lines_in_view(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    strip = Page._strip

    def counted(page: Page, number: int, lit: int | None) -> Strip:
        made.append(number)
        return strip(page, number, lit)

    monkeypatch.setattr(Page, "_strip", counted)

    async def script(at: Driver) -> None:
        ids = [f"issue-{number:05}" for number in range(10_000)]
        at.page.put(lambda _: "".join(f"\x1b[36m{id}\x1b[0m {id}\n" for id in ids), ids)
        await at.press("end")
        assert at.page.current == "issue-09999"
        assert "issue-09999 issue-09999" in at.text
        assert len(made) < 500

    drive(record, script)


@pytest.mark.slow
def test_the_head_of_a_list_stays_in_view(record: Path) -> None:
    more = {
        f"issues/more-{number:02}.yaml": (record / "issues/new-issue.yaml").read_text()
        for number in range(60)
    }
    write(record, more)
    commit_all(record, "More")

    async def script(at: Driver) -> None:
        await at.press("2", "end")
        assert at.lines[2].split()[:2] == ["id", "priority"]
        assert at.page.current == "new-issue"
        assert "new-issue" in at.lines[-3] or "new-issue" in at.lines[-2]
        await at.press("home")
        assert at.page.current == "depends-on-new"

    drive(record, script)


@pytest.mark.slow
def test_a_resize_lays_the_page_out_anew_and_keeps_the_cursor(record: Path) -> None:
    async def script(at: Driver) -> None:
        while at.page.current != "example":
            await at.press("down")
        await at.pilot.resize_terminal(40, 24)
        await at.pilot.pause()
        assert at.page.current == "example"
        assert plain(at.page) == said("status", width=at.page.room)
        assert max(map(len, at.lines)) <= 40

    drive(record, script, size=(120, 24))


@pytest.mark.slow
def test_a_click_goes_to_a_record_and_a_second_one_opens_it(record: Path) -> None:
    async def script(at: Driver) -> None:
        stop = at.page.stops[-1]
        place = (stop.start + 1, stop.line)
        await at.pilot.click(at.page, offset=place)
        await at.pilot.pause()
        assert at.page.at == len(at.page.stops) - 1
        await at.pilot.click(at.page, offset=place)
        await at.pilot.pause()
        assert at.lines[0].endswith(stop.id)

    drive(record, script, size=(100, 40))


@pytest.mark.slow
@pytest.mark.parametrize("size", [(20, 6), (12, 4), (5, 2)], ids=str)
def test_a_window_that_is_too_small_breaks_nothing(record: Path, size: tuple[int, int]) -> None:
    async def script(at: Driver) -> None:
        await at.press("2", "down", "3", "4", "2", "enter", "h", "l", "e", "ctrl+s", "escape", "s")
        await at.press("escape", "question_mark")
        await at.pilot.resize_terminal(80, 24)
        await at.pilot.pause()
        assert "On every page" in at.text

    drive(record, script, size=size)
