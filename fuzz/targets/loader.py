"""A file of any bytes in a record is a record or faults, and hides no other file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.support.records import BASE

from nacoord.desk.checks.table import check
from nacoord.model.kinds.table import KINDS
from nacoord.present.json import envelope
from nacoord.present.terminal.faults import fault_lines
from nacoord.record.files import Entry
from nacoord.record.files import Refused
from nacoord.record.loader import load
from nacoord.record.loader import locate
from nacoord.record.officefile import OfficeUnreadableError

_FOLDERS = [kind.folder for kind in KINDS.values()]


class _Held:
    """A Store of files in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def entries(self) -> Iterator[Entry]:
        for kind in KINDS.values():
            for path in sorted(self.files):
                if path.startswith(f"{kind.folder}/"):
                    yield Entry(path, kind, path.split("/")[1].removesuffix(".yaml"))

    def read(self, path: str) -> bytes | Refused:
        return self.files.get(path, Refused("unreadable-file", "no such file", "none"))

    def has(self, path: str) -> bool:
        return path in self.files

    def names(self, folder: str) -> list[str]:
        return [path.split("/")[1] for path in self.files if path.startswith(f"{folder}/")]


def seeds() -> Iterator[bytes]:
    """Yield a record of each kind, and the office; the first byte says where it goes."""
    root = Path(__file__).parents[2] / "data"
    for number, folder in enumerate(_FOLDERS):
        for file in sorted((root / folder).glob("*.yaml"))[:6]:
            yield bytes([number]) + file.read_bytes()
    yield b"\xff" + (root / "nacoord.yaml").read_bytes()


def one(data: bytes) -> None:
    """Put bytes where the first says, and ask for everything that is wrong."""
    if not data:
        return
    files = {name: text.encode() for name, text in BASE.items()}
    if data[0] == 0xFF:
        files["nacoord.yaml"] = data[1:]
    else:
        files[f"{_FOLDERS[data[0] % len(_FOLDERS)]}/fuzzed.yaml"] = data[1:]
    store = _Held(files)
    try:
        found = load(store, "r", keep=False)
    except OfficeUnreadableError as error:
        assert error.faults  # noqa: PT017
        return
    if data[0] != 0xFF:
        assert len(found.records) - ("fuzzed" in found.records) == len(BASE) - 1
        assert ("fuzzed" in found.records) != ("fuzzed" in found.broken)
    for fault in locate(check(found), store, "r"):
        assert fault.hint
        assert "\x1b" not in "".join(fault_lines(fault))
    from datetime import date
    from json import loads

    loads(
        envelope("x", list(found.records.values()), date(2021, 1, 20), []), parse_constant=_refuse
    )


def _refuse(name: str) -> None:
    raise AssertionError(name)
