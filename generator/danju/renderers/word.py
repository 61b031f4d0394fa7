"""Drawings as Word files: one table a page, with the drawing's own widths and heights."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import attrgetter

from danju.layout.pages import GridCells
from danju.model.drawing import Drawing, Line, Page
from danju.model.layout import Paper
from danju.renderers.grid import widen_single_column
from danju.renderers.heading import heading_rows
from danju.renderers.look import BOTTOM_SLACK_MM, FOOTER_MM, NOTE_GAP_MM
from danju.renderers.package import CompiledPackage, Member, Piece
from danju.renderers.properties import Properties, property_members
from danju.renderers.word_page import PageXml, compile_page, looks_of
from danju.renderers.word_parts import (
    BREAK_PARAGRAPH,
    DECLARATION,
    NAMESPACES,
    TINY_PARAGRAPH,
    footer_run,
    footer_stretches,
    line_xml,
    track_twips,
    twips,
)

_DOCUMENT, _FOOTER = "word/document.xml", "word/footer1.xml"
_BEGIN, _END = f"{DECLARATION}<w:document {NAMESPACES}><w:body>", "</w:body></w:document>"
_GEOMETRY = attrgetter("row", "column", "rowspan", "colspan", "is_label", "valign", "open_top", "open_bottom", "border")
_KEPT_PAGES = 128


@dataclass(frozen=True, slots=True)
class WordRenderer:
    """Draws any drawing as a .docx; what it keeps is the same for every record.

    Attributes:
        package: The fixed part of the file.
        footer_id: Relation id of the footer.
        kept: Pages by structure, each with what must live as long because it is known by its identity.
    """

    package: CompiledPackage
    footer_id: str
    kept: dict[object, tuple[PageXml, object]] = field(default_factory=dict, compare=False)

    def render(self, drawing: Drawing, properties: Properties) -> bytes:
        """The finished file: equal bytes for equal input.

        Raises:
            ValueError: Cells overlap or lie outside the grid.
        """
        before, behind = footer_stretches(twips(drawing.paper.content_width_mm), len(drawing.pages))
        return self.package.fill(
            {
                _DOCUMENT: Member.join(_DOCUMENT, self._document(drawing)),
                _FOOTER: Member.join(_FOOTER, (before, footer_run(drawing.footer), behind)),
                **property_members(properties),
            }
        )

    def _document(self, drawing: Drawing) -> list[Piece]:
        """word/document.xml."""
        drawing = widen_single_column(drawing)
        heading = heading_rows(drawing)
        out: list[Piece] = []
        for index, page in enumerate(drawing.pages):
            ends = (index == 0, index == len(drawing.pages) - 1)
            heights = track_twips(heading.heights_mm + page.heights_mm)
            out += self._page(drawing, page, heading, ends).fill((*heading.cells, *page.cells), heights)
        return out

    def _page(self, drawing: Drawing, page: Page, heading: Page, ends: tuple[bool, bool]) -> PageXml:
        """Kept, because the pages of most records have few different structures."""
        key = (ends, _structure(drawing, page, heading))
        found = self.kept.get(key)
        if found is None:
            is_first, is_last = ends
            before = _BEGIN if is_first else BREAK_PARAGRAPH
            behind = _notes_xml(drawing, page.notes)
            if is_last:
                behind += ("" if page.notes else TINY_PARAGRAPH) + _section_xml(drawing.paper, self.footer_id) + _END
            found = (compile_page(drawing, page, heading, (before, behind)), getattr(page.cells, "grid", None))
            if len(self.kept) < _KEPT_PAGES:
                self.kept[key] = found
        return found[0]


def compile_word() -> WordRenderer:
    """A renderer, to be kept and used for many records."""
    from danju.renderers.word_package import compile_package  # late: builds with python-docx

    return WordRenderer(*compile_package())


def _structure(drawing: Drawing, page: Page, heading: Page) -> tuple[object, ...]:
    """What of a page its XML depends on, but for what stands in its gaps."""
    cells = page.cells
    if isinstance(cells, GridCells):
        grid: object = id(cells.grid)  # kept alive beside the page's XML
    else:
        looks = looks_of(page)
        outlines = [(_GEOMETRY(cell), looks.get(number, cell.lines)) for number, cell in enumerate(cells)]
        grid = (page.head_rows, len(page.heights_mm), tuple(outlines))
    block = tuple([(cell.column, cell.colspan, cell.lines[0].align) for cell in heading.cells])
    fixed = (drawing.title, drawing.unit_name, drawing.paper, drawing.columns_mm, drawing.line_height, drawing.pad_mm)
    return grid, block, page.notes, fixed


def _notes_xml(drawing: Drawing, notes: tuple[Line, ...]) -> str:
    return "".join(
        [
            line_xml(line, drawing.line_height, before_mm=0.0 if index else NOTE_GAP_MM, indent_mm=drawing.pad_mm / 2)
            for index, line in enumerate(notes)
        ]
    )


def _section_xml(paper: Paper, footer_id: str) -> str:
    turned = ' w:orient="landscape"' if paper.width_mm > paper.height_mm else ""
    paper = replace(paper, bottom_mm=max(0.0, paper.bottom_mm - BOTTOM_SLACK_MM))
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footer_id}"/>'
        f'<w:pgSz w:w="{twips(paper.width_mm)}" w:h="{twips(paper.height_mm)}"{turned}/>'
        f'<w:pgMar w:top="{twips(paper.top_mm)}" w:right="{twips(paper.right_mm)}" w:bottom="{twips(paper.bottom_mm)}"'
        f' w:left="{twips(paper.left_mm)}" w:header="{twips(FOOTER_MM)}" w:footer="{twips(FOOTER_MM)}" w:gutter="0"/>'
        '<w:cols w:space="420"/></w:sectPr>'
    )
