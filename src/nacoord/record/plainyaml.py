"""Values of plain YAML, straight from libyaml's events: what nearly every file of a record is.

Nodes with their places cost more than everything else about a first read, and are needed only to
say where something stands. Whatever is not plain here (a tag, an alias, a key twice, an error) is
left to `yamltext`, which refuses it or reads it the long way; a property holds both to one answer.
"""

from __future__ import annotations

from typing import Any

import yaml

from nacoord.record.coreschema import core_value

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML without libyaml
    CParser = None  # type: ignore[assignment, misc]

# What `plain_value` returns for what is not plain.
NOT_PLAIN = object()

QUOTED = frozenset({"'", '"', "|", ">"})


class _NotPlainError(Exception):
    pass


def plain_value(text: str, depth: int, nodes: int) -> Any:
    """Return the value of a text that is one plain YAML document, else NOT_PLAIN.

    Args:
        text: the text.
        depth: how deep values may be nested.
        nodes: how many values there may be.
    """
    if CParser is None:
        return NOT_PLAIN
    parser = CParser(text)
    try:
        return _document(parser.get_event, depth, nodes)
    except (_NotPlainError, yaml.YAMLError):
        return NOT_PLAIN
    finally:
        parser.dispose()


def _document(following: Any, depth: int, nodes: int) -> Any:
    following()
    if type(following()) is not yaml.DocumentStartEvent:
        raise _NotPlainError
    value = _Values(following, nodes).value(following(), depth)
    following()
    if type(following()) is not yaml.StreamEndEvent:
        raise _NotPlainError
    return value


class _Values:
    def __init__(self, following: Any, nodes: int) -> None:
        self.following = following
        self.left = nodes

    def value(self, event: Any, depth: int) -> Any:
        """Return the value that starts with an event."""
        kind = type(event)
        self.left -= 1
        if self.left < 0 or kind is yaml.AliasEvent or event.anchor or event.tag:
            raise _NotPlainError
        if kind is _SCALAR:
            value = event.value
            return value if event.style in QUOTED else core_value(value)
        if depth <= 0:
            raise _NotPlainError
        return self.items(depth - 1) if kind is _SEQUENCE else self.pairs(depth - 1)

    def items(self, depth: int) -> list[Any]:
        items = []
        following = self.following
        while type(event := following()) is not _SEQUENCE_END:
            items.append(self.value(event, depth))
        return items

    def pairs(self, depth: int) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        following = self.following
        while type(event := following()) is not _MAPPING_END:
            if type(event) is not _SCALAR or event.anchor or event.tag:
                raise _NotPlainError
            key = event.value
            if not key or key in pairs:
                raise _NotPlainError
            pairs[key] = self.value(following(), depth)
        return pairs


_SCALAR = yaml.ScalarEvent
_SEQUENCE = yaml.SequenceStartEvent
_SEQUENCE_END = yaml.SequenceEndEvent
_MAPPING_END = yaml.MappingEndEvent
