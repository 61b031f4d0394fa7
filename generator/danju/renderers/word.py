"""Drawings as Word files: one table a page, with the drawing's own widths and heights."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from danju.layout.draw import FilledPlan
from danju.layout.grid import Grid
from danju.layout.heights import Text
from danju.layout.pages import GridCells
from danju.model.drawing import Drawing, Line, Page
from danju.model.layout import Paper
from danju.ooxml.packing import CompiledPackage, Member
from danju.ooxml.properties import Properties, property_members
from danju.ooxml.text import DECLARATION
from danju.renderers.grid import widen_single_column
from danju.renderers.heading import head_line_split, heading_rows, title_row
from danju.renderers.look import BOTTOM_SLACK_MM, FOOTER_MM, NOTE_GAP_MM
from danju.renderers.word_package import compile_package
from danju.renderers.word_page import PageXml, compile_page, table_xml
from danju.renderers.word_parts import (
    BREAK_PARAGRAPH,
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


class _KeptPage(NamedTuple):
    """A page ready to be filled, with its grid, which must live as long because it is known by its identity.

    Attributes:
        page: The page.
        grid: Its grid.
        heading_mm: Heights of its title block.
        titles: Number of cells of the title block above the line with number and date.
    """

    page: PageXml
    grid: Grid
    heading_mm: tuple[float, ...]
    titles: int


@dataclass(frozen=True, slots=True)
class WordRenderer:
    """Draws any drawing as a .docx; what it keeps is the same for every record.

    Attributes:
        package: The fixed part of the file.
        footer_id: Relation id of the footer.
        kept: Pages by structure.
    """

    package: CompiledPackage
    footer_id: str
    kept: dict[object, _KeptPage] = field(default_factory=dict, compare=False)

    def render(self, drawing: Drawing, properties: Properties) -> bytes:
        """The finished file: equal bytes for equal input.

        Raises:
            ValueError: Cells overlap or lie outside the grid.
        """
        footer = _footer(drawing.paper, len(drawing.pages), drawing.footer)
        return self._file(self._document(drawing), footer, properties)

    def render_plan(self, filled: FilledPlan, properties: Properties) -> bytes:
        """The file of the plan's drawing, which is only made when the record needs more than a page."""
        grid, left, right = filled.plan.grid, filled.left, filled.right
        if not filled.heights.is_one_page or len(grid.columns_mm) == 1:
            return self.render(filled.draw(), properties)
        key = (id(grid), bool(left), bool(right), head_line_split(left, right, grid.columns_mm))
        known = self.kept.get(key)
        if known is None:
            drawing = filled.draw()
            known = self._keep(key, drawing, grid, heading_rows(drawing))
        heads = [Text(text, 0.0) for text in (left, right) if text]
        contents = [*[None] * known.titles, *heads, *filled.filled]
        xml = known.page.fill(contents, track_twips(known.heading_mm + filled.heights.rows_mm))
        footer = _footer(filled.form.layout.paper, 1, filled.footer)
        return self._file(Member.deflate(_DOCUMENT, xml, _LEVEL), footer, properties)

    def _file(self, document: Member, footer: Member, properties: Properties) -> bytes:
        return self.package.fill({_DOCUMENT: document, _FOOTER: footer, **property_members(properties)})

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
        return (self.kept.get(key) or self._keep(key, drawing, grid, heading)).page

    def _keep(self, key: object, drawing: Drawing, grid: Grid, heading: Page) -> _KeptPage:
        """The page of a drawing, compiled."""
        behind = _notes_xml(drawing, drawing.pages[0].notes) + self._end(drawing)
        page = compile_page(drawing, grid, heading, (_BEGIN, behind))
        if len(self.kept) >= _KEPT_PAGES:
            self.kept.clear()
        self.kept[key] = found = _KeptPage(page, grid, heading.heights_mm, title_row(drawing) + 1)
        return found


def compile_word() -> WordRenderer:
    """A renderer, to be kept and used for many records."""
    return WordRenderer(*compile_package())


def _footer(paper: Paper, pages: int, text: str) -> Member:
    """word/footer1.xml."""
    before, behind = footer_stretches(twips(paper.content_width_mm), pages)
    return Member.join(_FOOTER, (before, footer_run(text), behind))


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
