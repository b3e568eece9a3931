"""Histories that no nacoord and no careful hand would make: every question answers, or says why not."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from nacoord.present.plain import _UNSAFE
from tests.support.cli import run
from tests.support.git import NOON
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.records import BASE
from tests.support.records import write

_PAST = (
    ["log"], ["history", "example"], ["blame", "example"], ["diff", "HEAD~1", "HEAD"], ["diff", "HEAD~1"], ["audit"],
    ["status", "--as-of", "HEAD"], ["check", "--as-of", "HEAD"], ["radar"], ["kept"], ["export", "json"], ["show", "example"],
)  # fmt: skip
_STYLE = re.compile("\x1b\\[[0-9;]*m")


def ask(*, codes: tuple[int, ...] = (0, 1, 3, 4)) -> str:
    """Ask everything about the past; return all that was said."""
    told = ""
    for words in _PAST:
        for form in (
            [*words, "--json"] if words[0] != "export" else words,
            ["--color", "always", *words],
        ):
            found = run(form)
            assert found.code in codes, (form, found.err)
            if words[0] != "export":
                text = _STYLE.sub("", found.out + found.err)
                assert not (bad := re.search(_UNSAFE, text)), (
                    form,
                    text[bad.start() - 50 : bad.end() + 50],
                )
            told += found.out + found.err
    return told


def raw(folder: Path, kind: str, data: bytes) -> str:
    """Write an object whatever it says; return its id."""
    words = ["git", "hash-object", "-t", kind, "-w", "--stdin", "--literally"]
    return (
        subprocess.run(words, cwd=folder, input=data, capture_output=True, check=True)
        .stdout.decode()
        .strip()
    )


def commit(folder: Path, data: bytes, tree: str = "HEAD^{tree}") -> None:
    """Make a commit of any bytes the head; TREE and PARENT stand for their ids."""
    tree_id = git(folder, "rev-parse", tree).strip().encode()
    parent = git(folder, "rev-parse", "HEAD").strip().encode()
    made = raw(folder, "commit", data.replace(b"TREE", tree_id).replace(b"PARENT", parent))
    (folder / ".git" / "refs" / "heads" / "main").write_text(f"{made}\n")


_HEAD = b"tree TREE\nparent PARENT\nauthor A <a@x> 1610989200 +0000\ncommitter A <a@x> 1610989200 +0000\n"
COMMITS = {
    "no author": b"tree TREE\nparent PARENT\ncommitter A <a@x> 1610989200 +0000\n\nNo author\n",
    "an empty author": b"tree TREE\nparent PARENT\nauthor  <> 1610989200 +0000\ncommitter  <> 1610989200 +0000\n\nx\n",
    "no committer": b"tree TREE\nparent PARENT\nauthor A <a@x> 1610989200 +0000\n\nx\n",
    "no time": b"tree TREE\nparent PARENT\nauthor A <a@x>\ncommitter A <a@x>\n\nx\n",
    "an endless time": _HEAD.replace(b"1610989200", b"99999999999999999999"),
    "a time before all": _HEAD.replace(b"1610989200", b"-99999999999"),
    "a zone of its own": _HEAD.replace(b"+0000", b"+9999") + b"\nx\n",
    "a wrong encoding": _HEAD + b"encoding UTF-16\n\nS\xfcbject \xff\xfe\n",
    "an encoding that is none": _HEAD + b"encoding \x1b[31mx\n\nx \xe9\n",
    "Latin-1 unsaid": _HEAD + b"\nCaf\xe9 \xff\n",
    "no message": _HEAD,
    "an empty message": _HEAD + b"\n",
    "a NUL": _HEAD + b"\nbefore\0after\n\nNacoord-Action: set\n",
    "carriage returns": _HEAD + b"\r\nSubject\r\n\r\nBody\rmore\r\n",
    "escapes": _HEAD + b"\n\x1b]0;title\x07 \x1b[2J \x9b31m \xe2\x80\xae [red]x[/red]\n\nwhy \x1b[31m\n",
    "our own marks": _HEAD + b"\n\x00\x01HEAD\n\x01\n\nNacoord-Action: set\n",
    "forged trailers": _HEAD + b"\nx\n\nNacoord-Action: \x1b[31mset\nNacoord-Record: example priority\nNacoord-Record: ../../x y\nNacoord-Renamed: a b c\nNacoord-Record:\n",
    "a trailer as the subject": _HEAD + b"\nNacoord-Action: set\nNacoord-Record: example title\n",
    "many trailers": _HEAD + b"\nx\n\nNacoord-Action: set\n" + b"Nacoord-Record: example title\n" * 20_000,
    "an author with line ends": _HEAD.replace(b"author A", b"author A\x0bB\x0cC\xc2\x85D\xe2\x80\xa8E") + b"\nx\n",
    "an author as an option": _HEAD.replace(b"A <a@x>", b"--output=x <-c>") + b"\nx\n",
    "an author with escapes": _HEAD.replace(b"A <a@x>", b"\x1b[31mE [red] <\x1b]0;x\x07>") + b"\nx\n",
    "unknown headers": _HEAD + b"evil header\n over lines\n\nx\n",
    "a signature of nothing": _HEAD + b"gpgsig x\n\nx\n",
    "itself as a parent twice": _HEAD.replace(b"parent PARENT\n", b"parent PARENT\nparent PARENT\n") + b"\nx\n",
    "a parent that is not there": _HEAD.replace(b"PARENT", b"1" * 40) + b"\nx\n",
    "a tree that is not there": _HEAD.replace(b"TREE", b"2" * 40) + b"\nx\n",
}  # fmt: skip


@pytest.mark.parametrize("name", [*(pytest.param(n, marks=pytest.mark.slow) if n not in ("escapes",) else n for n in COMMITS)])  # fmt: skip
def test_commits(name: str, folder: Path) -> None:
    write(folder, {"issues/example.yaml": BASE["issues/example.yaml"].replace("P1", "P2")})
    git(folder, "add", "-A")
    commit(folder, COMMITS[name], tree=git(folder, "write-tree").strip())

    ask(codes=(0, 1, 3, 4, 2) if "not there" in name else (0, 1, 3, 4))


def _tree(folder: Path, *entries: tuple[bytes, bytes, str]) -> str:
    rows = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(id) for mode, name, id in entries)
    return raw(folder, "tree", rows)


TREES: dict[str, list[tuple[bytes, bytes]]] = {
    "the same twice": [(b"100644", b"sre.yaml"), (b"100644", b"sre.yaml")],
    "a folder above": [(b"40000", b".."), (b"100644", b"sre.yaml")],
    "the folder itself": [(b"40000", b".")],
    "git's own": [(b"40000", b".git"), (b"40000", b".GIT"), (b"40000", b"git~1")],
    "a slash": [(b"100644", b"a/b.yaml"), (b"100644", b"../../../evil.yaml"), (b"100644", b"/etc/x.yaml")],
    "no name": [(b"100644", b"")],
    "names that are no text": [(b"100644", b"\xff\xfe.yaml"), (b"100644", b"a\nb.yaml"), (b"100644", b"\x1b[31mx.yaml"), (b"100644", b"\t.yaml"), (b"100644", b'"q".yaml')],
    "options": [(b"100644", b"--output=x.yaml"), (b"100644", b"-c.yaml"), (b"100644", b":(top)x.yaml")],
    "letters alike": [(b"100644", b"SRE.yaml"), (b"100644", b"sre.yaml"), (b"100644", b"Sre.yaml")],
    "a secret": [(b"120000", b"sre.yaml")],
    "a submodule": [(b"160000", b"sre.yaml"), (b"160000", b"inner")],
    "strange modes": [(b"100777", b"sre.yaml"), (b"0", b"x.yaml"), (b"777777", b"y.yaml"), (b"100664", b"z.yaml")],
    "a folder as a record": [(b"40000", b"sre.yaml")],
}  # fmt: skip


@pytest.mark.parametrize("name", [*(pytest.param(n, marks=pytest.mark.slow) if n not in ("a folder above",) else n for n in TREES)])  # fmt: skip
def test_trees(name: str, folder: Path, tmp_path: Path) -> None:
    blob = raw(
        folder, "blob", b"/etc/passwd" if name == "a secret" else BASE["agencies/sre.yaml"].encode()
    )
    empty = _tree(folder, (b"100644", b"x.yaml", blob))
    head = git(folder, "rev-parse", "HEAD").strip()
    kinds = {b"40000": empty, b"160000": head}
    inner = _tree(folder, *((mode, entry, kinds.get(mode, blob)) for mode, entry in TREES[name]))
    listed = git(folder, "ls-tree", "HEAD").splitlines()
    rows = [re.split("[ \t]", line, maxsplit=3) for line in listed]
    whole = _tree(
        folder,
        *(
            (mode.encode(), entry.encode(), inner if entry == "agencies" else id)
            for mode, _, id, entry in rows
        ),
    )
    commit(folder, _HEAD + b"\nStrange\n", tree=whole)

    told = ask()
    assert "root:" not in told
    for words in (
        ["archive", "-o", str(tmp_path / "kept")],
        ["undo"],
        ["export", "csv", "-o", str(tmp_path / "csv")],
    ):
        found = run(words)
        assert found.code in (0, 1, 3, 4), (words, found.err)
    assert not list(tmp_path.rglob("evil.yaml"))


def _refs(folder: Path) -> None:
    head = git(folder, "rev-parse", "HEAD").strip()
    with (folder / ".git" / "packed-refs").open("a") as file:
        for name in ("heads/--output=x", "heads/-c", "tags/HEAD", f"tags/{head}", f"heads/{head[:10]}", "tags/2021-01-18", "heads/$(touch x)", "heads/é\u202e", "heads/a'b\"c", "tags/nacoord-anchor-x;rm", "tags/nacoord-anchor-\u202e"):  # fmt: skip
            file.write(f"{head} refs/{name}\n")


def _replaced(folder: Path) -> None:
    head = git(folder, "rev-parse", "HEAD").strip()
    other = git(folder, "commit-tree", "-m", "Replaced", "HEAD^{tree}").strip()
    git(folder, "replace", head, other)


def _replaced_in_a_circle(folder: Path) -> None:
    ids = git(folder, "rev-list", "HEAD").split()
    for one, two in ((ids[0], ids[1]), (ids[1], ids[0])):
        (folder / ".git" / "refs" / "replace").mkdir(exist_ok=True)
        (folder / ".git" / "refs" / "replace" / one).write_text(f"{two}\n")


def _grafts(folder: Path) -> None:
    head = git(folder, "rev-parse", "HEAD").strip()
    (folder / ".git" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "info" / "grafts").write_text(f"{head}\n\x1b[31m nonsense\n")


def _alternates(folder: Path) -> None:
    place = folder / ".git" / "objects" / "info" / "alternates"
    place.parent.mkdir(exist_ok=True)
    place.write_text("/etc\n../../../../nowhere\n/dev/zero\n#\n")


def _shallow(folder: Path) -> None:
    (folder / ".git" / "shallow").write_text(git(folder, "rev-parse", "HEAD"))


def _broken_head(folder: Path) -> None:
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/../../../etc/passwd\n")


def _head_as_an_option(folder: Path) -> None:
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/--output=x\n")
    head = git(folder, "rev-parse", "main").strip()
    (folder / ".git" / "refs" / "heads" / "--output=x").write_text(f"{head}\n")


def _elsewhere(folder: Path) -> None:
    (folder / ".git").rename(folder.parent / "real.git")
    (folder / ".git").write_text("gitdir: ../real.git\n")


def _work_tree_elsewhere(folder: Path) -> None:
    git(folder, "config", "core.worktree", "/etc")


def _mailmap(folder: Path) -> None:
    (folder / ".mailmap").write_text("Evil \x1b[31m <e@e> <a@nao.example>\n")
    git(folder, "config", "log.mailmap", "true")


def _attributes(folder: Path) -> None:
    (folder / ".gitattributes").write_text(
        "*.yaml ident eol=crlf working-tree-encoding=UTF-16 -text diff=x export-ignore export-subst\n"
    )


def _submodule(folder: Path) -> None:
    (folder / ".gitmodules").write_text(
        '[submodule "x"]\n\tpath = inner\n\turl = "ext::sh -c \'touch ../canary\'"\n\tupdate = "!touch ../canary"\n'
        '[submodule "../../evil"]\n\tpath = -c\n\turl = -u./x\n'
    )
    head = git(folder, "rev-parse", "HEAD").strip()
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{head},inner")
    git(folder, "add", ".gitmodules")
    git(folder, "commit", "-q", "-m", "A submodule")


STATES: dict[str, Callable[[Path], None]] = {
    name.strip("_"): made
    for name, made in {
        made.__name__: made
        for made in (_refs, _replaced, _replaced_in_a_circle, _grafts, _alternates, _shallow, _broken_head, _head_as_an_option, _elsewhere, _work_tree_elsewhere, _mailmap, _attributes, _submodule)
    }.items()
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", STATES)
def test_states(name: str, folder: Path) -> None:
    write(folder, {"issues/example.yaml": BASE["issues/example.yaml"].replace("P1", "P2")})
    commit_all(folder, "Go on", on=NOON)
    STATES[name](folder)
    before = sorted(os.listdir(folder.parent))

    ask(codes=(0, 1, 2, 3, 4))
    for words in (["set", "example", "priority=P3"], ["undo"]):
        assert run(words).code in (0, 1, 2, 4), words
    assert sorted(os.listdir(folder.parent)) == before
    assert not (folder / "x").exists()


def test_hostile_keys_and_names_in_old_versions(folder: Path) -> None:
    texts = {
        "issues/example.yaml": BASE["issues/example.yaml"]
        + '"\\e[31mkey": {"\\e]0;x\\a": ["\\u202e"]}\n',
        "agencies/\x1b[31mred.yaml": "title: x\n",
        "agencies/[red].yaml": "title: x\n",
    }
    write(folder, texts)
    commit_all(folder, "Hostile names", who="\x1b[31mEvil")
    write(folder, BASE)
    commit_all(folder, "Good again")

    told = ask()
    assert "\\x1b[31mred" in told
