"""Every fault code: what it means, with an example that has it and one that doesn't.

`nacoord explain CODE` shows a row, `docs/faults.md` all of them, and a test runs each pair of
examples through `check`. Adding a code is one row in the file of its family.
"""

from __future__ import annotations

from nacoord.model.fault import Severity
from nacoord.model.faultcodes.code import FaultCode
from nacoord.model.faultcodes.fields import FIELDS
from nacoord.model.faultcodes.files import FILES
from nacoord.model.faultcodes.records import RECORDS
from nacoord.model.faultcodes.text import TEXT

FAULT_CODES: dict[str, FaultCode] = {row.code: row for row in (*FILES, *TEXT, *FIELDS, *RECORDS)}


def severity(code: str) -> Severity:
    """Return how grave a fault with this code is."""
    return FAULT_CODES[code].severity
