"""Where exceptions become words and exit codes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nacoord.cli.boundary import guarded
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError
from tests.conftest import ROOT
from tests.support.cli import run
from tests.support.cli import spawn
from tests.support.records import BASE
from tests.support.records import write


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
        (KeyboardInterrupt(), 130, "nacoord: interrupted\n"),
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


FULL = b"nacoord: the system said no: No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", [["--version"], ["--help"], ["list"], ["list", "--json"]])
def test_what_a_full_device_does_not_take_is_told_once(
    command: list[str], unbuffered: str, base: Path
) -> None:
    words = [*command, *(["-q"] if "list" in command else [])]
    full = spawn(words, base, "> /dev/full", PYTHONUNBUFFERED=unbuffered)

    assert (full.returncode, full.stderr) == (4, FULL)
    deaf = spawn(words, base, "2> /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert (deaf.returncode, bool(deaf.stdout)) == (0, True)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["--version"], 0),
        (["--help"], 0),
        ([], 2),
        (["list"], 0),
        (["list", "--nonsense"], 2),
        (["check"], 0),
        (["show", "nobody"], 2),
        (["list", "--as-of", "2020-01-01"], 2),
        (["radar"], 1),
    ],
)
def test_the_code_of_a_process_is_the_one_of_its_command(
    command: list[str], code: int, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(base)
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")
    here, there = run(command), spawn(command, base, PYTHONUNBUFFERED="")

    assert (here.code, there.returncode) == (code, code)
    assert (there.stdout.decode(), there.stderr.decode()) == (here.out, here.err)


@pytest.mark.parametrize("many", [1, 4000])
def test_a_reader_that_goes_away_is_no_error(many: int, base: Path) -> None:
    write(base, {f"agencies/many-{n}.yaml": BASE["agencies/dhs.yaml"] for n in range(many)})
    found = spawn(["list", "agency", "-q"], base, "| head -1", PYTHONUNBUFFERED="")

    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout.count(b"\n") == 1


def test_what_was_registered_for_the_end_runs_and_all_that_was_printed_is_out(base: Path) -> None:
    program = (
        "import atexit, sys\n"
        "atexit.register(lambda: print('at the end'))\n"
        "sys.argv = ['nacoord', 'show', 'dhs', '-q']\n"
        "sys.stdout.write('before ')\n"
        "from nacoord.cli.main import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=base, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("before ")
    assert done.stdout.endswith("\nat the end\n")


def test_nothing_runs_in_threads_that_the_end_of_the_process_would_cut_off() -> None:
    source = "".join(file.read_text() for file in (ROOT / "src").rglob("*.py"))

    # Other processes are waited for where they are started.
    assert not re.search(r"^\s*(?:from|import) (?:threading|concurrent|asyncio)\b", source, re.M)


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
