"""The rules between records, from the cases in cases/checks.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from nacoord.desk.checks.table import check
from nacoord.model.fault import dotted
from tests.support.records import snapshot_of

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "checks.yaml").read_text()
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_case(case: dict[str, Any]) -> None:
    found = check(snapshot_of(case["texts"]))

    shown = [f"{fault.code} {fault.record or 'nacoord'} {dotted(fault.field)}" for fault in found]
    assert shown == case.get("finds", [])
    for hint in case.get("hints", []):
        assert hint in {fault.hint for fault in found}


def test_order_of_files_changes_nothing() -> None:
    texts = {name: text for case in CASES[:3] for name, text in case["texts"].items()}
    backwards = dict(reversed(texts.items()))

    assert check(snapshot_of(texts)) == check(snapshot_of(backwards))
