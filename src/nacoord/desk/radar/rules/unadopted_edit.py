"""A record was edited by hand, and the edit is not in the history.

It speaks while the file of a record differs from the newest commit, or is gone. Asked about the past, it
is silent.

Why it matters: nobody else sees the change, the next one has no author, and commands refuse to write to
the record.

What to do: look at it with `nacoord diff`, and keep it with `nacoord commit -m WHY`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.finding import Place
from nacoord.desk.radar.scene import Scene
from nacoord.desk.radar.words import listed
from nacoord.model.office import FILE


def find(scene: Scene) -> Iterator[Finding]:
    """Yield one finding for all records whose files differ from the newest commit."""
    ids = scene.facts.uncommitted
    if ids:
        many = f"{len(ids)} records" if len(ids) > 1 else "a record"
        here = [id for id in ids if id in scene.snapshot.records]
        places = tuple(scene.place(id) for id in here)
        office_file = scene.snapshot.office_file
        yield Finding(
            # Of what is gone nothing can be said; the record as a whole is what differs.
            here[0] if here else FILE,
            f"{many} edited or removed by hand and not committed: {listed(ids)}",
            "nobody else sees it, and it has no author",
            (scene.snapshot.office.own_agency,),
            'nacoord commit -m "…"',
            (),
            scene.today,
            places or (Place(FILE, (), office_file),),
        )
