"""Renames on one side of a merge, and the references that must follow them on the other.

A record says by itself which ids it had (`formerly`), so nothing is guessed from what files look like.
"""

from __future__ import annotations

from collections.abc import Mapping

from nacoord.model.edit import EditError
from nacoord.model.edit import Put
from nacoord.model.kinds.table import BY_FOLDER
from nacoord.model.kinds.table import Kind
from nacoord.model.references import references
from nacoord.record import yamltext
from nacoord.record.draft import order_of
from nacoord.record.files import names_record
from nacoord.record.merging.changes import Change
from nacoord.record.merging.changes import Contents
from nacoord.record.validation import validate
from nacoord.record.writing.surgery import edited


def kind_of(path: str, prefix: str) -> Kind | None:
    """Return the kind whose record a path from the top of the work tree names; None for none."""
    if not path.startswith(prefix):
        return None
    folder, _, name = path.removeprefix(prefix).partition("/")
    return BY_FOLDER.get(folder) if names_record(name) else None


def id_of(path: str) -> str:
    """Return the id that a record's path stands for."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def renames(changed: Mapping[str, Change], contents: Contents, prefix: str) -> dict[str, str]:
    """Return the new path of each record that was renamed, by its old one."""
    gone = {
        id_of(path): path
        for path, each in changed.items()
        if each.new is None and kind_of(path, prefix)
    }
    came = [path for path, each in changed.items() if each.old is None and kind_of(path, prefix)]
    if not gone or not came:
        return {}
    contents.fetch(changed[path].new for path in came)
    found = {}
    for path in came:
        value = yamltext.value_of(contents.of(changed[path].new))
        former = value.get("formerly") if isinstance(value, dict) else None
        for id in reversed(former if isinstance(former, list) else []):
            old = gone.get(str(id))
            if (
                old is not None
                and kind_of(old, prefix) is kind_of(path, prefix)
                and old not in found
            ):
                found[old] = path
                break
    return found


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
