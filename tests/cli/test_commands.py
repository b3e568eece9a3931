"""The commands are wired: options reach their questions, answers their formats."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import jsonschema
import pytest

from nacoord import __version__
from nacoord.cli.completion import EXPORTS
from nacoord.cli.completion import FOLDERS
from nacoord.cli.completion import RULES as OFFERED
from nacoord.cli.table import COMMANDS
from nacoord.desk.radar.table import RULES
from nacoord.model.kinds.table import KINDS
from nacoord.present.export.table import FORMATS
from tests.support.cli import run
from tests.support.cli import spawn
from tests.support.office import know_me
from tests.support.records import BASE
from tests.support.records import write


@pytest.fixture(autouse=True)
def in_record(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(base)
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")


@pytest.mark.parametrize("arguments", [["--version"], ["--version", "status"]])
def test_version(arguments: list[str], base: Path) -> None:
    assert spawn(arguments, base).stdout.decode() == f"nacoord {__version__}\n"


def test_no_words_show_the_help() -> None:
    found = run([])

    assert found.code == 2
    assert found.out.startswith("Usage: nacoord")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_module_and_function(name: str) -> None:
    assert run([name, "-h"]).out.startswith(f"Usage: nacoord {name}")


JSON = [
    (["status", "mexico"], "status"),
    (["list", "issue"], "list"),
    (["list", "issue", "--count"], "count"),
    (["show", "sre"], "show"),
    (["search", "texas"], "search"),
    (["agenda", "mexico"], "agenda"),
    (["agenda", "--for", "sre"], "readahead"),
    (["untold"], "untold"),
    (["matrix"], "matrix"),
    (["impact", "example"], "impact"),
    (["impact", "depends-on-new", "--to", "new-issue"], "path"),
    (["clocks"], "clocks"),
    (["clocks", "example-clock"], "clocks"),
    (["handover", "dhs"], "handover"),
    (["check"], "check"),
]


@pytest.mark.parametrize(("arguments", "kind"), JSON, ids=str)
def test_json_is_one_envelope(arguments: list[str], kind: str) -> None:
    found = run([*arguments, "--json"])

    assert found.code == 0
    assert list(found.json) == ["schema", "kind", "as_of", "today", "data", "faults"]
    assert (found.json["schema"], found.json["kind"]) == (1, kind)
    assert found.json["today"] == "2021-01-20"


def test_json_of_a_record_is_what_its_file_says() -> None:
    record = run(["show", "example-call", "--json"]).json["data"]["record"]

    assert record == {
        "id": "example-call",
        "kind": "engagement",
        "title": "Example call",
        "type": "call",
        "date": "2021-01-22",
        "with": ["sre"],
        "issues": ["example"],
        "commitments": ["example-promise"],
    }


def test_hostile_and_long_words_neither_reach_the_terminal_nor_break_the_lines(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "a" * 63
    hostile = '"[red]Raid[/red] \\e[31m\\u202e"'
    write(
        base,
        {
            f"actions/{long}.yaml": f"title: {hostile}\nby: [dhs]\nwhen: 2021-01-25\n"
            "issues: [example]\ntell: [{who: sre}]\nclearances:\n  - who: texas\n"
            f"    status: objected\n    comment: {hostile}\n",
            "engagements/example-call.yaml": f"title: {hostile}\ntype: call\ndate: 2021-01-22\n"
            f"with: [sre, texas]\nissues: [example]\nplace: {hostile}\n",
        },
    )
    for width in (40, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        for words in (
            ["untold", long],
            ["untold"],
            ["agenda"],
            ["agenda", "--for", "example-call"],
        ):
            shown = run(["--color", "always", *words]).out
            assert "\x1b[31mRaid" not in shown
            assert "[red]Raid[/red]" in shown.replace("\n", " ")
            assert "\u202e" not in shown
            plain = run(["--color", "never", *words]).out
            assert max(map(len, plain.splitlines())) <= width


def test_options_stand_before_or_after_the_command(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    before = run(["--data", str(base), "--json", "list", "issue"])
    after = run(["list", "issue", "--data", str(base), "--json"])

    assert before == after
    assert before.code == 0


def test_the_last_word_on_today_counts() -> None:
    assert run(["--today", "2021-02-01", "list", "--json"]).json["today"] == "2021-02-01"
    assert (
        run(["--today", "2021-02-01", "list", "--json", "--today", "2021-03-01"]).json["today"]
        == "2021-03-01"
    )


@pytest.mark.parametrize("day", ["0001-01-02", "9999-12-30"])
@pytest.mark.parametrize("command", ["status", "brief", "radar", "agenda"])
def test_a_day_at_the_end_of_the_calendar_can_not_be_today(command: str, day: str) -> None:
    found = run([command, "--today", day])

    assert found.code == 2
    assert f"today can't be {day}" in found.err
    assert f"--as-of can't be {day}" in run([command, "--as-of", day]).err


def test_a_reference_date_is_today_and_the_screen_says_so(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NACOORD_TODAY")
    write(base, {"nacoord.yaml": BASE["nacoord.yaml"] + "reference_date: 2021-03-04\n"})

    assert "Thursday 4 March 2021" in run(["status"]).out
    assert "reference date" in run(["status"]).out
    assert "reference date" in run(["list", "issue"]).err
    assert "reference date" not in run(["list", "issue", "-q"]).err
    assert "reference date" not in run(["status", "--today", "2021-03-05"]).out


def test_a_list_in_a_pipe_is_one_record_a_line_apart_by_tabs() -> None:
    assert run(["list", "issue", "--columns", "id,priority,owner"]).out == (
        "depends-on-new\tP3\t\nexample\tP1\texample-officer\nnew-issue\tP4\t\n"
    )


def test_a_kind_may_be_one_or_many_and_is_told_from_a_word() -> None:
    assert run(["list", "agencies", "--count"]).out == run(["list", "agency", "--count"]).out
    assert run(["list", "texas", "--count"]).out == "1\n"


def test_how_a_date_was_read_is_said_and_quiet_leaves_it_out() -> None:
    words = ["list", "issue", "next_step.due.before:friday"]

    assert "friday is Friday 2021-01-22" in run(words).err
    assert run([*words, "-q"]).err == ""


def test_check_exits_by_what_it_found(base: Path) -> None:
    assert run(["check"]).code == 0
    write(base, {"agencies/texas.yaml": BASE["agencies/dhs.yaml"]})
    warned = run(["check"])
    assert warned.code == 0
    assert "warning[ambiguous-alias]" in warned.out
    assert run(["check", "--strict"]).code == 1
    write(base, {"people/new.yaml": "title: N\nagency: nowhere\nrole: R\n"})
    assert run(["check"]).code == 1
    write(base, {"people/new.yaml": "title: N\n"})
    assert run(["check"]).code == 3


def test_check_tells_all_faults_of_all_files_at_once(base: Path) -> None:
    write(
        base,
        {
            "people/one.yaml": "title: N\nagency: dsh\nrole: R\n",
            "people/two.yaml": "titel: N\n",
            "people/three.yaml": "title: N\ntitle: M\nagency: !x dhs\n",
        },
    )
    found = run(["check"])
    lines = [line for line in found.out.splitlines() if ": error[" in line]

    assert [line.split(": ", 2)[:2] for line in lines] == [
        ["people/three.yaml:2:1", "error[duplicate-key]"],
        ["people/three.yaml:3:9", "error[tag]"],
        ["people/two.yaml:1:1", "error[missing-field]"],
        ["people/two.yaml:1:1", "error[missing-field]"],
        ["people/two.yaml:1:1", "error[missing-field]"],
        ["people/two.yaml:1:1", "error[unknown-field]"],
        ["people/one.yaml:2:9", "error[unknown-agency]"],
    ]
    assert 'no agency "dsh"; did you mean "dhs"?' in found.out
    assert "    2 | agency: dsh\n      |         ^^^" in found.out


@pytest.mark.parametrize("kind", [*KINDS, "office"])
def test_schema_is_valid_and_takes_the_records(kind: str, base: Path) -> None:
    schema = json.loads(run(["schema", kind]).out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    from nacoord.record.yamltext import read

    files = (
        [base / "nacoord.yaml"] if kind == "office" else (base / KINDS[kind].folder).glob("*.yaml")
    )
    for file in files if (base / "nacoord.yaml").exists() else ():
        validator.validate(read(file.read_bytes()).value)
    assert not validator.is_valid({"title": "x", "nonsense": 1})


def test_init_makes_a_record_that_passes_check(tmp_path: Path) -> None:
    made = run(["init", str(tmp_path / "new")])

    assert made.code == 0
    assert (tmp_path / "new/.git").is_dir()
    assert run(["check", "--strict", "--data", str(tmp_path / "new")]).code == 0
    again = run(["init", str(tmp_path / "new")])
    assert again.code == 1
    assert "exists already" in again.err


def test_init_tells_commands_that_work(tmp_path: Path) -> None:
    know_me()
    made = run(["init", str(tmp_path / "new"), "--sample"])
    keep, see = (line.split(":  ", 1)[-1].strip() for line in made.out.splitlines()[1:])

    assert run(shlex.split(keep)[1:]).code == 0
    assert run(see.removeprefix("See it:").split()[1:]).code == 0


def test_completion_knows_the_folders_of_all_kinds() -> None:
    assert {kind.name: kind.folder for kind in KINDS.values()} == FOLDERS


def test_completion_knows_the_formats_of_an_export() -> None:
    assert tuple(FORMATS) == EXPORTS


def _complete(shell: str, words: str, base: Path) -> list[str]:
    environment = {
        "_NACOORD_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    done = spawn([], base, **environment)
    assert b"Traceback" not in done.stderr
    return done.stdout.decode().split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("nacoord agenda --for example-c", "example-call"),
        ("nacoord untold mex", "mexico"),
        ("nacoord show tex", "texas"),
        ("nacoord status mex", "mexico"),
        ("nacoord status wat", "water"),
        ("nacoord list comm", "commitment"),
        ("nacoord clocks example-cl", "example-clock"),
        ("nacoord clocks mex", "mexico"),
        ("nacoord explain unknown-ag", "unknown-agency"),
        ("nacoord export sql", "sqlite"),
        ("nacoord sta", "status"),
    ],
)
def test_completion(shell: str, words: str, expected: str, base: Path) -> None:
    assert expected in " ".join(_complete(shell, words, base))


def test_completion_outside_a_record_is_silent(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert _complete("bash", "nacoord show tex", tmp_path / "empty") == []


def test_completion_knows_every_rule() -> None:
    assert list(OFFERED) == sorted(RULES)
