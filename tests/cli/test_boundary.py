"""Where exceptions become words and exit codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from nacoord.cli.boundary import guarded
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError
from tests.support.cli import run
from tests.support.cli import spawn


def _raise(error: BaseException) -> Callable[[], int]:
    def work() -> int:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (NacoordError("refused", hint="do this"), 1, "nacoord: refused\n  do this\n"),
        (UsageError("what?"), 2, "nacoord: what?\n"),
        (NacoordError("git", exit_code=4), 4, "nacoord: git\n"),
        (OSError(28, "No space left on device", "/x"), 4, "nacoord: the system said no: /x No space left on device\n"),
        (KeyboardInterrupt(), 130, ""),
        (NacoordError("\x1b[31mred"), 1, "nacoord: \\x1b[31mred\n"),
    ],
)  # fmt: skip
def test_an_error_has_its_code_and_words(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guarded(_raise(error)) == code
    assert capsys.readouterr().err == said


def test_a_bug_is_told_and_kept_in_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)

    assert guarded(_raise(ZeroDivisionError("x"))) == 70
    said = capsys.readouterr().err
    assert "Traceback" not in said
    found = re.search(r"report what (\S+) says", said)
    assert found
    assert "ZeroDivisionError" in Path(found[1]).read_text()


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize("command", [["status"], ["list"], ["check"], ["status", "mexcio"]])
def test_closed_streams(closed: str, command: list[str], base: Path) -> None:
    found = spawn(command, base, closed, NACOORD_TODAY="2021-01-20")

    assert found.returncode == (2 if "mexcio" in command else 0)
    assert b"Traceback" not in found.stderr


def test_a_filter_turned_round_needs_no_double_dash(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(base)
    plain = run(["list", "issue", "-health:red", "-priority:P1", "--sort", "id", "--columns", "id"])
    dashed = run(
        ["list", "issue", "--sort", "id", "--columns", "id", "--", "-health:red", "-priority:P1"]
    )

    assert plain == dashed
    assert plain.out == "depends-on-new\nnew-issue\n"
