"""How a sync goes: fetch, merge, check the whole, move, send; again while others are faster."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from time import sleep
from typing import TYPE_CHECKING

from nacoord.cli.boundary import say
from nacoord.cli.session import Session
from nacoord.desk.exchange import Exchange
from nacoord.desk.exchange import Passed
from nacoord.desk.exchange import counted
from nacoord.model.errors import NacoordError

if TYPE_CHECKING:
    from nacoord.model.merging.disagreement import Dispute
    from nacoord.record.merging.commits import Merged
    from nacoord.record.syncing.upstream import Upstream

_TRIES = 8
# So long may the first pause between two tries be, in seconds; each later one is twice as long.
_PAUSE = 0.1
# So often in a row the remote may stand still and say that others were faster.
_STOOD = 4


class NotSentError(NacoordError):
    """Others were faster each time, so that what is here is not sent yet."""


class Sync:
    """One sync, of the branch that is checked out."""

    def __init__(self, session: Session, *, trial: bool, push: bool) -> None:
        """Find out what goes where; nothing is fetched yet.

        Raises:
            RepositoryError: when the repository is in a state in which nothing can be merged.
            NoRemoteError: when there is no remote.
        """
        from nacoord.record.repository import open_repository
        from nacoord.record.syncing.config import config
        from nacoord.record.syncing.fetching import refuse_cut_off
        from nacoord.record.syncing.upstream import upstream_of

        self.session = session
        self.trial = trial
        self.push = push and not trial
        session.recover()
        self.repository = open_repository(session.root)
        state = self.repository.state()
        self.repository.refuse_unready(state)
        self.settings = config(self.repository.top)
        self.upstream: Upstream = upstream_of(state.branch or "", self.settings)
        refuse_cut_off(self.repository, self.settings)
        if state.head is None:
            raise NacoordError(
                "nothing is committed yet, so there is nothing to sync",
                hint="begin with: nacoord commit -m 'Begin the record'\n"
                "or get the office's record with: nacoord clone URL",
            )
        self.start = self.head = state.head
        self.tip: str | None = None
        self.merge: str | None = None
        self.disputes: tuple[Dispute, ...] = ()
        self.unsent = _ids(state.differing)

    def run(self) -> tuple[Exchange, NacoordError | None]:
        """Sync; return what it came to, and what kept it from being sent, if anything did."""
        from nacoord.record.git import GitError
        from nacoord.record.syncing.sending import RacedError
        from nacoord.record.syncing.setup import set_up

        if not self.trial:
            # A sync merges without it.
            with suppress(GitError):
                set_up(self.repository, self.settings)
        problem: NacoordError | None = None
        sent, stood = False, 0
        for attempt in range(_TRIES):
            if attempt:
                sleep(random.uniform(0.5, 1) * _PAUSE * 2**attempt)  # noqa: S311 - no secret
            before = self.tip
            self._fetch()
            self._take_in()
            if self.disputes or not self.push:
                problem = None
                break
            stood = stood + 1 if attempt and self.tip == before else 0
            sent, problem = self._send()
            # Where nobody sends anything, it isn't others who are faster.
            if not isinstance(problem, RacedError) or stood == _STOOD:
                break
        else:
            problem = NotSentError(
                f"others sent to {self.upstream.named} each time just before us",
                hint="what came in is merged here, and nothing of yours is lost\n"
                "send it a little later with: nacoord sync",
            )
        return self._exchange(sent), problem

    def _fetch(self) -> None:
        """Fetch the tip there, and refuse one that would lose something."""
        from nacoord.cli.merging import refuse_without_office
        from nacoord.record.syncing import fetching
        from nacoord.record.syncing.network import UnreachableError

        seen = fetching.remembered(self.repository, self.upstream)
        try:
            tip = fetching.fetch(self.repository, self.upstream, self.settings)
        except UnreachableError as error:
            error.message += f"; {self._waiting(seen)}"
            raise
        if tip is None:
            fetching.refuse_gone(self.repository, self.upstream, seen)
        else:
            fetching.refuse_unrelated(self.repository, self.upstream, self.head, tip)
            fetching.refuse_rewritten(self.repository, self.upstream, seen, tip)
            refuse_without_office(self.session, self.repository, self.upstream.named, tip)
            if not self.trial:
                fetching.remember(self.repository, self.upstream, tip)
        self.tip = tip

    def _waiting(self, there: str | None) -> str:
        count = self._count(self.head, there)
        if not count:
            return "nothing waits here to be sent"
        return f"{counted(count)} {'waits' if count == 1 else 'wait'} here to be sent"

    def _take_in(self) -> None:
        """Merge what came, check the whole, and go there; a trial only tells."""
        from nacoord.record import journal
        from nacoord.record.lock import locked
        from nacoord.record.moving import MovedOnError

        with locked(self.repository.own):
            for line in journal.recover(self.repository):
                say(f"nacoord: {line}")
            state = self.repository.state()
            self.repository.refuse_unready(state)
            if state.branch != self.upstream.branch or state.head is None:
                raise MovedOnError("another branch was checked out meanwhile", hint="try again")
            self.head = state.head
            if self.tip is not None:
                self._join(self.tip)

    def _join(self, tip: str) -> None:
        from nacoord.cli.merging import refuse_wrong
        from nacoord.record.merging import pending
        from nacoord.record.merging.commits import merge_commits
        from nacoord.record.syncing.fetching import is_ancestor

        own = self.repository.own
        waits = pending.read(own)
        if is_ancestor(self.repository, tip, self.head):
            if waits and not self.trial and is_ancestor(self.repository, waits.theirs, self.head):
                # It was merged by other means.
                pending.forget(own)
            return
        if is_ancestor(self.repository, self.head, tip):
            # What came is all there is to come to: nothing is merged.
            if not self.trial:
                self._go_forward(tip)
                pending.forget(own)
            return
        choices = waits.choices if waits else {}
        merged = merge_commits(self.repository, self.head, tip, choices)
        if merged.disagreements:
            self._disagree(merged)
            if not self.trial:
                waiting = pending.Pending(
                    tip, self.upstream.named, choices, branch=self.upstream.branch
                )
                pending.write(own, waiting)
            return
        refuse_wrong(self.session, self.repository, merged, self.upstream.named)
        if self.trial:
            return
        self._land(merged)
        pending.forget(own)

    def _go_forward(self, tip: str) -> None:
        from nacoord.record.syncing.joining import go

        self._arrive(tip, go(self.repository, self.head, tip, self._subject(self.head, tip)))

    def _subject(self, ours: str, theirs: str) -> str:
        from nacoord.desk.exchange import merge_subject

        counts = self._count(theirs, ours), self._count(ours, theirs)
        return merge_subject(self.upstream.named, *counts)

    def _arrive(self, head: str, notes: Sequence[str]) -> None:
        for line in notes:
            say(f"nacoord: {line}")
        self.head = head

    def _disagree(self, merged: Merged) -> None:
        from nacoord.record.merging.setters import disputes

        zone = self.session.snapshot.office.time_zone
        self.disputes = disputes(self.repository, merged, zone)

    def _land(self, merged: Merged) -> None:
        from nacoord.cli.merging import merge_message
        from nacoord.record.syncing.joining import join

        subject = self._subject(merged.ours, merged.theirs)
        text = merge_message(self.session, merged, subject, "sync")
        self.merge, notes = join(self.repository, merged, text, self.settings)
        self._arrive(self.merge, notes)

    def _send(self) -> tuple[bool, NacoordError | None]:
        """Send what is here; return whether it is there, and what kept it from that."""
        from nacoord.record.syncing import fetching
        from nacoord.record.syncing import sending
        from nacoord.record.syncing.network import UnreachableError

        if self.head != self.tip:
            try:
                sending.send(self.repository, self.upstream, self.settings, self.head)
            except UnreachableError as error:
                error.message += f"; {self._waiting(self.tip)}"
                return False, error
            except NacoordError as error:
                return False, error
            fetching.remember(self.repository, self.upstream, self.head)
        if not self.upstream.is_set:
            sending.set_upstream(self.repository, self.upstream)
        return True, None

    def _exchange(self, sent: bool) -> Exchange:
        # What was there and what was here before, whatever was merged since.
        came = self._passed(self.tip, self.start)
        went = self._passed(self.head, self.tip)
        return Exchange(
            self.upstream.named,
            self.upstream.url,
            self.trial,
            came,
            went,
            sent,
            self.head,
            self.merge,
            self.disputes,
            self.unsent,
        )

    def _passed(self, there: str | None, here: str | None) -> Passed:
        if there is None or there == here:
            return Passed(0, ())
        from nacoord.cli.chronicles import entry_of
        from nacoord.record.versions import revisions

        zone = self.session.snapshot.office.time_zone
        commits = f"{here}..{there}" if here else there
        found = revisions(self.session.root, zone=zone, commits=commits)
        entries = tuple(entry for each in found if (entry := entry_of(each)).records)
        single = [entry for entry in entries if not entry.merge]
        return Passed(max(self._count(there, here), len(single)), tuple(single))

    def _count(self, there: str, here: str | None) -> int:
        from nacoord.record.git import git

        without = (f"^{here}",) if here else ()
        words = ("rev-list", "--count", "--no-merges", there, *without, "--")
        return int(git(self.repository.top, *words) or 0)


def _ids(paths: Sequence[str] | dict[str, str]) -> tuple[str, ...]:
    from nacoord.cli.chronicles import is_record

    names = (path.rsplit("/", 1)[-1].removesuffix(".yaml") for path in paths if is_record(path))
    return tuple(sorted(names))


def _tell_wrong(session: Session) -> None:
    """Say that what came in is wrong, as where somebody sent it with plain git."""
    errors = sum(fault.severity == "error" for fault in session.unsound())
    if errors:
        many = f"{errors} errors" if errors > 1 else "an error"
        session.note(f"the record has {many} now; see: nacoord check")


def sync_now(session: Session, *, push: bool) -> int:
    """Sync and tell of it; return the exit code."""
    from nacoord.record.loader import load

    found = Sync(session, trial=bool(session.option("dry_run")), push=push)
    exchange, problem = found.run()
    code = 0
    if not session.option("quiet") or session.option("json") or exchange.disputes:
        # The record has moved since it was read.
        session.use(load(session.root, session.shown))
        code = session.answer("sync", exchange)
        if exchange.came_in.count and not exchange.trial:
            _tell_wrong(session)
    if exchange.unsent:
        names = " ".join(exchange.unsent[:8]) + (" …" if len(exchange.unsent) > 8 else "")
        session.note(f"edited by hand and not committed, so not sent: {names}")
        session.note("keep and send that with: nacoord commit; nacoord sync")
    if problem is not None:
        raise problem
    return int(bool(exchange.disputes)) or code
