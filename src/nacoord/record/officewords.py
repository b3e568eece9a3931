"""The relationships and themes that nacoord.yaml names, for a TAB, which can't wait for a YAML parser.

A file in the plain style of the sample is read line by line; whatever is written otherwise is left to
the parser.
"""

from __future__ import annotations

import re
from pathlib import Path

_WANTED = ("relationships", "themes")
_NOTHING = re.compile(r" *(?:#.*)?")
_KEY = re.compile(r"([a-z_-]+):(?: +(.*))?")
_WORD = re.compile(r"( +)([a-z][a-z0-9-]*):(?: .*)?")
# What ends a line for YAML besides \n, and a tab, which is none of its indentation.
_UNUSUAL = re.compile("[\t\r\x85\u2028\u2029\ufeff]")
# In YAML these are no words.
_TYPED = frozenset({"true", "false", "null"})


def office_words(root: Path) -> list[str]:
    """Return the relationships, then the themes; none when the file can't be read."""
    try:
        data = (root / "nacoord.yaml").read_bytes()
    except OSError:
        return []
    plain = plain_words(data)
    return parsed_words(data) if plain is None else plain


def parsed_words(data: bytes) -> list[str]:
    """Return the words as the parser finds them."""
    from nacoord.record.yamltext import read

    value = read(data).value
    if not isinstance(value, dict):
        return []
    found = [value.get(key) for key in _WANTED]
    return [str(word) for words in found if isinstance(words, dict) for word in words]


def plain_words(data: bytes) -> list[str] | None:
    """Return the words of a file in the plain style; None for any other, which the parser must read.

    Plain are keys without quotes, one a line, their words indented below them. What stands deeper
    belongs to a word and is skipped, whatever it is.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if _UNUSUAL.search(text):
        return None
    found: dict[str, list[str]] = {}
    words: list[str] | None = None
    indent = ""
    for line in text.split("\n"):
        if _NOTHING.fullmatch(line):
            continue
        if _goes_on(line):
            return None
        if key := _KEY.fullmatch(line):
            name, value = key[1], key[2] or ""
            words = None
            if name in _WANTED:
                if name in found or not _NOTHING.fullmatch(value):
                    return None
                words, indent = found.setdefault(name, []), ""
        elif not line.startswith(" "):
            return None
        elif words is not None and not (indent and line.startswith(indent + " ")):
            word = _WORD.fullmatch(line)
            if word is None or word[2] in _TYPED or (indent and word[1] != indent):
                return None
            indent = word[1]
            words.append(word[2])
    return [word for name in _WANTED for word in found.get(name, ())]


def _goes_on(line: str) -> bool:
    """Tell whether a quotation or a list in brackets may go on in the next line."""
    opened, closed = line.count("{") + line.count("["), line.count("}") + line.count("]")
    return opened != closed or line.count('"') % 2 == 1 or line.count("'") % 2 == 1
