"""Drawings as Word files: one table a page, with the drawing's own widths and heights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from danju.model.drawing import Cell, Drawing, Line, Page
from danju.model.layout import Paper
from danju.renderers.grid import Rules, place_cells, widen_single_column
from danju.renderers.heading import heading_rows, letter_space_pt, title_row
from danju.renderers.look import BOTTOM_SLACK_MM, FOOTER_MM, NOTE_GAP_MM
from danju.renderers.package import CompiledPackage
from danju.renderers.properties import Properties, property_members
from danju.renderers.word_parts import (
    BREAK_PARAGRAPH,
    DECLARATION,
    NAMESPACES,
    TINY_PARAGRAPH,
    cell_xml,
    continued_cell_xml,
    footer_xml,
    heading_cell_xml,
    line_xml,
    track_twips,
    twips,
)

_TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{pad}" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="{pad}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "<w:tblGrid>{tracks}</w:tblGrid>"
)
_ROW = '<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>'
_HEAD_ROW = _ROW.replace("</w:trPr>", "<w:tblHeader/></w:trPr>")


@dataclass(frozen=True, slots=True)
class WordRenderer:
    """Draws any drawing as a .docx; keeps nothing of one record for the next.

    Attributes:
        package: The fixed part of the file.
        footer_id: Relation id of the footer.
    """

    package: CompiledPackage
    footer_id: str

    def render(self, drawing: Drawing, properties: Properties) -> bytes:
        """The finished file: equal bytes for equal input.

        Raises:
            ValueError: Cells overlap or lie outside the grid.
        """
        return self.package.fill(
            {
                "word/document.xml": document_xml(drawing, self.footer_id).encode(),
                "word/footer1.xml": footer_xml(
                    drawing.footer, twips(drawing.paper.content_width_mm), len(drawing.pages)
                ),
                **property_members(properties),
            }
        )


def compile_word() -> WordRenderer:
    """A renderer, to be kept and used for many records."""
    from danju.renderers.word_package import compile_package  # late: builds with python-docx

    return WordRenderer(*compile_package())


def document_xml(drawing: Drawing, footer_id: str) -> str:
    """word/document.xml."""
    drawing = widen_single_column(drawing)
    body = []
    for index, page in enumerate(drawing.pages):
        if index:
            body.append(BREAK_PARAGRAPH)
        body.append(table_xml(drawing, page))
        body.append(_notes_xml(drawing, page.notes))
    if not drawing.pages[-1].notes:
        body.append(TINY_PARAGRAPH)
    section = _section_xml(drawing.paper, footer_id)
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(body)}{section}</w:body></w:document>"


def table_xml(drawing: Drawing, page: Page) -> str:
    """w:tbl of one page: the title block, then the grid."""
    heading = heading_rows(drawing)
    widths = track_twips(drawing.columns_mm)
    tracks = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
    out = [_TABLE.format(width=sum(widths), pad=twips(drawing.pad_mm), tracks=tracks)]
    edges = [0, *accumulate(widths)]
    heights = track_twips(heading.heights_mm + page.heights_mm)
    count = len(heading.heights_mm)
    spaced, space_pt = title_row(drawing), letter_space_pt(drawing)
    for index, pieces in enumerate(_rows_of(heading, len(widths))):
        out.append(_HEAD_ROW.format(height=heights[index]))
        for cell, _, _ in pieces:
            width = edges[cell.column + cell.colspan] - edges[cell.column]
            out.append(heading_cell_xml(cell, width, drawing.line_height, space_pt if index == spaced else 0.0))
        out.append("</w:tr>")
    repeated = _head_rows(page)
    for index, pieces in enumerate(_rows_of(page, len(widths))):
        out.append((_HEAD_ROW if index < repeated else _ROW).format(height=heights[count + index]))
        for cell, rules, begins in pieces:
            width = edges[cell.column + cell.colspan] - edges[cell.column]
            if begins:
                out.append(cell_xml(cell, rules, width, drawing.line_height))
            else:
                out.append(continued_cell_xml(cell, rules, width))
        out.append("</w:tr>")
    out.append("</w:tbl>")
    return "".join(out)


def _rows_of(page: Page, columns: int) -> list[list[tuple[Cell, Rules, bool]]]:
    """For each row from left to right: the cells it shows a piece of, their rules, and whether they begin here."""
    rows: list[list[tuple[Cell, Rules, bool]]] = [[] for _ in page.heights_mm]
    for item in place_cells(page, columns):
        cell = item.cell
        rows[cell.row].append((cell, item.rules, True))
        for row in range(cell.row + 1, cell.row + cell.rowspan):
            rows[row].append((cell, item.rules, False))
    for pieces in rows:
        pieces.sort(key=lambda piece: piece[0].column)
    return rows


def _head_rows(page: Page) -> int:
    """Head rows that may repeat: none when a cell reaches from them into the body, which Word cannot repeat."""
    return 0 if any(_crosses(cell, page.head_rows) for cell in page.cells) else page.head_rows


def _crosses(cell: Cell, row: int) -> bool:
    return cell.row < row < cell.row + cell.rowspan


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
