"""An edit of any file leads to its value and nothing else, or is refused."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.yamlstyles import STYLES

from nacoord.model.edit import Drop
from nacoord.model.edit import Edit
from nacoord.model.edit import EditError
from nacoord.model.edit import Insert
from nacoord.model.edit import Put
from nacoord.model.edit import applied
from nacoord.model.identity import same
from nacoord.record.writing.surgery import NotInPlaceError
from nacoord.record.writing.surgery import edited
from nacoord.record.yamltext import read

_VALUES = (
    "x", "NO", "a: b", "- x", "two\nlines\n", "", " lead", "#", "\u2028", "é", "12:30", 7, True, ["a", "b"], {"a": "b: c"}, [{"a": 1}],
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """Yield files as people write them; the first three bytes say the edit."""
    for number, style in enumerate(STYLES):
        for kind in range(3):
            yield bytes([kind, number, number * 3]) + style.encode()


def _paths(value: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if at:
        yield at
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, inner in items:
        yield from _paths(inner, (*at, key))


def one(data: bytes) -> None:
    """Make the edit that the first bytes say in the rest."""
    if len(data) < 4:
        return
    kind, which, what, file = data[0], data[1], data[2], data[3:]
    before = read(file).value
    if not isinstance(before, dict):
        return
    paths = [*_paths(before), ("fresh",), ("fresh", "inner")]
    path, value = paths[which % len(paths)], _VALUES[what % len(_VALUES)]
    edit: Edit = (Put(path, value), Drop(path), Insert(path, value))[kind % 3]
    try:
        expected = applied(before, [edit])
    except EditError:
        return
    try:
        after = edited(file, [edit])
    except NotInPlaceError:
        return
    assert same(read(after).value, expected)
