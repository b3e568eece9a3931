"""`link` and `unlink`: how one issue bears on another."""

from __future__ import annotations

from typing import Any
from typing import get_args

from nacoord.desk.edits.assign import NoChangeError
from nacoord.desk.lookup import find_among
from nacoord.model.closest import did_you_mean
from nacoord.model.edit import Drop
from nacoord.model.edit import Put
from nacoord.model.errors import UsageError
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.issue import LinkKind
from nacoord.model.proposal import Proposal
from nacoord.model.proposal import Revise
from nacoord.model.snapshot import Snapshot

KINDS: tuple[str, ...] = get_args(LinkKind)


def link(snapshot: Snapshot, one: str, kind: str, other: str, because: str | None) -> Proposal:
    """Propose that an issue undermines, supports, … another.

    Raises:
        UsageError: when an issue or the kind of link is unknown.
        NoChangeError: when the link is there.
    """
    a, b = _issues(snapshot, one, other)
    _refuse_unknown(kind)
    if any(found.to == b.id and found.kind == kind for found in a.links):
        raise NoChangeError(f"{a.id} {kind} {b.id} already")
    entry: dict[str, Any] = {"to": b.id, "kind": kind}
    if because:
        entry["because"] = because
    step = Revise(a.id, (Put(("links", len(a.links)), entry),))
    return Proposal("link", (step,), f"{a.id}: {kind} {b.id}")


def unlink(snapshot: Snapshot, one: str, kind: str, other: str) -> Proposal:
    """Propose that a link goes.

    Raises:
        UsageError: when an issue or the kind of link is unknown, or there is no such link.
    """
    a, b = _issues(snapshot, one, other)
    _refuse_unknown(kind)
    found = [index for index, each in enumerate(a.links) if each.to == b.id and each.kind == kind]
    if not found:
        listed = ", ".join(f"{each.kind} {each.to}" for each in a.links) or "none"
        raise UsageError(f"{a.id} has no link {kind} {b.id}", hint=f"its links: {listed}")
    step = Revise(a.id, (Drop(("links", found[0])),))
    return Proposal("unlink", (step,), f"{a.id}: no longer {kind} {b.id}")


def _issues(snapshot: Snapshot, one: str, other: str) -> tuple[Issue, Issue]:
    a = find_among(snapshot, one, snapshot.issues, "issue")
    b = find_among(snapshot, other, snapshot.issues, "issue")
    assert isinstance(a, Issue)
    assert isinstance(b, Issue)
    return a, b


def _refuse_unknown(kind: str) -> None:
    if kind not in KINDS:
        hint = did_you_mean(kind, KINDS) or f"use {', '.join(KINDS)}"
        raise UsageError(f'no kind of link "{kind}"', hint=hint)
