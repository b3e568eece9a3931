"""Three versions of any record merge to a text that says what merging by field gives, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.support.yamlstyles import STYLES

from nacoord.model.identity import same
from nacoord.model.kinds.table import KINDS
from nacoord.model.merging.clash import Clash
from nacoord.model.merging.values import Merge
from nacoord.record.draft import order_of
from nacoord.record.merging.texts import UnreadableSideError
from nacoord.record.merging.texts import Versions
from nacoord.record.merging.texts import merge_record
from nacoord.record.merging.texts import merge_strings
from nacoord.record.yamltext import read

_ORDER = order_of(KINDS["issue"])
# Stands between the three versions, and in none of them: it is no UTF-8.
_BETWEEN = b"\xff\xfe"
_CHANGES = (
    (b"a", b"b"), (b"1", b"2"), (b"\n", b"\n# new\n"), (b"[", b"[x, "), (b"- ", b"- new: 1\n  "), (b": ", b": \n  "),
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """Yield files as people write them, each changed by two in two ways."""
    for number, style in enumerate(STYLES):
        base = style.encode()
        one, other = (_CHANGES[(number + step) % len(_CHANGES)] for step in (0, 1))
        yield _BETWEEN.join([base, base.replace(*one, 1), base.replace(*other, 1)])


def one(data: bytes) -> None:
    """Merge three versions."""
    parts = data.split(_BETWEEN)
    if len(parts) != 3:
        return
    versions = Versions(*parts)
    clashes: list[Clash] = []

    def decide(clash: Clash) -> Any:
        clashes.append(clash)
        return clash.ours

    try:
        result = merge_record(versions, _ORDER, decide)
    except UnreadableSideError:
        return
    values = [read(part).value for part in parts]
    wanted = Merge(lambda clash: clash.ours, merge_strings).values(*values)
    assert same(read(result).value, wanted)
    if parts[1] == parts[0]:
        assert result == parts[2]
    if parts[2] == parts[0]:
        assert result == parts[1]
    if not clashes:
        mirrored = merge_record(Versions(parts[0], parts[2], parts[1]), _ORDER, decide)
        assert same(read(mirrored).value, wanted)
