"""`nacoord set`: fields of one record or several."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Annotated

import typer

from nacoord.cli.completion import complete_id

if TYPE_CHECKING:
    from datetime import date

    from nacoord.model.proposal import Proposal
    from nacoord.record.changing import Change


def set_(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ID|FIELD=VALUE...",
            help="Which records, and what to set in each of them.",
            autocompletion=complete_id,
        ),
    ],
) -> int:
    """Set fields of one record or several, in one commit.

    FIELD=VALUE sets a field, FIELD= unsets it; FIELD+=VALUE adds to a list and FIELD-=VALUE takes
    away. Fields inside fields are dotted (next_step.due), an entry of a list is named in brackets
    (parties[texas].role). Dates are 2021-03-01, friday, +2w, eom; an agency goes by any of its names.

    Example: nacoord set usmca-labor health=red health_reason="First panel refused" -m "Call of 19 January"

    Example: nacoord set usmca-labor next_step.due=+2w tags+=panel --dry-run
    """
    from nacoord.cli.writing import make_change
    from nacoord.desk.edits.assign import assign
    from nacoord.desk.edits.assign import is_assignment
    from nacoord.model.errors import UsageError

    ids = [word for word in words if not is_assignment(word)]
    assignments = [word for word in words if is_assignment(word)]
    if not ids or not assignments:
        raise UsageError(
            "say which record, and what to set" if not ids else f"say what to set in {ids[0]}",
            hint="nacoord set ID FIELD=VALUE, as: nacoord set usmca-labor health=red",
        )

    def propose(change: Change, today: date) -> Proposal:
        return assign(change.after, change.values, ids, assignments, today)

    return make_change(ctx, propose)
