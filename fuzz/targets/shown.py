"""Any text is shown as text, by whichever way it is laid out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from rich.console import Group
from rich.padding import Padding
from rich.text import Text
from tests.support.hostile import TEXTS

from nacoord.present.plain import _UNSAFE
from nacoord.present.plain import clean
from nacoord.present.plain import escape_json
from nacoord.present.plain import one_line
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text

_BAD = re.compile(_UNSAFE)
_STYLES = re.compile("\x1b\\[[0-9;]*m")


def seeds() -> Iterator[bytes]:
    """Yield hostile texts."""
    yield from (text.encode() for text in TEXTS.values())


def one(data: bytes) -> None:
    """Show bytes in each way."""
    text = data.decode("utf-8", "surrogateescape")
    assert not _BAD.search(clean(text))
    assert not _BAD.search(one_line(text))
    assert "\n" not in one_line(text)
    assert json.loads(escape_json(json.dumps(text, ensure_ascii=False))) == text
    for color in (False, True):
        for width in (20, 80):
            # A text that somebody forgot to make plain.
            shown = to_text(
                Group(Text(text), Padding(Text(text), (0, 0, 0, 2))), Style(width, color)
            )
            assert not _BAD.search(_STYLES.sub("", shown) if color else shown)
