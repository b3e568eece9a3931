"""The radar asked: what the command and the terminal app share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nacoord.cli.session import Session
    from nacoord.desk.radar.answer import Radar


def findings(
    session: Session, scope: str | None, rules: Sequence[str] = (), *, whole: bool
) -> Radar:
    """Ask the radar; findings that are shown whole know the lines they rest on.

    Args:
        rules: only findings of these; all when none is named.
        whole: whether every finding is to be shown whole.
    """
    from dataclasses import replace

    from nacoord.cli.facts import facts_up_to_today
    from nacoord.desk.edits.muting import rule_named
    from nacoord.desk.radar.answer import radar as answer
    from nacoord.present.terminal.radar import WHOLE

    part = session.scope(scope)
    names = {rule_named(each) for each in rules}
    found = answer(session.snapshot, session.today.date, part, facts_up_to_today(session))
    kept, muted = (
        tuple(each for each in side if not names or each.rule in names)
        for side in (found.findings, found.muted)
    )
    shown = len(kept) if whole else WHOLE
    return replace(
        found,
        findings=(*session.placed(kept[:shown]), *kept[shown:]),
        muted=session.placed(muted) if whole else muted,
    )
