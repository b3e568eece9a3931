"""The book for a successor leaves: to a terminal, a pipe or a file, whole or not at all."""

from __future__ import annotations

import io
import os
import shlex
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import docx
import pytest

from tests.support.cli import run
from tests.support.cli import spawn
from tests.support.git import commit_all
from tests.support.office import office
from tests.support.records import BASE
from tests.support.records import write

BOOK = ["handover", "example-officer", "--color", "never"]


@pytest.fixture(autouse=True)
def in_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a record in git, with a change made two days ago and one made later than today."""
    place = office(tmp_path / "record")
    monkeypatch.chdir(place)
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")
    file = place / "issues" / "example.yaml"
    for health, on in (("amber", "2021-01-18"), ("red", "2021-01-21")):
        file.write_text(
            BASE["issues/example.yaml"].replace(
                "health: green", f"health: {health}\nhealth_reason: It is {health}"
            )
        )
        commit_all(place, "Say how it goes", on=f"{on}T12:00:00-05:00")
    return place


def test_history_up_to_today_is_told_and_what_came_later_is_counted() -> None:
    told = run(BOOK).out

    assert "- 18 Jan, changed: health green → amber" in told
    assert "health amber → red" not in told
    assert "1 commit made after Wednesday 20 January 2021 is left out" in told


def test_json_holds_the_whole_answer() -> None:
    data = run([*BOOK, "--json"]).json["data"]

    assert (data["kind"], data["id"], data["marking"]) == ("person", "example-officer", "internal")
    assert [held["issue"] for held in data["portfolio"]] == ["example"]
    assert data["lately"][1]["events"][0]["what"].startswith("health green → amber")
    assert (data["since"], data["until"], data["later"]) == ("2020-10-22", "2021-03-21", 1)


def test_as_of_is_the_book_of_that_day() -> None:
    told = run([*BOOK, "--as-of", "2021-01-18"])

    assert "P1, active, amber: It is amber" in told.out
    assert "left out" not in told.out
    assert "as of Monday 2021-01-18" in told.err


def test_one_is_told_in_the_singular_and_what_has_gone_by_is_not_called_to_come() -> None:
    raid = "title: Raid\nby: [dhs]\nwhen: 2021-01-10\nissues: [example]\ntell: [{who: sre}]\n"
    body = BASE["agencies/dhs.yaml"] + "cadence_days: 1\n"
    write(Path(), {"actions/raid.yaml": raid, "agencies/dhs.yaml": body})
    told = run(["handover", "dhs"]).out

    assert "- Untold: 1 has not heard yet of 1 expected action\n" in told
    assert "- Contact: at least every day\n" in told


def test_a_screen_fits_40_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")

    assert max(map(len, run(BOOK).out.splitlines())) <= 40


def test_the_format_is_what_the_suffix_says(in_record: Path) -> None:
    for name in ("book.md", "book.docx", "book.txt", "book.html", "book.pdf"):
        found = run([*BOOK, "-o", name])
        assert (found.code, found.out) == (0, "")
        assert f"wrote {name}, marked INTERNAL" in found.err
    assert (in_record / "book.md").read_text().startswith("**INTERNAL**\n\n# Hand-over: Example")
    assert (
        (in_record / "book.txt").read_text().startswith("INTERNAL\n\nHand-over: Example officer\n")
    )
    assert docx.Document("book.docx").paragraphs[0].text == "Hand-over: Example officer"
    assert (in_record / "book.html").read_text().startswith('<!DOCTYPE html>\n<html lang="en">')
    assert (in_record / "book.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert run([*BOOK, "-q", "-o", "book.out", "--format", "markdown"]).err == ""
    assert (in_record / "book.out").read_text() == (in_record / "book.md").read_text()


def test_a_pipe_gets_any_format(in_record: Path) -> None:
    assert run([*BOOK, "--format", "markdown"]).out.startswith("**INTERNAL**")
    assert run([*BOOK, "--format", "html", "--no-pager"]).out.startswith("<!DOCTYPE html>")
    for words in (["--format", "docx"], ["--format", "docx", "-o", "-"]):
        written = spawn([*BOOK, *words], in_record, NACOORD_TODAY="2021-01-20").stdout
        assert docx.Document(io.BytesIO(written)).paragraphs[0].text == "Hand-over: Example officer"


def test_a_terminal_is_refused_what_it_cannot_show(in_record: Path) -> None:
    parent, child = os.openpty()
    done = spawn([*BOOK, "--format", "docx"], in_record, shell=f"> {os.ttyname(child)}")
    os.close(parent)
    os.close(child)

    assert done.returncode == 2
    assert b"docx is nothing to read in a terminal" in done.stderr
    assert b"write it to a file: -o FILE.docx" in done.stderr


def test_every_format_can_be_asked_for() -> None:
    from typing import get_args

    from nacoord.cli.documents import AskedFormat
    from nacoord.present.document.table import FORMATS

    asked = get_args(get_args(get_args(AskedFormat)[0])[0])
    assert asked == tuple(FORMATS)


def test_an_office_has_its_own_template(in_record: Path) -> None:
    (in_record / "office.html").write_text("<h1>{{ title }}</h1>\n{{ body }}\n")
    book = docx.Document()
    book.sections[0].header.paragraphs[0].text = "The Office"
    book.save(str(in_record / "office.docx"))

    shown = run([*BOOK, "--template", "office.html", "-q"]).out
    assert shown.splitlines()[1] == "<h1>Hand-over: Example officer</h1>"
    assert shown.count(">INTERNAL</p>") == 2
    assert run([*BOOK, "--template", "office.docx", "-o", "book.docx"]).code == 0
    header = docx.Document("book.docx").sections[0].header
    assert [each.text for each in header.paragraphs] == ["INTERNAL", "The Office"]

    (in_record / "office.html").write_text("\n{{ nothing }}")
    found = run([*BOOK, "--template", "office.html", "-o", "book.html"])
    assert (found.code, found.out) == (1, "")
    assert "nacoord: office.html:2: 'nothing' is undefined\n  it is given: title," in found.err
    assert not (in_record / "book.html").exists()


def test_no_file_tells_who_made_it_or_where(
    in_record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER", "zq-staffer")
    for name in ("book.md", "book.docx", "book.html", "book.pdf"):
        run([*BOOK, "-o", name])
        data = (in_record / name).read_bytes()
        if name.endswith("docx"):
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                data = b"".join(parts.read(part) for part in parts.namelist())
        for word in ("zq-staffer", "B. Staffer", str(in_record), os.environ["HOME"]):
            assert word.encode() not in data, (name, word)


BAD = [
    (["-o", "book.odt"], 2, '"book.odt" doesn\'t say what format', "--format markdown"),
    (["-o", "no/book.md"], 4, "can't write no/book.md: there is no folder no", "mkdir -p no"),
    (["-o", "issues"], 4, "can't write issues: it is a folder", "name a file in it"),
    (["-o", "/proc/book.md"], 4, "can't write /proc/book.md: ", ""),
    (["--json", "-o", "book.md"], 2, "--json is a format of its own", "--json > FILE"),
    (["--format", "odt"], 2, "odt", "--help"),
    (["-o", "x.pdf", "--template", "t.html"], 2, "pdf takes no template", "html takes a .html"),
    (["-o", "x.html", "--template", "t.docx"], 2, "t.docx is no template for html", ".html file"),
    (["-o", "x.html", "--template", "t.html"], 4, "can't read the template t.html: No such", ""),
    (["-o", "x.html", "--template", "a\0.html"], 4, "can't read the template a\\x00.html: ", ""),
    (["--template", "t.txt"], 2, "terminal takes no template", "leave out --template"),
    (["--json", "--template", "t.html"], 2, "--json is a format of its own", "--json > FILE"),
]


@pytest.mark.parametrize(("words", "code", "message", "hint"), BAD, ids=str)
def test_what_cannot_be_written_is_refused(
    words: list[str], code: int, message: str, hint: str
) -> None:
    found = run([*BOOK, *words])

    assert (found.code, found.out) == (code, "")
    assert message in found.err
    assert hint in found.err


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_what_is_read_only_is_left(in_record: Path) -> None:
    (in_record / "old.md").write_text("old")
    (in_record / "old.md").chmod(0o444)
    (in_record / "shut").mkdir(mode=0o555)

    assert "old.md: it is read-only" in run([*BOOK, "-o", "old.md"]).err
    assert "shut/new.md: its folder is read-only" in run([*BOOK, "-o", "shut/new.md"]).err
    assert (in_record / "old.md").read_text() == "old"


def test_a_run_that_fails_leaves_the_old_file_and_nothing_else(in_record: Path) -> None:
    (in_record / "old.md").write_text("old")
    texts = "".join(f"  - {{on: 2021-01-01, text: {'long ' * 60}}}\n" for _ in range(9))
    (in_record / "issues" / "example.yaml").write_text(
        BASE["issues/example.yaml"] + "notes:\n" + texts
    )
    # The kernel lets no file grow beyond a block: as a full disk, it says no in the midst.
    words = shlex.join([sys.executable, "-m", "nacoord", *BOOK, "-o", "old.md"])
    done = subprocess.run(
        ["bash", "-c", f"trap '' XFSZ; ulimit -f 1; {words}"],
        cwd=in_record,
        capture_output=True,
        check=False,
    )

    assert done.returncode == 4, done.stderr
    assert b"can't write old.md: File too large" in done.stderr
    assert (in_record / "old.md").read_text() == "old"
    assert not list(in_record.glob(".nacoord-*"))


def test_a_link_is_followed_and_a_pipe_stays_one(in_record: Path) -> None:
    (in_record / "link.md").symlink_to("real.md")
    os.mkfifo(in_record / "pipe.md")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((in_record / "pipe.md").read_bytes()))
    reader.start()

    assert run([*BOOK, "-o", "link.md"]).code == 0
    assert run([*BOOK, "-o", "pipe.md"]).code == 0
    reader.join()
    assert (in_record / "link.md").is_symlink()
    assert (in_record / "pipe.md").is_fifo()
    assert read == [(in_record / "real.md").read_bytes()]


def test_what_has_no_handover_is_refused_with_what_to_type() -> None:
    found = run(["handover", "example"])

    assert found.code == 2
    assert "a person or an agency has a hand-over; example is an issue" in found.err
    assert "its owner's: nacoord handover example-officer" in found.err
    assert 'did you mean "texas"?' in run(["handover", "texs"]).err


def test_a_record_in_no_git_has_no_history_to_tell(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", BASE)
    found = run([*BOOK, "--data", str(tmp_path / "elsewhere")])

    assert found.code == 0
    assert "not in git yet" in found.err


def test_a_file_that_cannot_be_read_is_told_and_the_rest_answers(in_record: Path) -> None:
    (in_record / "issues" / "new-issue.yaml").write_text("title: [\n")
    found = run([*BOOK, "-o", "book.md"])

    assert found.code == 3
    assert "could not be read" in found.err
    assert "### `example`" in (in_record / "book.md").read_text()
