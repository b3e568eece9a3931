"""Merges by field, from the cases in cases.yaml, and the laws that hold for any three values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from nacoord.model.identity import identity
from nacoord.model.identity import same
from nacoord.model.merging.clash import ABSENT
from nacoord.model.merging.clash import Clash
from nacoord.model.merging.values import Merge
from nacoord.record.merging.texts import merge_strings
from nacoord.record.yamltext import read

CASES = read(Path(__file__).with_name("cases.yaml").read_bytes()).value


def merged(base: Any, ours: Any, theirs: Any, side: Any = "ours") -> tuple[Any, list[Clash]]:
    clashes: list[Clash] = []

    def decide(clash: Clash) -> Any:
        clashes.append(clash)
        return clash.value(side)

    return Merge(decide, merge_strings).values(base, ours, theirs), clashes


def called(clash: Clash) -> str:
    return f"{clash.field} [{clash.entry}]" if clash.entry else clash.field


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    result, clashes = merged(case["base"], case["ours"], case["theirs"])

    assert result == case["result"]
    assert [called(clash) for clash in clashes] == case.get("clashes", [])


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case_from_the_other_side(case: dict[str, Any]) -> None:
    result, clashes = merged(case["base"], case["theirs"], case["ours"], "theirs")

    assert result == case["result"]
    assert sorted(map(called, clashes)) == sorted(case.get("clashes", []))


words = st.sampled_from(["a", "b", "c", "d", "one\ntwo\n", "one\n2\n", "ONE\ntwo\n"])
scalars = st.one_of(words, st.sampled_from([1, True, None, 1.0, float("nan")]))
entry = st.fixed_dictionaries(
    {"what": st.sampled_from("xyz")},
    optional={"due": st.sampled_from(["1", "2", "3"]), "done": st.sampled_from(["4", "5"])},
)
note = st.fixed_dictionaries({"on": st.sampled_from("12"), "text": st.sampled_from("abc")})
lists = st.one_of(
    st.lists(st.sampled_from("abcde"), max_size=4),
    st.lists(entry, max_size=4),
    st.lists(note, max_size=4),
    st.lists(scalars, max_size=3),
)
record = st.fixed_dictionaries(
    {"title": st.sampled_from("TU")},
    optional={
        "tags": st.lists(st.sampled_from("abcde"), min_size=1, max_size=5, unique=True),
        "milestones": st.lists(entry, min_size=1, max_size=4),
        "notes": st.lists(note, min_size=1, max_size=4),
        "next_step": entry,
        "health": scalars,
        "summary": words,
        "x-any": st.one_of(scalars, lists, entry),
    },
)


@given(record, record)
def test_one_side_alone_decides(base: Any, changed: Any) -> None:
    assert merged(base, changed, base) == (changed, []) or _has_nan(changed)
    assert same(merged(base, changed, base)[0], changed)
    assert same(merged(base, base, changed)[0], changed)
    assert same(merged(base, changed, changed)[0], changed)
    assert not merged(base, base, changed)[1] + merged(base, changed, changed)[1]


@settings(max_examples=300)
@given(record, record, record)
def test_it_does_not_matter_who_is_called_ours(base: Any, one: Any, other: Any) -> None:
    result, clashes = merged(base, one, other, "ours")
    mirrored, turned = merged(base, other, one, "theirs")

    assert same(result, mirrored)
    assert Counter(map(called, clashes)) == Counter(map(called, turned))
    for clash in clashes:
        assert any(
            called(each) == called(clash)
            and same(each.ours, clash.theirs)
            and same(each.theirs, clash.ours)
            for each in turned
        )


@settings(max_examples=300)
@given(record, record, record)
def test_nothing_is_silently_less(base: Any, one: Any, other: Any) -> None:
    result, clashes = merged(base, one, other)

    told = [repr(clash) for clash in clashes]
    for side in (one, other):
        for path, value in _leaves(side):
            known = [each for at, each in _leaves(base) if at == path] or [ABSENT]
            if any(same(was, value) for was in known) or value in ([], {}):
                continue
            there = [each for at, each in _leaves(result) if at == path]
            is_told = any(repr(value) in clash for clash in told)
            assert is_told or any(_holds(each, value, known[0]) for each in there), (path, value)


def _holds(merged: Any, value: Any, was: Any) -> bool:
    """Tell whether a merged value has what a side made of one; text by its new lines."""
    if isinstance(merged, str) and isinstance(value, str) and "\n" in value:
        known = was.splitlines() if isinstance(was, str) else []
        return set(value.splitlines()) - set(known) <= set(merged.splitlines())
    return same(merged, value)


@given(record, record, record)
def test_what_went_on_one_side_and_stayed_on_the_other_is_gone(
    base: Any, one: Any, other: Any
) -> None:
    result, clashes = merged(base, one, other)

    if not clashes:
        for key in base:
            if key not in one and same(other.get(key, ABSENT), base[key]):
                assert key not in result


days = st.lists(st.integers(1, 28), max_size=3, unique=True).map(sorted)


@given(days, days, days, days)
def test_three_who_only_add_come_to_one_record_in_whichever_order_they_merge(
    begun: list[int], one: list[int], other: list[int], third: list[int]
) -> None:
    def record(who: str, added: list[int]) -> Any:
        known = [{"on": f"2021-01-{day:02}", "by": "all", "text": "Before"} for day in begun]
        new = [{"on": f"2021-02-{day:02}", "by": who, "text": f"By {who}"} for day in added]
        return {"title": "T", **({"notes": known + new} if known + new else {}), f"x-{who}": added}

    base = record("nobody", [])
    a, b, c = record("a", one), record("b", other), record("c", third)

    results = [
        merged(base, merged(base, a, b)[0], c),
        merged(base, a, merged(base, b, c)[0]),
        merged(base, b, merged(base, c, a)[0]),
    ]

    for result, clashes in results:
        assert not clashes
        assert result == results[0][0]


def _leaves(value: Any, at: tuple[str, ...] = (), key: str = "") -> Iterator[tuple[Any, Any]]:
    """Yield each value with its path, entries of lists by what they are known by."""
    if isinstance(value, dict) and value:
        for name, each in value.items():
            yield from _leaves(each, (*at, name), name)
    elif isinstance(value, list) and value:
        for each in value:
            yield from _leaves(each, (*at, identity(key, each)), key)
    else:
        yield at, value


def _has_nan(value: Any) -> bool:
    return "nan" in repr(value)
