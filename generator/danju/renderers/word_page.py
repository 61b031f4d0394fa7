"""Word pages of one structure: their XML made once, with gaps for what a record says.

No template engine is at work: the gaps are places between ready bytes. (Templates that users bring are filled by
`danju.word_template`.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from danju.layout.fill import TEXT_PT
from danju.layout.grid import Grid, SignOf, Words
from danju.layout.heights import FilledCell, Text
from danju.model.drawing import Cell, Drawing, Line, Page
from danju.ooxml.text import escape
from danju.renderers.grid import Rules, place_cells
from danju.renderers.heading import letter_space_pt, title_row
from danju.renderers.word_parts import (
    INNER_RULES,
    LINE_END,
    blank_xml,
    cell_start_xml,
    continued_cell_xml,
    heading_cell_start_xml,
    line_start_xml,
    line_xml,
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

Look = tuple[float, str]
"""Type size and alignment of a line of plain text."""


@dataclass(frozen=True, slots=True)
class _HeightGap:
    """Where the height of a row stands.

    Attributes:
        row: Counted with the rows of the title block.
        before: What leads to it.
    """

    row: int
    before: bytes


@dataclass(frozen=True, slots=True)
class _CellGap:
    """Where the content of a cell stands.

    Attributes:
        cell: Its number, counted with the cells of the title block.
        before: What leads to its first paragraph.
        start: What leads to the words of the one line that stands there in most records.
        blank_start: The same for words with a blank at an end.
        empty: An empty paragraph.
        kept: Contents that come again and again (option lines) by the identity of their lines, which are kept alive.
    """

    cell: int
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
        line_height: Of the drawing.
        pieces: By the heights of the rows: for each cell what leads to it, the start of a line, room for its words, and
            its end; then the rest.
    """

    gaps: tuple[_HeightGap | _CellGap, ...]
    cells: tuple[_CellGap, ...]
    rest: bytes
    line_height: float
    pieces: dict[tuple[int, ...], list[bytes]] = field(default_factory=dict)

    def fill(self, contents: Sequence[Text | FilledCell | Cell | None], heights: tuple[int, ...]) -> bytes:
        """The page with a record in it.

        Args:
            contents: Of the cells of the title block and the grid, None where a cell has no gap. A `Text` has the look
                that values have there.
            heights: Of their rows, in twips.
        """
        out = (self.pieces.get(heights) or self._pieces(heights)).copy()
        at = 2
        for gap in self.cells:
            content = contents[gap.cell]
            if isinstance(content, Text):
                text = content[0]
                if "&" in text or "<" in text or ">" in text:
                    text = escape(text)
                if text[0] == " " or text[-1] == " ":
                    out[at - 1] = gap.blank_start
                out[at] = text.encode()
            elif content is not None:
                out[at - 1 : at + 2] = self._lines_in(gap, content.lines), b"", b""
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
        if len(lines[0].runs) > 1 or any(len(line.runs) > 1 for line in lines):
            return self._keep(gap, lines)
        return b"".join(self._lines(lines))

    def _lines(self, lines: Sequence[Line]) -> list[bytes]:
        """Lines of one run or none."""
        out: list[bytes] = []
        for line in lines:
            if line.runs:
                run = line.runs[0]
                look = (run.size_pt, line.align, self.line_height, run.bold, run.grey, run.symbol)
                out += (_line_start(*look), _text(run.text))
            else:
                out.append(line_xml(line, self.line_height).encode())
        return out

    def _keep(self, gap: _CellGap, lines: tuple[Line, ...]) -> bytes:
        xml = "".join([line_xml(line, self.line_height) for line in lines]).encode()
        if len(gap.kept) < _KEPT:
            gap.kept[id(lines)] = (lines, xml)
        return xml


def _look_of(line: Line) -> Look | None:
    """The look of a line of plain text; None for any other."""
    if len(line.runs) != 1:
        return None
    run = line.runs[0]
    return None if run.bold or run.grey or run.symbol else (run.size_pt, line.align)


def compile_page(drawing: Drawing, grid: Grid, heading: Page, around: tuple[str, str]) -> PageXml:
    """What all drawings of one page on this grid share.

    Args:
        drawing: One of them; the words in its gaps do not matter.
        grid: Where its cells stand.
        heading: Its title block; the words below the title do not matter.
        around: What stands before and behind the table in the file.

    Raises:
        ValueError: Cells overlap or lie outside the grid.
    """
    looks = {
        number: (TEXT_PT, "right" if isinstance(cell.content, SignOf) else getattr(cell.content, "align", "left"))
        for number, cell in enumerate(grid.cells)
        if not isinstance(cell.content, Words)
    }
    maker = _Maker(drawing.line_height)
    maker.add(around[0])
    _write_table(maker, drawing, drawing.pages[0], heading, looks)
    maker.add(around[1])
    return maker.finish()


def table_xml(drawing: Drawing, page: Page, heading: Page) -> str:
    """w:tbl of any page, all words in it.

    Raises:
        ValueError: Cells overlap or lie outside the grid.
    """
    maker = _Maker(drawing.line_height)
    _write_table(maker, drawing, page, heading, None)
    return maker.take()


def _write_table(maker: _Maker, drawing: Drawing, page: Page, heading: Page, looks: Mapping[int, Look] | None) -> None:
    """The title block, then the grid; with gaps for the cells that have an expected look, if any are given."""
    widths = track_twips(drawing.columns_mm)
    edges = [0, *accumulate(widths)]
    tracks = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
    maker.add(_TABLE.format(width=sum(widths), rules=INNER_RULES, pad=twips(drawing.pad_mm), tracks=tracks))
    heights = track_twips(heading.heights_mm + page.heights_mm)
    title, space_pt = title_row(drawing), letter_space_pt(drawing)
    for row, pieces in enumerate(_rows_of(heading, len(widths))):
        maker.add_row(True, heights[row])
        for cell, _, _ in pieces:
            start = heading_cell_start_xml(cell, edges[cell.column + cell.colspan] - edges[cell.column])
            look = _look_of(cell.lines[0]) if looks is not None and row > title and cell.lines else None
            if look is not None:
                maker.add_gap(heading.cells.index(cell), cell, start, look)
            else:
                maker.add_cell(cell, start, space_pt if row == title else 0.0)
        maker.add("</w:tr>")
    numbers = {id(cell): number for number, cell in enumerate(page.cells)}
    first, repeated = len(heading.heights_mm), _head_rows(page)
    for row, pieces in enumerate(_rows_of(page, len(widths))):
        maker.add_row(row < repeated, heights[first + row] if looks is None else None, first + row)
        for cell, rules, begins in pieces:
            width = edges[cell.column + cell.colspan] - edges[cell.column]
            look = looks.get(numbers.get(id(cell), -1)) if looks and begins else None
            if not begins:
                maker.add(continued_cell_xml(cell, rules, width))
            elif look is not None:
                maker.add_gap(len(heading.cells) + numbers[id(cell)], cell, cell_start_xml(cell, rules, width), look)
            else:
                maker.add_cell(cell, cell_start_xml(cell, rules, width))
        maker.add("</w:tr>")
    maker.add("</w:tbl>")


class _Maker:
    """Gathers constant XML between gaps."""

    def __init__(self, line_height: float) -> None:
        self._parts: list[str] = []
        self._line_height = line_height
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

    def add_cell(self, cell: Cell, start: str, space_pt: float = 0.0) -> None:
        """A cell with its words."""
        words = "".join([line_xml(line, self._line_height, space_pt) for line in cell.lines])
        self.add(f"{start}{words or blank_xml(cell, self._line_height)}</w:tc>")

    def add_gap(self, number: int, cell: Cell, start: str, look: Look) -> None:
        """A cell of that number, its content a gap."""
        before = self.take() + start
        words, empty = line_start_xml(*look, self._line_height), blank_xml(cell, self._line_height)
        opened, kept_open = (words + text_start("")).encode(), (words + text_start(" ")).encode()
        self._gaps.append(_CellGap(number, before.encode(), opened, kept_open, empty.encode(), {}))
        self.add("</w:tc>")

    def finish(self) -> PageXml:
        """The page."""
        cells = tuple([gap for gap in self._gaps if isinstance(gap, _CellGap)])
        return PageXml(tuple(self._gaps), cells, self.take().encode(), self._line_height)


def _text(text: str) -> bytes:
    """w:t and the end of a line of one run."""
    return (text_start(text) + escape(text) + LINE_END).encode()


@lru_cache(maxsize=256)
def _line_start(size_pt: float, align: str, line_height: float, bold: bool, grey: bool, symbol: bool) -> bytes:
    return line_start_xml(size_pt, align, line_height, bold, grey, symbol).encode()


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
