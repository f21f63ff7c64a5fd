"""A Word document of headings, paragraphs, lists, tables and pictures, and nothing else.

A4, British English, a title, real headings, header rows that repeat and are marked as such,
a description for every picture (PDF/UA and WCAG 2.2: 1.1.1, 1.3.1, 2.4.2, 3.1.1). No author,
no time of saving, no template's picture: the same content gives the same bytes.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from .tidy import clean, without_times

FONT = "Arial"
WIDTH_CM = 17.0
"""Between margins of 2 cm."""
INK, QUIET, RULE = "0B0C0C", "505A5F", "B1B4B6"

# The template says that another program wrote it.
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Answerable</Application></Properties>"
)


class Word:
    """A document as it is written, top to bottom.

    title    of the document, told to whoever cannot see it; not printed
    made_on  the day that stands in its properties
    size     of ordinary text, in points
    """

    def __init__(self, title: str, made_on: date, size: float = 10.5, margin_cm: float = 2.0):
        from docx import Document
        from docx.shared import Cm

        self._doc = Document()
        self.size = size
        self._pictures = 0
        section = self._doc.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(margin_cm)
        _properties(self._doc, clean(title), made_on)
        _styles(self._doc, size)

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """A heading; the first of a document is of level 1."""
        heading = self._doc.add_heading(clean(text), level)
        heading.paragraph_format.page_break_before = new_page or None

    def text(self, text: str, *, label: str = "", bold: bool = False, small: bool = False) -> None:
        """A paragraph, with a label in bold before it."""
        paragraph = self._doc.add_paragraph()
        if label:
            paragraph.add_run(f"{clean(label)} ").bold = True
        run = paragraph.add_run(clean(text))
        run.bold = bold or None
        if small:
            _make_small(paragraph, self.size)

    def bullets(self, items: Sequence[str]) -> None:
        """A list."""
        for item in items:
            self._doc.add_paragraph(clean(item), style="List Bullet")

    def table(
        self,
        heading: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float],
        caption: str,
    ) -> None:
        """A table under a header row.

        widths   shares of the width of the page
        caption  what it holds, for those who do not see it
        """
        from docx.shared import Cm

        table = self._doc.add_table(rows=0, cols=len(heading))
        table.style = "Table Grid"
        table.autofit = False
        _describe_table(table, clean(caption))
        for column, share in zip(table.columns, widths, strict=True):
            column.width = Cm(WIDTH_CM * share)
        for number, cells in enumerate([heading, *rows]):
            row = table.add_row()
            _mark_row(row, header=number == 0)
            for cell, text, share in zip(row.cells, cells, widths, strict=True):
                _fill(cell, clean(text), share, bold=number == 0, size=self.size)
        self._doc.add_paragraph().paragraph_format.space_after = 0
        _make_small(self._doc.paragraphs[-1], 6)

    def picture(self, image: bytes, *, width_cm: float, alt: str) -> None:
        """A picture with its description."""
        from docx.shared import Cm

        self._doc.add_picture(io.BytesIO(image), width=Cm(width_cm))
        self._pictures += 1
        inline = self._doc.inline_shapes[-1]._inline
        inline.docPr.set("descr", clean(alt))
        inline.docPr.set("name", f"Picture {self._pictures}")

    def bytes(self) -> bytes:
        """The finished file."""
        buffer = io.BytesIO()
        self._doc.save(buffer)
        return without_times(buffer.getvalue(), {"docProps/app.xml": _APP})


def _properties(doc: Any, title: str, made_on: date) -> None:
    core = doc.core_properties
    core.title = title[:250]
    core.language = "en-GB"
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = ""
    core.created = core.modified = datetime(made_on.year, made_on.month, made_on.day)
    core.revision = 1
    # The template's own thumbnail shows a page that is not this one.
    package = doc.part.package
    for key, rel in list(package.rels.items()):
        if rel.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _styles(doc: Any, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for lang in doc.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-GB")
        lang.set(qn("w:eastAsia"), "en-GB")
    looks = {
        "Normal": (size, 0, 4),
        "List Bullet": (size, 0, 2),
        "Heading 1": (size + 5, 6, 4),
        "Heading 2": (size + 1.5, 7, 2),
        "Heading 3": (size + 0.5, 5, 1),
    }
    for name, (points, before, after) in looks.items():
        style = doc.styles[name]
        _set_font(style.element.get_or_add_rPr())
        style.font.size = Pt(points)
        style.font.color.rgb = RGBColor.from_string(INK)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.08


def _set_font(properties: Any) -> None:
    """One font for all scripts; a theme's font would win over a name."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), FONT)


def _make_small(paragraph: Any, size: float) -> None:
    from docx.shared import Pt, RGBColor

    for run in paragraph.runs:
        run.font.size = Pt(size - 1.5)
        run.font.color.rgb = RGBColor.from_string(QUIET)


def _describe_table(table: Any, caption: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = table._tbl.tblPr
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), caption)
    # Word refuses a file whose elements stand in another order (ECMA-376, CT_TblPr).
    properties.find(qn("w:tblLayout")).addprevious(_thin_lines())
    look = properties.find(qn("w:tblLook"))
    look.addnext(described)
    # It reads the first row, and only it, as headings.
    for key, value in (("firstRow", "1"), ("firstColumn", "0"), ("noVBand", "1")):
        look.set(qn(f"w:{key}"), value)


def _thin_lines() -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    return borders


def _mark_row(row: Any, *, header: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _fill(cell: Any, text: str, share: float, *, bold: bool, size: float) -> None:
    from docx.shared import Cm, Pt

    cell.width = Cm(WIDTH_CM * share)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.size = Pt(size - 1)
