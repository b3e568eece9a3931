"""Text from records made safe to print: what a terminal would obey is shown, not obeyed."""

from __future__ import annotations

import re
from functools import cache

# C0 (but for tab and newline), DEL and C1 controls, and the characters that reorder or hide text
# (Unicode TR 36: bidirectional embeddings, overrides, isolates and marks; zero width; BOM; tags);
# and two that no XML can hold (XML 1.0, section 2.2).
_UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


@cache
def _unsafe() -> re.Pattern[str]:
    """Compile the set; few answers have a character that is not printable."""
    return re.compile(_UNSAFE)


def clean(text: str) -> str:
    """Return text with every unsafe character shown as an escape, as a reader of code writes it."""
    if text.isprintable():
        # None of them is printable (Unicode: Cc, Cf, Cs, Cn, Zl, Zp).
        return text
    return _unsafe().sub(lambda found: escaped(found.group()), text)


def one_line(text: str) -> str:
    """Return text clean and on one line, runs of white space folded."""
    # The only white space that is printable is the blank.
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return clean(" ".join(text.split()))


def escape_json(text: str) -> str:
    """Return JSON text with unsafe characters as JSON escapes (RFC 8259, section 7)."""
    return _unsafe().sub(
        lambda found: "".join(
            f"\\u{int.from_bytes(unit, 'big'):04x}" for unit in _units(found.group())
        ),
        text,
    )


def _units(char: str) -> list[bytes]:
    encoded = char.encode("utf-16-be", "surrogatepass")
    return [encoded[at : at + 2] for at in range(0, len(encoded), 2)]


def escaped(char: str) -> str:
    """Return a character as the escape that a reader of code writes for it."""
    number = ord(char)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
