"""Every id that a record names exists and is of the right kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from nacoord.desk.checks.report import fault
from nacoord.desk.checks.shift import Among
from nacoord.desk.checks.shift import Shift
from nacoord.model.closest import did_you_mean
from nacoord.model.fault import Fault
from nacoord.model.fault import Path
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.table import KINDS
from nacoord.model.kinds.table import kind_of
from nacoord.model.references import held
from nacoord.model.references import references
from nacoord.model.snapshot import Snapshot


def check(snapshot: Snapshot, among: Among) -> Iterator[Fault]:
    """Yield `unknown-KIND` for an id that nothing has, `wrong-kind` for one of another kind."""
    for reference in references(snapshot.office):
        yield from _refer(snapshot, "", reference.field, reference.kinds, reference.id)
    records = list(among.of(snapshot, Record))
    # Most ids are held by many, and nearly all are right: each is looked up once, and where it
    # stands is looked for only when it is wrong.
    named = set(chain.from_iterable(map(held, records)))
    wrong = {each for each in named if not _is_right(snapshot, *each)}
    for record in records if wrong else ():
        if wrong.isdisjoint(held(record)):
            continue
        for reference in references(record):
            yield from _refer(snapshot, record.id, reference.field, reference.kinds, reference.id)


def reach(shift: Shift) -> Among:
    """Return what differs, and what refers to ids that came, went or have another kind now."""
    return shift.seen_from(
        id for id in shift.ids if _stands_for(shift.before, id) != _stands_for(shift.after, id)
    )


def _stands_for(snapshot: Snapshot, id: str) -> str | None:
    """Return the kind of an id; the record need not be read for that."""
    for kind in KINDS.values():
        if id in snapshot.records.shelf(kind.model):
            return kind.name
    return "broken" if id in snapshot.broken else None


def _is_right(snapshot: Snapshot, kinds: tuple[str, ...], id: str) -> bool:
    kind = _stands_for(snapshot, id)
    return kind is not None and (not kinds or kind in kinds or kind == "broken")


def _refer(
    snapshot: Snapshot, at: str, field: Path, kinds: tuple[str, ...], id: str
) -> Iterator[Fault]:
    target = snapshot.records.get(id)
    if target is None:
        # A file that exists and can't be read has a fault of its own.
        if id not in snapshot.broken:
            yield _unknown(snapshot, at, field, kinds, id)
    elif kinds and kind_of(target).name not in kinds:
        yield _wrong_kind(snapshot, at, field, kinds, target)


def _unknown(snapshot: Snapshot, at: str, field: Path, kinds: tuple[str, ...], id: str) -> Fault:
    word = " or ".join(kinds) or "record"
    code = f"unknown-{kinds[0]}" if len(kinds) == 1 else "unknown-record"
    models = [KINDS[kind].model for kind in kinds or KINDS]
    known = sorted(name for model in models for name in snapshot.records.shelf(model))
    hint = (
        did_you_mean(id, known)
        or f"list them with: nacoord list {kinds[0] if kinds else ''}".rstrip()
    )
    return fault(snapshot, at, code, f'no {word} "{id}"', field, hint)


def _wrong_kind(
    snapshot: Snapshot, at: str, field: Path, kinds: tuple[str, ...], target: Record
) -> Fault:
    is_now, wanted = kind_of(target).name, " or ".join(kinds)
    message = f'"{target.id}" is {_a(is_now)}; {_a(wanted)} belongs here'
    return fault(snapshot, at, "wrong-kind", message, field, f"name {_a(wanted)}")


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
