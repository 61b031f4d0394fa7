"""Word tables: what all pages on one grid share is made once, what a record says is put between.

No template engine is at work: there are ready bytes with places between them. (Templates that users bring are filled by
`danju.word_template`.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from danju.model.drawing import PAD_MM, Cell, Drawing, Line, Page, Rows
from danju.renderers.grid import Rules, place_cells
from danju.renderers.word_parts import (
    INNER_RULES,
    TINY_PARAGRAPH,
    cell_start_xml,
    continued_cell_xml,
    lines_xml,
    run_line_xml,
    track_twips,
    twips,
)

_TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{rules}</w:tblBorders>'
    '<w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{pad}" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="{pad}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "<w:tblGrid>{tracks}</w:tblGrid>"
)
_ROW = '<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="'
_ROW_LOOK = '" w:hRule="atLeast"/></w:trPr>'
_HEAD_ROW_LOOK = '" w:hRule="atLeast"/><w:tblHeader/></w:trPr>'
_KEPT_HEIGHTS = 64
_KEPT_CONTENTS = 2048
_BLANK, _TINY = lines_xml((Line(()),)).encode(), TINY_PARAGRAPH.encode()


class _RowHeight(NamedTuple):
    """Where the height of a row stands."""

    row: int


class _WordContent(NamedTuple):
    """Where the paragraphs of a cell stand."""

    cell: int


@dataclass(frozen=True, slots=True)
class TableXml:
    """The table of a page, ready to be filled.

    Attributes:
        parts: Its XML, with places for heights and contents. Rows and cells are counted from the title block on.
        contents: The cells whose contents are told by each record.
        ready: By the heights of the rows: its bytes, with an empty piece for each content.
    """

    parts: tuple[str | _RowHeight | _WordContent, ...]
    contents: tuple[int, ...]
    ready: dict[tuple[int, ...], list[bytes]] = field(default_factory=dict)

    def fill(self, cells: Sequence[Cell], heights: tuple[int, ...]) -> bytes:
        """The table with a record in it.

        Args:
            cells: Above the grid, in it and below it.
            heights: Of their rows, in twips.
        """
        out = (self.ready.get(heights) or self._make_ready(heights)).copy()
        out[1::2] = [content_xml(cells[number]) for number in self.contents]
        return b"".join(out)

    def _make_ready(self, heights: tuple[int, ...]) -> list[bytes]:
        pieces: list[bytes] = []
        constant: list[str] = []
        for part in self.parts:
            if isinstance(part, _WordContent):
                pieces += ("".join(constant).encode(), b"")
                constant = []
            else:
                constant.append(str(heights[part.row]) if isinstance(part, _RowHeight) else part)
        pieces.append("".join(constant).encode())
        if len(self.ready) >= _KEPT_HEIGHTS:
            self.ready.clear()
        self.ready[heights] = pieces
        return pieces


def compile_table(drawing: Drawing, page: Page, fixed: frozenset[int] = frozenset()) -> TableXml:
    """The table of a page.

    Args:
        drawing: Its title block is the head of the table.
        page: The page.
        fixed: Cells of the grid that are the same for every record.

    Raises:
        ValueError: Cells overlap or lie outside the grid.
    """
    parts: list[str | _RowHeight | _WordContent] = []
    widths = track_twips(drawing.columns_mm)
    tracks = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
    parts.append(_TABLE.format(width=sum(widths), rules=INNER_RULES, pad=twips(PAD_MM), tracks=tracks))
    above, none = drawing.heading, frozenset[int]()
    row = cell = 0
    sections = (above, len(above.heights_mm), none), (page, _head_rows(page), fixed), (page.below, 0, none)
    for rows, heads, known in sections:
        parts += _rows_xml(rows, widths, heads, (row, cell), known)
        row += len(rows.heights_mm)
        cell += len(rows.cells)
    parts.append("</w:tbl>")
    return TableXml(tuple(parts), tuple([part.cell for part in parts if isinstance(part, _WordContent)]))


def row_twips(drawing: Drawing, page: Page) -> tuple[int, ...]:
    """Heights of all rows of a page's table."""
    return track_twips(drawing.heading.heights_mm + page.heights_mm + page.below.heights_mm)


def _rows_xml(
    rows: Page | Rows, widths: tuple[int, ...], heads: int, first: tuple[int, int], fixed: frozenset[int]
) -> Iterator[str | _RowHeight | _WordContent]:
    """Rows, which are counted with their cells from the first ones."""
    edges = [0, *accumulate(widths)]
    numbers = {id(cell): number for number, cell in enumerate(rows.cells)}
    for row, pieces in enumerate(_rows_of(rows, len(widths))):
        yield _ROW
        yield _RowHeight(first[0] + row)
        yield _HEAD_ROW_LOOK if row < heads else _ROW_LOOK
        for cell, rules, begins in pieces:
            width = edges[cell.column + cell.colspan] - edges[cell.column]
            if not begins:
                yield continued_cell_xml(cell, rules, width)
                continue
            yield cell_start_xml(cell, rules, width)
            number = numbers.get(id(cell), -1)
            is_fixed = number < 0 or number in fixed
            yield content_xml(cell).decode() if is_fixed else _WordContent(first[1] + number)
            yield "</w:tc>"
        yield "</w:tr>"


_contents: dict[int, tuple[Cell, bytes]] = {}
"""Paragraphs by the identity of their cell, which is kept alive: layouts give many records the same ones."""


def content_xml(cell: Cell) -> bytes:
    """The paragraphs of a cell."""
    lines = cell.lines
    if len(lines) == 1 and len(lines[0].runs) == 1 and lines[0].picture is None:
        return run_line_xml(lines[0]).encode()  # made anew sooner than looked up
    known = _contents.get(id(cell))
    if known is not None and known[0] is cell:
        return known[1]
    empty = _BLANK if cell.border else _TINY  # someone may type into one with rules
    xml = lines_xml(lines).encode() if lines else empty
    if len(_contents) >= _KEPT_CONTENTS:
        _contents.clear()
    _contents[id(cell)] = cell, xml
    return xml


def _rows_of(page: Page | Rows, columns: int) -> list[list[tuple[Cell, Rules, bool]]]:
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
