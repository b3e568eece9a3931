"""How a brief is made: which days it is about, what history says of them, what may be told."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from nacoord.cli.chronicles import entries_from
from nacoord.cli.chronicles import entry_of
from nacoord.cli.chronicles import revisions_of
from nacoord.desk.brief import madefrom
from nacoord.desk.brief.answer import Asked
from nacoord.desk.brief.answer import Brief
from nacoord.desk.brief.answer import Past
from nacoord.desk.brief.answer import brief
from nacoord.desk.brief.frame import Frame
from nacoord.desk.brief.frame import met_scope
from nacoord.desk.brief.health import HealthHistory
from nacoord.desk.brief.health import first_week
from nacoord.desk.brief.madefrom import MadeFrom
from nacoord.model.dates import read_date
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError
from nacoord.record.files import is_brief

if TYPE_CHECKING:
    from nacoord.cli.session import Session
    from nacoord.desk.chronicle import Entry
    from nacoord.desk.facing import Facing
    from nacoord.desk.release import Release

_WEEK = 7


class NoLastBriefError(UsageError):
    """No brief was saved that this one could follow."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed of a brief: which days, how much, how high, and the bottom line."""

    week: bool = False
    since: str | None = None
    until: str | None = None
    full: bool = False
    ceiling: str | None = None
    own_words: str = ""


class Making:
    """A brief in the making: the record as far as it may be told, and what it is about."""

    def __init__(self, session: Session, left: Release, word: str | None, meeting: str | None):
        from nacoord.desk.facing import facing
        from nacoord.desk.facing import find_asked

        self.session = session
        self.left = left
        self.met: Facing | None = None
        if meeting is not None:
            today, snapshot = session.today.date, left.snapshot
            self.met = facing(snapshot, today, find_asked(snapshot, meeting))
            self.scope = met_scope(snapshot, self.met)
        else:
            self.scope = session.scope(word)

    def begin(self, wanted: Wanted) -> MadeFrom:
        """Return what the brief is to be made from.

        Raises:
            UsageError: when its days can't be.
            NoLastBriefError: when it is to follow one and there is none.
        """
        from nacoord import __version__

        session, today = self.session, self.session.today.date
        base = MadeFrom(
            marking="",
            scope="" if self.met else self.scope.id,
            meeting=self.met.asked.id if self.met else "",
            today=today,
            since=today,
            until=_until(session, wanted),
            last=None,
            after="",
            full=wanted.full,
            ceiling=wanted.ceiling or "",
            own_words=wanted.own_words,
            commit=made_at(session),
            version=__version__,
        )
        return _since(session, wanted, base)

    def make(self, made: MadeFrom) -> Brief:
        """Return the brief that is made from this."""
        from nacoord.desk.readahead import readahead

        snapshot = self.left.snapshot
        frame = Frame(snapshot, self.scope, made.today, made.since, made.until)
        asked = Asked(made.last, made.full, made.own_words)
        meeting = readahead(snapshot, made.today, self.met, None) if self.met else None
        found = brief(frame, self.left, self._past(made), asked, meeting)
        return replace(found, made_from=replace(made, marking=found.marking))

    def _past(self, made: MadeFrom) -> Past:
        from nacoord.cli.facts import facts_up_to_today
        from nacoord.cli.promises import promise_history
        from nacoord.desk.release import released_entries
        from nacoord.record.git import GitDiedError
        from nacoord.record.git import GitError
        from nacoord.record.recovery import git_folder

        session = self.session
        if git_folder(session.root) is None:
            session.note("the record is not in git yet, so what only history can tell is left out")
            return Past()
        try:
            entries, later = entries_from(session, made.since, made.after)
            facts = facts_up_to_today(session, self.left)
            # What came after today is in the record, and so must be taken back to tell what was.
            weeks = revisions_of(
                session,
                ["issues"],
                since=first_week(made.today),
                # What was marked above the ceiling for a while is not told from before that.
                changing="^(health|marking|field_markings):|^  +health:",
                new_too=True,
            )
            health = self._health(list(map(entry_of, weeks)), facts.began)
            promises = promise_history(session, self.left)
        except GitError as error:
            if session.strict or isinstance(error, GitDiedError):
                raise
            session.note(f"{error.message}; what only history can tell is left out")
            return Past()
        return Past(
            tuple(released_entries(entries, self.left)),
            later,
            facts,
            promises,
            health,
        )

    def _health(self, entries: list[Entry], began: date | None) -> HealthHistory:
        from nacoord.desk.release import never_above
        from nacoord.desk.release import released_entries

        told = tuple(released_entries(entries, self.left))
        if self.left.ceiling is None:
            return HealthHistory(told, began)
        known = never_above(entries, self.left, ("health",))
        return HealthHistory(told, began, frozenset(self.left.snapshot.records.keys() - known))


def made_at(session: Session) -> str:
    """Return the commit that the record stands at; empty when there is none, or edits beside it."""
    from nacoord.cli.facts import uncommitted
    from nacoord.record.commits import named
    from nacoord.record.git import GitDiedError
    from nacoord.record.git import GitError

    if session.moment:
        return session.moment.commit.id
    try:
        head = named(session.root, "HEAD", session.snapshot.office.time_zone)
        return "" if uncommitted(session) else head.id
    except GitDiedError:
        raise
    except NacoordError as error:
        if session.strict and isinstance(error, GitError):
            raise
        return ""


def saved_briefs(session: Session) -> list[MadeFrom]:
    """Return what the saved briefs were made from, the oldest first."""
    from nacoord.record.files import Refused

    found = []
    for name in session.source.names(madefrom.FOLDER):
        path = f"{madefrom.FOLDER}/{name}"
        data = session.source.read(path) if is_brief(path) else b""
        if isinstance(data, Refused):
            if session.strict:
                raise NacoordError(f"{path} {data.message}", hint=data.hint, exit_code=3)
            continue
        made = madefrom.read(data)
        if made is not None:
            found.append(made)
    return sorted(found, key=lambda made: made.today)


def _until(session: Session, wanted: Wanted) -> date:
    today = session.today.date
    if wanted.week:
        if wanted.since or wanted.until:
            raise UsageError("--week says both days", hint="leave out --since and --until")
        return today + timedelta(days=_WEEK)
    if wanted.until is None:
        return today + timedelta(days=session.snapshot.office.thresholds.soon_days)
    until = read_date(wanted.until, today)
    if until < today:
        raise UsageError(
            f"--until {until} is before today, {today}",
            hint=f"what was then is told by: nacoord brief --as-of {until}",
        )
    return until


def _since(session: Session, wanted: Wanted, base: MadeFrom) -> MadeFrom:
    """Return from when on it looks back: a day, or the brief that it follows."""
    today = base.today
    if wanted.since not in (None, "last"):
        assert wanted.since is not None
        since = read_date(wanted.since, today)
        if since > today:
            raise UsageError(f"--since {since} is after today, {today}")
        return replace(base, since=since)
    days = _WEEK if wanted.week else session.snapshot.office.thresholds.recent_days
    plain = replace(base, since=today - timedelta(days=days - 1))
    if wanted.week:
        return plain
    # One of today is made anew, not followed.
    earlier = [made for made in saved_briefs(session) if made.same(base) and made.today < today]
    if earlier:
        return _following(session, base, earlier[-1])
    if wanted.since == "last":
        about = f" of {base.scope}" if base.scope else ""
        raise NoLastBriefError(
            f"no brief{about} was saved before {today}",
            hint="say from when: --since 2021-01-13\nand keep this one with: --save",
        )
    return plain


def _following(session: Session, base: MadeFrom, last: MadeFrom) -> MadeFrom:
    from nacoord.record.commits import NoSuchMomentError
    from nacoord.record.commits import named

    after = last.commit
    if after:
        try:
            named(session.root, after, session.snapshot.office.time_zone)
        except NoSuchMomentError:
            session.note(f"the commit of the brief of {last.today} is not here; days are counted")
            after = ""
    return replace(base, since=last.today + timedelta(days=1), last=last.today, after=after)
