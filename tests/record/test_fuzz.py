"""Damage real files in every way a careless hand or a bad merge could: the rest still answers."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from nacoord.desk.checks.table import check
from nacoord.desk.lookup import find_scope
from nacoord.desk.status.answer import status
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.faults import fault_lines
from nacoord.present.terminal.table import render
from nacoord.record.loader import load
from nacoord.record.loader import locate
from nacoord.record.officefile import OfficeUnreadableError
from tests.conftest import ROOT

_SCRAPS = [
    b"\0", b"\xff", b"\t", b"\n", b"\r", b": ", b"- ", b"[", b"]", b"{", b"}", b"'", b'"', b"|", b"&a ", b"*a",
    b"!!x ", b"#", b"---\n", b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> x\n", b"\xe2\x80\xae", b"\x1b[31m", b"9" * 50,
    b"title: again\n", b"null", b"true", b"\xef\xbb\xbf", b"? ", b"2021-02-30",
]  # fmt: skip


def _damage(rng: random.Random, data: bytes) -> bytes:
    for _ in range(rng.randint(1, 4)):
        start, end = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
        scrap = rng.choice(_SCRAPS)
        data = rng.choice(
            [
                data[:start] + scrap + data[start:],
                data[:start] + data[end:],
                data[:end] + data[start:],
                data[:start],
            ]
        )
    return data


def _rounds(folder: Path, rounds: int, seed: int) -> None:
    rng = random.Random(seed)
    shutil.copytree(ROOT / "data", folder)
    files = sorted(folder.rglob("*.yaml"))
    for _ in range(rounds):
        hit = rng.sample(files, 8)
        before = {file: file.read_bytes() for file in hit}
        for file in hit:
            file.write_bytes(_damage(rng, before[file]))
        try:
            _answer(folder, {file.stem for file in hit}, len(files))
        except OfficeUnreadableError as error:
            assert error.faults  # noqa: PT017
        for file, data in before.items():
            file.write_bytes(data)


def _answer(folder: Path, hit: set[str], count: int) -> None:
    loaded = load(folder, "data")
    for fault in locate(check(loaded), folder, "data"):
        lines = list(fault_lines(fault))
        assert lines
        assert "\x1b" not in "".join(lines)
        assert fault.hint
    unread = {fault.origin.file for fault in loaded.faults if fault.unread}
    assert len(loaded.records) + len(unread) == count - 1
    assert {Path(file).stem for file in unread} <= hit
    answer = status(loaded, date(2021, 1, 20), find_scope(loaded, None))
    assert "\x1b" not in render("status", answer, loaded, Style(80, color=False), everything=True)


def test_damaged_files_never_hide_the_others(tmp_path: Path) -> None:
    _rounds(tmp_path / "data", rounds=6, seed=1)


@pytest.mark.slow
def test_damaged_files_never_hide_the_others_for_long(tmp_path: Path) -> None:
    _rounds(tmp_path / "data", rounds=150, seed=2)
