"""Word pages of one structure: their XML made and deflated once, with gaps for what a record says.

No template engine: the gaps are places in ready bytes. Templates that users bring are `danju.word_template`'s business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from xml.sax.saxutils import escape

from danju.layout.grid import Grid, OptionsOf, TickOf, Words
from danju.layout.pages import GridCells
from danju.model.drawing import Cell, Drawing, Line, Page
from danju.renderers.grid import Rules, place_cells
from danju.renderers.heading import letter_space_pt, title_row
from danju.renderers.package import Pair, Stretch
from danju.renderers.word_parts import (
    LINE_END,
    blank_xml,
    cell_start_xml,
    continued_cell_xml,
    heading_cell_start_xml,
    line_pieces,
    line_start_xml,
    line_xml,
    stretch_of,
    track_twips,
    twips,
)

_TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{pad}" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="{pad}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "<w:tblGrid>{tracks}</w:tblGrid>"
)
_ROW = '<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="'
_ROW_REST = '" w:hRule="atLeast"/></w:trPr>'
_HEAD_ROW_REST = '" w:hRule="atLeast"/><w:tblHeader/></w:trPr>'
_SHORT = 200
"""Constant bytes between two gaps that are not worth deflating."""
_KEPT_CELLS = 256
_LOOK = tuple[float, str]


@dataclass(frozen=True, slots=True)
class _HeightGap:
    """Where the height of a row stands.

    Attributes:
        row: Counted with the rows of the title block.
        before: What leads to it: deflated, or as it is when short.
    """

    row: int
    before: Stretch | bytes


@dataclass(frozen=True, slots=True)
class _CellGap:
    """Where the content of a cell stands.

    Attributes:
        cell: Its number among the cells of the title block and the grid.
        before: What leads to its text when its lines have the expected look.
        bare: What leads to its first paragraph.
        look: Type size and alignment to be expected.
        kept: Contents that come again and again (option lines), by the identity of their cell, which is kept alive.
    """

    cell: int
    before: Stretch
    bare: Stretch
    look: _LOOK
    kept: dict[int, tuple[Cell, list[Pair]]] | None = field(compare=False)


@dataclass(frozen=True, slots=True)
class PageXml:
    """A page ready to be filled.

    Attributes:
        gaps: In the order of the file.
        rest: What follows the last gap.
        line_height: Of the drawing.
        owners: What must live as long as the page is kept, because it is known by its identity.
    """

    gaps: tuple[_HeightGap | _CellGap, ...]
    rest: Stretch
    line_height: float
    owners: tuple[object, ...]

    def fill(self, cells: Sequence[Cell], heights: Sequence[int], out: list[Pair]) -> None:
        """Append the page with a record in it.

        Args:
            cells: Of the title block and the grid.
            heights: Of their rows, in twips.
            out: Pieces of word/document.xml.
        """
        last = stretch_of("")
        changing = b""
        for gap in self.gaps:
            if isinstance(gap, _HeightGap):
                height = b"%d" % heights[gap.row]
                if isinstance(gap.before, bytes):
                    changing += gap.before + height
                    continue
                out.append((last, changing))
                last, changing = gap.before, height
                continue
            out.append((last, changing))
            lines = cells[gap.cell].lines
            if lines and _look_of(lines[0]) == gap.look:
                last, changing = gap.before, (escape(lines[0].runs[0].text) + LINE_END).encode()
                lines = lines[1:]
            else:
                last, changing = gap.bare, b""
                if gap.kept is not None:
                    found = self._kept_content(gap.kept, cells[gap.cell])
                    out.append((last, changing))
                    out += found[:-1]
                    last, changing = found[-1]
                    continue
                if not lines:
                    lines = (Line(()),)
            for line in lines:
                for pair in line_pieces(line, self.line_height):
                    out.append((last, changing))
                    last, changing = pair
        out += ((last, changing), (self.rest, b""))

    def _kept_content(self, kept: dict[int, tuple[Cell, list[Pair]]], cell: Cell) -> list[Pair]:
        found = kept.get(id(cell))
        if found is None:
            xml = "".join([line_xml(line, self.line_height) for line in cell.lines]) or blank_xml(self.line_height)
            found = (cell, [(Stretch.deflate(xml.encode()), b"")])
            if len(kept) < _KEPT_CELLS:
                kept[id(cell)] = found
        return found[1]


def _look_of(line: Line) -> _LOOK | None:
    """Size and alignment of a line of plain text; None for any other."""
    if len(line.runs) != 1:
        return None
    run = line.runs[0]
    return None if run.bold or run.grey or run.symbol else (run.size_pt, line.align)
