"""`nacoord radar`: what is about to surprise somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

from nacoord.cli.arguments import Scope
from nacoord.cli.completion import complete_rule

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change

Pair = tuple[str, str]


def radar(
    ctx: typer.Context,
    scope: Scope = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every finding whole, muted ones too.")
    ] = False,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            "--rule",
            metavar="RULE",
            help="Only findings of this rule; may be said several times.",
            autocompletion=complete_rule,
        ),
    ] = None,
    mute: Annotated[
        Pair | None,
        typer.Option("--mute", metavar="RULE ID", help="Keep a rule quiet about a record."),
    ] = None,
    unmute: Annotated[
        Pair | None,
        typer.Option("--unmute", metavar="RULE ID", help="Let it speak again."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help="With --mute: the last quiet day."),
    ] = None,
    backtest: Annotated[
        bool,
        typer.Option("--backtest", help="Replay the radar over the surprises of the past."),
    ] = False,
) -> int:
    """Show what is about to surprise somebody, with the evidence and what to do.

    Each finding says what was found, why it matters and for whom, the command that mends it, and the
    line in the record it rests on. They are ranked by what is at stake and how near it is. Exit code 1
    when there are findings. `nacoord explain RULE` tells when a rule speaks; nacoord.yaml sets its
    thresholds. A mute is a commit like any other change, and ends by itself.

    Example: nacoord radar

    Example: nacoord radar mexico --rule untold --rule collision

    Example: nacoord radar --backtest

    Example: nacoord radar --mute stale gm-corn --until 2021-03-01 -m "Waits for SADER" --dry-run
    """
    from nacoord.cli.findings import findings
    from nacoord.cli.session import Session
    from nacoord.model.errors import UsageError

    if sum((mute is not None, unmute is not None, backtest)) > 1:
        raise UsageError("--mute, --unmute and --backtest don't go together")
    if mute or unmute:
        return _change(ctx, mute, unmute, until)
    if until:
        raise UsageError("--until goes with --mute RULE ID")
    session = Session(ctx)
    for name in ("message", "dry_run"):
        if session.option(name):
            raise UsageError("-m and --dry-run go with --mute and --unmute")
    if backtest:
        from nacoord.cli.replay import replay

        return session.answer("backtest", replay(session, session.scope(scope)))
    whole = everything or bool(rule) or bool(session.option("json"))
    found = findings(session, scope, rule or (), whole=whole)
    code = session.answer("radar", found, **({"everything": True} if everything or rule else {}))
    return code or int(bool(found.findings))


def _change(ctx: typer.Context, mute: Pair | None, unmute: Pair | None, until: str | None) -> int:
    from nacoord.cli.session import Session
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits import muting
    from nacoord.model.dates import read_date
    from nacoord.model.errors import UsageError

    why = str(Session(ctx).option("message") or "")
    if mute and not until:
        raise UsageError("say until when it stays quiet", hint="--until 2021-03-01, or --until +2w")

    def propose(change: Change, today: date) -> Proposal:
        if unmute:
            return muting.unmute(change.after, *unmute)
        assert mute is not None
        assert until is not None
        return muting.mute(change.after, *mute, read_date(until, today), why, today)

    need = "say why it may stay quiet" if mute else ""
    return make_change(ctx, propose, need_reason=need)
