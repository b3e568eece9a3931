"""How a command changes the record: propose inside the lock, check the whole set, commit, tell."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

import typer

from nacoord.cli.boundary import say
from nacoord.cli.session import Session
from nacoord.model.errors import NacoordError
from nacoord.model.errors import PastError
from nacoord.model.errors import UsageError

if TYPE_CHECKING:
    from nacoord.desk.edits.outcome import Outcome
    from nacoord.model.fault import Fault
    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change

Propose = Callable[["Change", date], "Proposal"]
# Tells what was made: the session, what the change comes to, its commit, the files that differ.
Tell = Callable[[Session, "Outcome", str, Sequence[tuple[str, Any, Any]]], int]


class RefusedError(NacoordError):
    """The record would not hold together after a change.

    Attributes:
        faults: what would be wrong.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        count = len(faults)
        super().__init__(
            f"nothing was changed: {count} {'errors' if count > 1 else 'error'} would be in the record"
        )
        self.faults = tuple(faults)


class Batch:
    """Changes that become one: each line of `nacoord batch` adds its proposal here."""

    def __init__(self, session: Session, change: Change) -> None:
        self.session = session
        self.change = change
        self.proposals: list[Proposal] = []
        self.reasons: list[str] = []

    def add(self, propose: Propose, why: str | None) -> None:
        """Take up the change of one line."""
        proposal = propose(self.change, self.session.today.date)
        self.change.add(proposal.steps)
        self.proposals.append(proposal)
        if why:
            self.reasons.append(why)


def make_change(
    ctx: typer.Context, propose: Propose, *, need_reason: str = "", tell: Tell | None = None
) -> int:
    """Make the change that a command proposes; return the exit code.

    Args:
        propose: what it would do, given the record as it stands inside the lock and today.
        need_reason: what to say when no reason is given and one is needed.
        tell: how the change is told, where that is not by its records alone.
    """
    session = Session(ctx)
    if session.option("as_of"):
        raise PastError
    why = session.option("message")
    if need_reason and not why:
        raise UsageError(need_reason, hint="say why with -m")
    batch = ctx.find_root().obj
    if isinstance(batch, Batch):
        batch.add(propose, why)
        return 0
    from nacoord.record.changing import changing

    with changing(session.root, session.shown) as change:
        begin(session, change)
        proposal = propose(change, session.today.date)
        change.add(proposal.steps)
        return finish(session, change, [proposal], why or "", tell=tell)


def begin(session: Session, change: Change) -> None:
    """Tell what was found, and answer from what was read inside the lock."""
    for line in change.found:
        say(f"nacoord: {line}")
    session.use(change.before)


def finish(
    session: Session,
    change: Change,
    proposals: Sequence[Proposal],
    why: str,
    *,
    by_hand: bool = False,
    tell: Tell | None = None,
) -> int:
    """Check the whole set as it will be, commit it, and tell."""
    from nacoord.desk.edits.outcome import outcome

    for line in dict.fromkeys(line for each in proposals for line in each.readings):
        session.note(line)
    warnings = _refuse_broken(change)
    texts = list(change.texts())
    pairs = {path: (_value(path, old), _value(path, new)) for path, old, new in texts}
    made = outcome(proposals, pairs)
    if not texts:
        raise NacoordError("nothing to change: it is so already")
    commit = ""
    if not session.option("dry_run"):
        from nacoord.record.message import Trailers

        trailers = Trailers(made.action, made.records, made.renamed)
        landed = change.land(made.subject, why, trailers, by_hand=by_hand)
        commit = landed.commit
        for line in landed.notes:
            say(f"nacoord: {line}")
    for fault in warnings:
        session.note(f"{fault.record or fault.origin.file}: {fault.message}")
    return (tell or tell_change)(session, made, commit, texts if session.option("dry_run") else [])


def _value(path: str, data: bytes | None) -> Any:
    if path.endswith(".md"):
        from nacoord.cli.chronicles import value_at

        return value_at(path, data)
    from nacoord.record.yamltext import value_of

    return value_of(data)


def _refuse_broken(change: Change) -> list[Fault]:
    """Refuse errors that the record doesn't have yet; return new warnings.

    Raises:
        RefusedError: with the new errors, each at its line as the file would be.
    """
    from nacoord.desk.checks.table import new_faults
    from nacoord.record.loader import locate

    found = new_faults(change.before, change.after, change.ids)
    errors = [fault for fault in found if fault.severity == "error"]
    if errors:
        raise RefusedError(locate(errors, change.draft, change.shown))
    return found


def tell_change(session: Session, made: Any, commit: str, texts: Sequence[Any]) -> int:
    """Tell a change that was made, or with --dry-run what it would do; return the exit code."""
    from nacoord.cli.output import style
    from nacoord.cli.output import write
    from nacoord.present.terminal.change import change_screen

    if session.option("json"):
        answer = {"commit": commit or None, "subject": made.subject, "records": made.changes}
        write(session.envelope("change", answer, []), page=False)
    elif not session.option("quiet") or session.option("dry_run"):
        look = style(session.option("color"))
        text = change_screen(made, commit, texts, look)
        write(text, page=bool(texts) and not session.option("no_pager"))
    return 0
