"""A value typed on the command line, read as the values that people disagree about are."""

from __future__ import annotations

from typing import get_args

from nacoord.model.errors import UsageError
from nacoord.model.merging.clash import Clash
from nacoord.model.merging.clash import Side
from nacoord.model.merging.disagreement import Choice

_BRACKETS = {("[", "]"), ("{", "}"), ('"', '"'), ("'", "'")}


def typed_choice(choice: Choice, clash: Clash) -> Choice:
    """Return a choice with what was typed read as a value.

    Brackets and quotes are read as in a file, and what looks like a number is one where a side has
    one. Anything else is a text as it stands, so that a # or a colon in it is no more than that.

    Raises:
        UsageError: when it is no value.
    """
    if choice.take is not None:
        return choice
    from nacoord.record.yamltext import read

    text = str(choice.value)
    if not text.strip():
        raise UsageError("no value was given", hint="to remove it, take the side that did")
    document = read(f"value: {text}\n".encode())
    is_one = not document.problems and document.value.keys() == {"value"}
    value = document.value["value"] if is_one and "#" not in text else text
    if (text[0], text[-1]) in _BRACKETS and is_one:
        return Choice(value=document.value["value"])
    if text[0] in "[{":
        raise UsageError(f"no value: {text}", hint="write it as in the file, a list as [a, b]")
    is_known = any(type(value) is type(clash.value(side)) for side in get_args(Side))
    return Choice(value=value if is_known and not isinstance(value, str) else text)
