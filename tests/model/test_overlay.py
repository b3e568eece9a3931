"""A mapping over another reads as a copy with the changes made."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nacoord.model.overlay import Overlay

KEYS = st.text("abcd", min_size=1, max_size=2)


@given(
    below=st.dictionaries(KEYS, st.integers()),
    differing=st.dictionaries(KEYS, st.none() | st.integers()),
    again=st.dictionaries(KEYS, st.none() | st.integers()),
    key=KEYS,
)
def test_an_overlay_is_a_changed_copy(
    below: dict[str, int],
    differing: dict[str, int | None],
    again: dict[str, int | None],
    key: str,
) -> None:
    copy = {
        key: value
        for key, value in sorted((below | differing | again).items())
        if value is not None
    }
    found = Overlay(Overlay(dict(sorted(below.items())), differing), again)

    assert list(found.items()) == list(copy.items())
    assert (len(found), key in found, found.get(key)) == (len(copy), key in copy, copy.get(key))
