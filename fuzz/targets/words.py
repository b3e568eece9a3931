"""Whatever is typed as a date, a filter, an id or an assignment is understood or refused as such."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from tests.support.records import BASE
from tests.support.records import snapshot_of

from nacoord.desk.edits.assign import assign
from nacoord.desk.filters import read_filter
from nacoord.desk.lookup import find_record
from nacoord.desk.lookup import find_scope
from nacoord.desk.search import search
from nacoord.model.dates import read_date
from nacoord.model.errors import NacoordError
from nacoord.model.kinds.issue import Issue
from nacoord.model.when import parse_when
from nacoord.record.yamltext import read

_SNAPSHOT = snapshot_of({})
_TODAY = date(2021, 1, 20)
_VALUES = {"example": read(BASE["issues/example.yaml"].encode()).value}


def seeds() -> Iterator[bytes]:
    """Yield what people type."""
    for word in (
        "+2w", "-3d", "friday", "2021-03-01", "end of month", "q1", "tomorrow", "2021-03", "2021-03-01/2021-03-04",
        "priority:P1", "-status:active", "next_step.due.before:+2w", "tags:x", "title:", ":", "example", "exam", "sre",
        "Québec", "title=x", "tags+=a", "tags-=a", "parties+=texas:lead", "next_step.due=friday", "notes[0].text=x",
        "x-own=[1, {a: b}]", "leads.foreign=", "milestones+={what: x, due: 2021-02-01}",
    ):  # fmt: skip
        yield word.encode()


def one(data: bytes) -> None:
    """Take bytes for every kind of word."""
    # What a system hands over that is no UTF-8 (PEP 383).
    word = data.decode("utf-8", "surrogateescape")
    with suppress(NacoordError):
        read_date(word, _TODAY)
    with suppress(NacoordError, ValueError):
        parse_when(word)
    with suppress(NacoordError):
        test = read_filter(word, [Issue], _TODAY).test
        for record in _SNAPSHOT.issues:
            test(record)
    for find in (find_record, find_scope):
        with suppress(NacoordError):
            find(_SNAPSHOT, word)
    search(_SNAPSHOT, word.split())
    with suppress(NacoordError):
        assign(_SNAPSHOT, _VALUES, ["example"], word.split("\n"), _TODAY)
