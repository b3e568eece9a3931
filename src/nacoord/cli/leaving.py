"""What leaves the office goes under a ceiling: what such commands share."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Annotated
from typing import Literal

import typer

from nacoord.cli.boundary import say
from nacoord.model.errors import NacoordError

if TYPE_CHECKING:
    from nacoord.cli.session import Session
    from nacoord.desk.release import Release

AskedMarking = Annotated[
    Literal["public", "internal", "deliberative", "cui"] | None,
    typer.Option(
        "--marking",
        metavar="CEILING",
        help="Leave out what is marked above public, internal, deliberative or cui.",
    ),
]
# So many texts are pointed at one by one.
_MOST = 10


class NamesOmittedError(NacoordError):
    """A text that would leave names a record that may not."""


def leave(session: Session, ceiling: str | None) -> Release:
    """Return what of the record may leave; from here on the session answers from that alone.

    Raises:
        NamesOmittedError: when a text of it names what may not leave.
    """
    from nacoord.desk.release import release

    whole = session.snapshot
    left = release(whole, ceiling)
    refuse_named(session, left, left.snapshot.records.keys())
    if ceiling is None:
        return left
    unread = tuple(fault for fault in whole.faults if fault.unread)
    left = replace(left, snapshot=replace(left.snapshot, faults=unread))
    session.use(left.snapshot, ceiling)
    return left


def refuse_words(left: Release, words: str) -> None:
    """Refuse words of somebody's own that name what was left out.

    Raises:
        NamesOmittedError: when they do.
    """
    from nacoord.desk.release import names_in

    if names := names_in(left, words):
        named = ", ".join(f'"{name}"' for name in names)
        raise NamesOmittedError(
            f"the bottom line names what is marked above {left.ceiling}: {named}",
            hint="say it in other words",
        )


def refuse_named(session: Session, left: Release, ids: Collection[str]) -> None:
    """Refuse to let texts of some records leave that name a record which may not.

    Raises:
        NamesOmittedError: when there are any; each is said with its file and line.
    """
    from nacoord.record.loader import Places

    found = [named for named in left.named if not named.record or named.record in ids]
    if not found:
        return
    places = Places(session.source, session.shown)
    for named in found[:_MOST]:
        file = left.snapshot.files.get(named.record, left.snapshot.office_file)
        origin = places.origin(file, named.field)
        where = f"{origin.file}:{origin.line}" if origin.line else origin.file
        say(
            f'{where}: names {named.omitted}, which is marked above {left.ceiling}: "{named.words}"'
        )
    if len(found) > _MOST:
        say(f"and {len(found) - _MOST} more")
    raise NamesOmittedError(
        f"{len(found)} text{'s' * (len(found) > 1)} would name what may not leave under {left.ceiling}",
        hint=(
            "mark the field (field_markings), or change the text; where the name is known to all, "
            f"say so in the record it names: field_markings: {{title: {left.ceiling}}}"
        ),
    )


def tell_left_out(left: Release) -> None:
    """Say what was left out, quiet or not: it matters to whoever hands it on."""
    if said := left.said():
        say(f"nacoord: {said}")


def unread(session: Session, ceiling: str | None) -> int:
    """Say what could not be read; return 3 if there is such a thing, else 0.

    Under a ceiling nothing is said but how many files: they could have any marking.
    """
    if ceiling is None:
        return session.unread()
    count = unread_files(session)
    if not count:
        return 0
    many = f"{count} file{'s' * (count > 1)}"
    say(f"nacoord: {many} could not be read and {'are' if count > 1 else 'is'} left out")
    say("  see all with: nacoord check")
    return 3


def unread_files(session: Session) -> int:
    """Return how many files could not be read."""
    return len({fault.origin.file for fault in session.snapshot.faults if fault.unread})
