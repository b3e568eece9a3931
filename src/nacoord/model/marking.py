"""Markings: who may see a record or a field.

From lowest to highest: `public`, `internal` (the default), `deliberative` and
`cui//CATEGORY` (32 CFR part 2002). nacoord is for unclassified systems only: text that
carries a classification banner or portion mark (EO 13526) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from nacoord.model.declare import BadValueError
from nacoord.model.declare import Checked
from nacoord.model.declare import Described

ORDER = ("public", "internal", "deliberative", "cui")
DEFAULT = "internal"
# What has no marking that can be read could hold anything.
UNKNOWN = "cui//UNKNOWN"

_CUI = r"cui//[A-Z]{2,}(?:-[A-Z]+)*(?:/[A-Z]{2,}(?:-[A-Z]+)*)*(?://[A-Z][A-Z ,/]*)?"
PATTERN = rf"^(public|internal|deliberative|{_CUI})$"

_LEVEL = r"(?:TOP SECRET|SECRET|CONFIDENTIAL)"
_CLASSIFIED = (
    rf"(?m)\b{_LEVEL}//[A-Z]"
    rf"|^[ \t]*{_LEVEL}[ \t]*$"
    r"|(?:^|(?<=\s))\((?:TS|S|C)//[A-Z][A-Z /,-]*\)"
    r"|^[ \t]*\((?:TS|S|C)\)(?= \D)"
)


def level(marking: str) -> int:
    """Return a marking's place in `ORDER`; higher is more restricted."""
    return ORDER.index(marking.split("//", 1)[0])


def highest(markings: Iterable[str]) -> str:
    """Return the marking that a page needs which holds things of these; `internal` for none.

    Several sorts of CUI make one marking with all their categories and controls, each in the order
    of the alphabet (CUI Marking Handbook, NARA).
    """
    every = set(markings) or {"internal"}
    top = max(map(level, every))
    if ORDER[top] != "cui":
        return ORDER[top]
    categories: set[str] = set()
    controls: set[str] = set()
    for each in every:
        if level(each) == top:
            _, named, *limits = each.split("//")
            categories |= set(named.split("/"))
            controls |= {limit.strip() for part in limits for limit in re.split("[,/]", part)}
    parts = ["cui", "/".join(sorted(categories)), "/".join(sorted(controls - {""}))]
    return "//".join(part for part in parts if part)


def may_be_classified(text: str) -> bool:
    """Tell whether a classification banner or portion mark may stand somewhere in a long text."""
    return any(part in text for part in ("SECRET", "CONFIDENTIAL", "(TS", "(S", "(C"))


def classification(text: str) -> str | None:
    """Return the classification banner or portion mark found in text, if any."""
    # Compiled where a file is read: a warm answer reads none.
    found = re.search(_CLASSIFIED, text)
    return found.group().strip() if found else None


def _valid(value: str) -> str:
    if re.fullmatch(PATTERN, value):
        return value
    raise BadValueError(
        "bad-marking",
        f'"{value}" is not a marking',
        "use public, internal, deliberative or cui//CATEGORY, as in cui//PRVCY",
    )


Marking = Annotated[str, Checked(_valid), Described({"type": "string", "pattern": PATTERN})]
