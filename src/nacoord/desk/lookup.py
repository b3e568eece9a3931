"""Which record, and which part of the office's work, a typed word means.

Words are met without accents and case, by id, title, alias or the unique start of an id.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Literal
from typing import NamedTuple

from nacoord.model.closest import did_you_mean
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError
from nacoord.model.folding import fold
from nacoord.model.kinds.action import Action
from nacoord.model.kinds.agency import Agency
from nacoord.model.kinds.base import Record
from nacoord.model.kinds.clock import Clock
from nacoord.model.kinds.issue import Issue
from nacoord.model.kinds.person import Person
from nacoord.model.kinds.table import kind_of
from nacoord.model.snapshot import Snapshot

ScopeKind = Literal["everything", "relationship", "theme", "issue", "agency", "person", "clock"]
# What a word that means some other kind of record is told.
_MEANS = {
    "scope": "a scope is a relationship, theme, issue, agency or person",
    "scope or clock": "a scope is a relationship, theme, issue, agency, person or clock",
}


class UnknownError(UsageError):
    """A typed word names nothing in the record."""


class AmbiguousError(UsageError):
    """A typed word could mean several records."""


class UnreadableError(NacoordError):
    """The record that is asked for exists, but its file can't be read."""

    exit_code = 3


class Scope(NamedTuple):
    """A part of the office's work.

    Attributes:
        kind: what sort of part.
        id: the relationship, theme or record; empty for everything.
        title: what to call it on a screen.
        issues: the ids of the issues in it.
    """

    kind: ScopeKind
    id: str
    title: str
    issues: frozenset[str]

    def touches(self, issues: Iterable[str]) -> bool:
        """Tell whether any of these issues is in the scope."""
        return self.kind == "everything" or not self.issues.isdisjoint(issues)


def find_record(snapshot: Snapshot, word: str) -> Record:
    """Return the one record that a typed word means.

    Raises:
        UnknownError: when no record has that id, title or alias.
        AmbiguousError: when several do, or several ids start with it.
        UnreadableError: when it is the id of a file that can't be read.
    """
    return _one(snapshot, word, _Pool(snapshot, (Record,)), "record")


def find_scope(snapshot: Snapshot, word: str | None, *, clocks: bool = False) -> Scope:
    """Return the part of the work that a typed word means; None means everything.

    With `clocks` a word may mean a clock too: the issues it stands on.

    Raises:
        UnknownError, AmbiguousError, UnreadableError: as `find_record` does.
    """
    found = _part(snapshot, word)
    if found:
        return found
    also, what = ((Clock,), "scope or clock") if clocks else ((), "scope")
    return scope_of(snapshot, _scope_record(snapshot, word or "", also, what))


def find_action_or_scope(snapshot: Snapshot, word: str | None) -> Action | Scope:
    """Return the action or the part of the work that a typed word means; None means everything.

    Raises:
        UnknownError, AmbiguousError, UnreadableError: as `find_record` does.
    """
    part = _part(snapshot, word)
    if part:
        return part
    found = _scope_record(snapshot, word or "", (Action,), "action or scope")
    return found if isinstance(found, Action) else scope_of(snapshot, found)


def _scope_record(
    snapshot: Snapshot, word: str, also: tuple[type[Record], ...], what: str
) -> Record:
    """Return the one record that is a scope, or of other kinds, that a typed word means."""
    office = snapshot.office
    pool = _Pool(snapshot, (Issue, Agency, Person, *also))
    return _one(snapshot, word, pool, what, [*office.relationships, *office.themes])


def _part(snapshot: Snapshot, word: str | None) -> Scope | None:
    """Return everything, a relationship or a theme, when the word means one."""
    office = snapshot.office
    if word is None:
        ids = frozenset(issue.id for issue in snapshot.issues)
        return Scope("everything", "", office.name, ids)
    folded = fold(word.strip())
    for name, relationship in office.relationships.items():
        if folded in (name, fold(relationship.title)):
            return _relationship(snapshot, name, relationship.title)
    for name, title in office.themes.items():
        if folded in (name, fold(title)):
            ids = frozenset(issue.id for issue in snapshot.issues if issue.theme == name)
            return Scope("theme", name, title, ids)
    return None


def _relationship(snapshot: Snapshot, name: str, title: str) -> Scope:
    wider = snapshot.office.wider(name)
    ids = frozenset(
        issue.id for issue in snapshot.issues if not wider.isdisjoint(issue.relationships)
    )
    return Scope("relationship", name, title, ids)


def scope_of(snapshot: Snapshot, record: Record) -> Scope:
    """Return the part of the work that an issue, an agency, a person or a clock stands for."""
    if isinstance(record, Issue):
        return Scope("issue", record.id, record.title, frozenset({record.id}))
    if isinstance(record, Agency):
        family = descendants(snapshot, record.id)
        ids = (issue.id for issue in snapshot.issues if not family.isdisjoint(issue.agencies()))
        return Scope("agency", record.id, record.title, frozenset(ids))
    if isinstance(record, Clock):
        ids = (
            issue.id
            for issue in snapshot.issues
            if any(run.clock == record.id for run in issue.clocks)
        )
        return Scope("clock", record.id, record.title, frozenset(ids))
    assert isinstance(record, Person)
    held = set(record.portfolio)
    ids = (issue.id for issue in snapshot.issues if issue.owner == record.id or issue.id in held)
    return Scope("person", record.id, record.title, frozenset(ids))


def touching(snapshot: Snapshot, scope: Scope) -> frozenset[str]:
    """Return the ids of the records in a scope: its issues, what refers to them, and itself."""
    from nacoord.model.references import ids_held

    found = {
        record.id
        for record in snapshot.records.values()
        if record.id in scope.issues
        or not scope.issues.isdisjoint(ids_held(record, kinds=("issue",)))
    }
    former = {name for id in found for name in snapshot.records[id].formerly}
    return frozenset(found | former | ({scope.id} if scope.id else set()))


def descendants(snapshot: Snapshot, id: str) -> frozenset[str]:
    """Return an agency and everything below it."""
    children: dict[str, list[str]] = {}
    for agency in snapshot.agencies:
        if agency.parent:
            children.setdefault(agency.parent, []).append(agency.id)
    found: set[str] = set()
    waiting = [id]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += children.get(here, ())
    return frozenset(found)


def is_within(snapshot: Snapshot, id: str, bodies: Collection[str]) -> bool:
    """Tell whether an agency is one of some bodies, or somewhere below one of them."""
    here: str | None = id
    seen: set[str] = set()
    while here and here not in seen:
        if here in bodies:
            return True
        seen.add(here)
        agency = snapshot.get(Agency, here)
        here = agency.parent if agency else None
    return False


def family(snapshot: Snapshot, *agencies: str) -> frozenset[str]:
    """Return agencies, everything below them, and the persons who serve there."""
    bodies = {id for agency in agencies for id in descendants(snapshot, agency)}
    return frozenset(bodies | {each.id for each in snapshot.people if each.agency in bodies})


def names(record: Record) -> tuple[str, ...]:
    """Return every name a record goes by: id, former ids, title, aliases."""
    found = (record.id, *record.formerly, record.title)
    return (*found, *record.aliases) if isinstance(record, Agency) else found


def find_among(snapshot: Snapshot, word: str, candidates: Iterable[Record], what: str) -> Record:
    """Return the one of some records that a typed word means.

    Raises:
        UnknownError, AmbiguousError, UnreadableError: as `find_record` does.
    """
    try:
        return _one(snapshot, word, list(candidates), what)
    except UnknownError:
        other = snapshot.records.get(fold(word.strip()))
        if other is None:
            raise
        kind = kind_of(other).name
        a, an = (f"{'an' if name[0] in 'aeiou' else 'a'} {name}" for name in (kind, what))
        raise UnknownError(
            f'"{other.id}" is {a}, not {an}', hint=f"nacoord show {other.id}"
        ) from None


class _Pool:
    """The records of some kinds, which nobody walks through where an id is typed whole."""

    def __init__(self, snapshot: Snapshot, kinds: tuple[type[Record], ...]) -> None:
        self.snapshot = snapshot
        self.kinds = kinds

    def __contains__(self, record: object) -> bool:
        return isinstance(record, self.kinds)

    def __iter__(self) -> Iterator[Record]:
        return (record for kind in self.kinds for record in self.snapshot.of(kind))


def _one(
    snapshot: Snapshot,
    word: str,
    pool: Collection[Record] | _Pool,
    what: str,
    words: Iterable[str] = (),
) -> Record:
    folded = fold(word.strip())
    exact = snapshot.records.get(folded)
    if exact is not None and exact in pool:
        return exact
    if folded in snapshot.broken:
        raise UnreadableError(
            f'the record "{folded}" can\'t be read', hint="see why with: nacoord check"
        )
    named = [record for record in pool if _is_called(record, folded)]
    if not named and folded:
        named = [record for record in pool if record.id.startswith(folded)]
    if len(named) == 1:
        return named[0]
    if named:
        ids = [record.id for record in named]
        shown = ", ".join(ids[:6]) + (f" and {len(ids) - 6} more" if len(ids) > 6 else "")
        raise AmbiguousError(f'"{word}" could be {shown}', hint="type more of the id")
    if exact is not None:
        means = f"and {_MEANS[what]}" if what in _MEANS else f"not {_a(what)}"
        raise UnknownError(
            f'"{folded}" is {_a(kind_of(exact).name)}, {means}', hint=f"nacoord show {folded}"
        )
    known = [*words, *(name for record in pool for name in names(record))]
    raise UnknownError(
        f'no {what} "{word}"',
        hint=did_you_mean(word, known) or f"look for it with: nacoord search {word}",
    )


def _is_called(record: Record, folded: str) -> bool:
    """Tell whether a record has such a name beside its id."""
    if fold(record.title) == folded or folded in record.formerly:
        return True
    return isinstance(record, Agency) and any(fold(alias) == folded for alias in record.aliases)


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
