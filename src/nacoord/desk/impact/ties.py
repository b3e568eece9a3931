"""How two issues are tied: by a link, a clock, a counterpart or a stakeholder.

What several issues share is kept once, with the issues that share it, so that no pair of issues is ever
made but the ones that are asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nacoord.model.kinds.issue import Link

TieKind = Literal["link", "clock", "counterpart", "stakeholder"]
Role = Literal["leads", "supports", "deals with", ""]

# What a link says of the issue that has it, and of the other.
_WORDS = {
    "blocks": ("blocks", "is blocked by"),
    "depends-on": ("depends on", "is needed by"),
    "undermines": ("undermines", "is undermined by"),
    "supports": ("supports", "is supported by"),
    "precedent": ("is a precedent for", "follows the precedent of"),
    "related": ("is related to", "is related to"),
}
# What moves the other comes before what the other moves.
_WEIGHTIEST = (
    "blocks",
    "is needed by",
    "undermines",
    "supports",
    "is blocked by",
    "depends on",
    "is undermined by",
    "is supported by",
    "is a precedent for",
    "follows the precedent of",
    "is related to",
)

# How far apart a tie leaves two issues. What many issues share ties any two of them loosely.
_LINK = 2
_SAME_DAYS = 4
_SAME_PROCEDURE = 6
_SHARED = 4


@dataclass(frozen=True, slots=True)
class Tie:
    """How one issue is tied to another.

    Attributes:
        kind: by what: a link, a clock, a counterpart abroad, another stakeholder.
        words: what the first does to the second, as in `is undermined by`.
        because: why, as the record has it.
        through: the clock or agency that both have; empty for a link.
        among: how many open issues have that; 2 for a link.
        link: the kind of the link; empty for other ties.
    """

    kind: TieKind
    words: str
    because: str
    through: str = ""
    among: int = 2
    link: str = ""


@dataclass(frozen=True, slots=True)
class Hub:
    """A clock or an agency that several issues have.

    Attributes:
        kind: what sort of tie it makes.
        id: the clock or agency.
        roles: by issue, what the agency does in it; nothing for a clock.
        among: how many of the issues are open.
        days: for a clock: the day all of them count from; empty where each has days of its own.
    """

    kind: TieKind
    id: str
    roles: Mapping[str, Role]
    among: int
    days: str = ""

    @property
    def name(self) -> str:
        """What tells it from other hubs; no id of an issue has a blank."""
        return f"{self.kind} {self.id} {self.days}"

    @property
    def distance(self) -> int:
        """How far apart it leaves two issues that have it."""
        if self.kind == "clock":
            return _SAME_DAYS if self.days else _SAME_PROCEDURE
        return _SHARED + self.among

    @property
    def strength(self) -> float:
        """How much it says of two issues that both have it: 1 when no other has."""
        return 1 / max(1, self.among - 1)


LINK_DISTANCE = _LINK


def of_link(link: Link, forward: bool) -> Tie:
    """Return the tie that a link makes, as seen from its own issue or from the other one."""
    words = _WORDS[link.kind][0 if forward else 1]
    return Tie("link", words, link.because or "", link=link.kind)


def weight(tie: Tie) -> tuple[int, int]:
    """Return a key that sorts ties, the nearest and weightiest first."""
    kinds = ("link", "clock", "counterpart", "stakeholder")
    rank = _WEIGHTIEST.index(tie.words) if tie.kind == "link" else tie.among
    return kinds.index(tie.kind), rank


def of_hub(hub: Hub, one: str, other: str) -> Tie:
    """Return the tie that what two issues share makes between them."""
    words, because = _shared(hub, one, other)
    return Tie(hub.kind, words, because, hub.id, hub.among)


def _shared(hub: Hub, one: str, other: str) -> tuple[str, str]:
    if hub.kind == "clock":
        if hub.days:
            return "runs on the same clock as", f"both run on {hub.id}"
        return "is under the same clock as", f"{hub.id} is for both, each with days of its own"
    if hub.kind == "counterpart":
        return "shares a counterpart with", f"both deal with {hub.id}"
    ours, theirs = hub.roles[one], hub.roles[other]
    what = f"{ours} both" if ours == theirs else f"{ours} {one} and {theirs} {other}"
    return "shares a stakeholder with", f"{hub.id} {what}"
