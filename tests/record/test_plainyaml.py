"""Plain YAML read from events says what the long way says, and leaves the rest to it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nacoord.record import yamltext
from nacoord.record.plainyaml import NOT_PLAIN
from nacoord.record.plainyaml import plain_value
from nacoord.record.worktree import WorkTree
from tests.conftest import ROOT
from tests.record.test_surgery import record
from tests.support.yamlstyles import rendered

LIMITS = (yamltext.MAX_DEPTH, yamltext.MAX_NODES)


def long_way(text: str, monkeypatch: pytest.MonkeyPatch) -> yamltext.Document:
    with monkeypatch.context() as patch:
        patch.setattr(yamltext, "plain_value", lambda *_: NOT_PLAIN)
        return yamltext.read(text.encode())


def test_every_file_of_the_sample_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = WorkTree(ROOT / "data")
    for entry in tree.entries():
        data = tree.read(entry.path)
        assert isinstance(data, bytes)
        value = plain_value(data.decode(), *LIMITS)
        assert value is not NOT_PLAIN, entry.path
        assert repr(value) == repr(long_way(data.decode(), monkeypatch).value)


@given(st.text(alphabet="ab:-?[]{}'\"|>&*!#%~ \n0x1.e", max_size=60))
def test_what_is_plain_says_the_same(text: str) -> None:
    _hold(text)


@given(st.data())
def test_every_style_says_the_same(data: st.DataObject) -> None:
    _hold(rendered(data.draw, data.draw(record)).decode())


def _hold(text: str) -> None:
    value = plain_value(text, *LIMITS)
    with pytest.MonkeyPatch.context() as patch:
        other = long_way(text, patch)
    if value is not NOT_PLAIN and not other.problems:
        assert repr(value) == repr(other.value)
    if value is not NOT_PLAIN and other.problems:
        # Only what is refused of the text itself, which is looked at before.
        assert {each.code for each in other.problems} <= {"control-character", "merge-conflict"}


@pytest.mark.parametrize(
    "text",
    ["", "# only a comment\n", "a: 1\n---\nb: 2\n", "a: &x 1\n", "a: *x\n", "!!map {}", "a: !t 1",
     "a: 1\na: 2\n", "? [a]\n: 1\n", "'': 1\n", "[" * 40 + "]" * 40, "a: [\n", "\t", "!x a: 1"],
)  # fmt: skip
def test_what_is_not_plain_is_left(text: str) -> None:
    assert plain_value(text, *LIMITS) is NOT_PLAIN


def test_many_values_are_left() -> None:
    assert plain_value("[" + "1," * 30 + "]", 32, 30) is NOT_PLAIN
    assert plain_value("[" + "1," * 29 + "]", 32, 30) == [1] * 29


def test_without_libyaml_everything_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nacoord.record.plainyaml.CParser", None)
    value: Any = plain_value("a: 1\n", *LIMITS)

    assert value is NOT_PLAIN
    assert yamltext.read(b"a: 1\n").value == {"a": 1}
