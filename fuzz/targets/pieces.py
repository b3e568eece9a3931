"""A version read in pieces says what it says read whole, and an office's words are what the parser finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.support.records import OFFICE
from tests.support.yamlstyles import STYLES

from nacoord.record.officewords import parsed_words
from nacoord.record.officewords import plain_words
from nacoord.record.piecewise import value_of_version
from nacoord.record.piecewise import value_whole


def seeds() -> Iterator[bytes]:
    """Yield files as people write them."""
    yield OFFICE.encode()
    yield from (style.encode() for style in STYLES)
    for file in sorted((Path(__file__).parents[2] / "data").glob("*/*.yaml"))[::15]:
        yield file.read_bytes()


def one(data: bytes) -> None:
    """Read bytes in pieces and whole."""
    assert repr(value_of_version(data)) == repr(value_whole(data))
    plain = plain_words(data)
    if plain is not None and (parsed := parsed_words(data)):
        assert plain == parsed
