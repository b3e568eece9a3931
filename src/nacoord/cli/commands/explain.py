"""`nacoord explain`: what a fault code or a rule of the radar means."""

from __future__ import annotations

from typing import Annotated

import typer

from nacoord.cli.completion import complete_code


def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE",
            help="A fault code or a rule; without one, all are listed.",
            autocompletion=complete_code,
        ),
    ] = None,
) -> int:
    """Explain a fault code or a rule of the radar.

    A fault code comes with an example that has the fault and one that doesn't; a rule says when it
    speaks, why that matters and what to do.

    Example: nacoord explain unknown-agency

    Example: nacoord explain held-signal
    """
    from nacoord.cli.output import write
    from nacoord.desk.radar.table import RULES
    from nacoord.model.closest import did_you_mean
    from nacoord.model.errors import UsageError
    from nacoord.model.faultcodes import FAULT_CODES
    from nacoord.present import explanation
    from nacoord.present import rulepages

    if code is None:
        faults, rules = explanation.overview(), rulepages.overview()
        write(f"FAULTS\n{faults}\nRULES OF THE RADAR\n{rules}", page=True)
    elif code in FAULT_CODES:
        write(explanation.explanation(FAULT_CODES[code]), page=True)
    elif code in RULES:
        write(rulepages.rule_page(RULES[code]), page=True)
    else:
        known = (*FAULT_CODES, *RULES)
        hint = did_you_mean(code, known) or "list them with: nacoord explain"
        raise UsageError(f'no fault code or rule "{code}"', hint=hint)
    return 0
