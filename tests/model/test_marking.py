"""Of several markings, the one that a page with all of them needs."""

from __future__ import annotations

import re

import pytest

from nacoord.model.marking import PATTERN
from nacoord.model.marking import highest


@pytest.mark.parametrize(
    ("markings", "top"),
    [
        ((), "internal"),
        (("public",), "public"),
        (("public", "internal", "public"), "internal"),
        (("deliberative", "internal"), "deliberative"),
        (("deliberative", "cui//PRVCY"), "cui//PRVCY"),
        (("cui//PRVCY", "cui//LEI"), "cui//LEI/PRVCY"),
        (("cui//PRVCY//FED ONLY", "cui//LEI//NOCON, FED ONLY"), "cui//LEI/PRVCY//FED ONLY/NOCON"),
    ],
)
def test_highest(markings: tuple[str, ...], top: str) -> None:
    assert highest(markings) == top
    assert re.fullmatch(PATTERN, top)
