"""An archive: whole, the same bytes for the same commit, and verified with git and sha256sum alone."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.cli import Ran
from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import office
from tests.support.records import write


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = office(tmp_path / "record")
    write(place, {"briefs/a\\b – été.md": "# A brief\n", "agencies/texas.yaml": (place / "agencies/texas.yaml").read_text() + "marking: deliberative\n"})  # fmt: skip
    commit_all(place, "Mark it", on="2021-01-19T12:00:00-05:00")
    git(place, "tag", "-a", "-m", "Anchored", "nacoord-anchor-2021-01-19")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NACOORD_DATA", "record")
    return place


def archived(name: str, *words: str) -> Path:
    found = run(["archive", "-o", name, *words])
    assert found.code == 0, found.err
    return Path(name)


def differences(path: str | Path) -> list[str]:
    found = run(["archive", "--verify", str(path), "--json"])
    told = [f"{each['path']}: {each['what']}" for each in found.json["data"]["differences"]]
    assert found.code == (1 if told else 0)
    return told


def test_it_holds_the_record_its_history_and_what_both_mean(folder: Path) -> None:
    made = run(["archive", "-o", "kept"])
    head = git(folder, "rev-parse", "HEAD").strip()

    assert made.code == 0
    assert f"The record at {head[:10]}: 17 files, 2 commits and 1 anchor" in made.out
    readme = Path("kept/README.txt").read_text()
    assert readme.startswith("DELIBERATIVE\n")
    assert readme.endswith("\nDELIBERATIVE\n")
    for said in ("the Test Office", head, "2021-01-18 to 2021-01-19", "44 U.S.C. 2201-2209", "its own inference"):  # fmt: skip
        assert said in readme
    manifest = json.loads(Path("kept/MANIFEST.json").read_text())
    assert (manifest["archive"], manifest["commit"], manifest["commits"]) == (1, head, 2)
    assert list(manifest["refs"]) == ["HEAD", "refs/heads/main", "refs/tags/nacoord-anchor-2021-01-19"]  # fmt: skip
    assert Path("kept/record/briefs/a\\b – été.md").read_text() == "# A brief\n"
    assert {file.name for file in Path("kept").iterdir()} == {
        "MANIFEST.json", "README.txt", "SHA256SUMS", "format.md", "history.bundle", "record", "schemas",
    }  # fmt: skip


def test_git_and_sha256sum_alone_verify_it(folder: Path) -> None:
    archived("kept")
    script = """
        sha256sum --strict --quiet -c SHA256SUMS
        git clone -q history.bundle ../check
        git -C ../check bundle verify ../kept/history.bundle
        git -C ../check fsck --strict
        test "$(git -C ../check rev-parse nacoord-anchor-2021-01-19^{commit})" = "$(git -C ../record rev-parse HEAD)"
        diff -r --exclude=.git record ../check
        sed 's/^\\\\//' SHA256SUMS | cut -c67- | LC_ALL=C sort -c
    """
    done = subprocess.run(
        ["bash", "-euc", script], cwd="kept", capture_output=True, check=False, text=True
    )

    assert done.returncode == 0, done.stderr
    assert "records a complete history" in done.stdout
    assert differences("kept") == []


def test_the_readme_says_commands_that_work(tmp_path: Path, folder: Path) -> None:
    place = tmp_path / "whole" / "the office's $x"
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns(".git"))
    (place / "briefs/link.md").symlink_to("../nacoord.yaml")
    (place / ".gitattributes").write_text("*.yaml text eol=crlf\n*.md ident\n")
    git(tmp_path / "whole", "init", "-q")
    commit_all(tmp_path / "whole", "Begin")
    _readme_works("kept")
    _readme_works("other", "--data", str(place))


def _readme_works(name: str, *words: str) -> None:
    kept = archived(name, *words)
    text = (kept / "README.txt").read_text()
    commands = [line.split("#")[0] for line in text.splitlines() if line[4:5].strip() and line.startswith("    ")]  # fmt: skip
    assert len(commands) == 8
    done = subprocess.run(
        ["bash", "-euc", "\n".join(commands)], cwd=kept, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_a_tar_holds_the_same_and_nothing_of_the_machine() -> None:
    archived("kept")
    archived("kept.tar")
    with tarfile.open("kept.tar") as tar:
        members = tar.getmembers()
        tar.extractall("unpacked", filter="data")

    names = [member.name for member in members]
    assert names == sorted(names, key=str.encode)
    assert {(each.uid, each.gid, each.uname, each.gname) for each in members} == {(0, 0, "", "")}
    assert {each.mtime for each in members} == {1611075600}
    assert {each.mode for each in members if each.isreg()} == {0o644}
    [top] = Path("unpacked").iterdir()
    assert subprocess.run(["diff", "-r", "kept", top], check=False).returncode == 0
    assert differences("kept.tar") == []
    assert str(Path.cwd()).encode() not in Path("kept.tar").read_bytes()


def test_the_same_commit_makes_the_same_bytes(folder: Path) -> None:
    first = archived("one.tar").read_bytes()
    git(folder, "gc", "-q", "--aggressive")
    assert archived("two.tar").read_bytes() == first
    git(folder.parent, "clone", "-q", "record", "again")
    git(Path("again"), "config", "pack.window", "1")
    assert archived("three.tar", "--data", "again").read_bytes() == first


def _flip(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :]


def test_a_changed_byte_in_any_file_is_named() -> None:
    archived("kept")
    paths = sorted(str(file.relative_to("kept")) for file in Path("kept").rglob("*") if file.is_file())  # fmt: skip
    assert len(paths) > 20
    for path in paths:
        file = Path("kept", path)
        before = file.read_bytes()
        file.write_bytes(_flip(before))
        told = differences("kept")
        assert told, path
        assert path == "SHA256SUMS" or f"{path}: is not what SHA256SUMS says" in told
        if path.startswith("record/"):
            assert f"{path}: is not what the history's last commit says" in told
        file.write_bytes(before)
    assert differences("kept") == []


def test_what_is_missing_or_added_is_named() -> None:
    archived("kept")
    paths = sorted(str(file.relative_to("kept")) for file in Path("kept").rglob("*") if file.is_file())  # fmt: skip
    for path in paths:
        file = Path("kept", path)
        before = file.read_bytes()
        file.unlink()
        assert f"{path}: is missing" in differences("kept")
        file.write_bytes(before)
    write(Path("kept"), {"record/issues/more.yaml": "x\n", "more.txt": "x\n"})
    Path("kept/empty").mkdir()
    Path("kept/link").symlink_to("/etc/passwd")
    assert set(differences("kept")) == {
        "link: is no regular file",
        "empty: is an empty folder",
        "more.txt: is not in SHA256SUMS",
        "record/issues/more.yaml: is not in SHA256SUMS",
        "record/issues/more.yaml: is not in the history's last commit",
    }


def test_new_sums_do_not_hide_a_change_of_the_record() -> None:
    archived("kept")
    file = Path("kept/record/issues/example.yaml")
    file.write_text(file.read_text().replace("P1", "P2"))
    subprocess.run(
        "LC_ALL=C find . -type f ! -name SHA256SUMS -printf '%P\\0' | sort -z | xargs -0 sha256sum > ../S; mv ../S SHA256SUMS",
        shell=True,
        cwd="kept",
        check=True,
        env={**os.environ, "LC_ALL": "C"},
    )

    assert differences("kept") == [
        "record/issues/example.yaml: is not what the history's last commit says"
    ]


def test_the_history_must_be_the_one_the_manifest_names(folder: Path) -> None:
    archived("kept")
    write(folder, {"briefs/new.md": "x\n"})
    commit_all(folder, "More", on="2021-01-20T12:00:00-05:00")
    archived("later")
    shutil.copy("later/history.bundle", "kept/history.bundle")
    told = differences("kept")

    assert "history.bundle: is not what SHA256SUMS says" in told
    assert "history.bundle: has HEAD otherwise than MANIFEST.json says" in told
    manifest = json.loads(Path("later/MANIFEST.json").read_text())
    manifest["commit"] = git(folder, "rev-parse", "HEAD~").strip()
    Path("later/MANIFEST.json").write_text(json.dumps(manifest))
    assert "history.bundle: ends with another commit than MANIFEST.json says" in differences("later")  # fmt: skip
    Path("kept/MANIFEST.json").write_text('{"archive": 2}')
    assert "MANIFEST.json: can't be read: it is of version 2; this nacoord reads 1" in differences("kept")  # fmt: skip
    Path("kept/MANIFEST.json").write_text("[" * 100_000)
    assert "MANIFEST.json: can't be read: it is no manifest of an archive" in differences("kept")


def _tar(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    with tarfile.open("bad.tar", "w") as tar:
        for member, data in members:
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))


def test_a_tar_that_leads_elsewhere_is_named_and_touches_nothing(tmp_path: Path) -> None:
    def member(name: str, type: bytes = tarfile.REGTYPE, to: str = "") -> tarfile.TarInfo:
        found = tarfile.TarInfo(name)
        found.type, found.linkname = type, to
        return found

    _tar([(member("a/x"), b"1"), (member("a/x"), b"2"), (member("a/../../out"), b"3"), (member("b/y"), b"4"), (member("a/l", tarfile.SYMTYPE, "/etc"), b""), (member("/abs"), b"5")])  # fmt: skip
    told = differences("bad.tar")

    for said in ("x: is there twice", "a/../../out: leads elsewhere", "b/y: leads elsewhere", "a/l: is no regular file", "README.txt: is missing"):  # fmt: skip
        assert said in told
    assert not (tmp_path.parent / "out").exists()
    whole = archived("whole.tar").read_bytes()
    Path("cut.tar").write_bytes(whole[: len(whole) // 2])
    assert any("the tar can't be read" in each or "is missing" in each for each in differences("cut.tar"))  # fmt: skip
    Path("no.tar").write_bytes(b"no tar at all")
    assert any("the tar can't be read" in each for each in differences("no.tar"))


def test_what_is_hidden_in_a_tar_is_named() -> None:
    whole = archived("whole.tar").read_bytes()
    with tarfile.open("whole.tar") as tar:
        top, last = tar.getmembers()[0].name, tar.getmembers()[-1]
    end = last.offset_data + -(-last.size // 512) * 512
    zeros = bytes(1024)
    header = bytearray(tarfile.TarInfo(f"{top}/extra").tobuf())
    header[0] ^= 1
    empty = tarfile.TarInfo(f"{top}/record/empty")
    empty.type = tarfile.DIRTYPE

    for data, said in (
        (whole + b"secret", "something that is no file of it stands at its end"),
        (whole + whole, "something that is no file of it stands at its end"),
        (whole[:end] + bytes(header) + zeros, "something that is no file of it stands at its end"),
        (whole[:end], "its end is missing"),
        (whole[:end] + zeros[:512], "its end is missing"),
    ):
        Path("bad.tar").write_bytes(data)
        assert differences("bad.tar") == [f"bad.tar: the tar can't be read to its end: {said}"]
    Path("bad.tar").write_bytes(whole[:end] + empty.tobuf() + zeros)
    assert differences("bad.tar") == ["record/empty: is an empty folder"]
    Path("bad.tar").write_bytes(whole[:end] + zeros)
    assert differences("bad.tar") == []


def test_verifying_needs_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archived("kept.tar")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.delenv("NACOORD_DATA")
    found = run(["archive", "--verify", "../kept.tar"])

    assert found.code == 0
    assert "../kept.tar is what it says" in found.out
    assert run(["archive", "--verify", "../kept.tar", "-q"]).out == ""
    missing = run(["archive", "--verify", "nowhere.tar"])
    assert (missing.code, "there is no archive nowhere.tar" in missing.err) == (2, True)


def refused(*words: str) -> Ran:
    before = sorted(os.listdir())
    found = run(["archive", *words])
    assert found.code
    assert sorted(os.listdir()) == before
    return found


def _edit(folder: Path) -> None:
    file = folder / "issues/example.yaml"
    file.write_text(file.read_text().replace("P1", "P2"))


def _add(folder: Path) -> None:
    write(folder, {"agencies/new.yaml": "title: New\nlevel: local\nsphere: both\n"})


def _merge(folder: Path) -> None:
    (folder / ".git/MERGE_HEAD").write_text(git(folder, "rev-parse", "HEAD"))


def _shallow(folder: Path) -> None:
    git(folder.parent, "clone", "-q", "--depth=1", f"file://{folder}", "cut")
    shutil.rmtree(folder)
    Path("cut").rename(folder)


def _partial(folder: Path) -> None:
    git(folder, "config", "remote.origin.promisor", "true")


def _odd(folder: Path) -> None:
    write(folder, {"briefs/a\nb.md": "x"})
    commit_all(folder, "Odd")


def _submodule(folder: Path) -> None:
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},briefs/sub")
    git(folder, "commit", "-q", "-m", "Sub")
    (folder / "briefs/sub").mkdir(parents=True)


@pytest.mark.parametrize(
    ("change", "said", "hint"),
    [
        (_edit, "not committed: issues/example.yaml", "nacoord commit"),
        (_add, "not committed: agencies/new.yaml", "nacoord commit"),
        (_merge, "a merge is under way", "git merge --abort"),
        (_shallow, "the history is cut off (shallow clone)", "git fetch --unshallow"),
        (_partial, "part of the history is not here", "git clone"),
        (lambda folder: git(folder, "checkout", "-q", "--detach"), "no branch is checked out", "git switch"),
        (_odd, "has a control character in it", "git mv"),
        (_submodule, "briefs/sub is a submodule", "by itself"),
        (lambda folder: shutil.rmtree(folder / ".git"), "not in a git repository", "init"),
    ],
)  # fmt: skip
def test_what_would_not_be_whole_is_refused(
    change: Callable[[Path], None], said: str, hint: str, folder: Path
) -> None:
    change(folder)
    found = refused("-o", "kept.tar")

    assert said in found.err
    assert hint in found.err
    assert "\n  " in found.err


def test_files_beside_the_record_that_git_does_not_know_are_no_matter(folder: Path) -> None:
    write(folder, {"scratch.txt": "mine\n"})
    archived("kept")

    assert not Path("kept/record/scratch.txt").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "record/inside"], "in the record's own folder"),
        (["-o", "record"], "is there already"),
        (["-o", "nowhere/kept"], "mkdir -p nowhere"),
        (["-o", "kept.tar.gz"], "gzip -n"),
        (["-o", "kept", "--marking", "public"], "nacoord export --marking public"),
        (["-o", "kept", "--as-of", "2021-01-18"], "leave out --as-of"),
        ([], "nacoord archive -o FILE.tar"),
        (["-o", "kept", "--verify", "kept"], "nacoord archive --verify FILE.tar"),
    ],
)
def test_what_is_typed_wrong(words: list[str], said: str) -> None:
    found = refused(*words)

    assert found.code == 2
    assert said in found.err


def test_a_file_that_is_there_is_left_as_it_is() -> None:
    Path("kept.tar").write_text("mine")
    assert "is there already" in refused("-o", "kept.tar").err
    Path("link.tar").symlink_to("nowhere")
    assert "is there already" in refused("-o", "link.tar").err
    assert Path("kept.tar").read_text() == "mine"


def test_the_command_that_verifies_it_can_be_copied() -> None:
    assert "nacoord archive --verify 'two words.tar'" in run(["archive", "-o", "two words.tar"]).out


def test_a_record_in_a_folder_of_a_repository(folder: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole / "data", ignore=shutil.ignore_patterns(".git"))
    write(whole, {"README.md": "Other things\n"})
    git(whole, "init", "-q")
    commit_all(whole, "Begin")
    archived("kept", "--data", "whole/data")

    assert differences("kept") == []
    assert not Path("kept/record/README.md").exists()
    assert "diff -r --exclude=.git record check/data\n" in Path("kept/README.txt").read_text()


def test_links_are_kept_as_files_that_say_where_they_lead(folder: Path) -> None:
    (folder / "briefs/link.md").symlink_to("/etc/passwd")
    commit_all(folder, "Link")
    archived("kept")

    file = Path("kept/record/briefs/link.md")
    assert not file.is_symlink()
    assert file.read_text() == "/etc/passwd"
    assert json.loads(Path("kept/MANIFEST.json").read_text())["links"] == ["briefs/link.md"]
    assert differences("kept") == []


def test_a_repository_of_sha256(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "longer"
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns(".git"))
    git(place, "init", "-q", "--object-format=sha256")
    commit_all(place, "Begin")
    archived("kept", "--data", "longer")

    assert differences("kept") == []
    assert Path("kept/history.bundle").read_bytes().startswith(b"# v3 git bundle\n@object-format=sha256\n")  # fmt: skip


def test_a_record_that_can_not_be_read_whole_is_archived_and_told(folder: Path) -> None:
    write(folder, {"agencies/dhs.yaml": "title: [\n"})
    commit_all(folder, "Break it")
    found = run(["archive", "-o", "kept"])

    assert found.code == 3
    assert "1 file could not be read" in found.err
    assert Path("kept/README.txt").read_text().startswith("CUI//UNKNOWN\n")
    assert differences("kept") == []


def test_json_tells_what_was_made(folder: Path) -> None:
    data = run(["archive", "-o", "kept.tar", "--json"]).json["data"]

    assert (data["path"], data["marking"], data["commits"]) == ("kept.tar", "deliberative", 2)
    again = run(["archive", "--verify", "kept.tar", "--json"]).json
    assert (again["kind"], again["data"]["sums"]) == ("verify", data["sums"])


def _killed_at(number: int, words: list[str]) -> bool:
    """Run a command in a child that dies at one of its writes; tell whether it came so far."""
    child = os.fork()
    if child == 0:
        count = 0

        def counted(operation: Callable[..., object]) -> Callable[..., object]:
            def call(*given: object, **named: object) -> object:
                nonlocal count
                count += 1
                if count == number:
                    os._exit(137)
                return operation(*given, **named)

            return call

        for name in ("fsync", "utime", "rename", "link", "replace"):
            setattr(os, name, counted(getattr(os, name)))
        subprocess.run = counted(subprocess.run)  # type: ignore[assignment]
        os._exit(run(words).code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 137


@pytest.mark.parametrize("name", ["kept", "kept.tar"])
def test_killed_half_way_it_leaves_nothing_but_what_is_hidden(name: str) -> None:
    before = set(os.listdir())
    number = 1
    while _killed_at(number, ["archive", "-o", name, "-q"]):
        new = set(os.listdir()) - before
        if name in new:
            assert differences(name) == []
            shutil.rmtree(name) if Path(name).is_dir() else Path(name).unlink()
        assert all(each.startswith(".nacoord-") for each in new - {name}), new
        number += 7
    assert number > 20
    assert differences(name) == []
