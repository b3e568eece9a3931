"""What is kept of a record answers as the files do, whatever happened to either."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.desk.checks.table import check
from nacoord.desk.checks.table import unsound
from nacoord.desk.search import search
from nacoord.model.fault import Fault
from nacoord.model.folding import fold
from nacoord.model.references import held
from nacoord.model.references import references
from nacoord.model.snapshot import Snapshot
from nacoord.present.json import jsonable
from nacoord.record.cache.database import FILE
from nacoord.record.cache.snapshots import ChangedError
from nacoord.record.commits import named
from nacoord.record.files import Store
from nacoord.record.loader import faults_of
from nacoord.record.loader import load
from nacoord.record.worktree import WorkTree
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.records import BASE
from tests.support.records import write


def told(snapshot: Snapshot) -> dict[str, Any]:
    """Return everything a Snapshot says, down to what is said and what is not."""
    return {
        "office": jsonable(snapshot.office),
        "records": {id: jsonable(each) for id, each in snapshot.records.items()},
        "ids": list(snapshot.records),
        "files": {id: snapshot.files[id] for id in snapshot.records},
        "faults": snapshot.faults,
        "broken": dict(snapshot.broken),
        "checks": check(snapshot),
    }


def unsound_in(source: Path | Store, snapshot: Snapshot) -> list[Fault]:
    """Return what doesn't hold, as it is kept where it is."""
    return faults_of(source, snapshot, unsound)


def same(source: Path | Store) -> dict[str, Any]:
    """Hold that a record reads the same from its files and by way of what is kept, twice."""
    read = load(source, "data", keep=False)
    plain = told(read)
    for _ in range(2):
        kept = load(source, "data")
        assert unsound_in(source, kept) == unsound(read)
        assert told(kept) == plain
    return plain


@pytest.fixture
def repo(base: Path) -> Path:
    git(base, "init", "-q", "-b", "main")
    commit_all(base, "begun")
    return base


def kept_in(repo: Path) -> Path:
    return repo / ".git" / "nacoord" / FILE


def age(repo: Path) -> None:
    """Let every file be as old as if nobody had touched it for a while."""
    for path in repo.rglob("*.yaml"):
        past = path.stat().st_mtime_ns - 3_600_000_000_000
        os.utime(path, ns=(past, past), follow_symlinks=False)
    # Only time makes a change old: one tick of the file system's clock.
    sleep(0.05)


def _overwrite(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.write(data)


ISSUE = BASE["issues/example.yaml"]
CHANGES: dict[str, Callable[[Path], object]] = {
    "edit": lambda at: write(at, {"issues/example.yaml": ISSUE.replace("P1", "P2")}),
    "edit in place": lambda at: _overwrite(at / "issues/example.yaml", b"title: Exemple"),
    "back": lambda at: write(at, {"issues/example.yaml": ISSUE}),
    "own key": lambda at: write(at, {"issues/example.yaml": ISSUE + "x-own: {a: [1, 2.5, null]}\n"}),
    "note": lambda at: write(at, {"agencies/dhs.yaml": BASE["agencies/dhs.yaml"] + "summary: Süd\n"}),
    "add": lambda at: write(at, {"issues/zz.yaml": ISSUE, "people/zz-2.yaml": "title: x\n"}),
    "same content, other id": lambda at: write(at, {"issues/copy.yaml": ISSUE}),
    "remove": lambda at: (at / "agencies/texas.yaml").unlink(missing_ok=True),
    "remove a kind": lambda at: shutil.rmtree(at / "clocks", ignore_errors=True),
    "rename": lambda at: os.replace(at / "issues/new-issue.yaml", at / "issues/newer.yaml")
    if (at / "issues/new-issue.yaml").exists()
    else None,
    "break": lambda at: write(at, {"issues/new-issue.yaml": "title: [\n", "people/b.yaml": "{}\n"}),
    "mend": lambda at: write(at, {"issues/new-issue.yaml": BASE["issues/new-issue.yaml"]}),
    "same id twice": lambda at: write(at, {"agencies/example.yaml": BASE["agencies/dhs.yaml"]}),
    "only one again": lambda at: (at / "agencies/example.yaml").unlink(missing_ok=True),
    "other endings": lambda at: write(at, {"issues/a.yml": "x", "issues/README.md": "x"}),
    "bad name": lambda at: write(at, {"issues/Not An Id.yaml": ISSUE}),
    "nested": lambda at: write(at, {"issues/deep/x.yaml": ISSUE, "issues/notes/a.txt": ""}),
    "stray": lambda at: write(at, {"ideas/x.yaml": ISSUE}),
    "link inside": lambda at: None
    if (at / "issues/link.yaml").is_symlink()
    else (at / "issues/link.yaml").symlink_to("example.yaml"),
    "link outside": lambda at: None
    if (at / "issues/out.yaml").is_symlink()
    else (at / "issues/out.yaml").symlink_to("/etc/hostname"),
    "office": lambda at: write(at, {"nacoord.yaml": BASE["nacoord.yaml"].replace("Test", "Other")}),
    "touch": lambda at: os.utime(at / "agencies/state.yaml"),
    "age": age,
    "commit": lambda at: git(at, "commit", "-qam", "x") if git(at, "status", "-s", "-uno") else None,
    "other branch": lambda at: git(at, "checkout", "-qf", "-B", "other", "HEAD"),
    "first commit": lambda at: git(at, "checkout", "-qf", "main"),
    "forget": lambda at: kept_in(at).unlink(missing_ok=True),
}  # fmt: skip


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=4), max_size=6)
)
def test_the_answer_is_the_same_as_from_the_files(
    steps: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    repo = tmp_path_factory.mktemp("record")
    write(repo, BASE)
    git(repo, "init", "-q", "-b", "main")
    commit_all(repo, "begun")
    same(repo)
    for step in steps:
        for name in step:
            CHANGES[name](repo)
        same(repo)
    same(named(repo, "HEAD", "UTC"))
    same(named(repo, "main", "UTC"))


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_each_change_is_seen_at_once(change: str, repo: Path) -> None:
    age(repo)
    before = same(repo)

    CHANGES[change](repo)

    after = same(repo)
    if change in ("edit", "edit in place", "own key", "add", "remove", "break", "stray", "office"):
        assert after != before


def test_only_files_that_differ_are_read(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    age(repo)
    load(repo, "")
    write(repo, {"issues/example.yaml": ISSUE.replace("P1", "P2")})
    read: list[str] = []
    plainly = WorkTree.read
    monkeypatch.setattr(
        WorkTree, "read", lambda self, path: read.append(path) or plainly(self, path)
    )

    assert load(repo, "").records["example"].title == "Example issue"

    assert read == ["issues/example.yaml"]


def test_an_id_in_two_kinds_costs_only_what_is_in_doubt(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repo, {"agencies/example.yaml": BASE["agencies/dhs.yaml"]})
    age(repo)
    same(repo)
    read: list[str] = []
    plainly = WorkTree.read
    monkeypatch.setattr(
        WorkTree, "read", lambda self, path: read.append(path) or plainly(self, path)
    )

    found = told(load(repo, ""))

    # Which of the two counts is looked up each time; everything else is as it was kept.
    assert read == ["issues/example.yaml"]
    assert [fault.code for fault in found["faults"]] == ["duplicate-id"]


OTHERS: dict[str, Callable[[Path], object]] = {
    "good": lambda at: write(at, {"issues/twice.yaml": ISSUE}),
    "broken": lambda at: write(at, {"issues/twice.yaml": "["}),
    "a link": lambda at: (at / "issues/twice.yaml").symlink_to("example.yaml"),
    "a link outside": lambda at: (at / "issues/twice.yaml").symlink_to("/etc/hostname"),
    "a folder": lambda at: write(at, {"issues/twice.yaml/x.yaml": ISSUE}),
    "another ending": lambda at: write(at, {"issues/twice.yml": ISSUE}),
}  # fmt: skip


@pytest.mark.parametrize(("broken", "more"), [(False, "people/twice.yaml"), (True, "")])
@pytest.mark.parametrize("other", OTHERS)
def test_of_two_files_with_one_id_the_same_one_is_read(
    other: str, broken: bool, more: str, repo: Path
) -> None:
    write(repo, {"agencies/twice.yaml": "[" if broken else BASE["agencies/dhs.yaml"]})
    write(
        repo,
        {
            "agencies/about.yaml": BASE["agencies/example-child.yaml"].replace(
                "example-agency", "twice"
            )
        },
    )
    if more:
        write(repo, {more: "title: One more\n"})
    same(repo)
    OTHERS[other](repo)
    age(repo)
    same(repo)
    plain, kept = load(repo, "", keep=False), load(repo, "")
    for words in (["homeland"], ["example", "issue"], ["twice"]):
        assert jsonable(search(kept, words)) == jsonable(search(plain, words))
    assert {each.id for each in kept.records.naming("twice")} >= {"about"}
    commit_all(repo, "twice")
    same(named(repo, "HEAD", "UTC"))
    (repo / "agencies/twice.yaml").unlink()
    same(repo)


def test_a_folder_is_gone_through_as_often_whatever_stands_in_it(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def passes() -> int:
        age(repo)
        load(repo, "")
        seen: list[object] = []
        plainly = os.scandir
        with monkeypatch.context() as patched:
            patched.setattr(os, "scandir", lambda at: seen.append(at) or plainly(at))
            told(load(repo, ""))
        return len(seen)

    write(repo, {"issues/note-0.txt": "x", "issues/broken-0.yaml": "["})
    few = passes()
    write(repo, {f"issues/note-{n}.txt": "x" for n in range(50)})
    write(repo, {f"issues/broken-{n}.yaml": "[" for n in range(50)})

    assert passes() == few


def test_a_file_that_changes_again_within_one_tick_is_read_again(repo: Path) -> None:
    path = repo / "issues/example.yaml"
    for number in range(20):
        path.write_text(ISSUE.replace("Example", f"Exampl{number % 10}"))
        assert load(repo, "").records["example"].title == f"Exampl{number % 10} issue"


def test_a_field_that_can_not_be_brought_never_looks_unsaid(repo: Path) -> None:
    write(repo, {"issues/example.yaml": ISSUE + "tags: [said]\n"})
    age(repo)
    load(repo, "")
    record = load(repo, "").records["example"]
    assert record.title == "Example issue"
    _spoil(kept_in(repo), "DELETE FROM part WHERE what = 'others'")
    write(repo, {"issues/example.yaml": "title: ["})
    for _ in range(2):
        with pytest.raises(ChangedError):
            _ = record.tags

    write(repo, {"issues/example.yaml": ISSUE + "tags: [said]\n"})

    assert record.tags == ("said",)


def test_a_file_with_its_old_times_is_read_again(repo: Path) -> None:
    age(repo)
    load(repo, "")
    path = repo / "issues/example.yaml"
    before = path.stat()
    path.write_text(ISSUE.replace("P1", "P2"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert jsonable(load(repo, "").records["example"])["priority"] == "P2"


def test_a_file_from_the_future_is_read_again_when_it_changes(repo: Path) -> None:
    path = repo / "issues/example.yaml"
    os.utime(path, (4_000_000_000, 4_000_000_000))
    load(repo, "")
    path.write_text(ISSUE.replace("P1", "P2"))
    os.utime(path, (4_000_000_000, 4_000_000_000))

    assert jsonable(load(repo, "").records["example"])["priority"] == "P2"


def test_nothing_is_written_when_nothing_changed(repo: Path) -> None:
    age(repo)
    load(repo, "")
    load(repo, "")
    before = kept_in(repo).stat()

    told(load(repo, ""))

    after = kept_in(repo).stat()
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)


def _spoil(file: Path, how: str) -> None:
    data = bytearray(file.read_bytes())
    if how == "empty":
        file.write_bytes(b"")
    elif how == "torn":
        file.write_bytes(data[: len(data) // 2])
    elif how == "garbage":
        file.write_bytes(os.urandom(len(data)))
    elif how == "folder":
        file.unlink()
        file.mkdir()
    elif how == "pipe":
        file.unlink()
        os.mkfifo(file)
    elif how == "zeros":
        for start in range(4096, len(data), 8192):
            data[start : start + 512] = bytes(len(data[start : start + 512]))
        file.write_bytes(data)
    else:
        with sqlite3.connect(file) as connection:
            connection.execute(how)
        connection.close()


SPOILT = (
    "empty",
    "torn",
    "garbage",
    "folder",
    "pipe",
    "zeros",
    "UPDATE version SET tag = 'other'",
    "DROP TABLE part",
    "DELETE FROM part",
    "DELETE FROM part WHERE what = 'others'",
    "DELETE FROM part WHERE what = 'fields'",
    "DELETE FROM listing",
    "UPDATE part SET data = substr(data, 1, length(data) - 1)",
    "UPDATE part SET data = x'00000000'",
    "UPDATE part SET data = 'text'",
    "UPDATE listing SET data = x''",
    "UPDATE listing SET data = zeroblob(length(data))",
    "UPDATE listing SET stand = NULL",
    # A lost write can leave the index of a table pointing at another row, which is whole in itself.
    "UPDATE part SET data = (SELECT data FROM part AS o WHERE o.what = part.what AND o.key > part.key)"
    " WHERE key < (SELECT max(key) FROM part)",
    "UPDATE part SET data = (SELECT data FROM part AS o WHERE o.key = part.key AND o.what = 'others')",
)


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_spoilt_is_not_believed(how: str, repo: Path) -> None:
    age(repo)
    plain = same(repo)

    _spoil(kept_in(repo), how)

    assert same(repo) == plain
    assert [hit.id for hit in search(load(repo, ""), ["ministry"]).hits] == [
        hit.id for hit in search(load(repo, "", keep=False), ["ministry"]).hits
    ]


def test_a_tree_that_stands_where_another_should_is_not_believed(repo: Path) -> None:
    first = named(repo, "HEAD", "UTC")
    write(repo, {"issues/example.yaml": ISSUE.replace("P1", "P2")})
    commit_all(repo, "changed")
    plain = same(first)
    assert same(named(repo, "HEAD", "UTC")) != plain

    _spoil(
        kept_in(repo),
        "UPDATE listing SET (data, chunks) = (SELECT data, chunks FROM listing WHERE"
        " key LIKE 'tree:issues:%' ORDER BY rowid DESC LIMIT 1) WHERE key LIKE 'tree:issues:%'",
    )

    assert same(named(repo, first.id, "UTC")) == plain


@pytest.mark.parametrize("seed", range(40))
def test_bytes_that_turn_are_not_believed(seed: int, repo: Path) -> None:
    age(repo)
    plain = same(repo)
    data = bytearray(kept_in(repo).read_bytes())
    for number in range(1 + seed):
        data[(seed * 7919 + number * 104_729) % len(data)] ^= 1 + seed % 255
    kept_in(repo).write_bytes(data)

    assert same(repo) == plain


def test_no_folder_of_git_no_cache(base: Path) -> None:
    same(base)

    assert not list(base.rglob("*.sqlite"))


def test_a_folder_of_git_that_can_not_be_written(repo: Path) -> None:
    (repo / ".git" / "nacoord").write_text("in the way")

    same(repo)


def test_a_database_that_others_hold_is_done_without(repo: Path) -> None:
    same(repo)
    write(repo, {"issues/example.yaml": ISSUE.replace("P1", "P2")})
    holder = sqlite3.connect(kept_in(repo), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert told(load(repo, "data")) == told(load(repo, "data", keep=False))
    finally:
        holder.close()


def test_several_processes_at_once_answer_alike(repo: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from nacoord.record.loader import load\n"
        "from nacoord.present.json import jsonable\n"
        "for _ in range(15):\n"
        "    r = load(Path(sys.argv[1]), '').records\n"
        "    assert jsonable(r['state'])['title'] == 'Department of State'\n"
        "    assert len([x.summary for x in r.values()]) == len(r)\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(repo)], stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    number = 0
    while any(each.poll() is None for each in running):
        number += 1
        write(repo, {"issues/example.yaml": ISSUE.replace("P1", f"P{1 + number % 4}")})
        load(repo, "")
    for each in running:
        assert each.communicate()[1] == b""
    same(repo)


def test_what_records_hold_is_the_same_before_anything_is_asked_of_them(repo: Path) -> None:
    load(repo, "")
    plain = load(repo, "", keep=False)

    for id, record in load(repo, "").records.items():
        assert held(record) == held(plain.records[id]), id
    assert check(load(repo, "")) == check(plain)


def test_records_that_may_name_or_have_words_leave_out_none_that_do(repo: Path) -> None:
    load(repo, "")
    snapshot = load(repo, "")
    for id in snapshot.records:
        naming = {each.id for each in snapshot.records.naming(id)}
        assert naming >= {
            each.id
            for each in snapshot.records.values()
            if any(ref.id == id for ref in references(each))
        }
    for word in (
        "quebec",
        "ministry",
        "p1",
        "state",
        "internal",
        "expected",
        "calendar",
        "nothing-has",
    ):
        having = {each.id for each in snapshot.records.having([fold(word)])}
        texts = {id: fold(str(jsonable(each))) for id, each in snapshot.records.items()}
        assert having >= {hit.id for hit in search(load(repo, "", keep=False), [word]).hits}
        if word not in ("internal", "expected", "calendar"):
            assert all(word in texts[id] for id in having)


def test_what_nobody_needs_is_forgotten(repo: Path) -> None:
    for number in range(120):
        write(repo, {"issues/example.yaml": ISSUE.replace("Example", f"Number {number}")})
        load(repo, "")

    with sqlite3.connect(kept_in(repo)) as connection:
        (held,) = connection.execute("SELECT count(DISTINCT key) FROM part").fetchone()
    connection.close()
    assert held < 100
    same(repo)


def test_the_files_are_never_written(repo: Path) -> None:
    before = {path: path.read_bytes() for path in repo.rglob("*.yaml")}
    for change in ("edit", "break", "forget", "age"):
        CHANGES[change](repo)
        before |= {path: path.read_bytes() for path in repo.rglob("*.yaml")}
        same(repo)

    assert {path: path.read_bytes() for path in repo.rglob("*.yaml")} == before


def test_two_records_in_one_repository(repo: Path) -> None:
    other = repo / "second"
    write(other, BASE)
    write(other, {"issues/example.yaml": ISSUE.replace("P1", "P3")})

    same(repo)
    same(other)
    same(repo)


@pytest.mark.parametrize("said", ["", "gitdir: gone/.git/worktrees/x\n", "no such word\n"])
def test_nothing_is_made_where_git_has_no_folder(said: str, base: Path) -> None:
    (base / ".git").write_text(said)
    before = sorted(base.rglob("*"))

    same(base)

    assert sorted(base.rglob("*")) == before


def test_a_folder_whose_name_is_no_text(repo: Path) -> None:
    inner = repo / os.fsdecode(b"s\xff %41?#")
    write(inner, BASE)

    plain = load(inner, inner.name, keep=False)

    for _ in range(2):
        kept = load(inner, inner.name)
        assert told(kept) == told(plain)
        assert unsound_in(inner, kept) == unsound(plain)


def test_a_linked_work_tree(repo: Path, tmp_path: Path) -> None:
    same(repo)
    git(repo, "worktree", "add", "-q", str(tmp_path / "linked"))
    write(tmp_path / "linked", {"issues/example.yaml": ISSUE.replace("P1", "P3")})

    same(tmp_path / "linked")
    same(repo)
