"""Grids ready to draw: every track covered, every side of a cell knows its rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from danju.layout.grid import Grid
from danju.layout.pages import GridCells
from danju.model.drawing import Cell, Page, Rows


class Rule(IntEnum):
    """Weight of a side."""

    NONE = 0
    INNER = 1
    OUTER = 2


Rules = tuple[Rule, Rule, Rule, Rule]
"""Top, right, bottom, left."""

BARE: Rules = (Rule.NONE, Rule.NONE, Rule.NONE, Rule.NONE)

_MOST_KNOWN = 256
_known: dict[int, tuple[Grid, list[Rules], list[PlacedCell]]] = {}
"""Rules and gaps by the identity of a grid, which is kept alive beside them."""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell with its rules."""

    cell: Cell
    rules: Rules


def place_cells(page: Page | Rows, columns: int) -> list[PlacedCell]:
    """Every cell of a grid or of the rows around it with its rules, then a bare cell for each uncovered stretch.

    The frame (outer rules) runs around the cells with borders: along the edge of the grid and beside bare cells.

    Raises:
        ValueError: Cells overlap or lie outside the grid.
    """
    if not isinstance(page.cells, GridCells):
        rules, gaps = _rules_and_gaps(page, columns)
    else:
        grid = page.cells.grid
        known = _known.get(id(grid))
        if known is None:
            known = (grid, *_rules_and_gaps(page, columns))
            if len(_known) >= _MOST_KNOWN:
                _known.clear()
            _known[id(grid)] = known
        _, rules, gaps = known
    return [*map(PlacedCell, page.cells, rules), *gaps]


def _rules_and_gaps(page: Page | Rows, columns: int) -> tuple[list[Rules], list[PlacedCell]]:
    rows = len(page.heights_mm)
    owners = _owners(page.cells, rows, columns)
    rules = [_rules(cell, owners, rows, columns) if cell.border else BARE for cell in page.cells]
    return rules, [PlacedCell(cell, BARE) for cell in _gaps(owners, columns)]


def _owners(cells: Iterable[Cell], rows: int, columns: int) -> list[list[Cell | None]]:
    owners: list[list[Cell | None]] = [[None] * columns for _ in range(rows)]
    for cell in cells:
        right, bottom = cell.column + cell.colspan, cell.row + cell.rowspan
        if not (0 <= cell.row < bottom <= rows and 0 <= cell.column < right <= columns):
            raise ValueError(
                f"cell at row {cell.row}, column {cell.column} lies outside the grid of {rows} × {columns}"
            )
        for line in owners[cell.row : bottom]:
            if any(line[cell.column : right]):
                raise ValueError(f"cells overlap at row {cell.row}, column {cell.column}")
            line[cell.column : right] = [cell] * cell.colspan
    return owners


def _rules(cell: Cell, owners: list[list[Cell | None]], rows: int, columns: int) -> Rules:
    first, end = cell.row, cell.row + cell.rowspan
    left, right = cell.column, cell.column + cell.colspan
    above = owners[first - 1][left:right] if first else []
    below = owners[end][left:right] if end < rows else []
    before = [line[left - 1] for line in owners[first:end]] if left else []
    after = [line[right] for line in owners[first:end]] if right < columns else []
    is_open_top = cell.open_top or (above and all(other is not None and other.open_bottom for other in above))
    is_open_bottom = cell.open_bottom or (below and all(other is not None and other.open_top for other in below))
    top = Rule.NONE if is_open_top else _side(above)
    bottom = Rule.NONE if is_open_bottom else _side(below)
    return top, _side(after), bottom, _side(before)


def _side(neighbours: list[Cell | None]) -> Rule:
    for cell in neighbours:
        if cell is not None and cell.border:
            return Rule.INNER
    return Rule.OUTER


def _gaps(owners: list[list[Cell | None]], columns: int) -> list[Cell]:
    gaps = []
    for row, line in enumerate(owners):
        column = 0
        while column < columns:
            start = column
            while column < columns and line[column] is None:
                column += 1
            if column > start:
                gaps.append(Cell(row, start, 1, column - start, (), border=False))
            column += 1
    return gaps
