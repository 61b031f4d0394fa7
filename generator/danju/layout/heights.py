"""Heights: what the texts of cells need, and the rows of a grid with them. Lengths are millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from danju.layout.grid import Grid, GridCell
from danju.layout.measure import MM_PER_PT, metrics, wrap
from danju.model.drawing import Cell, Line

LINE_HEIGHT = 1.45
PAD_MM = 2.0
LABEL_PAD_MM = 1.0
STRUT_PT = 10.5  # type size that every line of a cell is at least as high as
PAD_V_MM = 1.3  # above and below a cell's text
RULE_MM = 0.2  # the rules left and right take this much of a cell's width
SAFETY_EM = 0.05  # a line is taken to be this much narrower than its cell when lines are counted
_LEAST_ROW_MM = 7.2


Need = tuple[GridCell, float]
"""A cell and the height that its text needs."""


class Text(NamedTuple):
    """What most cells hold: one paragraph in the look that all values have, set in the cell's own alignment.

    Attributes:
        text: Never empty; no line breaks.
        height_mm: Height that it needs in its cell, padding included.
    """

    text: str
    height_mm: float


class FilledCell(NamedTuple):
    """A grid cell with its lines.

    Attributes:
        cell: Where it stands.
        lines: What stands in it.
        height_mm: Height that the lines need, padding included.
        drawn: The cell as drawn when its page holds all rows.
    """

    cell: GridCell
    lines: tuple[Line, ...]
    height_mm: float
    drawn: Cell


def filled_cell(cell: GridCell, lines: tuple[Line, ...], room_mm: float) -> FilledCell:
    """A cell with lines in it, measured."""
    return FilledCell(cell, lines, text_height_mm(lines, room_mm), drawn(cell, lines, cell.row, cell.rowspan))


def room_of(grid: Grid, cell: GridCell) -> float:
    """Width for text in a cell."""
    pad = LABEL_PAD_MM if cell.is_label else PAD_MM
    return sum(grid.columns_mm[cell.column : cell.column + cell.colspan]) - 2 * pad - RULE_MM


def text_height_mm(lines: Sequence[Line], room_mm: float, strut_pt: float = STRUT_PT) -> float:
    """Height that lines need in a cell, padding included; 0 for none. No line is lower than one of `strut_pt`."""
    total = sum([_line_count(line, room_mm) * line_mm(line, strut_pt) for line in lines])
    return total + 2 * PAD_V_MM if total else 0.0


def plain_text_mm(text: str, limit_em: float) -> float:
    """As `text_height_mm`, of one paragraph in the look of values, in a cell that fits so much on a line."""
    lines = 1 if len(text) <= limit_em else len(wrap(text, limit_em))
    return lines * (STRUT_PT * LINE_HEIGHT * MM_PER_PT) + 2 * PAD_V_MM


def line_mm(line: Line, strut_pt: float = STRUT_PT) -> float:
    """Height of one printed line of a paragraph, that of its tallest run or of `strut_pt`."""
    size = line.runs[0].size_pt if len(line.runs) == 1 else max((run.size_pt for run in line.runs), default=0.0)
    return max(size, strut_pt) * LINE_HEIGHT * MM_PER_PT


def _line_count(line: Line, room_mm: float) -> int:
    if not line.runs:
        return 1
    if len(line.runs) == 1:
        limit = room_mm / (line.runs[0].size_pt * MM_PER_PT) - SAFETY_EM
        return 1 if len(line.runs[0].text) <= limit else len(wrap(line.runs[0].text, limit))
    width = sum(metrics(run.bold).width(run.text) * run.size_pt for run in line.runs) * MM_PER_PT
    return max(1, -(-int(width * 100) // int(room_mm * 100)))


@dataclass(frozen=True, slots=True)
class RowHeights:
    """Heights of a grid's rows with its fixed words in them.

    Attributes:
        asked: As the form asks.
        least: The least that still looks well.
        moving: Numbers of the cells that may need more: those that a record fills, and fixed ones that span rows.
    """

    asked: tuple[float, ...]
    least: tuple[float, ...]
    moving: tuple[int, ...]


def row_heights(grid: Grid, fixed: Sequence[FilledCell | None]) -> RowHeights:
    """Heights with every cell that is the same for all records; None stands for a cell that a record fills."""
    asked = [row.height_mm for row in grid.rows]
    words = [(item.cell, item.height_mm) for item in fixed if item is not None and item.cell.rowspan == 1]
    least = needed_heights([least_mm(height) for height in asked], words)
    moving = [number for number, item in enumerate(fixed) if item is None or _may_lack(item, least)]
    return RowHeights(tuple(needed_heights(asked, words)), tuple(least), tuple(moving))


def _may_lack(item: FilledCell, least: Sequence[float]) -> bool:
    cell = item.cell
    return cell.rowspan > 1 and item.height_mm > sum(least[cell.row : cell.row + cell.rowspan])


def needed_heights(start: Sequence[float], needs: Sequence[Need]) -> list[float]:
    """Height of each row, at least as high as at the start, with these texts in it."""
    heights = list(start)
    spanning = []
    for need in needs:
        cell, height_mm = need
        if cell.rowspan > 1:
            spanning.append(need)
        elif height_mm > heights[cell.row]:
            heights[cell.row] = height_mm
    for cell, height_mm in spanning:
        if height_mm:
            rows = range(cell.row, cell.row + cell.rowspan)
            lack = height_mm - sum(heights[row] for row in rows)
            if lack > 0:
                heights[rows[-1]] += lack
    return heights


def least_mm(asked_mm: float) -> float:
    """How far a row may be squeezed so that a form stays on one page."""
    return min(asked_mm, max(_LEAST_ROW_MM, asked_mm * 0.6))


def squeezed(heights: list[float], least: list[float], room_mm: float) -> list[float]:
    """Heights between asked and least that just fit; the asked ones when even the least do not."""
    over = sum(heights) - room_mm
    play = sum(heights) - sum(least)
    if over <= 0 or play < over:
        return heights
    return [height - (height - low) * over / play for height, low in zip(heights, least, strict=True)]


def drawn(cell: GridCell, lines: tuple[Line, ...], row: int, rowspan: int) -> Cell:
    """The cell with lines in it, at these rows of its page."""
    return Cell(
        row,
        cell.column,
        rowspan,
        cell.colspan,
        lines,
        cell.is_label,
        cell.valign,
        cell.open_top,
        cell.open_bottom,
        cell.border,
        getattr(cell.content, "held", ""),
    )
