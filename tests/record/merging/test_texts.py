"""Texts of records merged: the value that merging by field gives, comments and layout kept."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.model.edit import EditError
from nacoord.model.edit import Put
from nacoord.model.identity import same
from nacoord.model.kinds.table import KINDS
from nacoord.model.merging.clash import Clash
from nacoord.model.merging.values import Merge
from nacoord.record.draft import order_of
from nacoord.record.merging.comments import Comment
from nacoord.record.merging.comments import layout
from nacoord.record.merging.texts import UnreadableSideError
from nacoord.record.merging.texts import Versions
from nacoord.record.merging.texts import merge_record
from nacoord.record.merging.texts import merge_strings
from nacoord.record.merging.texts import with_markers
from nacoord.record.writing.surgery import edited
from nacoord.record.yamltext import read
from tests.support.yamlstyles import STYLES

ORDER = order_of(KINDS["issue"])
DATA = Path(__file__).parents[3] / "data"
TEXTS = [
    *(text.encode() for text in STYLES),
    *(file.read_bytes() for file in sorted(DATA.glob("*/*.yaml"))[::11]),
]

BASE = b"""\
# The labor chapter
title: Labor chapter
priority: P2   # the deputies said so
tags: [labor, usmca]
parties:
  # the lead
  - agency: doj
    role: lead
  - {agency: dhs, role: support}
notes:
  - on: 2021-01-01
    by: x
    text: |
      one
      two
      three
      four
summary: Short
"""


def merged(base: bytes | None, ours: bytes, theirs: bytes) -> tuple[bytes, list[Clash]]:
    clashes: list[Clash] = []

    def decide(clash: Clash) -> Any:
        clashes.append(clash)
        return clash.ours

    return merge_record(Versions(base, ours, theirs), ORDER, decide), clashes


def test_lines_apart_are_merged_as_git_would() -> None:
    ours = BASE.replace(b"P2", b"P1")
    theirs = BASE.replace(b"Short", b"Longer  # and why")

    result, clashes = merged(BASE, ours, theirs)

    assert result == BASE.replace(b"P2", b"P1").replace(b"Short", b"Longer  # and why")
    assert not clashes


def test_one_line_that_holds_a_list_takes_both_changes_and_the_comment() -> None:
    ours = BASE.replace(b"[labor, usmca]", b"[labor, usmca, steel]")
    theirs = BASE.replace(b"[labor, usmca]", b"[usmca]  # labor has its own")

    result, clashes = merged(BASE, ours, theirs)

    assert b"tags: [usmca, steel]  # labor has its own\n" in result
    assert not clashes


def test_notes_that_both_append_keep_their_comments() -> None:
    end = b"summary: Short"
    ours = BASE.replace(
        end, b"  # after the call\n  - on: 2021-01-03\n    by: x\n    text: B\n" + end
    )
    theirs = BASE.replace(
        end, b"  # from the hearing\n  - on: 2021-01-02\n    by: z\n    text: A\n" + end
    )

    result, clashes = merged(BASE, ours, theirs)

    assert result == BASE.replace(
        end,
        b"  # from the hearing\n"
        b'  - "on": 2021-01-02\n    by: z\n    text: A\n'
        b"  # after the call\n"
        b"  - on: 2021-01-03\n    by: x\n    text: B\n" + end,
    )
    assert not clashes


def test_text_in_a_note_is_merged_by_lines() -> None:
    result, clashes = merged(
        BASE, BASE.replace(b"      one", b"      ONE"), BASE.replace(b"      four", b"      FOUR")
    )

    assert b"      ONE\n      two\n      three\n      FOUR\n" in result
    assert not clashes


def test_a_comment_of_an_entry_that_went_is_kept() -> None:
    ours = BASE.replace(b"  - agency: doj", b"  # ask them again\n  - agency: doj")
    theirs = BASE.replace(b"  # the lead\n  - agency: doj\n    role: lead\n", b"")

    result, clashes = merged(BASE, ours, theirs)

    assert b"doj" not in result
    assert b"# ask them again\n" in result
    assert not clashes


def test_a_comment_behind_the_header_of_a_text_is_kept() -> None:
    ours = BASE.replace(b"text: |", b"text: |  # from memory").replace(b"Short", b"Ours")
    theirs = BASE.replace(b"Short", b"Theirs")

    # Whichever text is gone on with, the other one has it.
    assert b"text: |  # from memory\n      one\n" in merged(BASE, ours, theirs)[0]
    assert b"text: |  # from memory\n      one\n" in merged(BASE, theirs, ours)[0]


def test_comments_stay_where_the_file_has_to_be_written_anew() -> None:
    """Neither side can take what the other changed: it stands for two values there."""
    base = b"# head\ntitle: T\nx-a: &a [a]  # one\nx-b: *a\nx-c: &c [c]  # two\nx-d: *c\ntags: [p]\n# foot\n"
    ours = (
        base.replace(b"&a [a]", b"&a [a, b]")
        .replace(b"# head", b"# head\n# ours")
        .replace(b"[p]", b"[p, o]")
    )
    theirs = (
        base.replace(b"&c [c]", b"&c [c, d]")
        .replace(b"*a\n", b"*a\n# theirs\n")
        .replace(b"[p]", b"[p, t]")
    )

    for sides in ((ours, theirs), (theirs, ours)):
        result, _ = merged(base, *sides)

        assert read(result).value["x-b"] == ["a", "b"]
        for comment in (b"# head", b"# one", b"# two", b"# foot", b"# ours", b"# theirs"):
            assert comment in result


def test_the_comment_of_an_entry_that_one_side_moved_is_kept() -> None:
    base = b"title: T\nmilestones:\n- what: A\n  due: 2021-01-01   # end\n- what: B\n"
    ours = base.replace(b"title: T", b"title: U")
    theirs = b"title: |\n  T\n  T\nmilestones:\n- what: B\n- what: A\n  due: 2021-01-02   # end\n"

    assert b"# end" in merged(base, ours, theirs)[0]
    assert b"# end" in merged(base, theirs, ours)[0]


def test_several_comments_at_one_place_keep_their_order() -> None:
    ours = BASE.replace(b"[labor, usmca]", b"[labor]").replace(b"Short", b"Short  # ours")
    theirs = BASE.replace(b"tags: [labor, usmca]", b"# one\n# two\ntags: [usmca, steel]").replace(
        b"Short", b"Short  # theirs"
    )

    result, clashes = merged(BASE, ours, theirs)

    assert b"# one\n# two\ntags: [steel]\n" in result
    assert b"# theirs\nsummary: Short  # ours\n" in result
    assert not clashes


def test_markers_stand_around_what_is_disputed_only() -> None:
    ours = BASE.replace(b"P2", b"P1").replace(b"[labor, usmca]", b"[labor]")
    theirs = BASE.replace(b"P2", b"P3").replace(b"Short", b"Long")

    result = with_markers(Versions(BASE, ours, theirs), ORDER, ("ours", "base", "theirs"), 9)

    assert result == BASE.replace(
        b"priority: P2   # the deputies said so\n",
        b"<<<<<<<<< ours\npriority: P1   # the deputies said so\n"
        b"||||||||| base\npriority: P2   # the deputies said so\n=========\n"
        b"priority: P3   # the deputies said so\n>>>>>>>>> theirs\n",
    ).replace(b"[labor, usmca]", b"[labor]").replace(b"Short", b"Long")


def test_markers_where_both_add_a_file() -> None:
    ours, theirs = b"title: A\ntags: [a]\n", b"title: B\ntags: [b]\n"

    result = with_markers(Versions(None, ours, theirs), ORDER, ("ours", "base", "theirs"))

    assert b"title: A\n" in result
    assert b"title: B\n" in result
    assert result.count(b"tags: [a, b]\n") == 1


@pytest.mark.parametrize(
    ("base", "here", "there"),
    [
        (
            b"next_step:\n  what: Call\n  who: state\n  due: 2021-01-05\n",
            (b"Call", b"Write"),
            (b"2021-01-05", b"2021-02-05"),
        ),
        (
            b"tags:\n- a\n- b\n- c\n- d\n- e\n- f\n- g\n",
            (b"- a\n- b\n", b"- b\n- a\n"),
            (b"- f\n- g\n", b"- g\n- f\n"),
        ),
    ],
)
def test_what_is_disputed_stands_between_markers_where_its_lines_are_apart(
    base: bytes, here: tuple[bytes, bytes], there: tuple[bytes, bytes]
) -> None:
    base = b"title: T\n" + base + b"summary: Short\n"
    ours, theirs = base.replace(*here), base.replace(*there)

    result = with_markers(Versions(base, ours, theirs), ORDER, ("ours", "base", "theirs"))

    for name, side in ((b"<<<<<<< ours\n", ours), (b">>>>>>> theirs\n", theirs)):
        assert name in result
        taken = re.sub(
            rb"<{7} ours\n(.*?)={7}\n(.*?)>{7} theirs\n",
            rb"\1" if side is ours else rb"\2",
            result,
            flags=re.DOTALL,
        )
        assert taken == side


@pytest.mark.parametrize("side", range(3))
def test_a_side_that_can_not_be_read_is_not_guessed_at(side: int) -> None:
    texts = [BASE, BASE.replace(b"P2", b"P1"), BASE.replace(b"P2", b"P3")]
    texts[side] += b"title: twice\n"

    with pytest.raises(UnreadableSideError):
        merged(*texts)


def test_line_ends_of_windows_stay() -> None:
    base = BASE.replace(b"\n", b"\r\n")
    ours = base.replace(b"[labor, usmca]", b"[labor, usmca, steel]")
    theirs = base.replace(b"[labor, usmca]", b"[usmca]  # why")

    result, clashes = merged(base, ours, theirs)

    assert b"tags: [usmca, steel]  # why\r\n" in result
    assert result.count(b"\n") == result.count(b"\r\n")
    assert not clashes


@st.composite
def rewritten(draw: st.DrawFn, base: bytes) -> bytes:
    """A text that somebody went on to edit: values changed, lists longer and shorter, comments."""
    text = base
    for _ in range(draw(st.integers(0, 3))):
        value = read(text).value
        key = draw(st.sampled_from([*value, "tags", "x-more"]))
        old = value.get(key)
        if isinstance(old, list) and old:
            gone = draw(st.integers(0, len(old) - 1))
            new: Any = [*old[:gone], *old[gone + 1 :]] if len(old) > 1 else old
            new = [*new, "more"] if isinstance(old[0], str) else new
        elif isinstance(old, str) and "\n" in old:
            new = old + draw(st.sampled_from(["end\n", "fin\n"]))
        else:
            new = draw(st.sampled_from(["A", "B: b", "C # c", ["a", "b"], "two\nlines\n"]))
        try:
            text = edited(text, [Put((key,), new)], ORDER)
        except EditError:
            continue
    if draw(st.booleans()) and b"\r" not in text:
        here = layout(text)
        line = here.marks.line_start(draw(st.sampled_from(here.starts))[0])
        bom = text[: len(text) - len(here.marks.text.encode())]
        noted = f"# note {draw(st.integers(1, 3))}\n"
        new_text = bom + (here.marks.text[:line] + noted + here.marks.text[line:]).encode()
        after = read(new_text)
        if not after.problems and same(after.value, read(text).value):
            text = new_text
    return text


@settings(max_examples=120)
@given(st.data())
def test_the_text_says_what_merging_by_field_gives(data: st.DataObject) -> None:
    base = data.draw(st.sampled_from(TEXTS))
    assume(isinstance(read(base).value, dict))
    ours, theirs = data.draw(rewritten(base)), data.draw(rewritten(base))
    values = [read(each).value for each in (base, ours, theirs)]
    wanted = Merge(lambda clash: clash.ours, merge_strings).values(*values)

    result, _ = merged(base, ours, theirs)

    assert same(read(result).value, wanted)
    was = _comments(base)
    for side in (ours, theirs):
        assert not _comments(side) - was - _comments(result)


@settings(max_examples=60)
@given(st.data())
def test_one_side_alone_is_taken_to_the_byte(data: st.DataObject) -> None:
    base = data.draw(st.sampled_from(TEXTS))
    assume(isinstance(read(base).value, dict))
    changed = data.draw(rewritten(base))

    assert merged(base, changed, base) == (changed, [])
    assert merged(base, base, changed) == (changed, [])
    assert merged(base, changed, changed) == (changed, [])


def _comments(data: bytes) -> Counter[str]:
    return Counter(comment.text for comment in layout(data).comments)


def test_what_is_a_comment() -> None:
    text = b"""\
# head
a: 'b # no'  # yes
c: |  # header
  # text
  more
# foot of c
d: [x, # in a list
  y]
e: f#g
  # under e
"""
    assert layout(text).comments == [
        Comment("# head", ("a",), trailing=False),
        Comment("# yes", ("a",), trailing=True),
        Comment("# header", ("c",), trailing=True),
        Comment("# foot of c", ("d",), trailing=False),
        Comment("# in a list", ("d", "x\0000"), trailing=True),
        Comment("# under e", None, trailing=False),
    ]
