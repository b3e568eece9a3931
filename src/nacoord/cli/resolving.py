"""Choosing between values that people disagree about: found, asked, kept, and landed once all is decided."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from nacoord.cli.boundary import say
from nacoord.cli.output import style
from nacoord.cli.output import write
from nacoord.cli.session import Session
from nacoord.cli.typedchoice import typed_choice
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError
from nacoord.model.merging.disagreement import Choice
from nacoord.model.merging.disagreement import Dispute
from nacoord.record.lock import locked
from nacoord.record.merging import pending
from nacoord.record.merging.pending import Pending
from nacoord.record.merging.underway import UnderWay
from nacoord.record.merging.underway import under_way
from nacoord.record.repository import open_repository

if TYPE_CHECKING:
    from nacoord.record.merging.commits import Merged
    from nacoord.record.repository import Repository

_KEYS = "[o]urs, [t]heirs, [v]alue, [s]kip, [q]uit? "
_WHOLE_KEYS = "[o]urs, [t]heirs, [s]kip, [q]uit? "


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said on the command line."""

    names: tuple[str, ...]
    ours: bool
    theirs: bool
    value: str | None
    everything: bool
    listed: bool
    restart: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A merge that waits: of git's, or of `sync`'s."""

    pending: Pending
    git: UnderWay | None


def resolve_merge(ctx: typer.Context, wanted: Wanted) -> int:
    """Choose as was said, or ask; land the merge once all is decided; return the exit code."""
    session = Session(ctx)
    if session.option("as_of"):
        raise UsageError("what was can't be changed", hint="leave out --as-of")
    choice = _choice(wanted)
    session.recover()
    repository = open_repository(session.root)
    _end_committed(session, repository)
    if wanted.restart and not session.option("dry_run"):
        _restart(repository)
    waiting = _waiting(repository)
    if waiting is None:
        session.note("nothing to resolve: no merge waits for a choice")
        return 0
    merged = merge_waiting(repository, waiting)
    disputes = waiting_disputes(session, repository, waiting, merged)
    if wanted.names or wanted.everything:
        if choice is None:
            raise UsageError("say what to take", hint="--ours, --theirs or --value VALUE")
        waiting = _chosen(repository, session, waiting, _named(disputes, wanted), choice)
    elif disputes and not wanted.listed and _can_ask(session):
        waiting = _ask(repository, session, waiting, disputes)
    if not (wanted.names or wanted.everything) and choice is not None:
        raise UsageError("say which disagreement", hint="nacoord resolve NAME --theirs, or --all")
    if wanted.listed:
        return _tell_open(session, disputes, waiting.pending.named)
    from nacoord.cli.landing import land_waiting

    return land_waiting(session, repository, waiting)


def _end_committed(session: Session, repository: Repository) -> None:
    if not (repository.folder / "MERGE_HEAD").exists():
        return
    from nacoord.record.merging.underway import end_committed

    with locked(repository.own):
        repository.end_killed()
        if end_committed(repository):
            pending.forget(repository.own)
            session.note("the merge was committed before; what git had left of it is removed")


def _choice(wanted: Wanted) -> Choice | None:
    """Return the choice that was said, its value as it was typed; None when none was.

    Raises:
        UsageError: when more than one was.
    """
    said = [wanted.ours, wanted.theirs, wanted.value is not None]
    if sum(said) > 1:
        raise UsageError("take one of --ours, --theirs and --value")
    if wanted.value is not None:
        return Choice(value=wanted.value)
    return Choice("ours") if wanted.ours else Choice("theirs") if wanted.theirs else None


def _waiting(repository: Repository) -> Waiting | None:
    kept = pending.read(repository.own)
    begun = under_way(repository, kept.made if kept else "")
    if begun is not None:
        fresh = Pending(begun.theirs, f"commit {begun.theirs[:10]}")
        same = kept is not None and kept.theirs == begun.theirs
        return Waiting(replace(kept, named=fresh.named) if kept and same else fresh, begun)
    if kept is None:
        return None
    state = repository.state(())
    if kept.branch and kept.branch != state.branch:
        raise NacoordError(
            f"the merge with {kept.named} waits on another branch, {kept.branch}",
            hint=f"go there with: git switch {shlex.quote(kept.branch)}",
        )
    return None if _is_merged(repository, kept, state.head) else Waiting(kept, None)


def _is_merged(repository: Repository, kept: Pending, head: str | None) -> bool:
    """Tell whether what waits has been merged meanwhile, as with plain git."""
    from nacoord.record.syncing.fetching import is_ancestor

    return is_ancestor(repository, kept.theirs, head or "")


def _restart(repository: Repository) -> None:
    with locked(repository.own):
        kept = pending.read(repository.own)
        if kept is not None:
            pending.write(repository.own, replace(kept, choices={}))


def merge_waiting(repository: Repository, waiting: Waiting) -> Merged:
    """Merge the head with what waits, with the choices made so far."""
    from nacoord.record.merging.commits import merge_commits

    by_hand = waiting.git.by_hand if waiting.git else {}
    return merge_commits(
        repository, repository.head(), waiting.pending.theirs, waiting.pending.choices, by_hand
    )


def waiting_disputes(
    session: Session, repository: Repository, waiting: Waiting, merged: Merged
) -> tuple[Dispute, ...]:
    """Return what is open in a merge that waits."""
    from nacoord.record.merging.setters import disputes

    found = disputes(repository, merged, session.snapshot.office.time_zone)
    return tuple(map(_in_git, found)) if waiting.git else found


def _in_git(dispute: Dispute) -> Dispute:
    """Return a disagreement with a way out that is open while git's own merge is under way."""
    each = dispute.disagreement
    remedy = each.remedy.replace(
        ", then nacoord sync", ", after git merge --abort; then merge again"
    )
    return replace(dispute, disagreement=replace(each, remedy=remedy))


def _named(disputes: Sequence[Dispute], wanted: Wanted) -> list[Dispute]:
    """Return the disagreements that were named.

    Raises:
        UsageError: when a name is that of none.
    """
    if wanted.everything:
        return list(disputes)
    found: list[Dispute] = []
    for name in wanted.names:
        here = [each for each in disputes if name in _names(each)]
        if not here:
            open = ", ".join(each.disagreement.name for each in disputes) or "nothing"
            raise UsageError(f'no open disagreement "{name}"', hint=f"open: {open}")
        found += here
    return found


def _names(dispute: Dispute) -> set[str]:
    each = dispute.disagreement
    names = {str(dispute.number), each.name, each.path, each.record or each.path}
    return names | ({f"{each.name}[{each.clash.entry}]"} if each.clash.entry else set())


def _chosen(
    repository: Repository,
    session: Session,
    waiting: Waiting,
    disputes: Sequence[Dispute],
    choice: Choice,
) -> Waiting:
    """Keep a choice for some disagreements.

    Raises:
        UsageError: when one can't be decided so.
    """
    for dispute in disputes:
        _refuse_unfit(dispute, choice)
    found = [each.disagreement for each in disputes]
    chosen = {each.key: typed_choice(choice, each.clash) for each in found}
    choices = {**waiting.pending.choices, **chosen}
    kept = replace(waiting.pending, choices=choices)
    if not session.option("dry_run"):
        with locked(repository.own):
            pending.write(repository.own, kept)
    return Waiting(kept, waiting.git)


def _refuse_unfit(dispute: Dispute, choice: Choice) -> None:
    each = dispute.disagreement
    sides_only = not each.clash.field or each.clash.about == "order"
    if each.remedy and not _can_take(dispute):
        raise UsageError(f"{each.name}: no side can be taken", hint=each.remedy)
    if sides_only and choice.take is None:
        raise UsageError(f"{each.name}: take a side", hint="--ours or --theirs")


def _can_take(dispute: Dispute) -> bool:
    """Tell whether a side can be taken; where ours must get another id, neither can."""
    return not dispute.disagreement.remedy.startswith("give yours")


def _can_ask(session: Session) -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and not session.option("json")


def _ask(
    repository: Repository, session: Session, waiting: Waiting, disputes: Sequence[Dispute]
) -> Waiting:
    """Go through disagreements one after the other; what is chosen is kept at once."""
    from nacoord.present.terminal.disputes import one

    look = style(session.option("color"))
    for number, dispute in enumerate(disputes):
        write(("\n" if number else "") + one(dispute, look), page=False)
        choice = _asked(dispute)
        if choice == "quit":
            break
        if isinstance(choice, Choice):
            waiting = _chosen(repository, session, waiting, [dispute], choice)
    return waiting


def _asked(dispute: Dispute) -> Choice | str:
    each = dispute.disagreement
    sides_only = not each.clash.field or each.clash.about == "order"
    while True:
        try:
            if not _can_take(dispute):
                input("[enter] ")
                return "skip"
            answer = input(_WHOLE_KEYS if sides_only else _KEYS).strip().lower()
            if answer in ("v", "value") and not sides_only:
                return typed_choice(Choice(value=input("value: ")), each.clash)
        except EOFError:
            write("\n", page=False)
            return "quit"
        except UsageError as error:
            say(f"nacoord: {error.message}")
            continue
        if answer in ("o", "ours", "t", "theirs"):
            return Choice("ours" if answer[0] == "o" else "theirs")
        if answer in ("s", "skip", "q", "quit"):
            return "skip" if answer[0] == "s" else "quit"


def _tell_open(session: Session, disputes: Sequence[Dispute], named: str) -> int:
    return tell_disputes(session, disputes, named) if disputes else _none_open(session)


def _none_open(session: Session) -> int:
    session.note("everything is decided; make the merge with: nacoord resolve")
    return 0


def tell_disputes(session: Session, disputes: Sequence[Dispute], named: str) -> int:
    """Print what people disagree about; return the exit code."""
    from nacoord.present.terminal.disputes import screen

    if session.option("json"):
        write(
            session.envelope("disagreements", {"with": named, "disputes": disputes}, []), page=False
        )
    else:
        write(
            screen(disputes, named, style(session.option("color"))),
            page=not session.option("no_pager"),
        )
    return 1
