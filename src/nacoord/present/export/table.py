"""The table of exports: adding one is one file beside this one and one row here."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from typing import NamedTuple

from nacoord.model.errors import MissingLibraryError


class Format(NamedTuple):
    """A format that the record is exported in.

    Attributes:
        name: the word people type.
        summary: what it is for, in a few words.
        suffix: how its files end.
        extra: the extra of nacoord that brings its library; empty when there is none.
        library: the library's name for `import`.
        binary: True when a terminal can't show it.
        takes: the options that only some formats take.
    """

    name: str
    summary: str
    suffix: str
    extra: str = ""
    library: str = ""
    binary: bool = False
    takes: frozenset[str] = frozenset()

    @property
    def module(self) -> str:
        """The module that writes it."""
        return f"nacoord.present.export.{self.name}"


FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format(
            "json",
            "the whole record, with the JSON Schema that it follows",
            ".json",
            takes=frozenset({"kind"}),
        ),
        Format(
            "csv",
            "the records of one kind, or a file for each kind in a folder or ZIP",
            ".csv",
            takes=frozenset({"kind", "bom"}),
        ),
        Format(
            "xlsx",
            "a workbook with a sheet for each kind, with filters and real dates",
            ".xlsx",
            "xlsx",
            "xlsxwriter",
            binary=True,
            takes=frozenset({"kind"}),
        ),
        Format(
            "ics",
            "a calendar of contacts, actions and whatever falls due",
            ".ics",
            "ics",
            "icalendar",
        ),
        Format(
            "sqlite",
            "a database of the record and its history, a table for each kind",
            ".db",
            binary=True,
        ),
        Format(
            "graph",
            "how issues bear on each other: for Graphviz, for Mermaid, or drawn as SVG",
            ".dot",
            takes=frozenset({"as", "stakeholders"}),
        ),
    )
}


def writer_of(format: Format) -> Any:
    """Return the module that writes a format.

    Raises:
        MissingLibraryError: when the library it needs is not installed.
    """
    try:
        return import_module(format.module)
    except ModuleNotFoundError as error:
        if not format.library or (error.name or "").split(".", 1)[0] != format.library:
            raise
        raise MissingLibraryError(format.name, format.extra) from None
