"""What leaves the office: a ceiling for its markings, and a refusal where a text names what may not.

What such commands share.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Annotated
from typing import Literal

import typer

from nacoord.model.errors import NacoordError

if TYPE_CHECKING:
    from nacoord.cli.session import Session
    from nacoord.desk.release import Release

AskedCeiling = Annotated[
    Literal["public", "internal", "deliberative", "cui"] | None,
    typer.Option(
        "--marking",
        metavar="CEILING",
        help="The highest marking that may be in it: public, internal, deliberative or cui.",
    ),
]
# How many places a refusal names.
_SHOWN = 5


class NamesOmittedError(NacoordError):
    """A text that may leave names a record that may not."""


def leave(session: Session, ceiling: str | None) -> Release:
    """Return what of the record may leave; from here on the session answers from that alone.

    Raises:
        NamesOmittedError: when a text of it names what may not leave.
    """
    from nacoord.desk.release import release

    whole = session.snapshot
    left = release(whole, ceiling)
    if left.named:
        message, hint = _refusal(session, left)
        raise NamesOmittedError(message, hint=hint)
    if ceiling is None:
        return left
    unread = tuple(fault for fault in whole.faults if fault.unread)
    left = replace(left, snapshot=replace(left.snapshot, faults=unread))
    session.use(left.snapshot, ceiling)
    return left


def tell_omitted(session: Session, left: Release) -> None:
    """Say on stderr what was left out."""
    if said := left.said():
        session.note(said)


def refuse_names(whole: Release, names: tuple[str, ...]) -> None:
    """Refuse words of somebody's own that name what was left out.

    Raises:
        NamesOmittedError: when there are such names.
    """
    if names:
        named = ", ".join(f'"{name}"' for name in names)
        raise NamesOmittedError(
            f"the bottom line names what is marked above {whole.ceiling}: {named}",
            hint="say it in other words",
        )


def _refusal(session: Session, left: Release) -> tuple[str, str]:
    from nacoord.record.loader import Places

    places = Places(session.store, session.shown)
    lines = []
    for named in left.named[:_SHOWN]:
        origin = places.origin(left.snapshot.files[named.record], named.field)
        lines.append(f'{origin.file}:{origin.line}: names {named.omitted}: "{named.words}"')
    if len(left.named) > _SHOWN:
        lines.append(f"and {len(left.named) - _SHOWN} more")
    lines.append("mark the field with field_markings, or change the text")
    many = len(left.named)
    texts = f"{many} texts name records" if many > 1 else "a text names a record"
    return f"nothing was made: {texts} marked above {left.ceiling}", "\n".join(lines)
