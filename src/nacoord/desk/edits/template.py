"""The commented template of a new record, as `new` opens it in an editor."""

from __future__ import annotations

from nacoord.desk.edits.records import begins
from nacoord.model.kinds.base import file_order
from nacoord.model.kinds.table import Kind

_LATER = frozenset({"notes", "sources", "field_markings", "formerly"})


def template(kind: Kind) -> str:
    """Return a template: what a record needs to be filled in, what it may have as comments."""
    named = {info.alias or name: info for name, info in kind.model.model_fields.items()}
    start = begins(kind.name)
    lines = [
        f"# A new {kind.name}. Fill in what is needed; take the # away from what else is known."
    ]
    for key in file_order(kind.model):
        if key in _LATER:
            continue
        info = named[key]
        needed = info.is_required()
        lines.append(f"# {info.description}")
        value = start.get(key, "")
        lines.append(f"{'' if needed else '# '}{key}: {value}".rstrip())
    return "\n".join(lines) + "\n"
