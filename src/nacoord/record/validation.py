"""From values to models: pydantic's errors become faults in the words of this project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

from nacoord.model.accept import accepted
from nacoord.model.closest import did_you_mean
from nacoord.model.declare import Declared
from nacoord.model.declare import is_declared
from nacoord.model.fault import Path
from nacoord.model.fault import dotted
from nacoord.model.marking import classification
from nacoord.model.marking import may_be_classified
from nacoord.model.references import key_order

if TYPE_CHECKING:
    from pydantic import ValidationError

M = TypeVar("M")

# Fields of every record that its file may not hold, and what to do instead.
RESERVED = {
    "id": "the file's name is the id: remove the line",
    "extras": "give each of your own keys a name that starts with x-",
}


class Invalid:
    """Why a value is not what its model says: a code, words, the field and a remedy."""

    __slots__ = ("code", "field", "hint", "message", "on_key")

    def __init__(
        self, code: str, message: str, field: Path, hint: str = "", *, on_key: bool = False
    ):
        self.code = code
        self.message = message
        self.field = field
        self.hint = hint
        self.on_key = on_key


def validate(
    model: type[M], data: Any, *, written: str | None = None, **given: Any
) -> M | list[Invalid]:
    """Make a model from a file's value, or return everything that is wrong with it.

    `given` are fields that the file itself may not hold, such as the id; `written` is the file's text.
    """
    if not isinstance(data, dict):
        what = "empty" if data is None else f"a {_named(data)}"
        return [Invalid("wrong-type", f"the file is {what}", (), "write it as key: value lines")]
    reserved = {
        name: hint for name, hint in RESERVED.items() if name in getattr(model, "model_fields", ())
    }
    problems = [
        Invalid("unknown-field", f'"{name}" can\'t be set in the file', (name,), hint, on_key=True)
        for name, hint in reserved.items()
        if name in data
    ]
    clean = {key: value for key, value in data.items() if key not in reserved}
    # An escape could hide a word from whoever reads the text alone.
    if written is None or "\\" in written or may_be_classified(written):
        problems += _classified(clean)
    made: Any = _plainly(model, clean, given)
    if made is not None:
        return problems or made
    from pydantic import ValidationError

    try:
        made = _made(model, clean, given)
    except ValidationError as error:
        return problems + list(_translate(error, model))
    return problems or made


def _plainly(model: Any, data: dict[str, Any], given: dict[str, Any]) -> Any:
    """Make a model of what is plainly right; None where pydantic has to look."""
    if not is_declared(model):
        return None
    own, rest = _own_keys(model, data)
    said = accepted(model, rest)
    return None if said is None else model.of(said | given | own)


def _own_keys(model: type[Declared], data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part the office's own keys, as the field that holds them, from those of the model."""
    if "extras" not in model.model_fields:
        return {}, data
    own = {key: value for key, value in data.items() if str(key).startswith("x-")}
    if not own:
        return {}, data
    return {"extras": own}, {key: value for key, value in data.items() if key not in own}


def _made(model: Any, data: dict[str, Any], given: dict[str, Any]) -> Any:
    if not is_declared(model):
        return model.model_validate(data | given)
    from nacoord.model.typed import validator

    own, rest = _own_keys(model, data)
    return model.of(validator(model).validate_python(rest) | given | own)


def _classified(data: Any, at: Path = ()) -> list[Invalid]:
    """Find text under a classification banner (EO 13526): this tool may not hold it."""
    found: list[Invalid] = []
    if isinstance(data, str):
        if mark := classification(data):
            found.append(
                Invalid(
                    "classified-text",
                    f"this text carries a classification marking ({mark})",
                    at,
                    "nacoord is for unclassified systems only: report it to your security officer before you touch the file",
                )
            )
    elif isinstance(data, dict):
        for key, value in data.items():
            found += _classified(value, (*at, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            found += _classified(value, (*at, index))
    return found


def _translate(error: ValidationError, model: Any) -> Iterator[Invalid]:
    for detail in error.errors(include_url=False):
        field: Path = detail["loc"]
        kind, given = detail["type"], detail.get("input")
        context = detail.get("ctx", {})
        name = dotted(field)
        if kind == "missing":
            yield Invalid("missing-field", f'"{name}" is missing', field, f"add {field[-1]}:")
        elif kind == "extra_forbidden":
            known = [key for key in key_order(model, field[:-1]) if key not in RESERVED]
            guess = did_you_mean(str(field[-1]), known)
            may_own = len(field) == 1 and "extras" in model.model_fields
            own = "an office's own keys start with x-; " if may_own else ""
            hint = guess or f"{own}known here: {', '.join(known)}"
            yield Invalid("unknown-field", f'no field "{field[-1]}" here', field, hint, on_key=True)
        elif kind == "literal_error":
            choices = [
                word.strip(" '") for word in context["expected"].replace(" or ", ", ").split(", ")
            ]
            hint = did_you_mean(str(given), choices) or f"use {', '.join(choices)}"
            yield Invalid(
                "bad-choice", f"{_shown(given)} is not a {_last_name(field)}", field, hint
            )
        elif "-" in kind:
            yield Invalid(kind, detail["msg"], field, context.get("hint", ""))
        else:
            yield Invalid("wrong-type", *_wrong_type(kind, given, name, context, field))


def _wrong_type(kind: str, given: Any, name: str, context: dict[str, Any], field: Path) -> Any:
    if given is None:
        return f'"{name}" is empty', field, "give it a value or remove the key"
    if kind == "string_type" and not isinstance(given, (dict, list)):
        return (
            f'"{name}" is a text, and {_shown(given)} reads as a {_named(given)}',
            field,
            f'quote it: "{given}"',
        )
    expected = {
        "string_type": "a text",
        "tuple_type": "a list",
        "model_type": "a mapping of key: value",
        "model_attributes_type": "a mapping of key: value",
        "dict_type": "a mapping of key: value",
        "int_type": "a whole number",
        "bool_type": "true or false",
    }.get(kind)
    if expected:
        hint = (
            f"write [{given}], or one entry a line after -"
            if kind == "tuple_type" and isinstance(given, str)
            else f"write {expected}"
        )
        return f'"{name}" is {expected}, not a {_named(given)}', field, hint
    if kind == "too_short":
        what = "mapping" if isinstance(given, dict) else "list"
        return f'"{name}" is an empty {what}', field, "name at least one"
    if kind == "string_pattern_mismatch":
        return (
            f'{_shown(given)} is not in the form of "{name}"',
            field,
            f"the form is {context['pattern']}",
        )
    if kind == "string_too_short":
        return f'"{name}" is empty', field, "give it a value or remove the key"
    low = context.get("gt", context.get("ge"))
    if low is not None:
        return (
            f'"{name}" is {given}',
            field,
            f"it must be {'more than' if 'gt' in context else 'at least'} {low}",
        )
    if "le" in context:
        return f'"{name}" is {given}', field, f"it can be {context['le']} at most"
    return f'"{name}" is not valid: {kind.replace("_", " ")}', field, ""


def _last_name(field: Path) -> str:
    return str(next((part for part in reversed(field) if isinstance(part, str)), "value"))


def _named(value: Any) -> str:
    names = {
        bool: "boolean",
        int: "number",
        float: "number",
        str: "text",
        list: "list",
        dict: "mapping",
    }
    return names.get(type(value), "null")


def _shown(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f'"{text if len(text) <= 40 else text[:39] + "…"}"'
