"""`nacoord explain`: what a fault code means."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_code


def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE",
            help="The word in brackets; without one, all are listed.",
            autocompletion=complete_code,
        ),
    ] = None,
) -> int:
    """Explain a fault code, with an example that has the fault and one that doesn't.

    Example: nacoord explain unknown-agency
    """
    from nacoord.cli.output import write
    from nacoord.model.closest import did_you_mean
    from nacoord.model.errors import UsageError
    from nacoord.model.faultcodes import FAULT_CODES
    from nacoord.present.explanation import explanation
    from nacoord.present.explanation import overview

    if code is None:
        write(overview(), page=True)
        return 0
    if code not in FAULT_CODES:
        hint = did_you_mean(code, FAULT_CODES) or "list them with: nacoord explain"
        raise UsageError(f'no fault code "{code}"', hint=hint)
    write(explanation(FAULT_CODES[code]), page=True)
    return 0
