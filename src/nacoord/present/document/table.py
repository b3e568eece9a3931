"""The tables of documents: a format is one renderer and one row, a document one builder and one row."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from typing import NamedTuple

from nacoord.model.errors import MissingLibraryError
from nacoord.model.errors import UsageError
from nacoord.model.snapshot import Snapshot
from nacoord.present.document.model import Document
from nacoord.present.document.template import Template
from nacoord.present.terminal.console import Style


class Format(NamedTuple):
    """A format that documents are written in.

    Attributes:
        name: the word people type.
        module: the renderer, with a function `render(document, style)`; one for a format that takes
            templates has a third parameter for it.
        suffixes: how its files end; the first is the usual one.
        extra: the extra of nacoord that brings its libraries; empty when there is none.
        libraries: their names for `import`.
        binary: True when a terminal can't show it.
        template: how an office's own templates for it end; empty when it takes none.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    extra: str = ""
    libraries: tuple[str, ...] = ()
    binary: bool = False
    template: str = ""


FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("terminal", "nacoord.present.document.terminal", (".txt",)),
        Format("markdown", "nacoord.present.document.markdown", (".md", ".markdown")),
        Format(
            "html",
            "nacoord.present.document.html",
            (".html", ".htm"),
            "brief",
            ("jinja2", "markupsafe"),
            template=".html",
        ),
        Format(
            "docx",
            "nacoord.present.document.docx",
            (".docx",),
            "brief",
            ("docx", "lxml"),
            binary=True,
            template=".docx",
        ),
        Format("pdf", "nacoord.present.document.pdf", (".pdf",), "pdf", ("typst",), binary=True),
    )
}

# A builder is a function `document(answer, snapshot)`.
DOCUMENTS = {
    "handover": "nacoord.present.handover.book",
    "brief": "nacoord.present.brief.page",
}


def format_of(name: str) -> Format:
    """Return the format in which a file of this name is written.

    Raises:
        UsageError: when its suffix is that of none.
    """
    for format in FORMATS.values():
        if name.lower().endswith(format.suffixes):
            return format
    *first, last = (format.suffixes[0] for format in FORMATS.values())
    raise UsageError(
        f'"{name}" doesn\'t say what format it is to have',
        hint=f"let it end in {', '.join(first)} or {last}, or add: --format markdown",
    )


def document_of(kind: str, answer: Any, snapshot: Snapshot) -> Document:
    """Return an answer as a document."""
    found: Document = import_module(DOCUMENTS[kind]).document(answer, snapshot)
    return found


def renderer_of(format: Format) -> Any:
    """Return the module that writes a format.

    Raises:
        MissingLibraryError: when the library it needs is not installed.
    """
    try:
        return import_module(format.module)
    except ImportError as error:
        if (error.name or "").split(".", 1)[0] not in format.libraries:
            raise
        raise MissingLibraryError(format.name, format.extra) from None


def render(
    document: Document, format: Format, style: Style, template: Template | None = None
) -> bytes:
    """Return a document as the bytes of a file, in an office's own template where there is one."""
    renderer = renderer_of(format)
    written: str | bytes = (
        renderer.render(document, style, template) if template else renderer.render(document, style)
    )
    return written if isinstance(written, bytes) else written.encode()
