"""Sketches: rows and cells of a grid while it grows, edges still in millimetres; then brought onto column tracks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from danju.layout.grid import Content, FixedWords, Grid, GridCell, GridRow
from danju.layout.labels import label_lines, spread
from danju.layout.tracks import shared_edges
from danju.model.drawing import MM_PER_PT

TEXT_PT = 10.5
EM_MM = TEXT_PT * MM_PER_PT
ROW_MM = 9.0
LABEL_PAD_MM = 1.6
PAD_MM = 2.0
RULE_MM = 0.2
WIDEST_OPTION_EM = 8.2  # longer words of options break when they stand in a column
_SPREAD_HEAD_EM = 3


@dataclass(slots=True)
class SketchedCell:
    """A cell before columns are known: edges in millimetres from the left of the grid."""

    row: int
    rowspan: int
    left: float
    right: float
    content: Content
    is_label: bool = False
    valign: str = "middle"
    open_top: bool = False
    open_bottom: bool = False
    border: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """The stretch of the paper that a block may use.

    Attributes:
        left, right: Its edges.
        label_mm: Width of its first label column.
    """

    left: float
    right: float
    label_mm: float

    @property
    def inner(self) -> float:
        """Where the first label column ends."""
        return self.left + self.label_mm


@dataclass(slots=True)
class Sketch:
    """A grid in the making."""

    rows: list[GridRow] = field(default_factory=list)
    cells: list[SketchedCell] = field(default_factory=list)
    tables: int = 0
    break_next: bool = False

    def row(
        self, height_mm: float, grow: float = 0.0, table: int = 0, is_head: bool = False, keep_next: bool = False
    ) -> int:
        """A new row at the bottom; returns its number."""
        self.rows.append(GridRow(height_mm, grow, table, is_head, keep_next, self.break_next))
        self.break_next = False
        return len(self.rows) - 1

    def cell(self, cell: SketchedCell) -> None:
        """A new cell."""
        self.cells.append(cell)

    def label(self, row: int, rowspan: int, left: float, right: float, label: str) -> None:
        """A label cell; two-character labels are spread when nothing longer stands above or below them."""
        lines = label_lines(label, max(2.0, (right - left - 2 * LABEL_PAD_MM) / EM_MM + 0.05))
        if len(lines) == 1 or all(len(line) <= 4 for line in lines):
            lines = tuple(spread(line) for line in lines)
        self.cells.append(SketchedCell(row, rowspan, left, right, FixedWords(lines), is_label=True))

    def table_head(self, height_mm: float, edges: Sequence[float], labels: Sequence[str]) -> tuple[int, int]:
        """The head row of a new table; returns its number, and the number that the table's rows share."""
        self.tables += 1
        row = self.row(height_mm, table=self.tables, is_head=True, keep_next=True)
        for (at, end), label in zip(pairwise(edges), labels, strict=True):
            lines = label_lines(label, (end - at - 2 * LABEL_PAD_MM) / EM_MM + 0.05)
            if end - at > _SPREAD_HEAD_EM * EM_MM + 2 * LABEL_PAD_MM:
                lines = tuple(spread(line, _SPREAD_HEAD_EM) for line in lines)
            self.cells.append(SketchedCell(row, 1, at, end, FixedWords(lines), is_label=True))
        return row, self.tables

    def beside(self, start: int, span: Span, label: str) -> None:
        """A label in the first label column, beside all rows from one on; none when it is empty or they are none."""
        count = len(self.rows) - start
        if label and count:
            self.label(start, count, span.left, span.inner, label)

    def on_tracks(self, width: float, beside: tuple[float, float] = (0.0, 0.0)) -> Grid:
        """The finished grid.

        Args:
            width: Of the paper between its margins.
            beside: Widths that must find room side by side above the grid, parted by an edge; 0 for nothing.
        """
        places = [0.0, width]
        for cell in self.cells:
            cell.left, cell.right = round(cell.left, 2), round(cell.right, 2)
            places += (cell.left, cell.right)
        left, right = beside
        if left and not any(left <= place <= width - right for place in places):
            places.append(round((width + left - right) / 2, 2) if left + right < width else width / 2)
        stands_for = shared_edges(places)
        edges = sorted(set(stands_for.values()))
        index = {edge: position for position, edge in enumerate(edges)}
        cells = []
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.left)):
            first, last = index[stands_for[cell.left]], index[stands_for[cell.right]]
            cells.append(
                GridCell(
                    cell.row,
                    first,
                    cell.rowspan,
                    max(1, last - first),
                    cell.content,
                    cell.is_label,
                    cell.valign,
                    cell.open_top,
                    cell.open_bottom,
                    cell.border,
                )
            )
        columns = tuple(round(right - left, 3) for left, right in pairwise(edges))
        return Grid(columns, tuple(self.rows), tuple(cells))


def running(start: float, widths: Sequence[float]) -> list[float]:
    """Edges of columns that stand side by side."""
    return list(accumulate(widths, initial=start))
