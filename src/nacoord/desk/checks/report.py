"""How a rule says what it found: a Fault that knows its record and field."""

from __future__ import annotations

from nacoord.model.fault import Fault
from nacoord.model.fault import Origin
from nacoord.model.fault import Path
from nacoord.model.faultcodes import severity
from nacoord.model.snapshot import Snapshot


def fault(
    snapshot: Snapshot,
    id: str,
    code: str,
    message: str,
    field: Path,
    hint: str = "",
    *,
    on_key: bool = False,
) -> Fault:
    """Make a fault in a record; the record layer finds the line of its field."""
    origin = Origin(snapshot.files.get(id, snapshot.office_file))
    return Fault(code, severity(code), message, origin, hint, id, field, on_key=on_key)
