"""How a document leaves: in which format, to the terminal or to a file. What such commands share."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Annotated
from typing import Any
from typing import Literal

import typer

from nacoord.cli.filing import STDOUT
from nacoord.cli.filing import check_file
from nacoord.cli.filing import write_file
from nacoord.cli.filing import write_stdout
from nacoord.cli.session import Session
from nacoord.cli.session import working_folder
from nacoord.model.errors import NacoordError
from nacoord.model.errors import UsageError

if TYPE_CHECKING:
    from nacoord.present.document.table import Format
    from nacoord.present.document.template import Template

AskedFormat = Annotated[
    Literal["terminal", "markdown", "html", "docx", "pdf"] | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="terminal, markdown, html, docx or pdf; without it, what FILE's suffix says.",
    ),
]
AskedOutput = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to this file (.docx, .pdf, .html, .md, .txt); - is standard output.",
    ),
]
AskedTemplate = Annotated[
    str | None,
    typer.Option(
        "--template",
        metavar="TEMPLATE",
        help="Your office's own: a .docx for docx, a .html (Jinja) for html.",
    ),
]

# A plain file is as wide as a page is.
_PAGE = 80
# No template is larger, in bytes.
_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a document goes; without a file it goes to standard output.

    Attributes:
        format: in which format.
        file: to which file.
        asked: True when a format or standard output was asked for by name.
    """

    format: Format
    file: str | None
    asked: bool = False
    template: Template | None = None


def destination(
    session: Session, format: str | None, output: str | None, template: str | None = None
) -> Destination:
    """Return where a document goes, refusing before any work what can't be.

    Raises:
        UsageError: when the format can't be told, or can't go there.
        NacoordError: when the format's library is not installed, the file can't be written, or
            the template can't be read.
    """
    from nacoord.present.document.table import FORMATS
    from nacoord.present.document.table import format_of
    from nacoord.present.document.table import renderer_of

    file = None if output in (None, STDOUT) else output
    if session.option("json"):
        if format or output or template:
            raise UsageError(
                "--json is a format of its own",
                hint="leave out --format, --template and -o: --json > FILE",
            )
        return Destination(FORMATS["terminal"], None)
    if file is not None:
        check_file(file)
    if format is not None:
        chosen = FORMATS[format]
    else:
        named = file or template
        chosen = format_of(named) if named else FORMATS["terminal"]
    if chosen.binary and file is None and sys.stdout.isatty():
        raise UsageError(
            f"{chosen.name} is nothing to read in a terminal",
            hint=f"write it to a file: -o FILE{chosen.suffixes[0]}",
        )
    renderer_of(chosen)
    filled = _template(chosen, template)
    return Destination(chosen, file, asked=bool(format or output), template=filled)


def deliver(session: Session, kind: str, answer: Any, to: Destination) -> int:
    """Write an answer where it is to go; return the exit code.

    Raises:
        NacoordError: when the file can't be written; what was there before is there still.
    """
    from nacoord.present.document.table import document_of
    from nacoord.present.document.table import render

    if session.option("json") or (to.file is None and to.format.name == "terminal"):
        return session.answer(kind, answer)
    from contextlib import nullcontext

    from nacoord.cli.bounds import bounded
    from nacoord.cli.output import write
    from nacoord.present.terminal.console import Style

    session.tell_when(kind)
    document = document_of(kind, answer, session.snapshot)
    with bounded() if to.template else nullcontext():
        data = render(document, to.format, Style(_PAGE, color=False, terminal=False), to.template)
    if to.file is not None:
        write_file(to.file, data)
        session.note(f"wrote {to.file}, marked {document.banner}")
    elif to.format.binary:
        write_stdout(data)
    else:
        write(data.decode(), page=not session.option("no_pager"))
    return session.unread()


def _template(format: Format, file: str | None) -> Template | None:
    """Read a template."""
    if file is None:
        return None
    from nacoord.present.document.template import Template
    from nacoord.present.document.template import for_format

    for_format(format.name, format.template, file)
    try:
        with (working_folder() / file).open("rb") as opened:
            data = opened.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no file"
        raise NacoordError(f"can't read the template {file}: {why}", exit_code=4) from None
    if len(data) > _LARGEST:
        raise NacoordError(f"can't read the template {file}: it is larger than 20 MB")
    return Template(file, data)
