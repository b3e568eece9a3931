"""Changes in words: what is short is told even beside what is too long to tell."""

from __future__ import annotations

from nacoord.desk.wording import sentence
from nacoord.model.difference import FieldChange

LONG = "The state's date is off and the firm says that it will not stop at all"


def test_a_short_change_is_told_beside_one_that_is_too_long() -> None:
    health = FieldChange("health", "", "amber", "red")
    reason = FieldChange("health_reason", "", LONG, LONG[::-1])

    assert sentence([health, reason], 72) == "health amber → red, health_reason"


def test_many_changes_are_only_counted() -> None:
    changes = [FieldChange(f"field_number_{at}", "", LONG, "x") for at in range(9)]

    assert sentence(changes).endswith("field_number_4 and 4 more")
