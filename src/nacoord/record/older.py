"""A record in an older format, read as if it had been migrated: the files stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nacoord.model.errors import NacoordError
from nacoord.model.office import FORMAT
from nacoord.model.office import LATEST
from nacoord.record.files import Entry
from nacoord.record.files import Refused
from nacoord.record.files import Store


class OlderFormatError(NacoordError):
    """A change is meant for a record whose files are in an older format."""

    def __init__(self, format: int) -> None:
        super().__init__(
            f"nothing was changed: this record has format {format}, and changes are made in format {FORMAT}",
            hint="bring it to that first: nacoord migrate",
        )


class Older:
    """A Store of a record in an older format.

    Attributes:
        base: where its files are.
        format: the format they are in.
    """

    def __init__(self, base: Store, format: int) -> None:
        self.base = base
        self.format = format

    def upgraded(self, path: str, value: Any) -> Any:
        """Return what a file says in today's format."""
        from nacoord.record.migrations.upgrade import upgraded

        return upgraded(path, value, self.format)

    def entries(self) -> Iterator[Entry]:
        """Yield every record file."""
        return self.base.entries()

    def read(self, path: str) -> bytes | Refused:
        """Return a file's bytes, as they are."""
        return self.base.read(path)

    def has(self, path: str) -> bool:
        """Tell whether a file is there."""
        return self.base.has(path)

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder."""
        return self.base.names(folder)


def as_of_format(store: Store, format: int) -> Store:
    """Return a store that is read as today's format, whatever format its files are in."""
    return Older(store, format) if format < FORMAT else store


def format_said(said: Any) -> int:
    """Return the format that the value of nacoord.yaml says; 0 where it names none.

    What makes no sense is taken for today's: reading it says what is wrong.
    """
    format = said.get("format", 0) if isinstance(said, dict) else FORMAT
    return format if type(format) is int and 0 <= format <= LATEST else FORMAT
