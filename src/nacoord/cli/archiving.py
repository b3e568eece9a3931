"""How an archive is made and verified: the record layer's parts, put together for the command."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nacoord.cli.output import style
from nacoord.cli.output import write
from nacoord.cli.session import Session
from nacoord.cli.session import working_folder
from nacoord.model.errors import NacoordError

if TYPE_CHECKING:
    from nacoord.model.declare import Declared
    from nacoord.present.terminal.archive import Archived
    from nacoord.record.archive.held import Held


class BadArchiveError(NacoordError):
    """What was made is not what it says; nothing is left of it."""

    exit_code = 4


def make_archive(session: Session, output: str) -> int:
    """Make an archive of the whole record; return the exit code.

    Raises:
        UsageError: when it can't be made where it is asked for.
        NacoordError: when the record or its history is not whole and committed.
    """
    from nacoord.present.terminal.archive import made_screen
    from nacoord.record.archive.held import held
    from nacoord.record.archive.packing import refuse_target

    target = working_folder() / output
    refuse_target(target, output, session.root)
    found = held(session.root, session.snapshot.office.time_zone)
    session.tell_when("archive")
    made = _build(session, found, target, output)
    if session.option("json"):
        faults = session.located(session.snapshot.faults)
        write(session.envelope("archive", made, faults), page=False)
    elif not session.option("quiet"):
        write(made_screen(made, style(session.option("color"))), page=False)
    return session.unread()


def _build(session: Session, found: Held, target: Path, shown: str) -> Archived:
    """Build an archive beside its place, verify it, and only then give it its place."""
    from nacoord import __version__
    from nacoord.desk.release import markings
    from nacoord.model.marking import UNKNOWN
    from nacoord.model.marking import highest
    from nacoord.present.terminal.archive import Archived
    from nacoord.record.archive import packing
    from nacoord.record.archive.held import anchors_among

    snapshot = session.snapshot
    unread = len({fault.origin.file for fault in snapshot.faults if fault.unread})
    all_markings = [*markings(snapshot.records.values()), *([UNKNOWN] if unread else [])]
    marking = highest(all_markings)
    texts = _texts(found, snapshot.office.name, marking, unread, __version__)
    with packing.building(target) as place:
        folder = place / "archive"
        folder.mkdir()
        sums = packing.fill(folder, found, texts)
        if target.name.lower().endswith(".tar"):
            made = place / "archive.tar"
            packing.write_tar(folder, f"nacoord-archive-{found.commit[:10]}", found.moment, made)
        else:
            made = folder
        _refuse_bad(made)
        size = made.stat().st_size if made.is_file() else _size(made)
        packing.put_in_place(made, target)
    return Archived(
        shown, found.commit, marking, len(found.files), found.commits, anchors_among(found.refs), size, sums
    )  # fmt: skip


def _texts(found: Held, office: str, marking: str, unread: int, version: str) -> dict[str, bytes]:
    """Return the files of an archive that are neither the record nor its history."""
    from nacoord.model.kinds.table import KINDS
    from nacoord.model.office import Office
    from nacoord.present import formatdoc
    from nacoord.present.archive import About
    from nacoord.present.archive import readme
    from nacoord.present.schema import json_schema
    from nacoord.record.archive import manifest
    from nacoord.record.archive.held import anchors_among

    about = About(
        office=office,
        marking=marking,
        unread=unread,
        commit=found.commit,
        branch=found.branch,
        prefix=found.prefix,
        files=len(found.files),
        links=len(found.links),
        commits=found.commits,
        first=found.first,
        last=found.last,
        anchors=anchors_among(found.refs),
        nacoord=version,
    )
    models: dict[str, type[Declared]] = {
        **{kind.name: kind.model for kind in KINDS.values()},
        "office": Office,
    }
    return {
        "README.txt": readme(about).encode(),
        "format.md": formatdoc.page().encode(),
        **{
            f"schemas/{name}.json": json_schema(model, name).encode()
            for name, model in models.items()
        },
        manifest.FILE: manifest.written(found, office, marking, version),
    }


def _refuse_bad(made: Path) -> None:
    """Refuse an archive that doesn't verify; a full disk or a changing repository could make one."""
    from nacoord.record.archive.verifying import verify

    found = verify(made, made.name)
    if found.differences:
        first = found.differences[0]
        raise BadArchiveError(
            f"the archive that was made is not whole: {first.path}: {first.what}",
            hint="nothing was kept of it; see what git says with: git fsck",
        )


def _size(folder: Path) -> int:
    return sum(
        os.path.getsize(os.path.join(at, name))
        for at, _, names in os.walk(folder)
        for name in names
    )


def verify_archive(session: Session, path: str) -> int:
    """Verify an archive; return the exit code: 1 when anything in it is not as it says."""
    from nacoord.present.json import envelope
    from nacoord.present.terminal.archive import verified_screen
    from nacoord.record.archive.verifying import verify

    found = verify(working_folder() / path, path)
    if session.option("json"):
        # No record is needed for this, and so there is none to say what day it is.
        write(envelope("verify", found, date.today(), []), page=False)
    elif found.differences or not session.option("quiet"):
        write(verified_screen(found, style(session.option("color"))), page=False)
    return int(bool(found.differences))
