"""Drawings as Word files: one table a page, with the drawing's own widths and heights."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from danju.layout.grid import FixedWords, Grid
from danju.layout.pages import GridCells
from danju.model.drawing import Drawing, Page, pictures_of
from danju.model.layout import Paper
from danju.ooxml.packing import CompiledPackage, Member
from danju.ooxml.properties import Properties, property_members
from danju.ooxml.text import DECLARATION
from danju.renderers.look import slack_mm
from danju.renderers.word_package import DOCUMENT, FOOTER, compile_package
from danju.renderers.word_page import TableXml, compile_table, row_twips
from danju.renderers.word_parts import BREAK_PARAGRAPH, NAMESPACES, TINY_PARAGRAPH, footer_xml, twips
from danju.renderers.word_pictures import with_pictures

_BEGIN = f"{DECLARATION}<w:document {NAMESPACES}><w:body>".encode()
_BREAK = BREAK_PARAGRAPH.encode()
_LEVEL = 1  # takes half the time of 6, a fifth larger
_KEPT_TABLES = 128


@dataclass(frozen=True, slots=True)
class WordRenderer:
    """Draws any drawing as a .docx; what it keeps is the same for every record.

    Attributes:
        package: The fixed part of the file.
        footer_id: Relation id of the footer.
        kept: Tables by structure, with their grids, which must live as long because they are known by their identity.
    """

    package: CompiledPackage
    footer_id: str
    kept: dict[object, tuple[TableXml, Grid]] = field(default_factory=dict, compare=False)

    def render(self, drawing: Drawing, properties: Properties) -> bytes:
        """The finished file: equal bytes for equal input.

        Raises:
            ValueError: Cells overlap or lie outside the grid.
        """
        footer = footer_xml(twips(drawing.paper.content_width_mm), len(drawing.pages), drawing.footer)
        parts = {
            DOCUMENT: Member.deflate(DOCUMENT, self._document(drawing), _LEVEL),
            FOOTER: Member.store(FOOTER, footer),
        }
        made = self.package.fill({**parts, **property_members(properties)})
        return with_pictures(made, DOCUMENT, pictures_of(drawing))

    def _document(self, drawing: Drawing) -> bytes:
        """word/document.xml."""
        parts = [_BEGIN]
        heading = drawing.heading.cells
        for page in drawing.pages:
            if len(parts) > 1:
                parts.append(_BREAK)
            table = self._table(drawing, page)
            parts.append(table.fill((*heading, *page.cells, *page.below.cells), row_twips(drawing, page)))
        parts.append(_end_xml(drawing.paper, self.footer_id))
        return b"".join(parts)

    def _table(self, drawing: Drawing, page: Page) -> TableXml:
        """Kept when it is all of a grid, because most records have few different grids."""
        if not isinstance(page.cells, GridCells):
            return compile_table(drawing, page)
        grid = page.cells.grid
        head = tuple([(cell.row, cell.column, cell.colspan) for cell in drawing.heading.cells])
        key = id(grid), head, len(page.below.cells)
        found = self.kept.get(key)
        if found is None:
            if len(self.kept) >= _KEPT_TABLES:
                self.kept.clear()
            fixed = frozenset([at for at, cell in enumerate(grid.cells) if isinstance(cell.content, FixedWords)])
            found = self.kept[key] = compile_table(drawing, page, fixed), grid
        return found[0]


def compile_word() -> WordRenderer:
    """A renderer, to be kept and used for many records."""
    return WordRenderer(*compile_package())


@lru_cache(maxsize=64)
def _end_xml(paper: Paper, footer_id: str) -> bytes:
    """What follows the last table: a paragraph, as Word demands, and the paper."""
    turned = ' w:orient="landscape"' if paper.width_mm > paper.height_mm else ""
    bottom, foot = twips(paper.bottom_mm - slack_mm(paper)), twips(paper.foot_mm)
    return (
        f'{TINY_PARAGRAPH}<w:sectPr><w:footerReference w:type="default" r:id="{footer_id}"/>'
        f'<w:pgSz w:w="{twips(paper.width_mm)}" w:h="{twips(paper.height_mm)}"{turned}/>'
        f'<w:pgMar w:top="{twips(paper.top_mm)}" w:right="{twips(paper.right_mm)}" w:bottom="{bottom}"'
        f' w:left="{twips(paper.left_mm)}" w:header="0" w:footer="{foot}" w:gutter="0"/>'
        '<w:cols w:space="420"/></w:sectPr></w:body></w:document>'
    ).encode()
