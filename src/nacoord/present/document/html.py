"""Documents as one file of HTML that needs nothing else, runs nothing and fetches nothing."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from functools import cache
from typing import Any

from jinja2 import Environment
from jinja2 import PackageLoader
from jinja2 import StrictUndefined
from markupsafe import Markup

from nacoord.present.document.columns import across
from nacoord.present.document.model import Block
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Document
from nacoord.present.document.model import Figure
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Line
from nacoord.present.document.model import Note
from nacoord.present.document.model import Run
from nacoord.present.document.model import Table
from nacoord.present.document.model import plain
from nacoord.present.document.model import shown
from nacoord.present.document.model import split_id
from nacoord.present.document.svg import svg
from nacoord.present.document.template import Template
from nacoord.present.terminal.console import Style

# What of a table's text fits across a page, in characters of the middle width.
_ACROSS = 110
_TAGS = {
    "plain": Markup("{}"),
    "strong": Markup("<strong>{}</strong>"),
    "id": Markup("<code>{}</code>"),
}


@dataclass(slots=True)
class Part:
    """What stands under one heading of the second level, or under none."""

    heading: Markup | None = None
    items: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """What stands under one heading of the first level, or before any."""

    id: str
    heading: Markup | None = None
    parts: list[Part] = field(default_factory=lambda: [Part()])


def render(document: Document, style: Style, template: Template | None = None) -> str:
    """Return the text of a file.

    Raises:
        TemplateError: when the template can't be filled.
    """
    loaded = environment()
    if template is None:
        return loaded.get_template("document.html").render(values(document))
    from nacoord.present.document.htmltemplate import fill

    ours, _, _ = loaded.loader.get_source(loaded, "document.html")  # type: ignore[union-attr]
    return fill(template, {**values(document), "sections": sections(document)}, ours)


@cache
def environment() -> Environment:
    """Return what our own templates are read by; what they are given is text unless it is Markup."""
    made = Environment(
        loader=PackageLoader("nacoord.present.document", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["css"] = css
    return made


def css(text: str) -> Markup:
    """Return text as it stands between quotes in CSS, which it can't leave: CSS Syntax 3, 4.3.7."""
    escaped = (char if char.isalnum() or char in " ,.:-" else f"\\{ord(char):x} " for char in text)
    return Markup("").join(escaped)


def values(document: Document) -> dict[str, Any]:
    """Return what a template is given: texts, and the body and the style as ready HTML and CSS."""
    loaded = environment()
    body = loaded.get_template("body.html").render(sections=sections(document))
    said = {
        "title": shown(document.title),
        "subtitle": shown(document.subtitle),
        "banner": shown(document.banner),
        "date_line": shown(document.date_line),
        "on": document.on.isoformat(),
        "author": shown(document.author),
    }
    style = loaded.get_template("document.css").render({**said, "tight": document.tight})
    ready = {"body": body, "style": style}
    return {**said, **{name: Markup(text.rstrip("\n")) for name, text in ready.items()}}  # noqa: S704


def sections(document: Document) -> list[Section]:
    """Return a document's blocks under their headings; no heading skips a level."""
    found = [Section("s0")]
    figures = 0
    for block in document.blocks:
        if not isinstance(block, Heading):
            figures += isinstance(block, Figure)
            caption = found[-1].parts[-1].heading or found[-1].heading or document.title
            found[-1].parts[-1].items.append(_item(block, caption, figures))
        elif block.level == 1 or not found[-1].heading:
            found.append(Section(f"s{len(found)}", words(block.line)))
        else:
            found[-1].parts.append(Part(words(block.line)))
    return found


def _item(block: Block, under: str, number: int) -> dict[str, Any]:
    if isinstance(block, Table):
        return _table(block, under)
    if isinstance(block, Bullets):
        return {"kind": "bullets", "lines": [words(item) for item in block.items]}
    if isinstance(block, Figure):
        drawing = svg(block.chart, plain(block.caption), block.alt, f"f{number}")
        return {"kind": "figure", "line": words(block.caption), "drawing": Markup(drawing)}  # noqa: S704
    return {"kind": "note" if isinstance(block, Note) else "paragraph", "line": words(block.line)}


def _table(table: Table, under: str) -> dict[str, Any]:
    shares = across(table, _ACROSS)
    return {
        "kind": "table",
        "caption": under,
        "titles": [shown(column.title).strip() for column in table.columns],
        "widths": [f"{100 * share / sum(shares):.1f}" for share in shares],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(parts: Line) -> Markup:
    """Return a cell; the id that ends it has a line of its own."""
    said, id = split_id(parts)
    return Markup("{}<br>{}").format(words(said), words(id)) if id else words(parts)


def words(parts: Line) -> Markup:
    """Return a line as HTML, with no blanks at its ends."""
    runs = [Run(shown(run.text), run.kind) for run in parts]
    text = Markup().join(_TAGS[run.kind].format(run.text) for run in runs)
    return Markup(text.strip())  # noqa: S704
