"""Two sources give one field different values.

It speaks when two sources of a record cover the same field and their `says` differ.

Why it matters: a brief that quotes one of two figures is corrected in public by whoever has the other.

What to do: find out which is right; take the other's `covers` or `says` out, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene
from nacoord.model.folding import fold
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.issue import Issue


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each field on which sources differ."""
    for record in scene.snapshot.records.values():
        said: dict[str, list[tuple[str, int]]] = {}
        for at, source in enumerate(record.sources):
            for field in source.covers if source.says else ():
                said.setdefault(field, []).append((str(source.says), at))
        for field, given in said.items():
            if len({fold(value) for value, _ in given}) > 1:
                yield _finding(scene, record, field, given)


def _finding(scene: Scene, record: Record, field: str, given: list[tuple[str, int]]) -> Finding:
    about = (record.id,) if isinstance(record, Issue) else tuple(getattr(record, "issues", ()))
    shown = "; ".join(f"“{value}” ({record.sources[at].cite})" for value, at in given)
    return Finding(
        record.id,
        f"sources differ on {field}: {shown}",
        "whoever has the other figure corrects ours in public",
        scene.leads(about) or (scene.snapshot.office.own_agency,),
        f"nacoord edit {record.id}",
        about,
        None,
        tuple(scene.place(record.id, "sources", at) for _, at in given),
    )
