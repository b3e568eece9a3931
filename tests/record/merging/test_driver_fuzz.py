"""The driver given anything: never an exception, and never silently less."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.record.merging.driver import drive
from nacoord.record.yamltext import read
from tests.support.yamlstyles import STYLES

lines = st.lists(
    st.sampled_from(
        ["a: 1", "a: 2", "b: [x, y]", "b: [x]", "c:", "  d: e", "  - f", "- g", "# h", "", "notes:",
         "  - on: 2021-01-01", "    text: |", "      one", "<<<<<<< x", "=======", ">>>>>>> y",
         "&a k: *a", "? q", "...", "---", "\tx", "é: ñ", "k: 'it''s'", 'k: "a\\nb"', "k: >-", "%YAML 1.1"]
    ),
    max_size=8,
).map(lambda each: "\n".join(each).encode())  # fmt: skip
texts = st.one_of(
    lines,
    st.binary(max_size=60),
    st.sampled_from([text.encode() for text in STYLES]),
    st.sampled_from([b"", b"\xef\xbb\xbfa: 1\n", b"a: 1\r\nb: 2\r\n", b"a" * 3000, b"[" * 200]),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts, texts, texts)
@example(b"a: 1\n", b"a: 2\n", b"")
@example(b"", b"a: 1\n", b"a: 2\n")
def test_it_never_fails_and_is_clean_only_if_it_can_be_read(
    tmp_path: Path, base: bytes, ours: bytes, theirs: bytes
) -> None:
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for file, data in zip(files, (base, ours, theirs), strict=True):
        file.write_bytes(data)

    driven = drive(*files, "issues/any.yaml")

    result = files[1].read_bytes()
    if driven.clean:
        assert not read(result).problems
        assert isinstance(read(result).value, dict)
    elif not driven.by_lines:
        assert driven.clashes
        assert b"<<<<<<< ours\n" in result.replace(b"\r", b"")


@pytest.mark.parametrize("name", ["issues/any.yaml", "any.txt"])
def test_bytes_that_are_no_text(tmp_path: Path, name: str) -> None:
    files = [tmp_path / each for each in ("base", "ours", "theirs")]
    for file, data in zip(files, (b"\0\1", b"\0\2", b"\0\3"), strict=True):
        file.write_bytes(data)

    driven = drive(*files, name)

    assert not driven.clean
    assert files[1].read_bytes() == b"\0\2"
