"""What is accepted without pydantic is what pydantic accepts, and nearly all of it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from nacoord.model.accept import accepted
from nacoord.model.declare import Declared
from nacoord.model.kinds.table import KINDS
from nacoord.model.office import Office
from nacoord.model.typed import validator
from nacoord.record.worktree import WorkTree
from nacoord.record.yamltext import read
from tests.conftest import ROOT
from tests.support.records import OFFICE

SAMPLE = WorkTree(ROOT / "data")
FULL: dict[type[Declared], dict[str, Any]] = {
    Office: {
        **read(OFFICE.encode()).value,
        "reference_date": "2021-01-20",
        "calendars": {"closed": {"US": ["2021-01-20"]}},
        "thresholds": {"soon_days": 7, "stale_days": {"P1": 3}, "radar": {"collision_days": 0}},
    },
    KINDS["agency"].model: {
        "title": "T",
        "summary": "é",
        "notes": [{"on": "2021-01-02", "by": "me", "text": "n"}],
        "tags": ["a"],
        "marking": "cui//PRVCY",
        "field_markings": {"title": "public"},
        "sources": [{"cite": "c", "on": "2021-01-02", "confidence": "low", "covers": ["title"]}],
        "formerly": ["old-id"],
        "muted": [{"rule": "stale", "until": "2021-01-02"}],
        "level": "federal",
        "sphere": "both",
        "country": "US",
        "parent": "a",
        "counterparts": ["b"],
        "aliases": ["A"],
        "cadence_days": 3,
        "positions": [{"issue": "i", "stance": "s", "since": "2021-01-02", "confidence": "high"}],
    },
    KINDS["person"].model: {
        "title": "T",
        "agency": "a",
        "role": "r",
        "emails": ["a@b.c"],
        "tour": {"start": "2020-01-01", "end": "2021-01-01"},
        "portfolio": ["i"],
    },
    KINDS["issue"].model: {
        "title": "T",
        "relationships": ["mexico"],
        "theme": "trade",
        "priority": "P1",
        "status": "active",
        "health": "green",
        "leads": {"foreign": "a"},
        "parties": [{"agency": "a", "role": "inform"}],
        "next_step": {"what": "w", "who": "a", "due": "2021-02"},
        "decisions": [{"what": "w", "decided": {"on": "2021-01-02", "how": "h"}}],
        "links": [{"to": "b", "kind": "related"}],
        "clocks": [
            {
                "clock": "c",
                "met": [{"step": "s", "on": "2021-01-02"}],
                "ended": {"how": "met", "on": "2021-01-02"},
            }
        ],
    },
    KINDS["clock"].model: {
        "title": "T",
        "steps": [{"name": "n", "days": 3, "at_least": True, "holidays": ["US"]}],
        "recurrence": {"every": 2, "unit": "months", "from": "2021-01-02"},
        "fixed": [{"due": "2021-01-02/2021-01-05", "lead_days": 2}],
    },
    KINDS["engagement"].model: {
        "title": "T",
        "type": "call",
        "date": "2021-01-02",
        "time": "09:30",
        "with": ["a"],
        "outcomes": [{"what": "w"}],
    },
    KINDS["commitment"].model: {
        "title": "T",
        "by": ["a"],
        "to": ["b"],
        "issues": ["i"],
        "said": {"engagement": "e", "quote": "q"},
        "status": "met",
        "evidence": [{"what": "w"}],
        "dates": {"received": "2021-01-02"},
    },
    KINDS["action"].model: {
        "title": "T",
        "by": ["a"],
        "when": "2021-02",
        "issues": ["i"],
        "tell": [{"who": "a", "by": "2021-01-02"}],
        "told": [{"who": "a", "on": "2021-01-02"}],
        "clearances": [{"who": "a", "status": "cleared", "text": "sha256:0123456789abcdef"}],
        "signals": [{"on": "2021-01-02", "what": "w", "held_by": ["a"], "access": "public"}],
    },
}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 400),
    st.floats(),
    st.text(max_size=3),
    st.sampled_from(
        [
            "",
            " ",
            "\ud800",
            "é",
            "P1",
            "2021-02-30",
            "2021-02-03",
            "2021-13",
            "2021-02-03/2021-02-01",
            "٢٠٢١-٠٢-٠٣",
            "24:00",
            "09:30\n",
            "a@b.c\n",
            "a@é",
            "3",
            "public\n",
            "America/New_York",
        ]
    ),
    st.just([]),
    st.just({}),
    st.lists(st.sampled_from(["a", "", 1]), max_size=2),
    st.dictionaries(st.sampled_from(["title", "on", 1]), st.just("public"), max_size=2),
)


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield (*at, key)
        if isinstance(inner, (dict, list)):
            yield from _places(inner, (*at, key))


@st.composite
def _altered(draw: st.DrawFn) -> tuple[type[Declared], dict[str, Any]]:
    """A full record with a few values gone, odd, or under a key that nobody knows."""
    model = draw(st.sampled_from(list(FULL)))
    data = deepcopy(FULL[model])
    for _ in range(draw(st.integers(0, 2))):
        *above, last = draw(st.sampled_from(list(_places(data))))
        here: Any = data
        for part in above:
            here = here[part]
        how = draw(st.sampled_from(["odd", "odd", "gone", "more"]))
        if how == "gone":
            del here[last]
        elif how == "more" and isinstance(here, dict):
            here["unknown"] = "x"
        else:
            here[last] = draw(ODD)
    return model, data


@given(_altered())
def test_what_is_accepted_is_what_pydantic_makes_of_it(
    altered: tuple[type[Declared], dict[str, Any]],
) -> None:
    model, data = altered
    found = accepted(model, data)
    try:
        made = validator(model).validate_python(data)
    except ValidationError:
        made = None

    if found is not None:
        assert found == made
        assert list(found) == list(made or ())
        assert repr(found) == repr(made)


@pytest.mark.parametrize("model", FULL, ids=lambda model: model.__name__)
def test_a_full_record_is_accepted(model: type[Declared]) -> None:
    assert accepted(model, FULL[model]) == validator(model).validate_python(FULL[model])


def test_every_record_of_the_sample_is_accepted() -> None:
    found = [entry for entry in SAMPLE.entries() if entry.kind]
    assert len(found) > 50
    for entry in found:
        data = SAMPLE.read(entry.path)
        assert isinstance(data, bytes)
        value = read(data).value
        plain = {key: item for key, item in value.items() if not key.startswith("x-")}
        assert entry.kind
        assert accepted(entry.kind.model, plain) is not None, entry.path
