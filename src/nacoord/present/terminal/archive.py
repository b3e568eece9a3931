"""What is told of an archive that was made, and of one that was verified."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING

from rich.console import Group
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from nacoord.present.terminal import look
from nacoord.present.terminal.blocks import join
from nacoord.present.terminal.console import Style
from nacoord.present.terminal.console import to_text
from nacoord.present.terminal.look import heading
from nacoord.present.terminal.look import text

if TYPE_CHECKING:
    from nacoord.record.archive.verifying import Verified


@dataclass(frozen=True, slots=True)
class Archived:
    """An archive that was made.

    Attributes:
        path: where it is, as it was typed.
        commit: the commit whose files are in it.
        marking: the highest marking of the record, which its README carries.
        files: how many files of the record.
        commits: how many commits.
        anchors: how many anchors.
        size: how many bytes it has.
        sums: the digest of its SHA256SUMS.
    """

    path: str
    commit: str
    marking: str
    files: int
    commits: int
    anchors: int
    size: int
    sums: str


def made_screen(answer: Archived, style: Style) -> str:
    """Return what is told of an archive that was made."""
    anchors = _many(answer.anchors, "anchor")
    held = f"{_many(answer.files, 'file')}, {_many(answer.commits, 'commit')} and {anchors}"
    lines: list[RenderableType] = [
        heading(f"Archived {answer.path}, and verified it"),
        text(f"The record at {answer.commit[:10]}: {held}, {_size(answer.size)}."),
        text(
            f"Its README is marked {answer.marking.upper()}; the history in it holds what was ever "
            "committed."
        ),
        Text(""),
        text("Write this down elsewhere, so that nobody can make new sums unseen:"),
        Padding(text(f"SHA256SUMS {answer.sums}", look.ID), (0, 0, 0, 2)),
        text("Verify it again with:"),
        Padding(text(f"nacoord archive --verify {quote(answer.path)}"), (0, 0, 0, 2)),
    ]
    return to_text(Group(*lines), style)


def verified_screen(answer: Verified, style: Style) -> str:
    """Return what is told of an archive that was verified: every difference, or none."""
    if not answer.differences:
        lines: list[RenderableType] = [
            heading(f"{answer.path} is what it says"),
            text(
                f"{_many(answer.files, 'file')} as summed, {_many(answer.commits, 'commit')} that git "
                f"reads, and the record as its last commit {answer.commit[:10]} has it."
            ),
        ]
    else:
        many = _many(len(answer.differences), "difference")
        lines = [heading(f"{answer.path} is not what it says: {many}")]
        for each in answer.differences:
            line = join([text(f"{each.path}:", look.ID), text(each.what, look.BAD)])
            line.overflow = "fold"
            lines.append(Padding(line, (0, 0, 0, 2)))
    if answer.sums:
        lines += [text("Compare with what was written down:")]
        lines += [Padding(text(f"SHA256SUMS {answer.sums}", look.ID), (0, 0, 0, 2))]
    return to_text(Group(*lines), style)


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'s' * (count != 1)}"


def _size(count: int) -> str:
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:,.0f} {unit}"
        count = round(count / 1000)
    return f"{count:,} GB"
