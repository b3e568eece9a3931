"""The radar's rules explained, for `nacoord explain` and for docs/radar.md."""

from __future__ import annotations

from nacoord.desk.radar import rank
from nacoord.desk.radar.table import RULES
from nacoord.desk.radar.table import Rule
from nacoord.model.office import RadarThresholds

_HEAD = """\
# The radar

<!-- Written by `make golden` from src/nacoord/desk/radar; don't edit. -->

`nacoord radar [SCOPE]` says what is about to surprise somebody. Each rule below is one question asked
of the record; `nacoord explain RULE` prints the same page. `nacoord radar --mute RULE ID --until DATE
-m WHY` keeps a rule quiet about a record for a while: that is a commit, stands in the record as `muted`,
and ends by itself.

The rules look at the record and at its history up to today; what was committed later is not known yet.

## How findings are ranked

By stake times nearness:

"""
_BACKTEST = """
## Back-test

`nacoord radar --backtest` replays the radar over the surprises that the record holds: actions that
happened and say whom they `surprised`. Where the record's own history covers the days before one, the
record as it stood on each of those mornings is asked. Where it does not, the replay supposes that each
sign (`signals`) had been recorded on its day, without the day of the action itself, and asks the rules on
every morning from the first sign on, with the issues, leads and parties that the record has now. Signs
with `closed` access are never supposed to be recorded.

So the figures below are what a well-kept record could have said, not what an office would have done with
it. The signs were chosen by people who knew what came of them; a real morning has many signs of things
that never happen, and the sample holds none of those.

On the sample record:

```text
{replay}```
"""


def page(replay: str) -> str:
    """Return docs/radar.md.

    Args:
        replay: the back-test of the sample record, as a terminal shows it.
    """
    ranking = "".join(f"    {line}\n" for line in (rank.__doc__ or "").strip().splitlines()[2:])
    parts = [_HEAD, ranking, "\n", _thresholds(), "\nThe rules follow, by name.\n"]
    for name in sorted(RULES):
        rule = RULES[name]
        parts.append(f"\n## {name}\n\n{rule.page}\n\nWeight: {rule.weight:g}.\n")
    return "".join([*parts, _BACKTEST.format(replay=replay)])


def _thresholds() -> str:
    rows = ["## Thresholds\n\nIn nacoord.yaml, under `thresholds: radar:`.\n\n"]
    rows.append("| threshold | default | meaning |\n| --- | --- | --- |\n")
    for name, info in RadarThresholds.model_fields.items():
        rows.append(f"| `{name}` | {info.default} | {info.description} |\n")
    return "".join(rows)


def rule_page(rule: Rule) -> str:
    """Return what a rule finds, as plain text."""
    return f"radar[{rule.name}]\n\n{rule.page}\n"


def overview() -> str:
    """Return every rule with its summary, one a line."""
    width = max(map(len, RULES))
    return "".join(f"{name:<{width}}  {RULES[name].summary}\n" for name in sorted(RULES))
