"""The index of the history changes no answer: with it, without it, and whatever happens to it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from array import array
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.record.history import recent
from nacoord.record.history import stamps
from nacoord.record.history import touched
from nacoord.record.historyindex.ancestry import Ancestry
from nacoord.record.historyindex.place import place_of
from nacoord.record.versions import Revision
from nacoord.record.versions import Version
from nacoord.record.versions import revisions
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.histories import START
from tests.support.histories import Made
from tests.support.histories import make
from tests.support.records import write

ZONE = "America/New_York"
FILES = ["issues/a.yaml", "issues/b.yaml", "agencies/a.yaml", "commitments/p.yaml", "README.md"]
TEXTS = ["due: 1\n", "due: 2\nwhat: x\n", "what: x\ndue: 2\n", "health: red\n", "no end", "", None]
DAY = timedelta(days=1)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return begun(tmp_path / "repo")


def begun(folder: Path) -> Path:
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    return folder


def index_of(folder: Path) -> Path:
    place = place_of(folder)
    assert place is not None
    return place.file


def without_index(folder: Path) -> Path:
    """Return the same repository where no index can be."""
    plain = folder.parent / f"{folder.name}-plain"
    if plain.exists():
        shutil.rmtree(plain)
    shutil.copytree(folder, plain, symlinks=True)
    shutil.rmtree(plain / ".git" / "nacoord", ignore_errors=True)
    (plain / ".git" / "nacoord").write_text("in the way")
    return plain


def asked(folder: Path, paths: tuple[str, ...] = (".",), **wanted: Any) -> list[Revision]:
    found = revisions(folder, paths, zone=ZONE, **wanted)
    return [replace(each, versions=list(map(_comparable, each.versions))) for each in found]


def _comparable(version: Version) -> Version:
    """Leave out what git alone tells, and what its diffs of merges don't: a missing last line end."""
    if len(version.old) == 1:
        return replace(version, origins=())
    ended = [text and text.rstrip(b"\n") + b"\n" for text in (*version.old, version.new)]
    return Version(version.path, tuple(ended[:-1]), ended[-1])


def answers(folder: Path, heads: list[str], *, in_order: bool = True) -> list[Any]:
    """Ask everything that an index answers.

    Where clocks went wrong git doesn't always find where a part of the history ends.
    """
    found: list[Any] = []
    for head in heads:
        found += [touched(folder, ZONE, head), stamps(folder, head)]
        found.append(asked(folder, commits=head, whole=True))
        found.append(asked(folder, ("issues",), commits=head))
        found.append(asked(folder, ("issues/a.yaml", "agencies/a.yaml"), commits=head))
        # git alone tells where lines come from; the index says where it is to look.
        lines = revisions(folder, ("issues/a.yaml",), zone=ZONE, commits=head, origins=True)
        found.append(list(lines))
        if in_order:
            found.append(asked(folder, commits=f"{heads[0]}..{head}"))
            for day in (date(2021, 1, 4), date(2021, 1, 6)):
                found.append(asked(folder, commits=head, since=day, until=day + DAY))
            found.append(asked(folder, commits=head, until=date(2021, 1, 5)))
        found.append(asked(folder, commits=head, changing="(due|x):"))
        found.append(asked(folder, ("issues",), commits=head, changing="^due", new_too=True))
    return found


@st.composite
def histories(draw: st.DrawFn) -> list[Made]:
    row: list[Made] = []
    at = 0
    hours = [3600, 30_000, 90_000, 0, *draw(st.sampled_from([[], [-50_000]]))]
    for number in range(draw(st.integers(1, 14))):
        at += draw(st.sampled_from(hours))
        before = st.lists(st.integers(max(0, number - 4), number - 1), max_size=3, unique=True)
        parents = draw(before) if number else []
        parents = parents or ([number - 1] if number and draw(st.integers(0, 9)) else [])
        files = draw(st.dictionaries(st.sampled_from(FILES), st.sampled_from(TEXTS), max_size=3))
        row.append(Made(tuple(parents), at, files))
    return row


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_an_index_changes_no_answer(
    tmp_path_factory: pytest.TempPathFactory, row: list[Made], chance: random.Random
) -> None:
    folder = begun(tmp_path_factory.mktemp("made") / "repo")
    make(folder, row)
    listed = git(folder, "for-each-ref", "--format=%(objectname)", "refs/made").split()
    heads = [*chance.sample(listed, min(2, len(listed))), "HEAD"]
    in_order = all(row[parent].at <= made.at for made in row for parent in made.parents)

    expected = answers(without_index(folder), heads, in_order=in_order)

    assert answers(folder, heads, in_order=in_order) == expected
    assert answers(folder, heads, in_order=in_order) == expected
    _spoil(index_of(folder), chance)
    assert answers(folder, heads, in_order=in_order) == expected


def _spoil(file: Path, chance: random.Random) -> None:
    """Do to a file what a crash or a disk does."""
    data = bytearray(file.read_bytes())
    what = chance.randrange(4)
    if what == 0:
        data = data[: chance.randrange(len(data))]
    elif what == 1:
        data[:] = b"not a database at all"
    else:
        for _ in range(chance.choice([1, 30])):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


@pytest.mark.parametrize("seed", range(3))
def test_any_byte_of_an_index_may_be_wrong(repo: Path, seed: int) -> None:
    chance = random.Random(seed)
    row = [
        Made(tuple([n - 1] if n else []), n * 9000, {chance.choice(FILES): f"due: {n}\n"})
        for n in range(40)
    ]
    make(repo, row)
    expected = answers(without_index(repo), ["HEAD"])
    file = index_of(repo)
    assert answers(repo, ["HEAD"]) == expected
    good = file.read_bytes()
    for _ in range(15):
        data = bytearray(good)
        for _ in range(3):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)

        assert answers(repo, ["HEAD"]) == expected


def test_pages_of_two_times_are_noticed(repo: Path) -> None:
    """A crash can leave some pages of a file as they were before, and some as after."""
    make(repo, [Made((), 0, {"issues/a.yaml": "due: 1\n"})])
    asked(repo, whole=True)
    before = index_of(repo).read_bytes()
    commit_all_of(repo, {"issues/a.yaml": "due: 2\n"})
    asked(repo, whole=True)
    after = index_of(repo).read_bytes()
    expected = answers(without_index(repo), ["HEAD"])
    size, pages = 4096, len(after) // 4096
    for page in range(pages):
        mixed = bytearray(after)
        mixed[page * size : (page + 1) * size] = before[page * size : (page + 1) * size]
        index_of(repo).write_bytes(mixed)

        assert answers(repo, ["HEAD"]) == expected


def commit_all_of(folder: Path, texts: dict[str, str]) -> None:
    git(folder, "reset", "-q", "--hard")
    write(folder, texts)
    commit_all(folder, " ".join(texts))


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Write down how git is run; return what was, since last asked."""
    log, real = tmp_path / "said", shutil.which("git")
    script = tmp_path / "bin" / "git"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec {real} "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}:{os.environ['PATH']}")

    def told() -> list[str]:
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [word for line in lines for word in line.split() if word in ("log", "cat-file")]

    return told


def test_it_answers_and_catches_up_in_one_process(
    repo: Path, said: Callable[[], list[str]]
) -> None:
    commit_all_of_first(repo)
    asked(repo, whole=True)
    said()

    assert len(asked(repo, ("issues/a.yaml",))) == 1
    assert said() == ["cat-file"]
    commit_all_of(repo, {"issues/a.yaml": "two"})
    said()
    assert len(asked(repo, ("issues/a.yaml",))) == 2
    assert said() == ["cat-file", "log"]
    assert len(touched(repo, ZONE)) == 1
    assert said() == ["cat-file"]
    assert len(list(revisions(repo, ("issues/a.yaml",), zone=ZONE, origins=True))) == 2
    assert said() == ["cat-file", "log"]
    asked(repo, changing="two")
    said()
    assert len(asked(repo, changing="two")) == 1
    assert said() == ["cat-file"]


def commit_all_of_first(folder: Path) -> None:
    write(folder, {"issues/a.yaml": "one"})
    commit_all(folder, "one")


def test_a_long_history_is_indexed_when_all_of_it_is_asked_for(
    repo: Path, said: Callable[[], list[str]]
) -> None:
    make(repo, [Made((n - 1,) if n else (), n, {"issues/a.yaml": f"{n}"}) for n in range(2100)])

    assert len(asked(repo, ("issues/a.yaml",), since=date(2021, 1, 4))) == 2100
    said()
    assert next(revisions(repo, ("issues/a.yaml",), zone=ZONE)).subject == "commit 2100"
    assert said() == ["cat-file", "log"]
    assert len(touched(repo, ZONE)) == 1
    said()
    assert len(asked(repo, ("issues/a.yaml",))) == 2100
    assert said() == ["cat-file"]


def test_what_an_older_looking_commit_comes_from_is_older(repo: Path) -> None:
    """git goes back from the newest commit until a day; a clock that went wrong ends it there."""
    days = [3, 4, 1, 5]
    row = [
        Made((n - 1,) if n else (), day * 86_400, {"issues/a.yaml": f"due: {n}\n"})
        for n, day in enumerate(days)
    ]
    make(repo, row)

    found = asked(repo, since=date(2021, 1, 6))

    assert [each.subject for each in found] == ["commit 4"]
    assert found == asked(without_index(repo), since=date(2021, 1, 6))


def test_other_branches_and_rewritten_history(repo: Path) -> None:
    commit_all_of_first(repo)
    asked(repo)
    git(repo, "switch", "-q", "-c", "side")
    commit_all_of(repo, {"issues/b.yaml": "side"})
    assert [each.subject for each in asked(repo)] == ["issues/b.yaml", "one"]
    git(repo, "switch", "-q", "main")
    assert [each.subject for each in asked(repo)] == ["one"]
    git(repo, "commit", "-q", "--amend", "-m", "other")
    git(repo, "branch", "-q", "-D", "side")
    git(repo, "reflog", "expire", "--expire=now", "--all")
    git(repo, "gc", "-q", "--prune=now")

    assert [each.subject for each in asked(repo)] == ["other"]
    assert [each.subject for each in asked(repo)] == ["other"]
    assert answers(repo, ["HEAD"]) == answers(without_index(repo), ["HEAD"])


def test_a_shallow_clone_that_is_deepened(repo: Path, tmp_path: Path) -> None:
    make(repo, [Made((n - 1,) if n else (), n, {"issues/a.yaml": f"{n}"}) for n in range(6)])
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{repo}", str(clone))
    assert len(asked(clone)) == 2
    git(clone, "fetch", "-q", "--unshallow")

    assert len(asked(clone)) == 6
    assert answers(clone, ["HEAD"]) == answers(without_index(clone), ["HEAD"])


def test_a_replaced_commit(repo: Path) -> None:
    commit_all_of_first(repo)
    commit_all_of(repo, {"issues/a.yaml": "two"})
    assert len(asked(repo)) == 2
    git(repo, "replace", "--graft", "HEAD")

    assert len(asked(repo)) == 1
    git(repo, "replace", "-d", git(repo, "rev-parse", "HEAD").strip())
    assert len(asked(repo)) == 2


def test_records_beside_each_other_and_linked_work_trees(repo: Path, tmp_path: Path) -> None:
    write(repo, {"one/issues/a.yaml": "1", "two/issues/a.yaml": "2", "two/issues/b.yaml": "2"})
    commit_all(repo, "both")
    git(repo, "worktree", "add", "-q", str(tmp_path / "linked"), "-b", "other")
    linked = tmp_path / "linked"

    assert [len(asked(repo / name)[0].versions) for name in ("one", "two")] == [1, 2]
    assert index_of(repo / "one") != index_of(repo / "two")
    assert index_of(linked / "one") == index_of(repo / "one")
    assert len(asked(linked / "two")[0].versions) == 2


def test_a_file_that_becomes_another_kind_of_thing(repo: Path) -> None:
    commit_all_of_first(repo)
    commit_all_of(repo, {"issues/b.yaml": "b"})
    (repo / "issues" / "a.yaml").unlink()
    (repo / "issues" / "a.yaml").symlink_to("b.yaml")
    commit_all(repo, "a link")
    (repo / "issues" / "b.yaml").chmod(0o755)
    commit_all(repo, "can be run")

    assert answers(repo, ["HEAD"]) == answers(without_index(repo), ["HEAD"])


def test_a_lock_or_another_format_keeps_nobody_from_an_answer(repo: Path) -> None:
    commit_all_of_first(repo)
    asked(repo)
    file = index_of(repo)
    commit_all_of(repo, {"issues/b.yaml": "b"})
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert len(asked(repo)) == 2
    other.execute("PRAGMA user_version = 99")
    other.execute("COMMIT")
    other.close()

    assert len(asked(repo)) == 2
    assert len(asked(repo)) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_can_not_be_written(repo: Path) -> None:
    commit_all_of_first(repo)
    asked(repo)
    commit_all_of(repo, {"issues/b.yaml": "b"})
    file = index_of(repo)
    file.chmod(0o444)
    file.parent.chmod(0o555)
    try:
        assert len(asked(repo)) == 2
    finally:
        file.parent.chmod(0o755)


@pytest.mark.parametrize(
    "setting",
    [
        "log.showRoot=false",
        "log.follow=true",
        "diff.suppressBlankEmpty=true",
        "diff.orderFile=order",
    ],
)
def test_what_a_person_set_for_git_changes_no_answer(repo: Path, setting: str) -> None:
    first = {"issues/a.yaml": "due: 1\n\nx: 1\n", "issues/b.yaml": "due: 1\n"}
    second = {"issues/a.yaml": "due: 2\n\nx: 1\n", "issues/b.yaml": "due: 2\n"}
    make(
        repo, [Made((), 0, first), Made((0,), 1, second), Made((0, 1), 2, {"issues/b.yaml": None})]
    )
    expected = answers(without_index(repo), ["HEAD"])
    (repo / "order").write_text("issues/b.yaml\n")
    git(repo, "config", *setting.replace("=order", f"={repo}/order").split("="))

    assert answers(repo, ["HEAD"]) == expected
    assert answers(without_index(repo), ["HEAD"]) == expected


def test_what_the_environment_says_of_diffs_changes_no_answer(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(repo, [Made((), 0, {"issues/a.yaml": "a: 1\nb: 1\nc: 1\n"})])
    commit_all_of(repo, {"issues/a.yaml": "a: 1\nb: 1\nc: 2\n"})
    expected = answers(repo, ["HEAD"])
    monkeypatch.setenv("GIT_DIFF_OPTS", "-u0")

    assert answers(without_index(repo), ["HEAD"]) == expected


def test_the_order_is_the_same_after_git_made_a_commit_graph(repo: Path) -> None:
    """With one, git tells the newest commits of a part of the history in another order."""
    day = 86_400
    row = [
        Made((), 0, {"issues/a.yaml": "1"}),
        Made((0,), day + 2, {"issues/a.yaml": "2"}),
        Made((0,), day + 1, {"issues/b.yaml": "3"}),
        Made((1, 2), 3 * day, {}),
    ]
    make(repo, row)
    expected = asked(repo, since=date(2021, 1, 5), until=date(2021, 1, 5))
    assert [each.subject for each in expected] == ["commit 2", "commit 3"]
    git(repo, "commit-graph", "write", "--reachable")

    assert asked(without_index(repo), since=date(2021, 1, 5), until=date(2021, 1, 5)) == expected


@pytest.mark.parametrize("name", ["record", "issues"])
def test_what_a_merge_decides_in_a_record_below_the_top(repo: Path, name: str) -> None:
    """git names the files of a merge's own diff from the top of the work tree."""
    file = f"{name}/issues/a.yaml"
    row = [
        Made((), 0, {file: "due: 1\n", "agencies/a.yaml": "due: 1\n"}),
        Made((0,), 1, {file: "due: 2\n"}),
        Made((0,), 2, {file: "due: 3\n"}),
        Made((1, 2), 3, {file: "due: 4\n", "agencies/a.yaml": "due: 9\n"}),
    ]
    make(repo, row)
    git(repo, "reset", "-q", "--hard")
    plain = without_index(repo) / name
    record = repo / name

    for folder in (plain, record):
        found = asked(folder, changing="due")
        assert [each.subject for each in found] == ["commit 4", "commit 3", "commit 2"]
        assert [v.path for each in found for v in each.versions] == ["issues/a.yaml"] * 3
        assert stamps(folder) == {"a": (START + 3, 4)}
        lines = next(iter(revisions(folder, ("issues/a.yaml",), zone=ZONE, origins=True)))
        assert [(v.path, v.new) for v in lines.versions] == [("issues/a.yaml", b"due: 4\n")]
    assert answers(record, ["HEAD"]) == answers(plain, ["HEAD"])


def test_a_git_that_is_sent_elsewhere_leaves_nothing_behind(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIT_DIR alone makes the record's folder the work tree's own, and every path another one."""
    write(repo, {"record/issues/a.yaml": "one"})
    commit_all(repo, "one")
    monkeypatch.setenv("GIT_DIR", str(repo / ".git"))
    asked(repo / "record", ("issues/a.yaml",), whole=True)
    monkeypatch.delenv("GIT_DIR")

    assert len(asked(repo / "record", ("issues/a.yaml",))) == 1


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Havana", date(2021, 11, 7)),
        ("Asia/Beirut", date(2021, 10, 30)),
        ("America/Asuncion", date(2021, 3, 27)),
        ("America/Sao_Paulo", date(2018, 11, 4)),
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Nowhere/Near", date(2021, 3, 14)),
    ],
)
def test_days_of_which_an_hour_comes_twice_or_never(repo: Path, zone: str, day: date) -> None:
    begins = int(datetime.combine(day, time(), UTC).timestamp()) - 24 * 3600
    row = [
        Made((n - 1,) if n else (), begins - START + n * 1200, {"issues/a.yaml": f"{n}"})
        for n in range(240)
    ]
    make(repo, row)
    plain = without_index(repo)
    known = {each.commit: each.on for each in revisions(repo, zone=zone)}

    for asked_day in (day - DAY, day, day + DAY):
        expected = [commit for commit, on in known.items() if on == asked_day]
        for folder in (repo, plain):
            found = revisions(folder, zone=zone, since=asked_day, until=asked_day)
            assert [each.commit for each in found] == expected


ODD_NAMES = ['a"b', "a\tb", "a\nb", "a\\b", "\x01c", "a b/c", "é", os.fsdecode(b"\xff")]


def test_names_of_files_that_git_quotes(repo: Path) -> None:
    for text in ("due: 1\n", "due: 2\n"):
        write(repo, {f"issues/{name}.yaml": text for name in ODD_NAMES})
        commit_all(repo, "odd names")
    expected = sorted(f"issues/{name}.yaml" for name in ODD_NAMES)

    for folder in (without_index(repo), repo):
        assert [sorted(v.path for v in each.versions) for each in asked(folder)] == [expected] * 2
        changed = asked(folder, changing="due")
        assert [sorted(v.path for v in each.versions) for each in changed] == [expected]
    assert answers(repo, ["HEAD"]) == answers(without_index(repo), ["HEAD"])


ODD_COMMITS = [
    b"author A\x02\x01B <a\x02@x> 1611000000 +0000\ncommitter A <a@x> 1611000000 +0000\n\n\x01 \x02\n",
    b"author A <a@x> 1611000000 +0000\ncommitter A <a@x>\n\nno time\n",
    b"author A <a@x> 1611000000 +0000\ncommitter A <a@x> -5 +0000\n\nbefore all\n",
    b"author A <a@x> 1611000000 +0000\ncommitter A <a@x> 9999999999999 +0000\n\nyear 318857\n",
    b"author A <a@x> 1611000000 +0000\ncommitter A <a@x> 99999999999999999999 +0000\n\nnever\n",
    b"author A <a@x> 1611000000 +0000\ncommitter A <a@x> 1611000000 +0000\n\ncut\0here\n",
    b"author  <> 1611000000 +0000\ncommitter  <> 1611000000 +0000\n\n",
]


@pytest.mark.parametrize("words", ODD_COMMITS)
def test_commits_that_no_git_made(repo: Path, words: bytes) -> None:
    commit_all_of_first(repo)
    commit_all_of(repo, {"issues/a.yaml": "two"})
    tree, parent = git(repo, "rev-parse", "HEAD^{tree}", "HEAD~1").split()
    said = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
        cwd=repo,
        input=f"tree {tree}\nparent {parent}\n".encode() + words,
        check=True,
        capture_output=True,
    ).stdout.decode()
    git(repo, "reset", "-q", "--hard", said.strip())
    commit_all_of(repo, {"issues/a.yaml": "three"})

    expected = answers(without_index(repo), ["HEAD"], in_order=False)
    assert len(asked(repo)) == 3
    assert answers(repo, ["HEAD"], in_order=False) == expected
    assert recent(repo, 10**4, None, ZONE) is not None


def test_two_processes_at_once(repo: Path) -> None:
    make(repo, [Made((n - 1,) if n else (), n, {"issues/a.yaml": f"{n}"}) for n in range(300)])
    script = (
        "import sys; from pathlib import Path; from nacoord.record.versions import revisions;"
        f"print(len(list(revisions(Path(sys.argv[1]), zone='{ZONE}', whole=True))))"
    )
    at_once = [
        subprocess.Popen([sys.executable, "-c", script, str(repo)], stdout=subprocess.PIPE)
        for _ in range(4)
    ]

    assert [each.communicate()[0] for each in at_once] == [b"300\n"] * 4
    assert len(asked(repo)) == 300


def test_the_order_of_branches_costs_what_branches_there_are() -> None:
    known = Ancestry(10**6, {1: (), 500: (10,), 501: (500, 499)}, array("q", [0]) * 10**6)

    assert known.runs(10**6).runs == [(10**6, 501), (499, 11), (500, 500), (10, 1)]
    assert known.runs(10**6, without=499).runs == [(10**6, 500)]
