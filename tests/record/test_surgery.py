"""Edits change the bytes of their value and nothing else, whatever style a file is written in."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from nacoord.model.edit import Drop
from nacoord.model.edit import Edit
from nacoord.model.edit import EditError
from nacoord.model.edit import Insert
from nacoord.model.edit import Put
from nacoord.model.edit import applied
from nacoord.model.edit import edits_between
from nacoord.record.writing.canonical import whole
from nacoord.record.writing.scalars import scalar
from nacoord.record.writing.surgery import NotInPlaceError
from nacoord.record.writing.surgery import edited
from nacoord.record.yamltext import read
from tests.support.yamlstyles import STYLES
from tests.support.yamlstyles import rendered

DATA = Path(__file__).parents[2] / "data"
HAND_WRITTEN = [
    *(text.encode() for text in STYLES),
    *(file.read_bytes() for file in sorted(DATA.glob("*/*.yaml"))[::9]),
]

TYPED = ["NO", "on", "012", "1:30", "1e3", "2021-01-01", "~", "null", "1_000", "0o17", "0x1F", "yes", "=", "<<", "12:30:45", ".5", "-", "true", ""]  # fmt: skip
awkward = st.sampled_from(
    [*TYPED, "a: b", "a #b", "#x", "- x", "it's", 'say "no"', "{x}", "[x]", "x, y", "@x", "`x",
     "%x", "&a", "*a", "!t", "|", ">", "tab\tin", " lead", "trail ", "two\nlines", "end\n", "\n", "a\n\nb\n",
     "é ñ ł", "\U0001f600", "\u2028", "\x85", "\ufeff", "a:b", "http://x.y/z?q=1", "key:", "back\\slash", "---", "...",
     "x" * 130, "word " * 40 + "end"]
)  # fmt: skip
text = st.one_of(awkward, st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=12))  # fmt: skip
leaf = st.one_of(text, st.integers(-5, 99), st.booleans())
value = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(st.sampled_from("abcde"), inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
record = st.dictionaries(st.sampled_from(["title", "b", "c", "d", "x-y"]), value, min_size=1, max_size=5)  # fmt: skip


def _paths(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [at] if at else []
    if isinstance(data, dict):
        for key, inner in data.items():
            found += _paths(inner, (*at, key))
    elif isinstance(data, list):
        for index, inner in enumerate(data):
            found += _paths(inner, (*at, index))
    return found


def _edit(draw: st.DrawFn, data: Any) -> Edit:
    path = draw(st.sampled_from(_paths(data)))
    kind = draw(st.sampled_from(["put", "drop", "add", "insert"]))
    if kind == "drop":
        return Drop(path)
    if kind == "put":
        return Put(path, draw(value))
    if kind == "insert" and isinstance(path[-1], int):
        return Insert(path, draw(value))
    return Put((*path[:-1], "new"), draw(value)) if isinstance(path[-1], str) else Put(path, 1)


def _ruamel(text: bytes) -> Any:
    loaded = YAML(typ="safe", pure=True).load(io.BytesIO(text))
    return _texts(loaded)


def _texts(value: Any) -> Any:
    """ruamel makes dates of dates; nacoord's reader leaves that to the models."""
    if isinstance(value, dict):
        return {key: _texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _comments(text: bytes) -> list[str]:
    return [line.partition("# ~")[2] for line in text.decode().splitlines() if "# ~" in line]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_an_edit_in_any_style_leads_to_its_value_and_keeps_the_rest(data: st.DataObject) -> None:
    before = data.draw(record)
    file = rendered(data.draw, before)
    assume(read(file).value == before)
    edit = data.draw(st.composite(_edit)(before))
    try:
        expected = applied(before, [edit])
    except EditError:
        assume(False)

    after = edited(file, [edit])

    assert read(after).value == expected
    assert _ruamel(after) == expected
    assert after.startswith(b"\xef\xbb\xbf") == file.startswith(b"\xef\xbb\xbf")
    if not isinstance(edit, Drop):
        kept = _comments(after)
        inside = isinstance(edit, Put)
        assert inside or kept == _comments(file)
    untouched = [key for key in before if key != edit.path[0]]
    for key in untouched:
        assert _lines_of(file, key) == _lines_of(after, key)


def _lines_of(file: bytes, key: str) -> bytes:
    """The text of one top-level key: from its own start to where its value ends."""
    document = read(file)
    from nacoord.record.writing.marks import Marks

    marks = Marks(document.text, document.node)
    index = next(i for i, pair in enumerate(document.node.value) if pair[0].value == key)
    start = document.node.value[index][0].start_mark.index
    return document.text[start : marks.pair_end(document.node, index)].encode()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_an_edit_of_a_file_that_people_wrote(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(HAND_WRITTEN))
    before = read(file).value
    edit = data.draw(st.composite(_edit)(before))
    try:
        expected = applied(before, [edit])
        after = edited(file, [edit])
    except NotInPlaceError:
        # Only what an alias or a key of several lines stands for may be refused.
        assert b"&" in file or b"? " in file
        return
    except EditError:
        return

    assert read(after).value == expected
    for key in before:
        if key != edit.path[0]:
            assert _lines_of(file, key) == _lines_of(after, key)


@settings(max_examples=200, deadline=None)
@given(text, st.booleans())
def test_a_text_reads_the_same_in_yaml_1_1_and_1_2(text: str, flow: bool) -> None:
    written = f"[{scalar(text, flow=True)}]" if flow else f"- {scalar(text)}"

    assert read(f"k: {written}".encode()).value == {"k": [text]} if flow else True
    assert yaml.safe_load(written) == [text]
    assert YAML(typ="safe", pure=True).load(written) == [text]


@pytest.mark.parametrize("word", TYPED)
def test_texts_that_look_like_something_else_are_quoted(word: str) -> None:
    assert scalar(word).startswith('"')


def test_a_date_stays_plain() -> None:
    assert scalar(date(2021, 1, 1)) == "2021-01-01"


@settings(max_examples=200, deadline=None)
@given(record)
def test_a_new_file_reads_as_what_it_was_made_from(data: dict[str, Any]) -> None:
    made = whole(data, ("title", "b")).encode()

    assert read(made).value == data
    assert _ruamel(made) == data


@settings(max_examples=300, deadline=None)
@given(record, record)
def test_edits_between_two_values_lead_from_one_to_the_other(old: Any, new: Any) -> None:
    assert applied(old, edits_between(old, new)) == new


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_edits_between_lead_there_in_text_too(data: st.DataObject) -> None:
    old, new = data.draw(record), data.draw(record)
    file = rendered(data.draw, old)
    assume(read(file).value == old)
    edits = edits_between(old, new)
    assume(edits)

    assert read(edited(file, edits)).value == new


@pytest.mark.parametrize("style", range(len(STYLES)))
def test_a_scalar_changes_only_its_own_bytes(style: int) -> None:
    file = STYLES[style].encode()
    document = read(file)
    for path in _paths(document.value):
        here = document.value
        for part in path:
            here = here[part]
        if isinstance(here, (dict, list)):
            continue
        try:
            after = edited(file, [Put(path, "q")])
        except NotInPlaceError:
            continue
        prefix = next(
            (i for i, (a, b) in enumerate(zip(file, after, strict=False)) if a != b), 10**9
        )
        place = document.place(path)
        start = sum(len(line) for line in file.splitlines(keepends=True)[: place.line - 1])
        assert prefix >= start


def test_a_file_with_what_is_not_a_number_can_be_changed() -> None:
    assert edited(b"title: x\nx-a: .nan\n", [Put(("title",), "new")]) == b"title: new\nx-a: .nan\n"


def test_a_list_whose_dash_is_not_found_is_refused() -> None:
    file = b"title:\n-\n\n ie:lt\n-\n  - 2\n- # none\n-t-itle: &r \n- 2:\n\n-\n"
    value = read(file).value
    for path in _paths(value):
        for edit in (Drop(path), Insert(path, "x"), Put(path, "x")):
            try:
                expected = applied(value, [edit])
                assert read(edited(file, [edit])).value == expected
            except EditError:
                continue


def test_very_many_edits_come_to_what_they_come_to_one_by_one() -> None:
    text = "title: T\nmilestones:\n" + "".join(
        f"  # {number}\n  - what: W{number}\n    due: 2021-01-01 # d{number}\n"
        for number in range(40)
    )
    base = read(text.encode()).value
    value = {"title": "U", "tags": ["a"], "milestones": [dict(each) for each in base["milestones"]]}
    for number, each in enumerate(value["milestones"]):
        each.update({"due": "2021-02-02"} if number % 3 else {"done": "2021-03-03"})
    del value["milestones"][7:9]
    value["milestones"][30:30] = [{"what": f"new {number}"} for number in range(3)]
    edits = edits_between(base, value)
    assert len(edits) > 40
    one_by_one = text.encode()
    for edit in edits:
        one_by_one = edited(one_by_one, [edit])

    assert edited(text.encode(), edits) == one_by_one
