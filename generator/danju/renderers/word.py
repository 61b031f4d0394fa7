"""Drawings as Word files: one table a page, with the drawing's own widths and heights."""

from __future__ import annotations

from dataclasses import dataclass, field

from danju.layout.grid import Grid
from danju.layout.pages import GridCells
from danju.model.drawing import Drawing
from danju.model.layout import Paper
from danju.ooxml.packing import CompiledPackage, Member
from danju.ooxml.properties import Properties, property_members
from danju.ooxml.text import DECLARATION
from danju.renderers.look import slack_mm
from danju.renderers.word_package import compile_package
from danju.renderers.word_page import PageXml, compile_page, row_twips, table_xml
from danju.renderers.word_parts import (
    BREAK_PARAGRAPH,
    NAMESPACES,
    TINY_PARAGRAPH,
    footer_run,
    footer_stretches,
    twips,
)

_DOCUMENT, _FOOTER = "word/document.xml", "word/footer1.xml"
_BEGIN = f"{DECLARATION}<w:document {NAMESPACES}><w:body>"
_LEVEL = 1  # takes two thirds of the time of 6, a quarter larger
_KEPT_PAGES = 128


@dataclass(frozen=True, slots=True)
class WordRenderer:
    """Draws any drawing as a .docx; what it keeps is the same for every record.

    Attributes:
        package: The fixed part of the file.
        footer_id: Relation id of the footer.
        kept: Pages by structure, with their grids, which must live as long because they are known by their identity.
    """

    package: CompiledPackage
    footer_id: str
    kept: dict[object, tuple[PageXml, Grid]] = field(default_factory=dict, compare=False)

    def render(self, drawing: Drawing, properties: Properties) -> bytes:
        """The finished file: equal bytes for equal input.

        Raises:
            ValueError: Cells overlap or lie outside the grid.
        """
        footer = _footer(drawing.paper, len(drawing.pages), drawing.footer)
        return self._file(self._document(drawing), footer, properties)

    def _file(self, document: Member, footer: Member, properties: Properties) -> bytes:
        return self.package.fill({_DOCUMENT: document, _FOOTER: footer, **property_members(properties)})

    def _document(self, drawing: Drawing) -> Member:
        """word/document.xml: a single page on a known grid is filled, anything else is written out."""
        page = drawing.pages[0]
        if len(drawing.pages) == 1 and isinstance(page.cells, GridCells):
            known = self._page(drawing, page.cells.grid)
            cells = (*drawing.heading.cells, *page.cells)
            return Member.deflate(_DOCUMENT, known.fill(cells, row_twips(drawing, page)), _LEVEL)
        pages = [table_xml(drawing, each) for each in drawing.pages]
        text = _BEGIN + BREAK_PARAGRAPH.join(pages) + self._end(drawing)
        return Member.deflate(_DOCUMENT, text.encode(), _LEVEL)

    def _end(self, drawing: Drawing) -> str:
        """What follows the last table."""
        return f"{TINY_PARAGRAPH}{_section_xml(drawing.paper, self.footer_id)}</w:body></w:document>"

    def _page(self, drawing: Drawing, grid: Grid) -> PageXml:
        """Kept, because most records have few different grids."""
        heading = drawing.heading
        block = tuple(
            [
                (cell.row, cell.colspan, cell.lines[0].align if cell.role == "head" else cell.lines)
                for cell in heading.cells
            ]
        )
        key = (id(grid), block, heading.heights_mm, drawing.pages[0].below, drawing.paper)
        found = self.kept.get(key)
        if found is None:
            if len(self.kept) >= _KEPT_PAGES:
                self.kept.clear()
            found = self.kept[key] = compile_page(drawing, grid, (_BEGIN, self._end(drawing))), grid
        return found[0]


def compile_word() -> WordRenderer:
    """A renderer, to be kept and used for many records."""
    return WordRenderer(*compile_package())


def _footer(paper: Paper, pages: int, text: str) -> Member:
    """word/footer1.xml."""
    before, behind = footer_stretches(twips(paper.content_width_mm), pages)
    return Member.join(_FOOTER, (before, footer_run(text), behind))


def _section_xml(paper: Paper, footer_id: str) -> str:
    turned = ' w:orient="landscape"' if paper.width_mm > paper.height_mm else ""
    bottom, foot = twips(paper.bottom_mm - slack_mm(paper)), twips(paper.foot_mm)
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footer_id}"/>'
        f'<w:pgSz w:w="{twips(paper.width_mm)}" w:h="{twips(paper.height_mm)}"{turned}/>'
        f'<w:pgMar w:top="{twips(paper.top_mm)}" w:right="{twips(paper.right_mm)}" w:bottom="{bottom}"'
        f' w:left="{twips(paper.left_mm)}" w:header="0" w:footer="{foot}" w:gutter="0"/>'
        '<w:cols w:space="420"/></w:sectPr>'
    )
