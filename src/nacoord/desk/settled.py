"""What a merge says of the disagreements that a person has decided: nothing that lost is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nacoord.desk.wording import value_words
from nacoord.model.merging.clash import ABSENT
from nacoord.model.merging.disagreement import Settled

_SIDES = {"ours": "theirs", "theirs": "ours"}


def settled_words(settled: Sequence[Settled], ours: str, theirs: str) -> str:
    """Return how each disagreement was decided, with the value that lost.

    Args:
        ours: the commit that had ours; a whole file that lost is named by it.
        theirs: the commit that had theirs.
    """
    return "\n".join(_words(each, {"ours": ours, "theirs": theirs}) for each in settled)


def _words(settled: Settled, commits: dict[str, str]) -> str:
    each, choice = settled.disagreement, settled.choice
    clash = each.clash
    name = each.name + (f" [{clash.entry}]" if clash.entry else "")
    if clash.about == "order":
        return f"{name}: in the order of {choice.take}"
    taken = "another value" if choice.take is None else choice.take
    lost = [side for side in ("ours", "theirs") if side != choice.take]
    if not clash.field:
        # A whole file is not put into a message; its commit has it.
        said = [_file(side, clash.value(side), commits[side], each.path) for side in lost]  # type: ignore[arg-type]
        return f"{name}: took {taken}, not {' nor '.join(said)}"
    said = [f"{side} {_value(clash.value(side))}" for side in lost]  # type: ignore[arg-type]
    chosen = f" {_value(choice.of(clash))}"
    against = "\n  nor ".join(said)
    return f"{name}: took {taken}{chosen}\n  not {against}"


def _file(side: str, value: Any, commit: str, path: str) -> str:
    if value is ABSENT:
        return f"its removal by {side}"
    return f"{side} (git show {commit[:10]}:{path})"


def _value(value: Any) -> str:
    """Return a value whole; text of several lines below, indented."""
    if value is ABSENT:
        return "(removed)"
    if isinstance(value, str) and "\n" in value.strip():
        return ":\n" + "\n".join(f"      {line}" for line in value.rstrip().split("\n"))
    return f"({value_words(value, 1000)})"
