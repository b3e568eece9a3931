"""The styles of a Word document: the template's own, made plain, and three of ours."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.shared import RGBColor

ID_STYLE = "Record Id"
TABLE_STYLE = "Office Table"
CELL_STYLE = "Table Text"
GAP_STYLE = "Table Gap"
# What a document of ours can't do without, and what sort of style each is.
OURS = {
    "Strong": WD_STYLE_TYPE.CHARACTER,
    ID_STYLE: WD_STYLE_TYPE.CHARACTER,
    TABLE_STYLE: WD_STYLE_TYPE.TABLE,
    CELL_STYLE: WD_STYLE_TYPE.PARAGRAPH,
    GAP_STYLE: WD_STYLE_TYPE.PARAGRAPH,
}

# On every machine, or there under another name with the same widths; has every accent of the
# office's languages.
_FONT = "Arial"
_INK = RGBColor(0x1A, 0x1A, 0x1A)
_DEEP = RGBColor(0x1F, 0x3A, 0x5F)
_GREY = RGBColor(0x55, 0x55, 0x55)

# Name, size in points, bold, colour, space before and after in points.
_TEXTS = (
    ("Normal", 10, False, _INK, 0, 5),
    ("Title", 20, True, _DEEP, 0, 2),
    ("Subtitle", 11, False, _GREY, 0, 2),
    ("Heading 1", 14, True, _DEEP, 16, 5),
    ("Heading 2", 11, True, _DEEP, 11, 3),
    ("List Bullet", 10, False, _INK, 0, 2),
    ("Quote", 9, False, _GREY, 3, 6),
    ("Header", 9, False, _INK, 0, 0),
    ("Footer", 8.5, False, _INK, 0, 0),
)

# Thin lines between rows, a shaded first row: ISO/IEC 29500-1, 17.7.6.
_TABLE = f"""\
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="OfficeTable">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="6" w:space="0" w:color="1F3A5F"/>
      <w:bottom w:val="single" w:sz="6" w:space="0" w:color="1F3A5F"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C8CDD3"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="30" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
      <w:bottom w:w="30" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/><w:bCs/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E4EAF1"/></w:tcPr>
  </w:tblStylePr>
</w:style>"""


# The same, where paper is to be saved.
_TIGHT = (
    ("Normal", 8.5, False, _INK, 0, 2),
    ("Title", 15, True, _DEEP, 0, 0),
    ("Subtitle", 9, False, _GREY, 0, 1),
    ("Heading 1", 10.5, True, _DEEP, 6, 1),
    ("Heading 2", 9, True, _DEEP, 4, 1),
    ("List Bullet", 8.5, False, _INK, 0, 1),
    ("Quote", 8, False, _GREY, 1, 2),
    ("Header", 8.5, False, _INK, 0, 0),
    ("Footer", 8, False, _INK, 0, 0),
)


def dress(made: Any, *, tight: bool = False) -> None:
    """Give a new document its styles."""
    for name, size, bold, colour, before, after in _TIGHT if tight else _TEXTS:
        style = made.styles[name]
        _letters(style, size)
        style.font.bold, style.font.italic = bold, False
        style.font.color.rgb = colour
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.0 if tight else 1.1
    for name in ("Title", "Subtitle"):
        _plain(made.styles[name])
    _no_stops(made.styles["Footer"])
    add_styles(made, tight=tight)


def add_styles(made: Any, *, tight: bool = False) -> None:
    """Add what styles of our own a document lacks, in the letters that it has."""
    names = {style.name for style in made.styles}
    if "Strong" not in names:
        made.styles.add_style("Strong", WD_STYLE_TYPE.CHARACTER).font.bold = True
    if ID_STYLE not in names:
        id_style = made.styles.add_style(ID_STYLE, WD_STYLE_TYPE.CHARACTER)
        id_style.font.color.rgb = _DEEP
        # An id is no word of any language; nothing is to be put right in it.
        id_style.font.no_proof = True
    for name, size in ((CELL_STYLE, 8.0 if tight else 9.0), (GAP_STYLE, 2.0 if tight else 4.0)):
        if name not in names:
            style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = made.styles.default(WD_STYLE_TYPE.PARAGRAPH)
            style.font.size = Pt(size)
            style.paragraph_format.space_after = Pt(0)
            style.paragraph_format.line_spacing = 1.0
    if TABLE_STYLE not in names:
        table = _TABLE.replace('w:w="30"', 'w:w="8"') if tight else _TABLE
        made.styles.element.append(parse_xml(table))


def _letters(style: Any, size: float) -> None:
    """Set the font for every script, not through the theme."""
    style.font.name, style.font.size = _FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
    fonts.attrib.pop(qn("w:cstheme"), None)


def _plain(style: Any) -> None:
    """Take the line under a title and its wide letters away."""
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    letters = style.element.get_or_add_rPr()
    for name in ("w:spacing", "w:kern"):
        for each in letters.findall(qn(name)):
            letters.remove(each)


def _no_stops(style: Any) -> None:
    """Take the template's tab stops away, which are those of another width."""
    properties = style.element.get_or_add_pPr()
    for stops in properties.findall(qn("w:tabs")):
        properties.remove(stops)
