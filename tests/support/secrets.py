"""A record in which much may not leave, every secret of it with `hushed` in its words."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from datetime import date

from nacoord.desk.export import Export
from nacoord.desk.export import export
from nacoord.desk.lookup import find_scope
from nacoord.desk.release import Release
from nacoord.desk.release import release
from nacoord.model.snapshot import Snapshot
from tests.support.records import BASE
from tests.support.records import snapshot_of

TODAY = date(2021, 1, 20)
SECRET = "hushed"

_PUBLIC = {
    name: f"{text}marking: public\n" for name, text in BASE.items() if name != "nacoord.yaml"
}
_ISSUE = _PUBLIC["issues/example.yaml"].replace(
    "parties:\n", "parties:\n  - agency: hushed-agency\n    role: lead\n"
)

RECORDS: dict[str, str] = {
    "nacoord.yaml": BASE["nacoord.yaml"],
    **_PUBLIC,
    # Fields of its own marking, and references to every record that is left out.
    "issues/example.yaml": (
        f"{_ISSUE}summary: A plain summary\n"
        "health_reason: The hushed reason\n"
        "success: The hushed measure\n"
        "decisions:\n  - what: The hushed question\n    who: hushed-person\n    due: 2021-02-03\n"
        "milestones:\n  - what: A plain mark\n    due: 2021-03-02\n"
        "links:\n  - to: hushed-issue\n    kind: undermines\n    because: It is hushed\n"
        "clocks:\n  - clock: hushed-clock\n    started: 2021-01-04\n  - clock: example-clock\n"
        "sources:\n  - cite: The hushed source\n"
        "field_markings:\n  health_reason: deliberative\n  success: cui//PRVCY\n"
        "  decisions: internal\n  links: internal\n  sources: deliberative\n"
    ),
    "issues/hushed-issue.yaml": (
        "title: The hushed issue of waters\nrelationships: [mexico]\ntheme: water\npriority: P1\n"
        "status: active\nhealth: green\nnext_step: {what: A hushed step, due: 2021-01-22}\n"
        "links: [{to: example, kind: undermines}]\nmarking: deliberative\n"
    ),
    "agencies/hushed-agency.yaml": (
        "title: The hushed agency abroad\nlevel: federal\nsphere: foreign\n"
        "positions: [{issue: example, stance: A hushed stance}]\nmarking: internal\n"
    ),
    "people/hushed-person.yaml": (
        "title: The hushed person there\nagency: state\nrole: Hushed role\n"
        "emails: [hushed@nao.example]\nmarking: cui//PRVCY\n"
    ),
    "clocks/hushed-clock.yaml": (
        "title: The hushed clock of law\nsteps: [{name: A hushed deadline, days: 30}]\n"
        "marking: internal\n"
    ),
    "engagements/hushed-call.yaml": (
        "title: The hushed call abroad\ntype: call\ndate: 2021-01-23\ntime: '14:30'\nwith: [sre]\n"
        "issues: [example]\nplace: A hushed place\n"
    ),
    "commitments/hushed-promise.yaml": (
        "title: The hushed promise made\nby: [sre]\nto: [state]\nissues: [example]\ndue: 2021-02-11\n"
        "status: open\nmarking: cui//PRVCY\n"
    ),
    # It may leave itself, but not without the only one it is by.
    "actions/hushed-action.yaml": (
        "title: What the hushed one does\nby: [hushed-agency]\nwhen: 2021-02-10\nissues: [example]\n"
        "marking: public\n"
    ),
}


def snapshot() -> Snapshot:
    """Return that record."""
    return snapshot_of(RECORDS, base=False)


def exported(ceiling: str | None = "public", word: str | None = None) -> tuple[Release, Export]:
    """Return what of it is exported."""
    left = release(snapshot(), ceiling)
    return left, export(left, find_scope(left.snapshot, word), TODAY)


def everything_in(data: bytes) -> str:
    """Return all that bytes say, whatever is packed into them, in small letters."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            whole = [name.encode() + b"\n" + parts.read(name) for name in parts.namelist()]
            data = b"\n".join([*whole, parts.comment])
    return data.replace(b"\r\n ", b"").decode("utf-8", "replace").lower()


def rows_of(data: bytes, query: str) -> list[tuple[object, ...]]:
    """Return what a query finds in the bytes of a database."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    found = connection.execute(query).fetchall()
    connection.close()
    return found
