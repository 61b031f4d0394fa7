"""Drawings as Word files: one table a page, with the drawing's own widths and heights."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from danju.layout.grid import Grid
from danju.layout.pages import GridCells
from danju.model.drawing import Drawing, Line, Page
from danju.model.layout import Paper
from danju.renderers.grid import widen_single_column
from danju.renderers.heading import heading_rows
from danju.renderers.look import BOTTOM_SLACK_MM, FOOTER_MM, NOTE_GAP_MM
from danju.renderers.package import CompiledPackage, Member
from danju.renderers.properties import Properties, property_members
from danju.renderers.word_package import compile_package
from danju.renderers.word_page import PageXml, compile_page, table_xml
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
_BEGIN = f"{DECLARATION}<w:document {NAMESPACES}><w:body>"
_LEVEL = 1  # takes two thirds of the time of 6, a quarter larger
_KEPT_PAGES = 128


@dataclass(frozen=True, slots=True)
class WordRenderer:
    """Draws any drawing as a .docx; what it keeps is the same for every record.

    Attributes:
        package: The fixed part of the file.
        footer_id: Relation id of the footer.
        kept: Pages by structure, each with its grid, which must live as long because it is known by its identity.
    """

    package: CompiledPackage
    footer_id: str
    kept: dict[object, tuple[PageXml, Grid]] = field(default_factory=dict, compare=False)

    def render(self, drawing: Drawing, properties: Properties) -> bytes:
        """The finished file: equal bytes for equal input.

        Raises:
            ValueError: Cells overlap or lie outside the grid.
        """
        before, behind = footer_stretches(twips(drawing.paper.content_width_mm), len(drawing.pages))
        return self.package.fill(
            {
                _DOCUMENT: self._document(drawing),
                _FOOTER: Member.join(_FOOTER, (before, footer_run(drawing.footer), behind)),
                **property_members(properties),
            }
        )

    def _document(self, drawing: Drawing) -> Member:
        """word/document.xml: a single page on a known grid is filled, anything else is written out."""
        drawing = widen_single_column(drawing)
        heading = heading_rows(drawing)
        page = drawing.pages[0]
        if len(drawing.pages) == 1 and isinstance(page.cells, GridCells):
            heights = track_twips(heading.heights_mm + page.heights_mm)
            known = self._page(drawing, page.cells.grid, heading)
            return Member.deflate(_DOCUMENT, known.fill((*heading.cells, *page.cells), heights), _LEVEL)
        pages = [table_xml(drawing, each, heading) + _notes_xml(drawing, each.notes) for each in drawing.pages]
        text = _BEGIN + BREAK_PARAGRAPH.join(pages) + self._end(drawing)
        return Member.deflate(_DOCUMENT, text.encode(), _LEVEL)

    def _end(self, drawing: Drawing) -> str:
        """What follows the last table and its notes."""
        last = "" if drawing.pages[-1].notes else TINY_PARAGRAPH
        return f"{last}{_section_xml(drawing.paper, self.footer_id)}</w:body></w:document>"

    def _page(self, drawing: Drawing, grid: Grid, heading: Page) -> PageXml:
        """Kept, because most records have few different grids."""
        block = tuple([(cell.column, cell.colspan, cell.lines[0].align) for cell in heading.cells])
        fixed = (drawing.title, drawing.unit_name, drawing.paper, drawing.line_height, drawing.pad_mm)
        key = (id(grid), block, drawing.pages[0].notes, fixed)
        found = self.kept.get(key)
        if found is None:
            behind = _notes_xml(drawing, drawing.pages[0].notes) + self._end(drawing)
            found = (compile_page(drawing, grid, heading, (_BEGIN, behind)), grid)
            if len(self.kept) >= _KEPT_PAGES:
                self.kept.clear()
            self.kept[key] = found
        return found[0]


def compile_word() -> WordRenderer:
    """A renderer, to be kept and used for many records."""
    return WordRenderer(*compile_package())


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
