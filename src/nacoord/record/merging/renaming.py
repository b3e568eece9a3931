"""Renames on one side of a merge, and the references that must follow them on the other.

A record says by itself which ids it had (`formerly`), so nothing is guessed from what files look like.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nacoord.model.edit import EditError
from nacoord.model.edit import Put
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.kinds.table import Kind
from nacoord.model.references import references
from nacoord.record import yamltext
from nacoord.record.draft import order_of
from nacoord.record.files import id_of
from nacoord.record.files import names_record
from nacoord.record.merging.changes import Change
from nacoord.record.merging.changes import Contents
from nacoord.record.merging.changes import File
from nacoord.record.validation import validate
from nacoord.record.writing.surgery import edited


def kind_of(path: str, prefix: str) -> Kind | None:
    """Return the kind whose record a path from the top of the work tree names; None for none."""
    if not path.startswith(prefix):
        return None
    folder, _, name = path.removeprefix(prefix).partition("/")
    return BY_FOLDER.get(folder) if names_record(name) else None


def renames(changed: Mapping[str, Change], contents: Contents, prefix: str) -> dict[str, str]:
    """Return the new path of each record that was renamed, by its old one.

    An id may be another record's by now: two that changed places, or one that took a place that was
    left. So what counts is which ids a record says it had, and did not say before.
    """
    records = {path: each for path, each in changed.items() if kind_of(path, prefix)}
    contents.fetch(each.new for each in records.values())
    came = [path for path, each in records.items() if b"formerly" in (contents.of(each.new) or b"")]
    contents.fetch(records[path].old for path in came)
    claims = {path: _claimed(records[path], contents) for path in came}
    # A place is left where nothing stands now, or what came from elsewhere.
    left = {
        id_of(path): path
        for path, each in records.items()
        if each.old is not None and (each.new is None or claims.get(path))
    }
    found: dict[str, str] = {}
    for path, ids in claims.items():
        # The first is what it was called when the sides parted; later ones it took on the way.
        for old in (left.get(id, path) for id in ids):
            is_like = kind_of(old, prefix) is kind_of(path, prefix)
            if old != path and is_like and old not in found:
                found[old] = path
                break
    return found


def _claimed(change: Change, contents: Contents) -> list[str]:
    """Return the ids that a record says it had, and that what stood there before did not say.

    One that goes on under its title has come back to its id, and took the place of no other.
    """
    old, new = (_value(contents, file) for file in (change.old, change.new))
    if old and old.get("title") == new.get("title"):
        return []
    known = _former(old)
    return [id for id in _former(new) if id not in known]


def _value(contents: Contents, file: File | None) -> dict[str, Any]:
    value = yamltext.value_of(contents.of(file))
    return value if isinstance(value, dict) else {}


def _former(value: Mapping[str, Any]) -> list[str]:
    former = value.get("formerly")
    return [str(id) for id in former] if isinstance(former, list) else []


def with_references(data: bytes, kind: Kind, renamed: Mapping[str, str]) -> bytes:
    """Return a record's text with the references to renamed records following them.

    A text that can't be read is returned as it is; the check of the merged record tells of it.
    """
    document = yamltext.read(data)
    if not renamed or document.problems:
        return data
    record = validate(kind.model, document.value, written=document.text, id="any")
    if isinstance(record, list):
        return data
    edits = [
        Put(found.field, renamed[found.id]) for found in references(record) if found.id in renamed
    ]
    try:
        return edited(data, edits, order_of(kind)) if edits else data
    except EditError:
        return data
