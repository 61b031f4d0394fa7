"""Word pages of one structure: their XML made once, with gaps for what a record says.

No template engine is at work: the gaps are places between ready bytes. (Templates that users bring are filled by
`danju.word_template`.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from danju.layout.grid import Grid, SignOf, Words
from danju.model.drawing import LINE_MM, PAD_MM, Cell, Drawing, Line, Page, Rows, Run
from danju.ooxml.text import escape
from danju.renderers.grid import Rules, place_cells
from danju.renderers.word_parts import (
    INNER_RULES,
    LINE_END,
    blank_xml,
    cell_start_xml,
    continued_cell_xml,
    line_start_xml,
    lines_xml,
    text_start,
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
_KEPT = 256
_KEPT_HEIGHTS = 64
_LINE_END = LINE_END.encode()

Look = tuple[Run, str, float]
"""Run without words, alignment and height of a line of plain text."""


@dataclass(frozen=True, slots=True)
class _HeightGap:
    """Where the height of a row stands.

    Attributes:
        row: Counted with the rows above the grid.
        before: What leads to it.
    """

    row: int
    before: bytes


@dataclass(frozen=True, slots=True)
class _CellGap:
    """Where the content of a cell stands.

    Attributes:
        cell: Its number, counted with the cells above and below the grid.
        look: Of the one line that stands there in most records.
        before: What leads to its first paragraph.
        start: What leads to its words.
        blank_start: The same for words with a blank at an end.
        empty: An empty paragraph.
        kept: Contents that come again and again (option lines) by the identity of their lines, which are kept alive.
    """

    cell: int
    look: Look
    before: bytes
    start: bytes
    blank_start: bytes
    empty: bytes
    kept: dict[int, tuple[tuple[Line, ...], bytes]]


@dataclass(frozen=True, slots=True)
class PageXml:
    """A page ready to be filled.

    Attributes:
        gaps: In the order of the file.
        cells: Those of them that are cells.
        rest: What follows the last of them.
        pieces: By the heights of the rows: for each cell what leads to it, the start of a line, room for its words, and
            its end; then the rest.
    """

    gaps: tuple[_HeightGap | _CellGap, ...]
    cells: tuple[_CellGap, ...]
    rest: bytes
    pieces: dict[tuple[int, ...], list[bytes]] = field(default_factory=dict)

    def fill(self, cells: Sequence[Cell], heights: tuple[int, ...]) -> bytes:
        """The page with a record in it.

        Args:
            cells: Above the grid and in it.
            heights: Of their rows, in twips.
        """
        out = (self.pieces.get(heights) or self._pieces(heights)).copy()
        at = 2
        for gap in self.cells:
            lines = cells[gap.cell].lines
            text = _plain_text(lines, gap.look)
            if text:
                if "&" in text or "<" in text or ">" in text:
                    text = escape(text)
                if text[0] == " " or text[-1] == " ":
                    out[at - 1] = gap.blank_start
                out[at] = text.encode()
            else:
                out[at - 1 : at + 2] = self._lines_in(gap, lines), b"", b""
            at += 4
        return b"".join(out)

    def _pieces(self, heights: tuple[int, ...]) -> list[bytes]:
        pieces: list[bytes] = []
        before = b""
        for gap in self.gaps:
            if isinstance(gap, _HeightGap):
                before += gap.before + b"%d" % heights[gap.row]
            else:
                pieces += (before + gap.before, gap.start, b"", _LINE_END)
                before = b""
        pieces.append(before + self.rest)
        if len(self.pieces) >= _KEPT_HEIGHTS:
            self.pieces.clear()
        self.pieces[heights] = pieces
        return pieces

    def _lines_in(self, gap: _CellGap, lines: tuple[Line, ...]) -> bytes:
        """What stands in a gap."""
        if not lines:
            return gap.empty
        known = gap.kept.get(id(lines))
        if known is not None and known[0] is lines:
            return known[1]
        xml = lines_xml(lines).encode()
        if len(lines[0].runs) > 1 and len(gap.kept) < _KEPT:
            gap.kept[id(lines)] = (lines, xml)
        return xml


def _plain_text(lines: tuple[Line, ...], look: Look) -> str:
    """The words of one line in a look; "" for any other content."""
    if len(lines) != 1 or len(lines[0].runs) != 1:
        return ""
    run = lines[0].runs[0]
    is_plain = run.size_pt == look[0].size_pt and not (run.bold or run.grey or run.symbol or run.spacing_pt)
    return run.text if is_plain and lines[0].align == look[1] and lines[0].height_mm == look[2] else ""


def compile_page(drawing: Drawing, grid: Grid, around: tuple[str, str]) -> PageXml:
    """What all drawings of one page on this grid share.

    Args:
        drawing: One of them; the words in its gaps do not matter.
        grid: Where its cells stand.
        around: What stands before and behind the table in the file.

    Raises:
        ValueError: Cells overlap or lie outside the grid.
    """
    looks = {
        number: (
            Run(""),
            "right" if isinstance(cell.content, SignOf) else getattr(cell.content, "align", "left"),
            LINE_MM,
        )
        for number, cell in enumerate(grid.cells)
        if not isinstance(cell.content, Words)
    }
    maker = _Maker()
    maker.add(around[0])
    _write_table(maker, drawing, drawing.pages[0], looks)
    maker.add(around[1])
    return maker.finish()


def table_xml(drawing: Drawing, page: Page) -> str:
    """w:tbl of any page, all words in it.

    Raises:
        ValueError: Cells overlap or lie outside the grid.
    """
    maker = _Maker()
    _write_table(maker, drawing, page, None)
    return maker.take()


def _write_table(maker: _Maker, drawing: Drawing, page: Page, looks: Mapping[int, Look] | None) -> None:
    """Heading, grid and notes; with gaps for the cells that have an expected look, if any are given."""
    widths = track_twips(drawing.columns_mm)
    tracks = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
    maker.add(_TABLE.format(width=sum(widths), rules=INNER_RULES, pad=twips(PAD_MM), tracks=tracks))
    heading = drawing.heading
    heights = row_twips(drawing, page)
    above = len(heading.cells)
    heads = {number: _head_look(cell) for number, cell in enumerate(heading.cells) if looks and cell.role == "head"}
    _write_rows(maker, heading, widths, heights, 0, _RowGaps(0, heads, False), len(heading.heights_mm))
    first = len(heading.heights_mm)
    _write_rows(maker, page, widths, heights, first, _RowGaps(above, looks or {}, looks is not None), _head_rows(page))
    first += len(page.heights_mm)
    _write_rows(maker, page.below, widths, heights, first, _RowGaps(0, {}, False), 0)
    maker.add("</w:tbl>")


def row_twips(drawing: Drawing, page: Page) -> tuple[int, ...]:
    """Heights of all rows of a page's table."""
    return track_twips(drawing.heading.heights_mm + page.heights_mm + page.below.heights_mm)


def _head_look(cell: Cell) -> Look:
    line = cell.lines[0]
    return Run("", line.runs[0].size_pt), line.align, line.height_mm


@dataclass(frozen=True, slots=True)
class _RowGaps:
    """Which of some rows' contents are gaps.

    Attributes:
        before: Cells above these rows.
        looks: Expected looks by the cells' numbers among these rows.
        has_heights: Whether the heights are gaps, too.
    """

    before: int
    looks: Mapping[int, Look]
    has_heights: bool


def _write_rows(
    maker: _Maker,
    rows: Page | Rows,
    widths: tuple[int, ...],
    heights: tuple[int, ...],
    first: int,
    gaps: _RowGaps,
    heads: int,
) -> None:
    edges = [0, *accumulate(widths)]
    numbers = {id(cell): number for number, cell in enumerate(rows.cells)}
    for row, pieces in enumerate(_rows_of(rows, len(widths))):
        maker.add_row(row < heads, None if gaps.has_heights else heights[first + row], first + row)
        for cell, rules, begins in pieces:
            width = edges[cell.column + cell.colspan] - edges[cell.column]
            number = numbers.get(id(cell), -1)
            look = gaps.looks.get(number) if begins else None
            if not begins:
                maker.add(continued_cell_xml(cell, rules, width))
            elif look is not None:
                maker.add_gap(gaps.before + number, cell, cell_start_xml(cell, rules, width), look)
            else:
                maker.add_cell(cell, cell_start_xml(cell, rules, width))
        maker.add("</w:tr>")


class _Maker:
    """Gathers constant XML between gaps."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._gaps: list[_HeightGap | _CellGap] = []

    def add(self, xml: str) -> None:
        """Constant XML."""
        self._parts.append(xml)

    def take(self) -> str:
        """What was added after the last gap."""
        xml = "".join(self._parts)
        self._parts.clear()
        return xml

    def add_row(self, is_head: bool, height: int | None, number: int = 0) -> None:
        """The beginning of a row, its height in twips, or a gap for the height of the row of that number."""
        self.add(_ROW)
        if height is None:
            self._gaps.append(_HeightGap(number, self.take().encode()))
        else:
            self.add(str(height))
        self.add(_HEAD_ROW_LOOK if is_head else _ROW_LOOK)

    def add_cell(self, cell: Cell, start: str) -> None:
        """A cell with its words."""
        self.add(f"{start}{lines_xml(cell.lines) or blank_xml(cell)}</w:tc>")

    def add_gap(self, number: int, cell: Cell, start: str, look: Look) -> None:
        """A cell of that number, its content a gap."""
        before = self.take() + start
        words, empty = line_start_xml(*look), blank_xml(cell)
        opened, kept_open = (words + text_start("")).encode(), (words + text_start(" ")).encode()
        self._gaps.append(_CellGap(number, look, before.encode(), opened, kept_open, empty.encode(), {}))
        self.add("</w:tc>")

    def finish(self) -> PageXml:
        """The page."""
        cells = tuple([gap for gap in self._gaps if isinstance(gap, _CellGap)])
        return PageXml(tuple(self._gaps), cells, self.take().encode())


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
