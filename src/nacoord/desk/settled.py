"""What a merge says of the disagreements that a person has decided: nothing that lost is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from nacoord.model.identity import identity
from nacoord.model.merging.clash import ABSENT
from nacoord.model.merging.clash import Clash
from nacoord.model.merging.clash import Side
from nacoord.model.merging.disagreement import Settled


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
    name = " ".join((each.name + (f" [{clash.entry}]" if clash.entry else "")).split())
    taken = "another value" if choice.take is None else choice.take
    lost: list[Side] = [side for side in ("ours", "theirs") if side != choice.take]
    if clash.about == "order":
        said = [f"{side} {_value(_in_order(clash, side))}" for side in lost]
        return f"{name}: in the order of {taken}\n  not {' nor '.join(said)}"
    if not clash.field:
        # A whole file is not put into a message; its commit has it.
        said = [_file(side, clash.value(side), commits[side], each.path) for side in lost]
        return f"{name}: took {taken}, not {' nor '.join(said)}"
    said = [f"{side} {_value(clash.value(side))}" for side in lost]
    chosen = f" {_value(choice.of(clash))}"
    against = "\n  nor ".join(said)
    return f"{name}: took {taken}{chosen}\n  not {against}"


def _in_order(clash: Clash, side: Side) -> list[str]:
    """Return what the entries of a side's list are known by."""
    list_key = clash.field.rpartition(".")[2]
    return [identity(list_key, entry) for entry in clash.value(side)]


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
    return f"({_whole(value)})"


def _whole(value: Any) -> str:
    """Return a value on one line, with nothing left out."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_whole(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_whole, value)) + "]"
    if isinstance(value, str) and "\n" not in value.strip():
        return value.strip()
    # What is no text, and the line ends of one, as JSON has them.
    return json.dumps(value, ensure_ascii=False, default=str)
