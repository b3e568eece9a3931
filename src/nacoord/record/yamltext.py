"""Strict YAML: text to values that know their place. It and `plainyaml` alone import yaml.

libyaml composes the nodes; the values are typed here by the YAML 1.2 core schema (YAML 1.2.2,
section 10.3), so `NO`, `on`, `12:30` and `1_000` stay text. What a record file may not hold is
refused with its line and column. Nothing here knows what a record is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from functools import lru_cache
from typing import Any

import yaml

from nacoord.model.fault import Path
from nacoord.record.coreschema import core_value
from nacoord.record.files import MAX_BYTES
from nacoord.record.plainyaml import NOT_PLAIN
from nacoord.record.plainyaml import QUOTED
from nacoord.record.plainyaml import plain_value

MAX_DEPTH = 32
MAX_NODES = 20_000

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$", re.MULTILINE)
# Deep nesting needs many brackets, or a line that starts with a long run of indicators; such a
# text is counted event by event first, because composing it would exhaust libyaml's C stack.
_MAYBE_DEEP = re.compile("(?:^|[\n\r\x85\u2028\u2029])[ \\-?:]{64,}")
_BREAK = re.compile("\r\n|\r|\n")
_UNICODE_BREAKS = re.compile("[\x85\u2028\u2029]")

_LOOK = "look at the indentation, the quotes and the brackets around here"
_HINTS = (
    (
        "cannot start any token",
        "a tab or a special character stands here: indent with spaces, quote the text",
    ),
    ("mapping values are not allowed", 'a second ": " on one line: put the text in double quotes'),
    (
        "could not find expected ':'",
        "write key: value, and quote a text that goes over several lines",
    ),
    (
        "did not find expected key",
        "the indentation doesn't match the lines above, or a quote is not closed",
    ),
    (
        "did not find expected '-' indicator",
        "start every entry of a list with - at the same column",
    ),
    (
        "did not find expected ',' or",
        "close the list or mapping on this line, or separate with commas",
    ),
    ("unexpected end of stream", "a quote or bracket is not closed"),
    ("found undefined alias", "a text that starts with * must be quoted"),
    ("while scanning an anchor", "a text that starts with & must be quoted"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text: 1-based line and column, in characters, and how wide it is."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is refused; `code` is a row of the fault codes."""

    code: str
    message: str
    place: Place
    hint: str = ""


@dataclass
class Document:
    """A composed text.

    Attributes:
        text: the text without its byte order mark.
        value: its value, or None when problems kept it from being read.
        problems: everything that is refused, in order of place.
    """

    text: str
    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    # The pairs of each mapping that was looked into, by key: a file can have thousands of faults.
    _pairs: dict[int, dict[Any, Any]] = field(default_factory=dict, repr=False)

    @cached_property
    def node(self) -> Any:
        """Libyaml's node tree, for finding places; None of a text that can't be composed."""
        try:
            return None if self.problems else _compose(self.text)
        except (yaml.YAMLError, _TooDeepError):
            return None

    def place(self, path: Path, *, on_key: bool = False) -> Place:
        """Return where the value at a path stands, or the nearest thing that encloses it."""
        return _place(self.text, *_find(self.node, path, on_key, self._pairs))

    def line(self, number: int) -> str:
        """Return the text of a 1-based line, without its end."""
        lines = _lines(self.text)
        return lines[number - 1] if 0 < number <= len(lines) else ""


class _CoreLoader(_LOADER):  # type: ignore[misc]
    """Composes without resolving: a node's tag tells only whether somebody wrote a tag."""

    def resolve(self, kind: type, value: Any, implicit: Any) -> str:  # noqa: ARG002
        return ""


def read(data: bytes) -> Document:
    """Read one YAML document; what is refused is in the result's `problems`."""
    decoded = _decode(data)
    if isinstance(decoded, Problem):
        return Document(data.decode("utf-8", "replace"), problems=[decoded])
    document = Document(decoded)
    document.problems.extend(_refused_text(decoded))
    if document.problems:
        return document
    value = plain_value(decoded, MAX_DEPTH, MAX_NODES)
    if value is not NOT_PLAIN:
        document.value = value
        return document
    try:
        document.node = _compose(decoded)
    except yaml.YAMLError as error:
        document.problems.append(_explain(error, decoded))
    except _TooDeepError as error:
        document.problems.append(_too_deep(Place(error.line, error.column)))
    else:
        walk = _Walk(document)
        value = walk.value(document.node, 0)
        if not document.problems:
            document.value = value
    return document


def value_of(data: bytes | None) -> Any:
    """Return what a file says; None for one that is not there or can't be read."""
    return None if data is None else read(data).value


def _decode(data: bytes) -> str | Problem:
    if len(data) > MAX_BYTES:
        return Problem(
            "too-large",
            f"the file is {len(data):,} bytes; the limit is {MAX_BYTES:,}",
            Place(1, 1),
            "a record is a page of text: move the rest to a document and cite it",
        )
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace").removeprefix("\ufeff")
        return Problem(
            "not-utf8",
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            _at_index(before, len(before)),
            "save the file as UTF-8",
        )


def _refused_text(text: str) -> Iterator[Problem]:
    for found in _UNPRINTABLE.finditer(text):
        char = found.group()
        what = "a NUL" if char == "\0" else f"the control character U+{ord(char):04X}"
        yield Problem(
            "control-character",
            f"{what} stands in the text",
            _at_index(text, found.start()),
            "remove it",
        )
        return
    for found in _CONFLICT.finditer(text):
        if found.group().startswith("<"):
            yield Problem(
                "merge-conflict",
                "a merge left its conflict markers here",
                _at_index(text, found.start(), len(found.group())),
                "keep what is right of the two versions and remove the lines with <<<<<<<, ======= and >>>>>>>",
            )


class _TooDeepError(Exception):
    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.line, self.column = line, column


def _compose(text: str) -> Any:
    if text.count("[") + text.count("{") > 64 or _MAYBE_DEEP.search(text):
        _count_depth(text)
    loader = _CoreLoader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _count_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                mark: Any = event.start_mark
                raise _TooDeepError(mark.line + 1, mark.column + 1)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _too_deep(place: Place) -> Problem:
    return Problem(
        "too-deep",
        f"values are nested more than {MAX_DEPTH} deep",
        place,
        "no record needs that: flatten it",
    )


def _explain(error: yaml.YAMLError, text: str) -> Problem:
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem("bad-yaml", str(error).splitlines()[0], Place(1, 1), _LOOK)
    problem = error.problem or error.context or "not YAML"
    mark = error.problem_mark or error.context_mark
    place = _place(text, mark, None) if mark else Place(1, 1)
    if "expected a single document" in str(error):
        return Problem(
            "several-documents",
            "a second document starts here",
            place,
            "one file holds one record: remove the line with --- or move the rest to a file of its own",
        )
    hint = next((hint for part, hint in _HINTS if part in str(error)), _LOOK)
    return Problem("bad-yaml", f"not YAML: {problem}", place, hint)


class _Walk:
    """Turns nodes into values, collecting what is refused on the way."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes = 0

    def refuse(self, code: str, message: str, node: Any, hint: str = "") -> None:
        place = _place(self.document.text, node.start_mark, node.end_mark)
        self.document.problems.append(Problem(code, message, place, hint))

    def value(self, node: Any, depth: int) -> Any:
        if node is None:
            return None
        self.nodes += 1
        if self.nodes > MAX_NODES:
            if self.nodes == MAX_NODES + 1:
                self.refuse(
                    "too-many-values",
                    f"the file expands to more than {MAX_NODES:,} values",
                    node,
                    "write the values out instead of repeating them by alias",
                )
            return None
        if node.tag and node.tag != "!":
            self.refuse(
                "tag",
                f"the tag {_short(node.tag)} is not allowed",
                node,
                "remove the tag; the format gives each field its type",
            )
            return None
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.style in QUOTED else core_value(node.value)
        if depth >= MAX_DEPTH:
            self.document.problems.append(
                _too_deep(_place(self.document.text, node.start_mark, None))
            )
            self.nodes = MAX_NODES + 1
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        return self.mapping(node, depth)

    def mapping(self, node: Any, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if not key or key_node.tag:
                self.refuse("bad-key", "a key must be a plain word", key_node, "write key: value")
                continue
            if key in result:
                self.refuse(
                    "duplicate-key",
                    f'"{_short(key)}" is already set on line {lines[key]}',
                    key_node,
                    "keep one of the two",
                )
                continue
            lines[key] = key_node.start_mark.line + 1
            result[key] = self.value(value_node, depth + 1)
        return result


def _find(node: Any, path: Path, on_key: bool, known: dict[int, dict[Any, Any]]) -> tuple[Any, Any]:
    """Return the start and end marks of what a path names, going as deep as it leads."""
    key = None
    for part in path:
        if isinstance(node, yaml.MappingNode):
            if id(node) not in known:
                # Of two that are the same, the first.
                known[id(node)] = {
                    pair[0].value: pair
                    for pair in reversed(node.value)
                    if isinstance(pair[0], yaml.ScalarNode)
                }
            pair = known[id(node)].get(part)
            if pair is None:
                break
            key, node = pair
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value)
        ):
            key, node = None, node.value[part]
        else:
            break
    if node is None:
        return None, None
    if key is not None and (
        on_key
        or not isinstance(node, yaml.ScalarNode)
        or node.start_mark.index == node.end_mark.index
    ):
        return key.start_mark, key.end_mark
    if isinstance(node, yaml.ScalarNode):
        return node.start_mark, node.end_mark
    return node.start_mark, None


def _place(text: str, start: Any, end: Any) -> Place:
    if start is None:
        return Place(1, 1)
    width = 1
    if end is not None and end.line == start.line:
        width = max(1, end.column - start.column)
    if _has_other_breaks(text):
        # libyaml counts these as line ends; editors don't.
        return _at_index(text, start.index, width)
    return Place(start.line + 1, start.column + 1, width)


def _at_index(text: str, index: int, width: int = 1) -> Place:
    starts = _starts(text)
    line = bisect_right(starts, index)
    return Place(line, index - starts[line - 1] + 1, width)


# The places of one text are asked for one after the other.
@lru_cache(maxsize=1)
def _has_other_breaks(text: str) -> bool:
    return _UNICODE_BREAKS.search(text) is not None


@lru_cache(maxsize=1)
def _starts(text: str) -> list[int]:
    return [0, *(found.end() for found in _BREAK.finditer(text))]


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
