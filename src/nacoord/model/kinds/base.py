"""What every record has, whatever its kind."""

import re
from collections.abc import Iterator
from typing import Annotated
from typing import Any
from typing import Literal
from typing import NamedTuple

from nacoord.model.declare import NOT_IN_FILES
from nacoord.model.declare import BadValueError
from nacoord.model.declare import Checked
from nacoord.model.declare import Declared
from nacoord.model.declare import Field
from nacoord.model.declare import Matching
from nacoord.model.fault import Path
from nacoord.model.marking import Marking
from nacoord.model.when import Day

ID_PATTERN = r"[a-z0-9][a-z0-9-]{0,62}"
ID = re.compile(ID_PATTERN)


def _not_blank(value: str) -> str:
    if value.strip():
        return value
    raise BadValueError("blank-text", "this text is blank", "write it or remove the key")


Text = Annotated[str, Checked(_not_blank)]
Level = Literal["high", "medium", "low"]
FormerId = Annotated[str, Matching(f"^{ID_PATTERN}$")]
Email = Annotated[str, Matching(r"^[^@\s]+@[^@\s]+$")]


class Part(Declared):
    """A mapping inside a record: frozen, and every key known."""


class Source(Part):
    """Where a record's facts come from."""

    cite: Text = Field(description="The document, page or person, so that another can find it.")
    url: Text | None = Field(default=None, description="Where it can be read.")
    on: Day | None = Field(
        default=None, description="The day of the document, or when it was looked up."
    )
    confidence: Level | None = Field(default=None, description="How far the office trusts it.")
    covers: tuple[Text, ...] = Field(
        default=(), description="The fields it speaks for; none means the whole record."
    )
    says: Text | None = Field(
        default=None,
        description="What it gives for the field it covers, where sources differ.",
    )


class Note(Part):
    """A dated, signed remark."""

    on: Day = Field(description="The day it was written.")
    by: Text | None = Field(default=None, description="Who wrote it.")
    text: Text = Field(description="What it says.")


class Mute(Part):
    """A finding of the radar that the office does not want to hear of for a while."""

    rule: Text = Field(description="The rule that is muted for this record.")
    until: Day = Field(description="The last day on which it stays quiet.")
    because: Text | None = Field(default=None, description="Why.")


class SelfFault(NamedTuple):
    """A fault one record shows by itself, without looking at any other."""

    code: str
    message: str
    field: Path
    hint: str = ""
    on_key: bool = False


class Record(Declared):
    """What every record has; a kind adds its own fields.

    `id` is the file's stem and `extras` holds the office's own `x-` keys; neither is written
    as a key of the file.
    """

    id: str
    title: Text = Field(description="What it is called, in a few words.")
    summary: Text | None = Field(
        seldom=True, default=None, description="What it is about, in a sentence or two."
    )
    notes: tuple[Note, ...] = Field(
        seldom=True, default=(), description="Dated, signed remarks, oldest first."
    )
    tags: tuple[Text, ...] = Field(
        seldom=True, default=(), description="Words of the office's own to filter by."
    )
    marking: Marking = Field(default="internal", description="Who may see the record.")
    field_markings: dict[str, Marking] = Field(
        seldom=True,
        default={},
        description=(
            "Fields with a marking of their own, as `health_reason: deliberative`; a title marked lower "
            "may be named by others, and stays in the record."
        ),
    )
    sources: tuple[Source, ...] = Field(
        seldom=True, default=(), description="Where its facts come from."
    )
    formerly: tuple[FormerId, ...] = Field(
        default=(), description="Ids it had before, newest last; `rename` keeps them."
    )
    muted: tuple[Mute, ...] = Field(
        seldom=True,
        default=(),
        description="Rules of the radar that stay quiet about it, as `radar --mute` sets.",
    )
    extras: dict[str, Any] = Field(
        seldom=True, default={}, description="The office's own `x-` keys."
    )

    def self_faults(self) -> Iterator[SelfFault]:
        """Yield what is wrong with this record that it shows by itself.

        Such a record is still read and shown; a kind adds its own to these.
        """
        known = type(self).model_fields
        for name in self.field_markings:
            if name in self.extras:
                continue
            if name not in known or name in (*NOT_IN_FILES, "field_markings"):
                yield SelfFault(
                    "unmarked-field",
                    f'field_markings names "{name}", which is no field of this kind',
                    ("field_markings", name),
                    "name a field of the record",
                    on_key=True,
                )
        for index, source in enumerate(self.sources):
            for place, name in enumerate(source.covers):
                if name not in known:
                    yield SelfFault(
                        "uncovered-field",
                        f'this source covers "{name}", which is no field of this kind',
                        ("sources", index, "covers", place),
                        "name a field of the record",
                    )


# Of the fields every record has, these open a file and the others close it.
_FIRST = ("title", "summary")


def file_order(model: type[Record]) -> tuple[str, ...]:
    """Return the keys of a kind's fields in the order of a file: what it is, its own, the rest."""
    own = [info.key for name, info in model.model_fields.items() if name not in Record.model_fields]
    rest = [name for name in Record.model_fields if name not in (*_FIRST, *NOT_IN_FILES)]
    return (*_FIRST, *own, *rest)
