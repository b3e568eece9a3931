"""What people get wrong: a clear word, the exit code of the contract, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.cli import spawn
from tests.support.records import BASE
from tests.support.records import write

READS = [
    ["status"],
    ["list"],
    ["show", "sre"],
    ["search", "texas"],
    ["clocks"],
    ["agenda"],
    ["untold"],
    ["matrix"],
    ["check"],
]


@pytest.fixture(autouse=True)
def in_record(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(base)
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")


@pytest.mark.parametrize("command", READS, ids=lambda words: words[0])
def test_no_record_found(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    found = run(command)

    assert found.code == 2
    assert "no record found" in found.err
    assert "--data DIR" in found.err


def test_two_records_found(base: Path) -> None:
    write(base / "data", BASE)
    found = run(["status"])

    assert found.code == 2
    assert "two records found" in found.err
    assert "--data" in found.err


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        (["status", "mexcio"], 'no scope "mexcio"', 'did you mean "mexico"?'),
        (
            ["clocks", "exampel-clock"],
            'no scope or clock "exampel-clock"',
            'did you mean "example-clock"',
        ),
        (["clocks", "example-call"], "is an engagement, and a scope is", "show example-call"),
        (["show", "texsa"], 'no record "texsa"', 'did you mean "texas"?'),
        (["show", "exampl"], '"exampl" could be', "type more of the id"),
        (["list", "issue", "priorty:P1"], 'no field "priorty"', 'did you mean "priority"?'),
        (["list", "issue", "next_step.due.before:soon"], '"soon" is not a date', "2021-03-01"),
        (["list", "--sort", "titel"], 'no field "titel"', 'did you mean "title"?'),
        (["status", "--today", "03/04/2021"], '--today: "03/04/2021" is not a date', "YYYY-MM-DD"),
        (["schema", "isue"], 'no kind "isue"', 'did you mean "issue"?'),
        (["explain", "unknown-agensy"], "no fault code", 'did you mean "unknown-agency"?'),
        (["agenda", "mexcio"], 'no scope "mexcio"', 'did you mean "mexico"?'),
        (["agenda", "--until", "soon"], '"soon" is not a date', "2021-03-01"),
        (["agenda", "--until", "yesterday"], "--until 2021-01-19 is before today", "nacoord log"),
        (["agenda", "--for", "srre"], 'no engagement or agency "srre"', 'did you mean "sre"?'),
        (["agenda", "--for", "new-issue"], "an issue, not an engagement or agency", "nacoord show"),
        (["agenda", "--for", "office"], "office is the office itself", "nacoord agenda"),
        (["agenda", "mexico", "--for", "sre"], "--for takes no SCOPE", "nacoord agenda --for sre"),
        (["agenda", "--for", "sre", "--until", "+1w"], "--for takes no --until", "--for sre"),
        (["untold", "mexcio"], 'no action or scope "mexcio"', 'did you mean "mexico"?'),
        (
            ["untold", "example-call"],
            '"example-call" is an engagement',
            "nacoord show example-call",
        ),
        (["chek"], "No such command 'chek'", "nacoord --help"),
        (["status", "--al"], "No such option", "nacoord status --help"),
        (["status", "--data", "nowhere"], "no nacoord.yaml in nowhere", "nacoord init"),
        (["matrix", "--level", "galactic"], "galactic", "nacoord matrix --help"),
    ],
)
def test_words_that_mean_nothing(arguments: list[str], said: str, hint: str) -> None:
    found = run(arguments)

    assert found.code == 2
    assert said in found.err
    assert hint in found.err
    assert found.out == ""


def test_a_bad_date_in_the_environment_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NACOORD_TODAY", "2021-02-30")
    found = run(["status"])

    assert found.code == 2
    assert "NACOORD_TODAY" in found.err


@pytest.mark.parametrize("command", READS, ids=lambda words: words[0])
def test_an_unreadable_file_is_loud_and_the_rest_answers(command: list[str], base: Path) -> None:
    write(base, {"agencies/dhs.yaml": "title: [\n"})
    found = run(command)

    assert found.code == 3
    assert "agencies/dhs.yaml:2:1: error[bad-yaml]" in found.err + found.out
    assert found.out


def test_what_could_not_be_read_is_in_the_json_too(base: Path) -> None:
    write(base, {"agencies/dhs.yaml": "title: [\n"})
    found = run(["list", "agency", "--json"])

    assert found.code == 3
    assert [fault["code"] for fault in found.json["faults"]] == ["bad-yaml"]
    assert "dhs" not in {record["id"] for record in found.json["data"]["records"]}


def test_showing_a_record_that_cannot_be_read_says_so(base: Path) -> None:
    write(base, {"agencies/dhs.yaml": "title: [\n"})
    found = run(["show", "dhs"])

    assert found.code == 3
    assert 'the record "dhs" can\'t be read' in found.err
    assert "nacoord check" in found.err


def test_a_broken_office_file_says_where_and_that_nothing_answers(base: Path) -> None:
    write(base, {"nacoord.yaml": "format: 1\nname: [\n"})
    found = run(["status"])

    assert found.code == 3
    assert "nacoord.yaml:3:1: error[bad-yaml]" in found.err


def test_not_in_git_answers_and_says_what_is_missing() -> None:
    found = run(["status"])

    assert found.code == 0
    assert "not in git" in found.err
    assert "Example issue" in found.out or "example" in found.out
    assert run(["status", "--quiet"]).err == ""


def test_a_list_of_a_misspelled_kind_is_doubted() -> None:
    found = run(["list", "isue"])

    assert found.code == 0
    assert 'did you mean "issue"?' in found.err


@pytest.mark.parametrize("command", READS, ids=lambda words: words[0])
def test_a_reader_that_goes_away_is_no_error(command: list[str], base: Path) -> None:
    found = spawn([*command, "-q"], base, "| head -c 1", NACOORD_TODAY="2021-01-20")

    assert found.returncode == 0
    assert found.stderr == b""


@pytest.mark.parametrize(
    "language", [{"LANG": "C"}, {"LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "ascii"}]
)
@pytest.mark.parametrize("command", [*READS, ["show", "quebec"]], ids=lambda words: words[-1])
def test_a_terminal_without_unicode(
    command: list[str], language: dict[str, str], base: Path
) -> None:
    found = spawn(command, base, NACOORD_TODAY="2021-01-20", PYTHONUTF8="0", **language)

    assert found.returncode == 0
    assert b"Traceback" not in found.stderr


@pytest.mark.parametrize("width", ["20", "40", "1", "0", "nonsense"])
@pytest.mark.parametrize("command", READS, ids=lambda words: words[0])
def test_any_width(command: list[str], width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)

    assert run(command).code == 0


def test_the_folder_one_stands_in_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    found = run(["status"])

    assert found.code == 4
    assert "no longer exists" in found.err


def test_a_full_disk_behind_stdout_is_told(base: Path) -> None:
    found = spawn(["check", "--json"], base, "> /dev/full", NACOORD_TODAY="2021-01-20")

    assert found.returncode == 4
    assert b"No space left" in found.stderr
    assert b"Traceback" not in found.stderr


def test_a_time_zone_this_machine_does_not_have(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NACOORD_TODAY")
    write(base, {"nacoord.yaml": BASE["nacoord.yaml"].replace("America/New_York", "Mars/Olympus")})
    found = run(["status"])

    assert found.code == 3
    assert 'no time zone "Mars/Olympus"' in found.err


def test_hostile_text_never_reaches_the_terminal_as_such(base: Path) -> None:
    hostile = '"\\e[31mred\\e]0;title\\a\\u202e [bold]x[/bold] \\x9b1m\\u2066 $(id) {{x}}"'
    issue = BASE["issues/example.yaml"]
    write(
        base,
        {
            "issues/example.yaml": issue.replace("Example issue", hostile).replace(
                "Call the ministry", hostile
            ),
            "agencies/texas.yaml": BASE["agencies/texas.yaml"].replace("Wants it settled", hostile),
        },
    )

    for command in (
        *READS,
        ["show", "example"],
        ["list", "--json"],
        ["status", "--color", "never"],
    ):
        found = run(command)
        for char in "\x1b\x07\x9b\u202e\u2066":
            assert char not in found.out + found.err, command
    assert "[bold]x[/bold]" in run(["show", "example"]).out
    assert "\\x1b[31mred" in run(["show", "example"]).out


def test_a_file_name_that_is_hostile_is_shown_not_obeyed(base: Path) -> None:
    write(base, {"issues/\x1b[31mx.yaml": "title: x\n"})
    found = run(["check"])

    assert found.code == 3
    assert "\x1b" not in found.out + found.err
    assert "\\x1b[31mx.yaml" in found.out
