"""README.txt of an archive: what it is and how anybody can verify it, without nacoord."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from shlex import quote
from textwrap import fill

from nacoord.present.plain import one_line

_WIDTH = 78


@dataclass(frozen=True, slots=True)
class About:
    """What a README says of its archive.

    Attributes:
        office: what the office is called.
        marking: the highest marking of what is in the record.
        unread: how many files of the record could not be read, and so have no marking that is known.
        commit: the commit whose files are in record/.
        branch: its branch.
        prefix: the record's folder in the repository, with a / at the end unless empty.
        files: how many files the record has.
        links: how many of them are symbolic links.
        commits: how many commits the history has.
        first: the day of the earliest commit.
        last: the day of the commit.
        anchors: how many anchors are among the tags.
        nacoord: the version that made it.
    """

    office: str
    marking: str
    unread: int
    commit: str
    branch: str
    prefix: str
    files: int
    links: int
    commits: int
    first: date
    last: date
    anchors: int
    nacoord: str


def readme(about: About) -> str:
    """Return the text, with the marking on top and at the end."""
    banner = about.marking.upper()
    parts = [banner, _heading(about), _marking(about), *_contents(about), *_verify(about), _law()]
    return "\n\n".join([*parts, banner]) + "\n"


def _paragraph(text: str) -> str:
    return fill(" ".join(text.split()), _WIDTH, break_long_words=False, break_on_hyphens=False)


def _heading(about: About) -> str:
    days = f"{about.first} to {about.last}" if about.first != about.last else f"{about.last}"
    many = f"{about.commits} commit{'s' * (about.commits != 1)}"
    anchors = f", {about.anchors} anchor{'s' * (about.anchors != 1)}" if about.anchors else ""
    return (
        f"Archive of the record of the {one_line(about.office).removeprefix('the ')}\n"
        f"as committed on {about.last}\n\n"
        f"Commit    {about.commit}\n"
        f"Branch    {one_line(about.branch)}\n"
        f"History   {many}{anchors}, {days}\n"
        f"Files     {about.files} in record/\n"
        f"Made by   nacoord {about.nacoord}"
    )


def _marking(about: About) -> str:
    unread = (
        f"{about.unread} of its files could not be read; what they hold is counted as the highest there is."
        if about.unread
        else ""
    )
    return _paragraph(
        f"The highest marking of the record at this commit is {about.marking}. The history holds "
        "everything that was ever committed, whatever it was marked then: handle the whole by what may "
        f"be in it. Nothing was left out. {unread}"
    )


def _contents(about: About) -> list[str]:
    links = (
        " A symbolic link is kept as a file that says where it leads; MANIFEST.json names them."
        if about.links
        else ""
    )
    where = f" The record is the folder {about.prefix} of that repository." if about.prefix else ""
    rows = (
        ("record/", f"The record, a YAML file a record, as git keeps it.{links}"),
        (
            "history.bundle",
            "Every commit of the branch and every tag, as one file that git can clone: who changed what, "
            f"when and why.{where}",
        ),
        ("format.md", "What the fields of a record mean."),
        ("schemas/", "The same as JSON Schema, for programs."),
        ("MANIFEST.json", "What this archive is, for programs."),
        ("SHA256SUMS", "The SHA-256 of every other file here."),
    )
    lines = []
    for name, says in rows:
        lines.append(
            fill(
                f"{name:<16}{says}",
                _WIDTH,
                subsequent_indent=" " * 16,
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
    return ["What is here", "\n".join(lines)]


def _verify(about: About) -> list[str]:
    folder = quote(f"check/{about.prefix}".rstrip("/"))
    return [
        "How to verify it, in this folder, with sha256sum and git alone",
        "    sha256sum -c SHA256SUMS\n"
        # As git keeps them: whatever attributes or this computer's git would make of files and links.
        "    git clone -n -c core.symlinks=0 -c core.autocrlf=0 history.bundle check\n"
        "    echo '* -text -ident -filter' > check/.git/info/attributes\n"
        "    git -C check checkout -q\n"
        "    git -C check bundle verify ../history.bundle\n"
        "    git -C check fsck --strict\n"
        f"    git -C check log -1 --format=%H      # says {about.commit[:16]}...\n"
        f"    diff -r --exclude=.git record {folder}",
        _paragraph(
            "Nothing may be said by fsck and diff, and sha256sum says OK for every file. The sums show "
            "that nothing was changed since they were made; that nobody made new ones shows only a "
            "digest of SHA256SUMS that was written down elsewhere, or a signed tag in the history. Remove "
            "check/ afterwards; of an archive that can't be written into, copy the folder first. With nacoord the same is: nacoord archive --verify PATH"
        ),
    ]


def _law() -> str:
    return _paragraph(
        "Presidential records are kept under 44 U.S.C. 2201-2209 (Presidential Records Act). That this "
        "office is one whose records these are is its own inference, from its seat in the White House, "
        "and no finding: the records officer decides, with the National Archives. What agencies hold of it "
        "are federal records (44 U.S.C. chapters 21, 29, 31 and 33)."
    )
