"""The table of migrations: a new format is one file here, one row below, and FORMAT raised."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from typing import NamedTuple

from nacoord.model.edit import Edit
from nacoord.record.migrations import from0

# Given a file's path in the record and the mapping in it: what it is to have differently. A file is
# migrated by itself, so that one version of one file in history can be read as migrated too.
Edits = Callable[[str, Any], list[Edit]]


class Migration(NamedTuple):
    """A step from one format to the next.

    Attributes:
        start: the format it starts from; it ends in the next one.
        does: what it does, in words.
        edits: what it changes in a file; never in the key `format`, which is changed for it.
        needs: the lowest version of nacoord that reads what it makes, which is written beside the
            format; empty where every version does.
    """

    start: int
    does: str
    edits: Edits
    needs: str = ""


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        0,
        "`nacoord.yaml` names the format, and `holidays` of a clock's steps are written US, MX and CA, "
        "where any spelling was taken before.",
        from0.edits,
    ),
)
