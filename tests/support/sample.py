"""The sample record, read once."""

from __future__ import annotations

from nacoord.record.loader import load
from tests.conftest import ROOT

SAMPLE = load(ROOT / "data", "data")
