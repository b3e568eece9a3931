"""A goal undermines a linked goal, and nobody reconciles the two.

It speaks of two live issues joined by a link `undermines`, once where each undermines the other, unless
somebody holds both together: they have the same owner, a contact of the last `stale_days` (those of P2)
or ahead has both on its list, or an open promise is about both.

Why it matters: trade and migration, or an arrest and the cooperation it rests on, have undone each other
before.

What to do: put both on one agenda, or give them one owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from nacoord.desk.radar.finding import Finding
from nacoord.desk.radar.scene import Scene


def find(scene: Scene) -> Iterator[Finding]:
    """Yield each pair of goals at odds that nobody holds together."""
    pairs = [
        (issue, other, at)
        for issue in scene.issues
        for at, link in enumerate(issue.links)
        if link.kind == "undermines" and (other := scene.issue(link.to)) and other.live
    ]
    if not pairs:
        return
    joined = _joined(scene, {frozenset({one.id, other.id}) for one, other, _ in pairs})
    for issue, other, at in pairs:
        pair = frozenset({issue.id, other.id})
        same_owner = issue.owner is not None and issue.owner == other.owner
        if same_owner or pair in joined:
            continue
        # Where each undermines the other, it is told once.
        joined.add(pair)
        because = issue.links[at].because
        yield Finding(
            issue.id,
            f"{issue.id} undermines {other.id} and nobody holds them together",
            " ".join(because.split()) if because else "each is tended by itself",
            scene.leads((issue.id, other.id)),
            f'nacoord new engagement title="…" type=deputies date=DATE with=WHO'
            f" issues={issue.id},{other.id}",
            (issue.id, other.id),
            None,
            (scene.place(issue.id, "links", at), scene.place(other.id)),
        )


def _joined(scene: Scene, pairs: set[frozenset[str]]) -> set[frozenset[str]]:
    """Return the pairs of issues that a contact or an open promise holds together."""
    rest = scene.snapshot.office.thresholds.stale_days
    since = scene.today - timedelta(days=rest.P2)
    contacts = scene.snapshot.engagements
    lists = [each.issues for each in contacts if (each.until or each.date) >= since]
    lists += [each.issues for each in scene.snapshot.commitments if each.status == "open"]
    return {pair for issues in lists if len(issues) > 1 for pair in pairs if pair <= set(issues)}
