"""In a real terminal: colour, width and the pager, through a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import sys
from pathlib import Path

import pytest


def _terminal(arguments: list[str], cwd: Path, **environment: str) -> str:
    """Run nacoord on a pseudo-terminal of 100 by 24 and return what it wrote."""
    settings = {
        "TERM": "xterm-256color",
        "COLUMNS": "100",
        "LINES": "24",
        "NACOORD_TODAY": "2021-01-20",
    }
    child, screen = pty.fork()
    if child == 0:
        os.chdir(cwd)
        command = [sys.executable, "-m", "nacoord", *arguments]
        os.execve(sys.executable, command, {**os.environ, **settings, **environment})
    written = b""
    while True:
        try:
            part = os.read(screen, 65536)
        except OSError:
            break
        if not part:
            break
        written += part
    os.waitpid(child, 0)
    os.close(screen)
    return written.decode()


def test_a_terminal_gets_colour_and_a_pipe_does_not(base: Path) -> None:
    assert "\x1b[" in _terminal(["status", "--no-pager"], base)


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["status", "--color", "never", "--no-pager"], {}),
        (["status", "--no-pager"], {"NO_COLOR": "1"}),
        (["status", "--no-pager"], {"TERM": "dumb"}),
    ],
    ids=["--color never", "NO_COLOR", "TERM=dumb"],
)
def test_colour_can_be_refused(
    arguments: list[str], environment: dict[str, str], base: Path
) -> None:
    assert "\x1b[" not in _terminal(arguments, base, **environment)


def test_colour_can_be_forced_into_a_pipe(base: Path) -> None:
    from tests.support.cli import spawn

    for extra, environment in ((["--color", "always"], {}), ([], {"FORCE_COLOR": "1"})):
        done = spawn(["status", *extra], base, NACOORD_TODAY="2021-01-20", **environment)
        assert b"\x1b[" in done.stdout


def test_long_output_goes_through_the_pager_and_short_output_does_not(base: Path) -> None:
    pager = "sed s/^/PAGED:/"

    assert "PAGED:" in _terminal(["explain"], base, NACOORD_PAGER=pager)
    assert "PAGED:" not in _terminal(["list", "clock"], base, NACOORD_PAGER=pager)
    assert "PAGED:" not in _terminal(["check", "--no-pager"], base, NACOORD_PAGER=pager)


def test_a_pager_that_is_missing_or_leaves_early_loses_nothing_else(base: Path) -> None:
    assert "ambiguous-alias" in _terminal(["explain"], base, NACOORD_PAGER="no-such-pager")
    assert "Traceback" not in _terminal(["explain"], base, NACOORD_PAGER="true")


def test_a_list_on_a_terminal_has_headings(base: Path) -> None:
    assert "next_step.due" in _terminal(["list", "issue", "--no-pager", "--color", "never"], base)
