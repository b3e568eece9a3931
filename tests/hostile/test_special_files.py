"""What stands where a file of the record should, and is none: it is said, and nothing waits for it."""

from __future__ import annotations

import os
import resource
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.git import git
from tests.support.office import office

_READS = (
    ["check"],
    ["status"],
    ["show", "odd"],
    ["list", "agency"],
    ["search", "x"],
    ["export", "json"],
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = office(tmp_path / "record")
    monkeypatch.setenv("NACOORD_TODAY", "2021-01-20")
    return place


def ask(folder: Path, *words: str) -> tuple[int, str]:
    """Run a command that may take so much memory and processor time, and is ended when it waits."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        resource.setrlimit(resource.RLIMIT_AS, (3 * 1024**3,) * 2)

    command = ["timeout", "--signal=KILL", "100", sys.executable, "-m", "nacoord", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, preexec_fn=limit)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def _socket(file: Path) -> None:
    made = socket.socket(socket.AF_UNIX)
    before = Path.cwd()
    os.chdir(file.parent)  # the name of a socket is short
    try:
        made.bind(file.name)
    finally:
        os.chdir(before)
        made.close()


def _device(number: tuple[int, int], kind: int = stat.S_IFCHR) -> Callable[[Path], None]:
    def make(file: Path) -> None:
        try:
            os.mknod(file, 0o666 | kind, os.makedev(*number))
        except PermissionError:
            pytest.skip("only root makes devices")

    return make


def _sparse(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(1 << 40)


def _linked(file: Path) -> None:
    (file.parent / "target.txt").write_text("title: Odd\nlevel: state\nsphere: both\n")
    os.link(file.parent / "target.txt", file)


SPECIAL: dict[str, tuple[Callable[[Path], None], str]] = {
    "a pipe": (os.mkfifo, "not-a-file"),
    "a socket": (_socket, "not-a-file"),
    "endless zeros": (_device((1, 5)), "not-a-file"),
    "nothing": (_device((1, 3)), "not-a-file"),
    "random bytes": (_device((1, 9)), "not-a-file"),
    "a terminal": (_device((5, 0)), "not-a-file"),
    "a disk": (_device((7, 200), stat.S_IFBLK), "not-a-file"),
    "a folder": (Path.mkdir, "not-a-file"),
    "a huge file": (_sparse, "too-large"),
    "a link to zeros": (lambda file: file.symlink_to("/dev/zero"), "symlink-outside"),
    "a link to a secret": (lambda file: file.symlink_to("/etc/passwd"), "symlink-outside"),
    "a link to a process": (lambda file: file.symlink_to("/proc/self/environ"), "symlink-outside"),
    "a link to itself": (lambda file: file.symlink_to(file.name), "error["),
    "a link to nowhere": (lambda file: file.symlink_to("nowhere.yaml"), "unreadable-file"),
    "a link to standard input": (lambda file: file.symlink_to("/dev/stdin"), "symlink-outside"),
    "a link to the folder": (lambda file: file.symlink_to("."), "not-a-file"),
    "a long chain of links": (
        lambda file: [
            (file.parent / (f".l{n}" if n else file.name)).symlink_to(f".l{n + 1}") for n in range(60)
        ] and None,
        "error[",
    ),
}  # fmt: skip


_QUICK = {"a pipe", "endless zeros", "a link to a secret"}


@pytest.mark.parametrize(
    "name",
    [name if name in _QUICK else pytest.param(name, marks=pytest.mark.slow) for name in SPECIAL],
)
def test_as_a_record(name: str, folder: Path) -> None:
    make, code = SPECIAL[name]
    make(folder / "agencies" / "odd.yaml")
    reads = _READS if name == "a pipe" else _READS[:1]
    for words in reads:
        ended, said = ask(folder, *words)
        assert ended == 3, (words, said)
        assert "root:" not in said
        assert "PATH=" not in said
    assert code in ask(folder, "check")[1]


def test_a_hard_link_is_a_file(folder: Path) -> None:
    # Whoever can make one in the folder could as well copy the file there.
    _linked(folder / "agencies" / "odd.yaml")

    assert ask(folder, "show", "odd")[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["a pipe", "endless zeros", "a link to zeros", "a huge file", "a folder"]
)
def test_as_the_office_file(name: str, folder: Path) -> None:
    file = folder / "nacoord.yaml"
    file.unlink()
    SPECIAL[name][0](file)

    ended, said = ask(folder, "status")
    assert ended in (2, 3), said


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a pipe", "endless zeros", "a link to zeros", "a link to itself"])
def test_as_a_folder_of_records(name: str, folder: Path) -> None:
    SPECIAL[name][0](folder / "actions")
    for words in (
        ["check"],
        ["status"],
        ["new", "action", "x", "title=x", "by=[dhs]", "when=2021-02-01"],
    ):
        ended, said = ask(folder, *words)
        assert ended in (1, 2, 3, 4), (words, said)
        assert "bug in nacoord" not in said


def test_nothing_is_written_where_a_folder_leads_out(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / "actions").symlink_to(tmp_path / "elsewhere")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "A link")
    for words in (
        ["new", "action", "x-1", "title=x", "by=[dhs]", "when=2021-02-01", "issues=[example]"],
        ["rename", "example", "other"],
        ["set", "example", "priority=P3"],
    ):
        ask(folder, *words)

    assert list((tmp_path / "elsewhere").iterdir()) == []


# A pipe that the user names is waited for, as any command does.
@pytest.mark.slow
@pytest.mark.parametrize("name", ["endless zeros", "a huge file", "a link to zeros"])
def test_as_what_the_user_names(name: str, folder: Path, tmp_path: Path) -> None:
    for ending, words in {
        "csv": ["import", "odd.csv", "--mapping", "map.yaml", "--dry-run"],
        "yaml": ["import", "sheet.csv", "--mapping", "odd.yaml", "--dry-run"],
        "html": ["brief", "--template", "odd.html", "-o", str(tmp_path / "b.html")],
        "md": ["brief", "--again", "odd.md"],
        "tar": ["archive", "--verify", "odd.tar"],
        "signers": ["audit", "--signers", "odd.signers"],
        "txt": ["batch", "odd.txt"],
        "yml": ["new", "agency", "odd-1", "--file", "odd.yml"],
    }.items():
        file = folder / f"odd.{ending}"
        SPECIAL[name][0](file)
        (folder / "map.yaml").write_text(
            "kind: agency\nid: {from: title}\nfields: {title: title}\n"
        )
        (folder / "sheet.csv").write_text("title\nx\n")
        # To verify an archive is to read it, however large.
        if name != "a huge file" or ending != "tar":
            ended, said = ask(folder, *words)
            assert ended in (0, 1, 2, 3, 4), (words, ended, said)
            assert "bug in nacoord" not in said, (words, said)
        file.unlink()


@pytest.mark.slow
def test_a_record_that_grows_while_it_is_read(folder: Path) -> None:
    file = folder / "agencies" / "odd.yaml"
    script = (
        "import sys\nwith open(sys.argv[1], 'ab', 0) as stream:\n"
        "    for _ in range(300_000):\n        stream.write(b'title: x\\n' * 100)\n"
        "        if stream.tell() > 50_000_000: stream.truncate(0)\n"
    )
    grower = subprocess.Popen([sys.executable, "-c", script, str(file)])
    try:
        for _ in range(5):
            ended, said = ask(folder, "check")
            assert ended in (0, 3), said
            assert "bug" not in said
    finally:
        grower.kill()
        grower.wait()


def test_folders_without_end(folder: Path) -> None:
    place = folder / "agencies"
    for number in range(200):
        place = place / f"d{number}"
        if len(str(place)) > 3_500:
            break
        place.mkdir()
    (place / "back").symlink_to(folder)
    (folder / "agencies" / "loop").symlink_to("..")
    ended, said = ask(folder, "check")

    assert ended in (0, 3), said
    assert "bug" not in said


@pytest.mark.slow
def test_names_of_files(folder: Path) -> None:
    names = [b"\xff\xfe.yaml", b"new\nline.yaml", b"\x1b[31mred.yaml", b"a b.yaml", b"-c.yaml", b"--output=x.yaml", b"EXAMPLE.yaml", "é.yaml".encode(), "e\u0301.yaml".encode(), "\u202egnp.yaml".encode(), b"$(touch x).yaml", b"x" * 250 + b".yaml", b"con.yaml", b"..yaml", b"...yaml", b"a:b.yaml", b":(top).yaml", b"*.yaml", b".yaml", b"~.yaml", b"a\\b.yaml", b'"q".yaml', b"[red].yaml"]  # fmt: skip
    for name in names:
        (Path(os.fsdecode(bytes(folder) + b"/agencies/" + name))).write_text("title: x\n")
    for words in (
        *_READS,
        ["commit", "-m", "All", "--dry-run"],
        ["commit", "-m", "All"],
        ["log"],
        ["diff", "HEAD"],
    ):
        ended, said = ask(folder, *words)
        assert ended in (0, 1, 2, 3, 4), (words, said)
        assert "bug" not in said, (words, said)
        assert "\x1b[31m" not in said, words
        assert "\u202e" not in said, words
    assert not (folder / "x").exists()
