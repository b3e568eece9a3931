"""An office's own Word file as the ground of a document: its styles, header, footer and page.

What its body said goes, and so does everything that tells of who made it, when and on what machine.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from nacoord.present.document.docxstyles import OURS
from nacoord.present.document.docxstyles import add_styles
from nacoord.present.document.template import Template
from nacoord.present.document.template import TemplateError

# Without one of these a document would not look like the office's.
NEEDED = (
    *("Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "Quote"),
    *("Header", "Footer"),
)
# What a document has from its template; all else was its body's, or tells of its authors.
_KEPT = {
    *(RT.STYLES, RT.NUMBERING, RT.SETTINGS, RT.THEME, RT.FONT_TABLE, RT.WEB_SETTINGS),
    *(RT.HEADER, RT.FOOTER),
}
# In the settings: where the template lies, what refers to parts that are gone, who changed what.
_UNSAID = (
    *("w:attachedTemplate", "w:footnotePr", "w:endnotePr", "w:docVars", "w:rsids", "w:mailMerge"),
    *("w:trackRevisions", "w:documentProtection", "w:writeProtection", "w:saveThroughXslt"),
)
_FURNITURE = (qn("w:headerReference"), qn("w:footerReference"))
# A zip file unpacks to no more bytes.
_LARGEST = 100_000_000


def ground(template: Template) -> Any:
    """Return a document with no body, in the template's styles and with its header and footer.

    Raises:
        TemplateError: when it is no Word file, lacks a style, or holds tracked changes.
    """
    made = _opened(template)
    _rename(made)
    names = {style.name for style in made.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        many = len(lacking) > 1
        raise TemplateError(
            f"{template.name} has no style{'s' * many} {', '.join(map(_quoted, lacking))}",
            hint="in Word: use each once, save, and take the text away again",
        )
    _clear(made)
    _forget(made)
    for part in _furniture(made):
        if part.element.xpath(".//@w:author"):
            raise TemplateError(
                f"{template.name} has comments or tracked changes in its header or footer",
                hint="in Word: accept or reject them, save, and try again",
            )
    for style in made.styles:
        if style.type != OURS.get(style.name, style.type):
            raise TemplateError(f'{template.name}: its style "{style.name}" is of another sort')
    add_styles(made)
    return made


def mark(made: Any, banner: str) -> None:
    """Put the marking on top and at the foot of every page, where it doesn't stand already."""
    section = made.sections[0]
    pairs = [(section.header, section.footer)]
    if section.different_first_page_header_footer:
        pairs.append((section.first_page_header, section.first_page_footer))
    if made.settings.odd_and_even_pages_header_footer:
        pairs.append((section.even_page_header, section.even_page_footer))
    for header, footer in pairs:
        if not _says(header, banner):
            first = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
            alone = len(header.paragraphs) == 1 and not first.text and not header.tables
            _write(first if alone else first.insert_paragraph_before(style="Header"), banner)
        if not _says(footer, banner):
            _write(footer.add_paragraph(style="Footer"), banner)


def _says(furniture: Any, banner: str) -> bool:
    return any(paragraph.text.strip() == banner for paragraph in furniture.paragraphs)


def _write(paragraph: Any, banner: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(banner).bold = True


def _opened(template: Template) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(template.data)) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > _LARGEST:
            raise TemplateError(f"{template.name} unpacks to more than 100 MB")
        return docx.Document(io.BytesIO(template.data))
    except (OpcError, SyntaxError, zipfile.BadZipFile, KeyError, ValueError, AttributeError):
        raise TemplateError(
            f"{template.name} is no Word document", hint="save it in Word as .docx, and try again"
        ) from None


def _rename(made: Any) -> None:
    """Call styles as Word itself does, in small letters; LibreOffice writes `Heading 1`."""
    for style in made.styles.element.findall(qn("w:style")):
        name = style.find(qn("w:name"))
        said = "" if name is None else name.get(qn("w:val"), "")
        if re.fullmatch("Heading [1-9]|Header|Footer|Caption", said):
            name.set(qn("w:val"), said.lower())


def _quoted(name: str) -> str:
    return f'"{name}"'


def _clear(made: Any) -> None:
    """Take the body away; the last section stays, with the header and footer it inherited."""
    body = made.element.body
    sections = body.xpath(".//w:sectPr[not(ancestor::w:sectPrChange)]")
    last = sections[-1] if sections else body.get_or_add_sectPr()
    for child in list(body):
        body.remove(child)
    body.append(last)
    for before in reversed(sections[:-1]):
        _inherit(last, before)
    for name in ("w:sectPrChange", "w:footnotePr", "w:endnotePr", "w:lnNumType"):
        for each in last.findall(qn(name)):
            last.remove(each)


def _inherit(last: Any, before: Any) -> None:
    """Take over the headers and footers of an earlier section that a later one has not set."""
    said = {(each.tag, each.get(qn("w:type"))) for each in last if each.tag in _FURNITURE}
    for each in [each for each in before if each.tag in _FURNITURE]:
        if (each.tag, each.get(qn("w:type"))) not in said:
            last.insert(0, each)


def _forget(made: Any) -> None:
    """Take out every part, and every setting, that the pages don't need."""
    referred = {each.get(qn("r:id")) for each in made.element.body.iter(*_FURNITURE)}
    relations = made.part.rels
    for id, relation in list(relations.items()):
        furniture = relation.reltype in (RT.HEADER, RT.FOOTER)
        if relation.reltype not in _KEPT or (furniture and id not in referred):
            del relations[id]
    for id, relation in list(made.part.package.rels.items()):
        if relation.reltype != RT.OFFICE_DOCUMENT:
            del made.part.package.rels[id]
    settings = made.settings.element
    for name in _UNSAID:
        for each in settings.findall(qn(name)):
            settings.remove(each)
    part = made.part.part_related_by(RT.SETTINGS)
    for id in list(part.rels):
        del part.rels[id]


def _furniture(made: Any) -> Iterator[Any]:
    for relation in made.part.rels.values():
        if relation.reltype in (RT.HEADER, RT.FOOTER):
            yield relation.target_part
