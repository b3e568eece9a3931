"""What nacoord keeps in git's folder, when that folder was made by somebody else."""

from __future__ import annotations

import base64
import json
import marshal
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nacoord.record.sealing import FILE
from tests.support.cli import run
from tests.support.git import git
from tests.support.office import state


@pytest.fixture
def own(folder: Path) -> Path:
    place = folder / ".git" / "nacoord"
    place.mkdir()
    return place


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _journal(*files: dict[str, Any], **said: Any) -> str:
    whole = {"subject": "x", "head": None, "since": "now", "unknown": [], "files": files}
    return json.dumps({**whole, **said})


def _files(tmp_path: Path, own: Path) -> list[Path]:
    return sorted(
        file for file in tmp_path.rglob("*") if file.parent != own and "home" not in file.parts
    )


@pytest.mark.parametrize(
    "path",
    [
        "../outside.yaml",
        "issues/../../outside.yaml",
        "/OUT/outside.yaml",
        ".git/hooks/pre-commit",
        ".git/config",
        "issues/.hidden.yaml",
        "issues/deep/x.yaml",
        "Makefile",
        "linked/x.yaml",
        "issues/./x.yaml",
        "briefs/../Makefile",
        "",
    ],
)
def test_a_journal_writes_no_file_that_is_not_the_records(
    path: str, folder: Path, own: Path, tmp_path: Path
) -> None:
    (folder / "linked").symlink_to(tmp_path)
    named = path.replace("/OUT", str(tmp_path))
    (own / "journal.json").write_text(_journal({"path": named, "old": _coded("evil"), "new": None}))
    before = _files(tmp_path, own), (folder / ".git" / "config").read_bytes()
    found = run(["check"])
    changed = run(["set", "example", "priority=P2"])

    assert (_files(tmp_path, own), (folder / ".git" / "config").read_bytes()) == before
    assert found.code == 0
    assert "the journal of an interrupted change can't be read" in found.err
    assert "git status" in found.err
    assert changed.code == 4


def test_a_journal_writes_through_no_link_that_leads_out(
    folder: Path, own: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    shutil.rmtree(folder / "clocks")
    (folder / "clocks").symlink_to(tmp_path / "elsewhere")
    entry = {"path": "clocks/x.yaml", "old": _coded("evil"), "new": None}
    (own / "journal.json").write_text(_journal(entry))

    assert "can't be read" in run(["status"]).err
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "null",
        "{",
        "[" * 100_000,
        '{"files": 1}',
        _journal({"path": "issues/x.yaml", "old": "?", "new": "a"}),
        _journal({"path": 1, "old": None, "new": None}),
        _journal({"path": "issues/x.yaml", "old": 1, "new": None}),
        _journal({"path": "issues/x\0.yaml", "old": None, "new": None}),
        _journal({"path": "issues/x.yaml", "old": None, "new": None}, unknown=[1]),
        _journal({"path": "issues/x.yaml", "old": None, "new": None}, unknown=["../x"]),
        _journal({"path": "issues/x.yaml", "old": None, "new": None}, head=1),
        _journal({"path": "issues/x.yaml", "old": None, "new": None}, subject=[]),
        "\xff",
    ],
)
def test_a_journal_that_is_none_is_said(text: str, own: Path) -> None:
    (own / "journal.json").write_text(text, encoding="latin-1")
    for words in (["status"], ["check"], ["set", "example", "priority=P2"]):
        found = run(words)
        assert found.code in (0, 4), found.err
        assert "the journal of an interrupted change can't be read" in found.err


@pytest.mark.parametrize(
    "name",
    [
        "journal.json",
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in ("records.sqlite", "history.sqlite", "holder.json")
        ),
    ],
)
def test_nothing_waits_for_a_pipe(name: str, own: Path, folder: Path) -> None:
    os.mkfifo(own / name)
    for words in (["status"], ["history", "example"], ["set", "example", "priority=P2"]):
        # `timeout` ends with 124 what it must end.
        assert _timed(words, folder) in (0, 4), words


def _timed(words: list[str], folder: Path) -> int:
    command = ["timeout", "60", sys.executable, "-m", "nacoord", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    "name", ["journal.json", "records.sqlite", "history.sqlite", "holder.json", "lock"]
)
def test_no_file_is_written_through_a_link(name: str, own: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.sqlite"
    connection = sqlite3.connect(target)
    connection.execute("CREATE TABLE version (tag TEXT)")
    connection.execute("CREATE TABLE mine (text TEXT)")
    connection.execute("INSERT INTO mine VALUES ('kept')")
    connection.commit()
    connection.close()
    before = target.read_bytes()
    (own / name).symlink_to(target)
    dangling = own / "x"
    dangling.symlink_to(tmp_path / "made")
    for words in (["status"], ["history", "example"], ["log"], ["set", "example", "priority=P2"]):
        run(words)

    assert target.read_bytes() == before
    assert not (tmp_path / "made").exists()


def test_nothing_is_kept_where_a_link_leads(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / ".git" / "nacoord").symlink_to(tmp_path / "elsewhere")
    for words in (["status"], ["history", "example"]):
        assert run(words).code == 0
    found = run(["set", "example", "priority=P2"])

    assert found.code == 4
    assert "a symbolic link" in found.err
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("said", ["/nowhere", "PLAIN", "x\0y", "", "x" * 10_000_000])
def test_nothing_is_kept_in_a_folder_that_is_not_gits(
    said: str, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "plain").mkdir()
    shutil.rmtree(folder / ".git")
    (folder / ".git").write_text(f"gitdir: {said.replace('PLAIN', str(tmp_path / 'plain'))}\n")
    for words in (["status"], ["check"], ["history", "example"]):
        assert run(words).code in (0, 1, 4)

    assert list((tmp_path / "plain").iterdir()) == []


def _kept_rows(own: Path) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(own / "records.sqlite")
    try:
        return connection.execute("SELECT key, what, data FROM part").fetchall()
    finally:
        connection.close()


def test_what_another_kept_is_not_believed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another user's nacoord keeps a record with another title; its sums are right for that user.
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another"))
    true = (folder / "issues" / "example.yaml").read_text()
    assert run(["list", "issue"]).code == 0
    assert run(["history", "example"]).code == 0
    kept = folder / ".git" / "nacoord"
    for key, what, data in _kept_rows(kept):
        if b"Example issue" in data:
            _forge(kept, key, what, data.replace(b"Example issue", b"Forged issue!"))
    monkeypatch.delenv("XDG_STATE_HOME")
    real = marshal.loads

    def watched(data: bytes) -> Any:
        # It is not made for what others wrote (Python Library Reference, marshal).
        assert b"Forged" not in data
        return real(data)

    monkeypatch.setattr(marshal, "loads", watched)

    found = run(["list", "issue"])
    assert "Example issue" in found.out
    assert "Forged" not in found.out
    assert "Forged" not in run(["show", "example"]).out
    assert (folder / "issues" / "example.yaml").read_text() == true


def _forge(kept: Path, key: bytes, what: str, data: bytes) -> None:
    from nacoord.record.sealing import SIZE
    from nacoord.record.sealing import sealed

    connection = sqlite3.connect(kept / "records.sqlite")
    told = sealed(data[SIZE:], key + what.encode())
    connection.execute("UPDATE part SET data = ? WHERE key = ? AND what = ?", (told, key, what))
    connection.commit()
    connection.close()


def test_the_forgery_above_would_be_believed_from_oneself(folder: Path) -> None:
    assert run(["list", "issue"]).code == 0
    kept = folder / ".git" / "nacoord"
    for key, what, data in _kept_rows(kept):
        if b"Example issue" in data:
            _forge(kept, key, what, data.replace(b"Example issue", b"Forged issue!"))

    assert "Forged issue!" in run(["list", "issue"]).out


_ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS {} FROM c"


@pytest.mark.parametrize("file", ["records.sqlite", "history.sqlite"])
def test_a_database_that_would_never_answer_is_not_asked(
    file: str, folder: Path, own: Path
) -> None:
    connection = sqlite3.connect(own / file)
    connection.execute("PRAGMA user_version = 1")
    connection.execute(f"CREATE VIEW version AS {_ENDLESS.format('tag')} WHERE x < 0")
    connection.execute(
        f"CREATE VIEW parts AS SELECT 1 AS name, data FROM ({_ENDLESS.format('data')} WHERE x < 0)"
    )
    connection.commit()
    connection.close()
    for words in (["status"], ["history", "example"], ["set", "example", "priority=P2"]):
        assert _timed(words, folder) == 0, words


def test_nobody_else_can_read_the_key_of_what_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_STATE_HOME")
    assert run(["status"]).code == 0
    key = Path(os.environ["HOME"], ".local", "state", "nacoord", FILE)

    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_bytes()) == 32
    assert key.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("how", ["short", "link", "pipe", "folder", "no home"])
def test_without_a_key_nothing_is_believed_and_all_is_answered(
    how: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = run(["show", "example"]).out
    place = tmp_path / "state" / "nacoord"
    place.mkdir(parents=True)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    if how == "short":
        (place / FILE).write_bytes(b"short")
    elif how == "link":
        (place / FILE).symlink_to("/dev/zero")
    elif how == "pipe":
        os.mkfifo(place / FILE)
    elif how == "folder":
        (place / FILE).mkdir()
    else:
        monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    for _ in range(2):
        assert run(["show", "example"]).out == plain
        assert run(["history", "example"]).code == 0
    assert run(["set", "example", "priority=P2"]).code == 0


def test_the_state_is_as_it_was_after_a_forged_journal(folder: Path, own: Path) -> None:
    before = state(folder)
    entry = {"path": "issues/new.yaml", "old": _coded("title: Forged\n"), "new": None}
    (own / "journal.json").write_text(
        _journal(entry, head=git(folder, "rev-parse", "HEAD").strip())
    )
    found = run(["check"])

    # A forged journal can bring a file of the record, as an edit by hand can; it is told.
    assert "taken back" in found.err
    (folder / "issues" / "new.yaml").unlink()
    assert state(folder) == before
