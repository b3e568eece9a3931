"""Any bytes are a value or problems with a place and a remedy, and both readers of YAML agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nacoord.record import yamltext
from nacoord.record.plainyaml import NOT_PLAIN
from nacoord.record.plainyaml import plain_value
from nacoord.record.yamltext import MAX_DEPTH
from nacoord.record.yamltext import MAX_NODES

_ROOT = Path(__file__).parents[2]


def seeds() -> Iterator[bytes]:
    """Yield hostile files and honest ones."""
    for file in sorted((_ROOT / "tests" / "hostile" / "yaml").glob("*.yaml")):
        yield file.read_bytes()
    for file in sorted((_ROOT / "data").glob("*/*.yaml"))[::12]:
        yield file.read_bytes()


def one(data: bytes) -> None:
    """Read bytes both ways."""
    document = yamltext.read(data)
    for problem in document.problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert problem.hint
        assert document.line(problem.place.line) is not None
    if document.problems:
        assert document.value is None
        return
    # What is plain is read without nodes; the long way must say the same.
    plain = plain_value(document.text, MAX_DEPTH, MAX_NODES)
    if plain is NOT_PLAIN:
        return
    long = yamltext.Document(document.text)
    walk = yamltext._Walk(long)
    value = walk.value(yamltext._compose(document.text), 0)
    assert not long.problems, long.problems
    assert repr(value) == repr(plain)
