"""The audit: what in the history of the record a records officer or inspector must look at."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nacoord.desk.chronicle import Entry
from nacoord.desk.edits.outcome import RecordChange
from nacoord.desk.edits.outcome import field_names
from nacoord.model.kinds.person import Person

# The only fields that these verbs touch.
_TOUCHES: dict[str, frozenset[str]] = {
    "note": frozenset({"notes"}),
    "link": frozenset({"links"}),
    "unlink": frozenset({"links"}),
    "tell": frozenset({"told"}),
    "clear": frozenset({"clearances"}),
    "object": frozenset({"clearances"}),
    "meet": frozenset({"status", "evidence"}),
    "close": frozenset({"status", "next_step"}),
    "migrate": frozenset({"format", "needs"}),
    # What is told of a saved brief, which is no record.
    "brief": frozenset({"title", "marking", "commit", "fingerprint"}),
}
# The verbs that make merges.
_MERGING = frozenset({"sync", "resolve"})
# git's letters for a signature (git-log(1), %G?).
_SIGNATURES = {
    "N": "is not signed",
    "B": "has a bad signature",
    "E": "has a signature that can't be checked",
    "X": "has a signature that has expired",
    "Y": "is signed with a key that has expired",
    "R": "is signed with a key that was revoked",
    "U": "is signed with a key that nobody vouches for",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    Attributes:
        code: `without-tool`, `not-as-said`, `outside-tour`, `unknown-author`, `signature`,
            `removed` or `rewritten`.
        commit: the commit; of `rewritten` the one that is gone.
        on: its day; None when it isn't known.
        who: its author.
        records: the records it is about.
        message: what was found, in one line.
    """

    code: str
    commit: str
    on: date | None
    who: str
    records: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Audited:
    """A commit as the audit needs it: in words, what it said of itself, and its signature."""

    entry: Entry
    email: str
    said: tuple[tuple[str, tuple[str, ...]], ...]
    signature: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit's answer.

    Attributes:
        commits: how many commits were looked at.
        anchors: how many anchors were compared.
        signed: whether signatures were checked.
        findings: what was found, the newest first.
        started: the programs that git starts with a change here because this repository names
            them. They are told and no finding: an office can have hooks of its own.
    """

    commits: int
    anchors: int
    signed: bool
    findings: tuple[Finding, ...]
    started: tuple[str, ...] = ()


def audit(
    commits: Iterable[Audited],
    people: Sequence[Person],
    anchors: int,
    lost: Sequence[tuple[str, str]],
    *,
    signed: bool,
    started: Sequence[str] = (),
) -> Audit:
    """Return what is to be looked at in a history.

    Args:
        commits: all of them, newest first.
        people: the persons of the record, with addresses and tours.
        anchors: how many anchors there are.
        lost: name and commit of each anchor that the history no longer holds.
        signed: whether commits must be signed.
        started: what git starts here with a change.
    """
    by_email = {email.lower(): person for person in people for email in person.emails}
    findings = [
        Finding(
            "rewritten",
            commit,
            None,
            "",
            (),
            f"the history no longer holds {commit[:10]}, anchored as {name}",
        )
        for name, commit in lost
    ]
    count = 0
    strangers: dict[str, list[Audited]] = {}
    for commit in commits:
        count += 1
        findings += _findings(commit, by_email, signed)
        if by_email and commit.entry.records and commit.email.lower() not in by_email:
            strangers.setdefault(commit.email.lower(), []).append(commit)
    findings += [_stranger(email, found) for email, found in strangers.items()]
    return Audit(count, anchors, signed, tuple(findings), tuple(started))


def _findings(commit: Audited, by_email: dict[str, Person], signed: bool) -> Iterator[Finding]:
    entry = commit.entry
    ids = tuple(each.id for each in entry.records)

    def found(code: str, message: str, records: tuple[str, ...] = ids) -> Finding:
        return Finding(code, entry.commit, entry.on, entry.who, records, message)

    if signed and commit.signature not in ("G", ""):
        yield found("signature", f"the commit {_SIGNATURES.get(commit.signature, 'is not signed')}")
    if by_email and entry.records:
        yield from (found(code, words) for code, words in _author(commit, by_email))
    removed = tuple(each.id for each in entry.records if each.what == "removed")
    if removed:
        why = f": {entry.why.splitlines()[0]}" if entry.why else ", and no reason is given"
        yield found("removed", f"removed {', '.join(removed)}{why}", removed)
    own = [each for each in entry.records if each.fields or each.what != "changed"]
    if entry.merge:
        if own and entry.action in _MERGING:
            # It says itself what it decided.
            yield from (found("not-as-said", words) for words in _mismatches(commit, own))
        elif own:
            yield found(
                "without-tool", "a merge decided values itself", tuple(each.id for each in own)
            )
    elif entry.records and not entry.action:
        yield found("without-tool", f"made without nacoord: “{entry.subject}”")
    elif entry.action:
        yield from (found("not-as-said", words) for words in _mismatches(commit, entry.records))


def _author(commit: Audited, by_email: dict[str, Person]) -> Iterator[tuple[str, str]]:
    person = by_email.get(commit.email.lower())
    if person is not None and person.tour is not None:
        on, tour = commit.entry.on, person.tour
        if on < tour.start or (tour.end is not None and on > tour.end):
            until = f" to {tour.end}" if tour.end else " on"
            yield "outside-tour", f"{person.id} serves from {tour.start}{until}"


def _stranger(email: str, found: Sequence[Audited]) -> Finding:
    last = found[0].entry
    many = f"{len(found)} commits, the last one this" if len(found) > 1 else "one commit"
    message = f"{email} is nobody's address in the record: {many}"
    return Finding("unknown-author", last.commit, last.on, last.who, (), message)


def _mismatches(commit: Audited, records: Sequence[RecordChange]) -> Iterator[str]:
    done = {each.id: frozenset(field_names(each)) for each in records}
    said = {id: frozenset(names) for id, names in commit.said}
    for id in sorted({*done, *said}):
        if id not in said:
            yield f"{id} changed, and the trailers don't say so"
        elif id not in done:
            yield f"the trailers say {id}, which did not change"
        elif said[id] != done[id]:
            extra = ", ".join(sorted(done[id] - said[id])) or "less"
            yield f"{id}: the trailers say {', '.join(sorted(said[id])) or 'the whole record'}, and {extra} changed"
    allowed = _TOUCHES.get(commit.entry.action)
    if allowed is None:
        return
    for id, names in done.items():
        beyond = {name.split(".")[0] for name in names} - allowed
        if beyond:
            yield f"{id}: {commit.entry.action} does not change {', '.join(sorted(beyond))}"
