"""Documents for Word: OOXML by python-docx, in the styles that Word itself calls by these names.

The bytes are the same for the same document: nothing in the file tells of the machine, the hour or
the person that made it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.shared import Inches
from docx.shared import Pt

from nacoord.present.document.columns import across
from nacoord.present.document.docxchart import add_chart
from nacoord.present.document.docxstyles import CELL_STYLE
from nacoord.present.document.docxstyles import GAP_STYLE
from nacoord.present.document.docxstyles import ID_STYLE
from nacoord.present.document.docxstyles import TABLE_STYLE
from nacoord.present.document.docxstyles import dress
from nacoord.present.document.model import Block
from nacoord.present.document.model import Bullets
from nacoord.present.document.model import Document
from nacoord.present.document.model import Figure
from nacoord.present.document.model import Heading
from nacoord.present.document.model import Line
from nacoord.present.document.model import Note
from nacoord.present.document.model import Paragraph
from nacoord.present.document.model import Table
from nacoord.present.document.model import line
from nacoord.present.document.model import shown
from nacoord.present.document.model import split_id
from nacoord.present.document.model import strong
from nacoord.present.document.template import Template
from nacoord.present.terminal.console import Style

_MARGIN = Inches(0.8)
# What of a table's text fits across our own page of letter paper, in characters of the middle width.
_ACROSS = 104
_WHOLE = Inches(6.9)
_STYLES = {"plain": None, "strong": "Strong", "id": ID_STYLE}
# The first moment a zip file can name.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"


def render(document: Document, style: Style, template: Template | None = None) -> bytes:
    """Return the bytes of a file.

    Raises:
        TemplateError: when the template can't be used.
    """
    if template is None:
        made = docx.Document()
        dress(made, tight=document.tight)
        _lay_out(made, document)
    else:
        from nacoord.present.document.docxtemplate import ground
        from nacoord.present.document.docxtemplate import mark

        made = ground(template)
        mark(made, shown(document.banner))
    _describe(made, document)
    made.add_paragraph(shown(document.title), style="Title")
    for text in (document.subtitle, document.date_line):
        if text:
            under = made.add_paragraph(shown(text), style="Subtitle")
            wide = text == document.date_line and not document.tight
            under.paragraph_format.space_after = Pt(8 if wide else 2)
    for block in document.blocks:
        _add(made, block)
    held = io.BytesIO()
    made.save(held)
    return _timeless(held.getvalue())


def _describe(made: Any, document: Document) -> None:
    """Say what it is, for which day and by which office; take out what the template says."""
    facts = made.core_properties
    facts.title, facts.subject = shown(document.title), shown(document.subtitle)
    facts.author = facts.last_modified_by = shown(document.author)
    facts.comments, facts.keywords, facts.category = "", "", shown(document.banner)
    day = datetime(document.on.year, document.on.month, document.on.day)
    facts.created = facts.modified = day
    relations = made.part.package.rels
    for id, relation in list(relations.items()):
        # A picture of an empty page, and the program that once made the template.
        if relation.reltype in (_THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES):
            del relations[id]


def _lay_out(made: Any, document: Document) -> None:
    """Set margins, and put marking and page number on every page."""
    section = made.sections[0]
    section.left_margin = section.right_margin = Inches(0.7) if document.tight else _MARGIN
    section.top_margin = section.bottom_margin = Inches(0.65 if document.tight else 0.9)
    if document.tight:
        section.header_distance = section.footer_distance = Inches(0.3)
    _banner(section.header.paragraphs[0], document.banner)
    foot = section.footer.paragraphs[0]
    stops = foot.paragraph_format.tab_stops
    stops.add_tab_stop(_width(made), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{shown(document.title)}, {document.on}\tPage ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")
    _banner(section.footer.add_paragraph(style="Footer"), document.banner)


def _banner(paragraph: Any, banner: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(shown(banner), style="Strong")


def _field(paragraph: Any, instruction: str) -> None:
    """Add a field, which Word counts: ISO/IEC 29500-1, 17.16.19."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _width(made: Any) -> int:
    section = made.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def _add(made: Any, block: Block) -> None:
    if isinstance(block, Heading):
        _fill(made.add_paragraph(style=f"Heading {block.level}"), block.line)
    elif isinstance(block, Paragraph):
        _fill(made.add_paragraph(), block.line)
    elif isinstance(block, Note):
        _fill(made.add_paragraph(style="Quote"), block.line)
    elif isinstance(block, Bullets):
        for item in block.items:
            _fill(made.add_paragraph(style="List Bullet"), item)
    elif isinstance(block, Figure):
        caption = made.add_paragraph(style=CELL_STYLE)
        caption.paragraph_format.keep_with_next = True
        _fill(caption, block.caption)
        add_chart(made, block.chart, block.alt, _width(made))
    else:
        _add_table(made, block)


def _fill(paragraph: Any, parts: Line) -> None:
    for run in parts:
        paragraph.add_run(shown(run.text), style=_STYLES[run.kind])


def _add_table(made: Any, table: Table) -> None:
    grid = made.add_table(rows=1, cols=len(table.columns), style=TABLE_STYLE)
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    grid.autofit = False
    widths = _widths(table, _width(made))
    for column, wide in zip(grid.columns, widths, strict=True):
        column.width = Emu(wide)
    _fill_row(grid.rows[0], [line(strong(column.title)) for column in table.columns], widths)
    _mark_row(grid.rows[0], "w:tblHeader")
    for row in table.rows:
        added = grid.add_row()
        _mark_row(added, "w:cantSplit")
        _fill_row(added, row, widths)
    # Word wants a paragraph after a table; a small one keeps the next block off it.
    made.add_paragraph(style=GAP_STYLE)


def _fill_row(row: Any, cells: Iterable[Line], widths: list[int]) -> None:
    for cell, parts, wide in zip(row.cells, cells, widths, strict=True):
        cell.width = Emu(wide)
        paragraph = cell.paragraphs[0]
        paragraph.style = CELL_STYLE
        said, id = split_id(parts)
        _fill(paragraph, said)
        if id:
            # A line of its own keeps it in one piece.
            paragraph.add_run().add_break()
            _fill(paragraph, id)


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _widths(table: Table, whole: int) -> list[int]:
    """Return the widths of the columns in EMU, which together fill the page."""
    shares = across(table, _ACROSS * whole // _WHOLE)
    return [whole * share // sum(shares) for share in shares]


def _timeless(data: bytes) -> bytes:
    """Return a zip file with no time in it."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return held.getvalue()
