"""What `nacoord.yaml` says, and the format that the record is in; that comes before anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import nacoord
from nacoord.model.errors import NacoordError
from nacoord.model.fault import Fault
from nacoord.model.office import FILE
from nacoord.model.office import FORMAT
from nacoord.model.office import VERSION_PATTERN
from nacoord.model.office import Office
from nacoord.record.files import Refused
from nacoord.record.files import Store
from nacoord.record.files import shown_file
from nacoord.record.older import as_of_format
from nacoord.record.older import format_said
from nacoord.record.reading import invalid_as_fault
from nacoord.record.reading import read_file
from nacoord.record.validation import Invalid
from nacoord.record.yamltext import read


class OfficeUnreadableError(NacoordError):
    """`nacoord.yaml` itself is wrong, so nothing can be answered.

    Attributes:
        faults: what is wrong with it.
    """

    exit_code = 3

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__(
            f"{FILE} can't be read", hint="mend it; nothing can be answered before that"
        )
        self.faults = tuple(faults)


class NewerFormatError(OfficeUnreadableError):
    """The record has a format that only a newer nacoord reads; nothing else is looked at."""

    def __init__(self, fault: Fault) -> None:
        super().__init__([fault])
        self.message = "this record was made by a newer nacoord; nothing is read or changed"
        # The fault says what to install.
        self.hint = ""


def read_office(store: Store, shown: str) -> tuple[Store, Office]:
    """Return where a record is read from, as today's format, and its office.

    Raises:
        OfficeUnreadableError: when `nacoord.yaml` can't be read, or only by a newer nacoord.
    """
    store = as_of_format(store, format_of(store, shown))
    office, faults = read_file(store, Office, FILE, shown_file(shown, FILE), {})
    if office is None:
        raise OfficeUnreadableError(faults)
    return store, office


def format_of(store: Store, shown: str) -> int:
    """Return the format that the files of a record are in, today's or an older one.

    Raises:
        NewerFormatError: when only a newer nacoord reads it.
    """
    data = store.read(FILE)
    if isinstance(data, Refused):
        return FORMAT
    document = read(data)
    format = format_said(document.value)
    if format > FORMAT:
        newer = _newer(format, document.value.get("needs"))
        raise NewerFormatError(invalid_as_fault(shown_file(shown, FILE), document, newer))
    return format


def _newer(format: int, needs: Any) -> Invalid:
    """Return what is wrong with a format that only a newer nacoord reads."""
    known = isinstance(needs, str) and re.fullmatch(VERSION_PATTERN, needs)
    hint = f"install nacoord {needs} or newer: pip install --upgrade 'nacoord>={needs}'"
    return Invalid(
        "unknown-format",
        f"this record has format {format}; nacoord {nacoord.__version__} reads formats up to {FORMAT}",
        ("format",),
        hint if known else "install a newer nacoord: pip install --upgrade nacoord",
    )
