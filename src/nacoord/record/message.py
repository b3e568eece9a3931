"""Commit messages: a subject like speech, the reason, and trailers for machines."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WIDEST = 120
_TRAILER = re.compile(r"^\s*(?=Nacoord-[A-Za-z-]+\s*:)", re.IGNORECASE | re.MULTILINE)
_FORMATS = re.compile("([0-9]{1,4}) ([0-9]{1,4})")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Trailers:
    """What the trailers of a commit say.

    Attributes:
        action: the verb; empty when the commit was made without nacoord.
        records: the ids it changed, with the fields of each; no fields for a record that came or
            went whole.
        renamed: new ids by old ones.
        formats: the formats that a migration led from and to; None for any other change.
    """

    action: str = ""
    records: tuple[tuple[str, tuple[str, ...]], ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    formats: tuple[int, int] | None = None


def message(subject: str, why: str, trailers: Trailers) -> str:
    """Return a commit message.

    Text can't forge a trailer: the trailers stand in a last paragraph of their own, and a line of
    the reason that looks like one is quoted.
    """
    lines = [f"Nacoord-Action: {trailers.action}"]
    if trailers.formats:
        lines.append("Nacoord-Format: {} {}".format(*trailers.formats))
    lines += [f"Nacoord-Renamed: {old} {new}" for old, new in trailers.renamed]
    lines += [" ".join([f"Nacoord-Record: {id}", *names]) for id, names in trailers.records]
    parts = [one_subject(subject), _body(why), "\n".join(lines)]
    return "\n\n".join(part for part in parts if part) + "\n"


def one_subject(text: str) -> str:
    """Return a subject on one line, cut at a word when it is very long."""
    line = " ".join(_CONTROL.sub(" ", text).split())
    if len(line) > _WIDEST:
        line = line[: _WIDEST - 1].rsplit(" ", 1)[0].rstrip(",;") + "…"
    return line


def _body(why: str) -> str:
    text = why.replace("\r\n", "\n").replace("\r", "\n")
    lines = (_CONTROL.sub(" ", line).rstrip() for line in text.strip().split("\n"))
    return _TRAILER.sub("> ", "\n".join(lines))


def split(text: str) -> tuple[str, str, Trailers]:
    """Return subject, reason and trailers of a commit message."""
    paragraphs = text.strip("\n").split("\n\n")
    subject = paragraphs[0].replace("\n", " ")
    rest = paragraphs[1:]
    if not rest or not re.search(r"^Nacoord-Action: ", rest[-1], re.MULTILINE):
        return subject, "\n\n".join(rest).strip(), Trailers()
    action, records, renamed = "", [], []
    formats: tuple[int, int] | None = None
    for line in rest[-1].split("\n"):
        key, _, value = line.partition(": ")
        words = value.split()
        if key == "Nacoord-Action":
            action = value.strip()
        elif key == "Nacoord-Record" and words:
            records.append((words[0], tuple(words[1:])))
        elif key == "Nacoord-Renamed" and len(words) == 2:
            renamed.append((words[0], words[1]))
        elif key == "Nacoord-Format" and (found := _FORMATS.fullmatch(value)):
            formats = int(found[1]), int(found[2])
    return (
        subject,
        "\n\n".join(rest[:-1]).strip(),
        Trailers(action, tuple(records), tuple(renamed), formats if action == "migrate" else None),
    )
