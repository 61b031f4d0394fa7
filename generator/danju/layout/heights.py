"""Heights: what the texts of cells need, and the rows of a grid with them. Lengths are millimetres."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from danju.layout.grid import Grid, GridCell
from danju.layout.linebreaks import break_lines
from danju.model.drawing import EDGE_MM, LABEL_PAD_MM, PAD_MM, Cell, Line

RULE_MM = 0.2  # the rules left and right take this much of a cell's width
_PLAY_MM = 1.4  # of the room above and below a text may go so that a form stays on one page
_LEAST_ROW_MM = 6.6
_LEAST_SHARE = 0.55  # of a tall row's height

Need = tuple[GridCell, float]
"""A cell and the height that its text needs."""


class FilledCell(NamedTuple):
    """A grid cell with its lines.

    Attributes:
        cell: Where it stands.
        drawn: The same as drawn when its page holds all rows.
        height_mm: Height that its lines need, room above and below included.
    """

    cell: GridCell
    drawn: Cell
    height_mm: float


def filled_cell(cell: GridCell, paragraphs: Iterable[Line], room_mm: float) -> FilledCell:
    """A cell with paragraphs in it, broken into lines and measured."""
    lines = break_lines(paragraphs, room_mm)
    return FilledCell(cell, drawn(cell, lines, cell.row, cell.rowspan), text_height_mm(lines))


def room_of(grid: Grid, cell: GridCell) -> float:
    """Width for text in a cell."""
    pad = LABEL_PAD_MM if cell.is_label else PAD_MM
    return sum(grid.columns_mm[cell.column : cell.column + cell.colspan]) - 2 * pad - RULE_MM


def text_height_mm(lines: Sequence[Line]) -> float:
    """Height that lines need in a cell; 0 for none."""
    return sum([line.height_mm for line in lines]) + 2 * EDGE_MM if lines else 0.0


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
    least = tight_heights([least_mm(height) for height in asked], words)
    moving = [number for number, item in enumerate(fixed) if item is None or _may_lack(item, least)]
    return RowHeights(tuple(needed_heights(asked, words)), tuple(least), tuple(moving))


def _may_lack(item: FilledCell, least: Sequence[float]) -> bool:
    cell = item.cell
    return cell.rowspan > 1 and item.height_mm > sum(least[cell.row : cell.row + cell.rowspan])


def needed_heights(start: Sequence[float], needs: Iterable[Need]) -> list[float]:
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


def tight_heights(start: Sequence[float], needs: Iterable[Need]) -> list[float]:
    """As `needed_heights`, the texts closer to their rules."""
    return needed_heights(start, [(cell, max(0.0, height_mm - _PLAY_MM)) for cell, height_mm in needs])


def least_mm(asked_mm: float) -> float:
    """How far a row may be squeezed so that a form stays on one page."""
    return min(asked_mm, max(_LEAST_ROW_MM, asked_mm * _LEAST_SHARE))


def squeezed(heights: Sequence[float], least: Sequence[float], room_mm: float) -> list[float] | None:
    """Heights between asked and least that just fit; None when even the least do not."""
    over = sum(heights) - room_mm
    if over <= 0:
        return list(heights)
    play = sum(heights) - sum(least)
    if play < over:
        return None
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
        LABEL_PAD_MM if cell.is_label else PAD_MM,
    )
