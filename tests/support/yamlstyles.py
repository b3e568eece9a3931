"""YAML as people write it: styles by hand, and a renderer that draws one for any value."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

STYLES = (
    "# yaml-language-server: $schema=issue.json\ntitle:   Aligned value   # why\nb : 1\n\n\n# above c\nc:\n    - 1\n    -   2\nd: {a: 1,  b: 'x'}\n",
    "title: 'single'\r\nb: \"double \\u00e9\"\r\nc: [a,  b,\r\n    c]\r\nd:\r\n- x: 1\r\n  y: 2   # end\r\n- x: 3\r\n",
    "---\ntitle: >-\n  folded text\n  over lines\n\n  and a paragraph\nb: |+\n  kept\n\n\nc: |2-\n   indented\nd: plain\n  over two lines\n",
    "\ufefftitle: with a mark\nb:\nc: ~\nd:\n  - - nested\n    - list\n  - a: 1\n\n    b:\n      - 2\n",
    "title: no final line end\nb: [ ]\nc: {}\nd: last",
    "title: &anchor shared\nb: *anchor\nc: &list [1, 2]\nd: *list\ne: free\n",
    "title: t\n? b\n: 1\nc: x\n...\n",
    "{title: flow, b: [1, 2,], c: {a: x # why\n, b: y}}\n",
    "title: comments everywhere # 1\nb: # 2\n  # 3\n  - one # 4\n  # 5\n\n  - two # 6\n# 7\nc: # 8\n  a: x # 9\n  # 10\n  b: |  # 11\n    text\n    # not a comment\n  # 12\n# 13\n",
    'title: x\nlist:\n-\n  a: 1\n-\n  - 2\n- # none\n- "q"\nc: 2\n',
)

Draw = Callable[[st.SearchStrategy[Any]], Any]


def rendered(draw: Draw, data: dict[str, Any]) -> bytes:
    """Write a value in a style drawn at random: quotes, flow, comments, blank lines, line ends."""
    lines = _mapping(draw, data, 0)
    text = "\n".join(lines)
    if draw(st.booleans()):
        text = f"# ~ head\n\n{text}"
    if draw(st.booleans()):
        text += "\n"
        if draw(st.booleans()):
            text += "# ~ foot\n"
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return ("\ufeff" * draw(st.booleans()) + text).encode()


def _mapping(draw: Draw, data: dict[str, Any], column: int) -> list[str]:
    lines: list[str] = []
    for key, value in data.items():
        lines += _noise(draw, column)
        lines += _entry(draw, f"{' ' * column}{key}:", value, column)
    return lines


def _noise(draw: Draw, column: int) -> list[str]:
    choice = draw(st.sampled_from(["", "", "", "blank", "comment", "outdented"]))
    if choice == "blank":
        return [""]
    if choice == "comment":
        return [f"{' ' * column}# ~ note {column}"]
    return ["# ~ far left"] if choice == "outdented" else []


def _end(draw: Draw) -> str:
    return draw(st.sampled_from(["", "", "", "  # ~ end", " "]))


def _entry(draw: Draw, head: str, value: Any, column: int) -> list[str]:
    flow = draw(st.booleans())
    if isinstance(value, dict) and not flow:
        step = draw(st.sampled_from([2, 3, 4]))
        return [head + _end(draw), *_mapping(draw, value, column + step)]
    if isinstance(value, list) and not flow:
        step = draw(st.sampled_from([0, 2]))
        return [head + _end(draw), *_list(draw, value, column + step)]
    if isinstance(value, str) and draw(st.booleans()) and (block := _block(draw, value)):
        pad = " " * (column + 2)
        return [f"{head} {block[0]}", *(pad + line if line else "" for line in block[1:])]
    return [f"{head} {' ' * draw(st.integers(0, 2))}{_flow(draw, value)}{_end(draw)}"]


def _list(draw: Draw, data: list[Any], column: int) -> list[str]:
    lines: list[str] = []
    for value in data:
        lines += _noise(draw, column)
        dash = f"{' ' * column}-"
        if isinstance(value, (dict, list)) and draw(st.booleans()):
            make = _mapping if isinstance(value, dict) else _list
            inner = make(draw, value, column + 2)  # type: ignore[operator]
            while not inner[0].strip() or inner[0].lstrip().startswith("#"):
                inner.pop(0)
            lines += [dash + " " + inner[0][column + 2 :], *inner[1:]]
        else:
            lines.append(f"{dash} {_flow(draw, value)}{_end(draw)}")
    return lines


def _block(draw: Draw, value: str) -> list[str] | None:
    body = value.removesuffix("\n")
    lines = body.split("\n")
    odd = any(line != line.strip() or "\t" in line for line in lines)
    if not body or odd or not lines[0] or not lines[-1] or not body.isprintable():
        return None
    return ["|" if value.endswith("\n") else "|-", *lines]


def _flow(draw: Draw, value: Any) -> str:
    gap = draw(st.sampled_from(["", " "]))
    if isinstance(value, dict):
        inner = f",{gap or ' '}".join(f"{key}: {_flow(draw, each)}" for key, each in value.items())
        return f"{{{gap}{inner}{gap}}}"
    if isinstance(value, list):
        return f"[{gap}{f', {gap}'.join(_flow(draw, each) for each in value)}{gap}]"
    if isinstance(value, str):
        if value.isalpha() and value.isascii() and value.lower() not in ("null", "true", "false"):
            return draw(st.sampled_from([value, f"'{value}'", f'"{value}"']))
        if value.isprintable() and draw(st.booleans()):
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value).replace("\\ud83d\\ude00", "\\U0001F600")
    return json.dumps(value)
