"""What is told of an archive at four widths: golden files, read in review."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nacoord.present.terminal.archive import Archived
from nacoord.present.terminal.archive import made_screen
from nacoord.present.terminal.archive import verified_screen
from nacoord.present.terminal.console import Style
from nacoord.record.archive.verifying import Difference
from nacoord.record.archive.verifying import Verified

ID = "9c56cc51b374c3ba189210d5b6d4bf57790d351c"
SUMS = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
MADE = Archived("record-2021-01-20.tar", ID, "cui//PRVCY", 381, 1204, 3, 4_810_233, SUMS)
GOOD = Verified("record-2021-01-20.tar", ID, 394, 1204, SUMS, ())
BAD = Verified(
    "record-2021-01-20.tar",
    ID,
    393,
    0,
    SUMS,
    (
        Difference("README.txt", "is missing"),
        Difference("record/issues/\x1b[31mline-5.yaml", "is not what SHA256SUMS says"),
        Difference("history.bundle", "can't be read: git says no: error: index-pack died"),
    ),
)


@pytest.mark.parametrize("width", [40, 80, 100, 120])
def test_screens(width: int, golden: Callable[[str, str], None]) -> None:
    style = Style(width, color=False)
    shown = "\n".join(
        (made_screen(MADE, style), verified_screen(GOOD, style), verified_screen(BAD, style))
    )

    golden(f"screens/archive-{width}.txt", shown)
    assert max(map(len, shown.splitlines())) <= width
