"""The mapping of an import: which column of a sheet is which field of a record.

It is written by people, once for each sheet that comes in again and again, and read strictly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Annotated
from typing import Any
from typing import Literal

from pydantic import AfterValidator
from pydantic import BaseModel
from pydantic import BeforeValidator
from pydantic import ConfigDict
from pydantic import Field
from pydantic import StringConstraints
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from nacoord.model.closest import did_you_mean
from nacoord.model.kinds.base import Text as NotBlank
from nacoord.model.kinds.table import KINDS
from nacoord.model.typed import pydantic_type

# What a date is made of, and strptime's word for it (C standard, 7.27.3.5). A year has four digits: of
# two, the century would be guessed.
_DATE_PARTS = {
    "YYYY": "%Y",
    "MMMM": "%B",
    "MMM": "%b",
    "MM": "%m",
    "M": "%m",
    "DD": "%d",
    "D": "%d",
}
_DATE_PART = re.compile("|".join(_DATE_PARTS))


def _refuse(code: str, message: str, hint: str) -> PydanticCustomError:
    # The message is a template: braces of a typed text must not be read as its fields.
    return PydanticCustomError(code, "{said}", {"said": message, "hint": hint})


def strptime_form(form: str) -> str:
    """Return a date form, as `MM/DD/YYYY`, in the words of strptime."""
    return _DATE_PART.sub(lambda found: _DATE_PARTS[found.group()], form.replace("%", "%%"))


def _date_form(value: str) -> str:
    parts = sorted(part[0] for part in _DATE_PART.findall(value))
    rest = _DATE_PART.sub("", value)
    if parts != ["D", "M", "Y"] or re.search(r"[A-Za-z]", rest):
        raise _refuse(
            "bad-choice",
            f'"{value}" is no form of a date',
            "make it of YYYY, MM (or MMM, MMMM for names) and DD: MM/DD/YYYY, D MMMM YYYY",
        )
    return value


def _kind(value: str) -> str:
    if value in KINDS:
        return value
    hint = did_you_mean(value, KINDS) or f"use {', '.join(KINDS)}"
    raise _refuse("bad-choice", f'"{value}" is not a kind', hint)


def _constant(value: Any) -> Any:
    items = value if isinstance(value, list) else [value]
    if items and all(isinstance(item, (str, int)) and not isinstance(item, bool) for item in items):
        return value
    raise _refuse("wrong-type", "a constant is a text, a number or a list of them", "quote a text")


def _column_alone(value: Any) -> Any:
    """Read `due: Due date` as `due: {column: Due date}`."""
    return {"column": value} if isinstance(value, str) else value


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


if TYPE_CHECKING:
    Text = str
else:
    Text = pydantic_type(NotBlank)
KindName = Annotated[str, AfterValidator(_kind)]
DateForm = Annotated[str, AfterValidator(_date_form)]
Words = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]


class Part(BaseModel):
    """A mapping inside a mapping file: frozen, and every key known."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class From(Part):
    """Where a field's value comes from: a column, a constant, or parts that make an entry of a list."""

    column: Text | None = Field(
        default=None,
        description="The column, by the name in its header. `due: Due date` is short for it.",
    )
    value: Annotated[Any, AfterValidator(_constant)] = Field(
        default=None,
        description="A constant instead of a column. It is what a new record begins with; a record that "
        "exists keeps what it has.",
    )
    entry: dict[str, Field_] | None = Field(
        default=None,
        description="For a list of mappings, as `evidence`: the fields of one entry, each from a column or "
        "a constant. The entry that is known by the same name is changed, or a new one is added; the "
        "others stay. A row whose columns for it are empty makes none.",
    )
    values: dict[str, str] = Field(
        default_factory=dict,
        description="What the column says, and what the record is to say for it: `Closed: met`. Case and "
        "accents don't matter; a text that is not here is an error.",
    )
    dates: Annotated[tuple[DateForm, ...], BeforeValidator(_one_or_more)] = Field(
        default=(),
        description="The forms in which the column writes dates, as `MM/DD/YYYY` or `D MMMM YYYY`. Without "
        "them only `2021-03-04` is a date, as are the date cells of a workbook. Nothing is guessed: a "
        "text that two forms read as two days is an error.",
    )
    split: Annotated[str, StringConstraints(min_length=1)] | None = Field(
        default=None, description="What stands between the entries of a list in one cell, as `;`."
    )
    add: bool = Field(
        default=False,
        description="Add to the list, and keep what else is in it; otherwise the list becomes what the "
        "cell says.",
    )
    default: Text | None = Field(
        default=None, description="What a new record gets where the cell is empty."
    )
    lookup: KindName | None = Field(
        default=None,
        description="The kind of record that the cell names, where the field could hold several. Fields "
        "that hold ids are looked up by any id, title or alias, in any language, without this.",
    )
    once: bool = Field(
        default=False,
        description="Only for new records: what the office made of the field since is kept.",
    )

    @model_validator(mode="after")
    def _one_origin(self) -> From:
        given = [name for name in ("column", "value", "entry") if name in self.model_fields_set]
        if len(given) != 1:
            said = " and ".join(given) if given else "neither"
            raise _refuse(
                "wrong-type",
                f"a field comes from a column, a value or an entry, and this says {said}",
                "write column: NAME, value: CONSTANT or entry: with its fields",
            )
        if given != ["column"]:
            extra = self.model_fields_set - {given[0]}
            if extra:
                raise _refuse(
                    "unknown-field",
                    f'"{min(extra)}" goes with a column, not with {given[0]}',
                    "remove it",
                )
        return self


Field_ = Annotated[From, BeforeValidator(_column_alone)]


class Id(Part):
    """Where a record's id comes from: a column that holds it, or columns of whose words it is made."""

    column: Text | None = Field(
        default=None,
        description="The column that holds the id itself. `id: Record` is short for it.",
    )
    from_: Annotated[tuple[Text, ...], BeforeValidator(_one_or_more)] = Field(
        default=(),
        alias="from",
        description="The columns whose words make the id, without accents and with hyphens.",
    )
    prefix: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")] | None = Field(
        default=None, description="What stands before an id that is made, as `tasker`."
    )

    @model_validator(mode="after")
    def _one_origin(self) -> Id:
        if bool(self.column) == bool(self.from_) or (self.column and self.prefix):
            raise _refuse(
                "wrong-type",
                "an id comes from a column, or is made from: some columns",
                "write id: COLUMN, or id: {from: [COLUMN, COLUMN]}",
            )
        return self


class Mapping(Part):
    """A mapping file."""

    kind: KindName = Field(description="The kind of record that a row is.")
    sheet: Text | None = Field(
        default=None,
        description="The sheet of a workbook; without it the first that is not hidden. A .csv has none.",
    )
    header: int = Field(
        default=1, strict=True, ge=1, le=1000, description="The row with the names of the columns."
    )
    id_: Annotated[Id, BeforeValidator(_column_alone)] = Field(
        alias="id", description="Where the id of a new record comes from."
    )
    match: Text | None = Field(
        default=None,
        description="A field that tells which record a row is, as `x-tasker`: the record with the same "
        "value there is the one, whatever its id. Without it the id tells.",
    )
    update: bool = Field(
        default=True,
        description="Whether rows change records that exist. Only the fields below are changed, an empty "
        "cell leaves a field as it is, and nothing is ever removed.",
    )
    skip_when: dict[str, Words] = Field(
        default_factory=dict,
        description='Rows to leave out, by column: `Status: [Draft, Void]`; `""` means an empty cell.',
    )
    empty: Words = Field(
        default=(), description="Texts that count as an empty cell, as `n/a` or `TBD`."
    )
    others: Literal["leave", "keep"] = Field(
        default="leave",
        description="What becomes of columns that are named nowhere here: left out and told, or kept, each "
        "in an x- key made of its name.",
    )
    fields: dict[str, Field_] = Field(
        min_length=1,
        description="Where each field of the record comes from, by its dotted name: `title`, "
        "`dates.received`, `x-tasker`.",
    )


From.model_rebuild()
