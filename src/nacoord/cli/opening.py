"""The door between the terminal app and the record: questions, changes, and whether it moved."""

from __future__ import annotations

import sys
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from contextlib import redirect_stderr
from datetime import date
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING
from typing import Any

import typer

from nacoord.cli.options import PREFIX
from nacoord.cli.session import Session
from nacoord.model.errors import NacoordError
from nacoord.present.tui.door import Answer
from nacoord.present.tui.door import Asked
from nacoord.present.tui.door import Made
from nacoord.present.tui.door import Moved
from nacoord.present.tui.door import MovedError
from nacoord.present.tui.door import Question

if TYPE_CHECKING:
    from nacoord.desk.edits.outcome import Outcome
    from nacoord.model.proposal import Proposal
    from nacoord.present.terminal.console import Style
    from nacoord.record.changing import Change
    from nacoord.record.watching import Mark


class Opening:
    """A record that stays open: read again when it changed, changed by the commands' own ways."""

    def __init__(self, ctx: typer.Context, style: Style) -> None:
        self._ctx = ctx
        self._session = Session(ctx)
        self._mark: tuple[date | None, Mark] | None = None
        self.style = style
        self.past = str(self._session.option("as_of") or "")

    @property
    def session(self) -> Session:
        """The record as it was last read."""
        return self._session

    def moved(self) -> Moved:
        """Tell whether the record, its history or the day changed since this was last asked.

        What was, at a moment in the past, doesn't.
        """
        if self.past:
            return "no"
        from nacoord.record.watching import mark

        now = self._day(), mark(self._session.root)
        before, self._mark = self._mark, now
        if before is None:
            return "no"
        if before[0] != now[0] or before[1].stand != now[1].stand:
            return "yes"
        return "perhaps" if before[1].racy else "no"

    def _day(self) -> date | None:
        try:
            return self._session.clock_day
        except NacoordError:
            # Without nacoord.yaml nobody knows the office's time zone.
            return None

    def again(self) -> None:
        """Read the record again at the next question."""
        self._session = Session(self._ctx)

    def ask(self, question: Question) -> Answer:
        """Answer a question as the command of its kind does.

        Raises:
            NacoordError: what the command would say.
        """
        session = self._session
        if question.kind in ("history", "blame"):
            # They read one record only, which is not to stand for all.
            session = Session(self._ctx)
        with heard() as notes, system_errors():
            found = _ANSWERS[question.kind](session, question)
            session.tell_when(question.kind)
        with heard() as alarms, system_errors():
            self._session.unread()
        # How many there are, and how to see all, is worth more room than the first of them.
        alarms = [*alarms[-2:], *alarms[:-2]]
        return Answer(question, found, self._session.snapshot, tuple(notes), tuple(alarms))

    def scope(self, word: str) -> str | None:
        """Return the id of the part of the work that a typed word means."""
        with system_errors():
            return self._session.scope(word).id or None

    def record(self, word: str) -> str:
        """Return the id of the record that a typed word means."""
        from nacoord.desk.lookup import find_record

        with system_errors():
            return find_record(self._session.snapshot, word).id

    def fields(self, id: str) -> Mapping[str, str]:
        """Return the fields that a record can have, and what each means."""
        from nacoord.desk.lookup import find_record
        from nacoord.model.fields import fields

        with system_errors():
            model = type(find_record(self._session.snapshot, id))
        return {
            key: field.help for key, field in fields(model).items() if key not in ("id", "kind")
        }

    def change(self, asked: Asked, seen: Made | None = None) -> Made:
        """Try a change; or make it, when what it comes to was seen and is still the same.

        Raises:
            MovedError: when it would not be what was seen, since the record changed.
            NacoordError: what the command would say; nothing is changed then.
        """
        from nacoord.cli.writing import make_change

        made: list[tuple[Outcome, str, Sequence[Any]]] = []

        def propose(change: Change, today: date) -> Proposal:
            if seen is not None:
                _refuse_moved(change, seen)
            return _proposal(change, asked, today)

        def tell(session: Session, outcome: Outcome, commit: str, texts: Sequence[Any]) -> int:
            made.append((outcome, commit, texts))
            return 0

        options = {"message": asked.why, "dry_run": seen is None}
        with self._saying(**options), heard() as said, system_errors():
            make_change(self._ctx, propose, tell=tell)
        return Made(*made[0], tuple(said))

    def edit(self, id: str, why: str) -> None:
        """Let the user change a record in the editor, as `nacoord edit` does; wait for a key then."""
        from nacoord.cli.boundary import guarded
        from nacoord.cli.editing import edit_record

        with self._saying(message=why):
            guarded(lambda: edit_record(self._ctx, id))
        print("enter goes back to where you were ", end="", flush=True)
        sys.stdin.readline()

    @contextmanager
    def _saying(self, **options: Any) -> Iterator[None]:
        """Let what is done here be done as if these options had been given."""
        meta = self._ctx.meta
        before = dict(meta)
        meta.update({f"{PREFIX}{name}": value for name, value in options.items() if value})
        try:
            yield
        finally:
            meta.clear()
            meta.update(before)


@contextmanager
def heard() -> Iterator[list[str]]:
    """Give what is said on stderr meanwhile, line by line, once it is over."""
    lines: list[str] = []
    stream = StringIO()
    try:
        with redirect_stderr(stream):
            yield lines
    finally:
        lines += [line.removeprefix("nacoord: ") for line in stream.getvalue().splitlines()]


@contextmanager
def system_errors() -> Iterator[None]:
    """Say what the system refuses as the boundary does."""
    try:
        yield
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        raise NacoordError(
            f"the system said no:{where} {error.strerror or error}", exit_code=4
        ) from None


def _proposal(change: Change, asked: Asked, today: date) -> Proposal:
    if asked.how == "note":
        from nacoord.desk.edits.note import note

        return note(change.after, asked.id, asked.text, change.repository.author(), today)
    from nacoord.desk.edits.assign import assign
    from nacoord.model.errors import UsageError

    assignments = [line.strip() for line in asked.text.splitlines() if line.strip()]
    if not assignments:
        raise UsageError(f"say what to set in {asked.id}", hint="as: health=red")
    return assign(change.after, change.values, [asked.id], assignments, today)


def _refuse_moved(change: Change, seen: Made) -> None:
    """Refuse a change of files that are not as they were when it was looked at."""
    base = change.draft.base
    for path, old, _ in seen.texts:
        if (base.read(path) if base.has(path) else None) != old:
            raise MovedError(
                f"{path} changed since you looked at this: nothing was changed",
                hint="look at it again: ctrl-s",
            )


def _status(session: Session, question: Question) -> Any:
    from nacoord.desk.status.answer import status

    part = session.scope(question.scope)
    return status(session.snapshot, session.today.date, part, session.changes())


def _list(session: Session, question: Question) -> Any:
    import shlex

    from nacoord.cli.lists import listed
    from nacoord.desk.listing import within
    from nacoord.model.errors import UsageError

    try:
        words = shlex.split(question.words)
    except ValueError:
        raise UsageError("a quote is not closed yet") from None
    answer = listed(session, words, kind="issue")
    return within(answer, session.snapshot, session.scope(question.scope))


def _radar(session: Session, question: Question) -> Any:
    from nacoord.cli.findings import findings

    return findings(session, question.scope, whole=question.everything)


def _agenda(session: Session, question: Question) -> Any:
    from nacoord.desk.agenda import agenda

    today = session.today.date
    until = today + timedelta(days=session.snapshot.office.thresholds.soon_days)
    return agenda(session.snapshot, today, session.scope(question.scope), until)


def _show(session: Session, question: Question) -> Any:
    from nacoord.desk.lookup import find_record
    from nacoord.desk.view import view

    record = find_record(session.snapshot, question.words)
    return view(session.snapshot, session.today.date, record)


def _history(session: Session, question: Question) -> Any:
    from nacoord.cli.chronicles import history_of

    return history_of(session, question.words)


def _blame(session: Session, question: Question) -> Any:
    from nacoord.cli.chronicles import blame_of

    return blame_of(session, question.words)


def _check(session: Session, question: Question) -> Any:
    return session.located([*session.snapshot.faults, *session.unsound()])


_ANSWERS: dict[str, Callable[[Session, Question], Any]] = {
    "status": _status,
    "list": _list,
    "radar": _radar,
    "agenda": _agenda,
    "show": _show,
    "history": _history,
    "blame": _blame,
    "check": _check,
}
