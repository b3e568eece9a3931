"""What a record refers to, asked in two ways."""

from __future__ import annotations

from pathlib import Path

from nacoord.model.kinds.table import KINDS
from nacoord.model.references import held
from nacoord.model.references import ids_held
from nacoord.model.references import references
from nacoord.record.loader import load

SAMPLE = Path(__file__).parents[2] / "data"


def test_held_are_the_references_without_their_fields() -> None:
    found = load(SAMPLE, "")

    for model in (found.office, *found.records.values()):
        listed = [(each.kinds, each.id) for each in references(model)]
        assert held(model) == listed
        assert ids_held(model) == [id for _, id in listed]
    assert {type(each) for each in found.records.values()} == {
        kind.model for kind in KINDS.values()
    }
