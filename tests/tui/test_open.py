"""`nacoord open` itself: where it runs, where it refuses, and in a real terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.cli import run
from tests.support.git import git

pytestmark = pytest.mark.usefixtures("record")


class Terminal:
    """`nacoord open` in a pseudo-terminal of its own."""

    def __init__(self, folder: Path, *words: str, **environment: str) -> None:
        self._child, self._end = pty.fork()
        if self._child == 0:
            os.chdir(folder)
            settings = {"TERM": "xterm-256color", **environment}
            command = [sys.executable, "-m", "nacoord", "open", *words]
            os.execve(sys.executable, command, {**os.environ, **settings})
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.seen = b""

    def until(self, words: str) -> None:
        """Read until words were written."""
        start = len(self.seen)
        while words.encode() not in self.seen[start:]:
            ready, _, _ = select.select([self._end], [], [], 20)
            assert ready, f"{words!r} never came; last: {self.seen[-400:]!r}"
            try:
                part = os.read(self._end, 65536)
            except OSError:
                part = b""
            assert part, f"it ended without {words!r}: {self.seen[-400:]!r}"
            self.seen += part

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._end, keys.encode())

    def signal(self, number: int) -> None:
        """Send the process a signal."""
        os.kill(self._child, number)

    def end(self) -> int:
        """Read what is left, and return the exit code."""
        while True:
            try:
                part = os.read(self._end, 65536)
            except OSError:
                break
            if not part:
                break
            self.seen += part
        os.close(self._end)
        return os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])

    def hang_up(self) -> int:
        """Close the terminal, as somebody closes a window; return how the process ended."""
        os.close(self._end)
        return os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])


def test_in_a_pipe_it_says_what_to_type_instead() -> None:
    found = run(["open", "mexico"])

    assert (found.code, found.out) == (2, "")
    assert found.err == (
        "nacoord: open needs a terminal\n  the same as text: nacoord status mexico\n"
    )


def test_it_has_no_json() -> None:
    found = run(["open", "--json"])

    assert found.code == 2
    assert "nacoord status --json" in found.err


def test_a_terminal_that_can_do_nothing_is_refused(record: Path) -> None:
    terminal = Terminal(record, TERM="dumb")

    terminal.until("nacoord status")
    assert terminal.end() == 2


def test_without_its_library_it_says_how_to_install_it(record: Path) -> None:
    blocked = record.parent / "blocked"
    blocked.mkdir()
    (blocked / "textual.py").write_text("raise ModuleNotFoundError(name='textual')\n")
    terminal = Terminal(record, PYTHONPATH=f"{blocked}:{os.environ.get('PYTHONPATH', '')}")

    terminal.until("pip install 'nacoord[tui]'; or nacoord status")
    assert terminal.end() == 1


@pytest.mark.slow
def test_a_scope_that_there_is_not_is_refused_before_the_screen_opens(record: Path) -> None:
    terminal = Terminal(record, "nowhere")

    terminal.until('no scope "nowhere"')
    assert terminal.end() == 2
    assert b"\x1b[?1049h" not in terminal.seen


@pytest.mark.slow
def test_in_a_terminal_it_opens_and_leaves_it_as_it_was(record: Path) -> None:
    terminal = Terminal(record, "mexico")
    terminal.until("Call the ministry")
    terminal.press("?")
    terminal.until("On every page")
    terminal.press("\x1b")
    terminal.until("Call the ministry")
    terminal.press("q")

    assert terminal.end() == 0
    # The alternate screen is left, the cursor is shown (xterm, ctlseqs).
    assert terminal.seen.rindex(b"\x1b[?1049l") > terminal.seen.rindex(b"\x1b[?1049h")
    assert b"\x1b[?25h" in terminal.seen[terminal.seen.rindex(b"\x1b[?1049l") - 200 :]


@pytest.mark.slow
def test_what_can_not_be_read_is_in_the_exit_code_too(record: Path) -> None:
    (record / "issues/new-issue.yaml").write_text("title: [\n")
    terminal = Terminal(record)
    terminal.until("could not be read")
    terminal.press("q")

    assert terminal.end() == 3
    assert b"1 file could not be read" in terminal.seen[terminal.seen.rindex(b"\x1b[?1049l") :]


@pytest.mark.slow
def test_ctrl_c_ends_it_as_interrupted(record: Path) -> None:
    terminal = Terminal(record)
    terminal.until("Call the ministry")
    terminal.press("\x03")

    assert terminal.end() == 130


@pytest.mark.slow
def test_ended_from_outside_it_gives_the_terminal_back(record: Path) -> None:
    terminal = Terminal(record)
    terminal.until("Call the ministry")
    terminal.signal(signal.SIGTERM)

    assert terminal.end() == 128 + signal.SIGTERM
    assert terminal.seen.rindex(b"\x1b[?1049l") > terminal.seen.rindex(b"\x1b[?1049h")


@pytest.mark.slow
def test_a_terminal_that_goes_away_takes_it_along(record: Path) -> None:
    terminal = Terminal(record)
    terminal.until("Call the ministry")

    assert terminal.hang_up() in (-signal.SIGHUP, 0, 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "environment"), [(("--color", "never"), {}), ((), {"NO_COLOR": "1"})], ids=str
)
def test_colour_can_be_refused(
    words: tuple[str, ...], environment: dict[str, str], record: Path
) -> None:
    terminal = Terminal(record, *words, **environment)
    terminal.until("Call the ministry")
    terminal.press("q")
    terminal.end()

    codes = {
        code
        for each in re.findall(rb"\x1b\[([0-9;]*)m", terminal.seen)
        for code in each.split(b";")
    }
    assert b"7" in codes, "the cursor is still to be seen"
    assert not codes & {b"31", b"32", b"33", b"34", b"35", b"36"}


@pytest.mark.slow
def test_a_record_is_changed_in_the_editor_by_the_commit_that_edit_makes(
    record: Path, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/^priority: .*/priority: P3/" "$1"\n')
    editor.chmod(0o755)
    terminal = Terminal(record, EDITOR=str(editor))
    terminal.until("Call the ministry")
    terminal.press("E")
    terminal.until("Why?")
    terminal.press("Asked on the phone\r")
    terminal.until("enter goes back")
    terminal.press("\n")
    terminal.until("P3")
    terminal.press("q")

    assert terminal.end() == 0
    assert git(record, "log", "-1", "--format=%B") == (
        "example: priority P1 → P3\n\nAsked on the phone\n\n"
        "Nacoord-Action: edit\nNacoord-Record: example priority\n\n"
    )


@pytest.mark.slow
def test_a_fault_of_ours_leaves_the_terminal_and_is_a_report_not_a_traceback(record: Path) -> None:
    broken = record.parent / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import nacoord.desk.agenda as module\n"
        "def broken(*words): raise RuntimeError('secret words')\n"
        "module.agenda = broken\n"
    )
    terminal = Terminal(record, PYTHONPATH=f"{broken}:{os.environ.get('PYTHONPATH', '')}")
    terminal.until("Call the ministry")
    terminal.press("4")
    terminal.until("this is a bug in nacoord: RuntimeError")

    assert terminal.end() == 70
    assert b"Traceback" not in terminal.seen
    assert b"secret words" not in terminal.seen
    assert terminal.seen.rindex(b"\x1b[?1049l") > terminal.seen.rindex(b"\x1b[?1049h")


def test_it_is_an_extra_of_its_own_and_of_all() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]

    assert [each.partition(">")[0] for each in extras["tui"]] == ["textual"]
    assert ",tui," in extras["all"][0]


@pytest.mark.slow
def test_nothing_else_imports_its_library(record: Path) -> None:
    program = "import nacoord.cli.commands.open, nacoord.cli.opening, sys; print('textual' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "False\n"
