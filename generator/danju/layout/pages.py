"""Pages: rows get their heights, spare height goes to growing rows, what does not fit continues on further pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from danju.layout.grid import Grid, GridCell
from danju.layout.measure import MM_PER_PT, metrics, wrap
from danju.model.drawing import Cell, Line, Page, Run

LINE_HEIGHT = 1.45
PAD_MM = 2.0
LABEL_PAD_MM = 1.0
_PAD_V_MM = 1.3  # above and below a cell's text
RULE_MM = 0.2  # the rules left and right take this much of a cell's width
SAFETY_EM = 0.05  # a line is taken to be this much narrower than its cell when lines are counted
_LEAST_ROW_MM = 7.2


@dataclass(frozen=True, slots=True)
class FilledCell:
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
    return FilledCell(cell, lines, text_height_mm(lines, room_mm), _drawn(cell, lines, cell.row, cell.rowspan))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row on its way to a page."""

    source: int
    height_mm: float
    cells: tuple[FilledCell, ...]


def room_of(grid: Grid, cell: GridCell) -> float:
    """Width for text in a cell."""
    pad = LABEL_PAD_MM if cell.is_label else PAD_MM
    return sum(grid.columns_mm[cell.column : cell.column + cell.colspan]) - 2 * pad - RULE_MM


def text_height_mm(lines: Sequence[Line], room_mm: float) -> float:
    """Height that lines need in a cell, padding included; 0 for none."""
    total = sum(_line_count(line, room_mm) * _line_mm(line) for line in lines)
    return total + 2 * _PAD_V_MM if total else 0.0


def _line_mm(line: Line) -> float:
    return max((run.size_pt for run in line.runs), default=10.5) * LINE_HEIGHT * MM_PER_PT


def _line_count(line: Line, room_mm: float) -> int:
    if not line.runs:
        return 1
    if len(line.runs) == 1:
        limit = room_mm / (line.runs[0].size_pt * MM_PER_PT) - SAFETY_EM
        return 1 if len(line.runs[0].text) <= limit else len(wrap(line.runs[0].text, limit))
    width = sum(metrics(run.bold).width(run.text) * run.size_pt for run in line.runs) * MM_PER_PT
    return max(1, -(-int(width * 100) // int(room_mm * 100)))


def needed_heights(grid: Grid, filled: Sequence[FilledCell], least: bool = False) -> list[float]:
    """Height of each row with these texts in it: as the form asks, or the least that still looks well."""
    heights = [_least_mm(row.height_mm) if least else row.height_mm for row in grid.rows]
    for item in filled:
        if item.cell.rowspan == 1 and item.height_mm > heights[item.cell.row]:
            heights[item.cell.row] = item.height_mm
    for item in filled:
        if item.cell.rowspan > 1:
            rows = range(item.cell.row, item.cell.row + item.cell.rowspan)
            lack = item.height_mm - sum(heights[row] for row in rows)
            if lack > 0:
                heights[rows[-1]] += lack
    return heights


def _least_mm(asked_mm: float) -> float:
    """How far a row may be squeezed so that a form stays on one page."""
    return min(asked_mm, max(_LEAST_ROW_MM, asked_mm * 0.6))


def _squeezed(heights: list[float], least: list[float], room_mm: float) -> list[float]:
    """Heights between asked and least that just fit; the asked ones when even the least do not."""
    over = sum(heights) - room_mm
    play = sum(heights) - sum(least)
    if over <= 0 or play < over:
        return heights
    return [height - (height - low) * over / play for height, low in zip(heights, least, strict=True)]


def make_pages(
    grid: Grid, filled: Sequence[FilledCell], room_mm: float, notes: tuple[Line, ...], notes_mm: float, fill_page: bool
) -> tuple[Page, ...]:
    """The pages of a record.

    Args:
        grid: Structure.
        filled: Every cell with its lines.
        room_mm: Height for the grid on each page.
        notes: Lines below the grid, on the last page.
        notes_mm: Their height.
        fill_page: Whether growing rows share the last page's spare height.
    """
    heights = needed_heights(grid, filled)
    breaks = any(row.new_page for row in grid.rows)
    if not breaks and sum(heights) > room_mm - notes_mm:
        heights = _squeezed(heights, needed_heights(grid, filled, least=True), room_mm - notes_mm - 0.01)
    total = sum(heights)
    if total <= room_mm - notes_mm and not breaks:
        if fill_page:
            heights = _grown(heights, [row.grow for row in grid.rows], room_mm - notes_mm - total)
        cells = tuple(item.drawn for item in filled)
        return (Page(tuple(heights), cells, 0, notes),)
    return _Paginator(grid, filled, heights, room_mm, notes_mm).pages(notes, fill_page)


def _grown(heights: list[float], shares: list[float], spare_mm: float) -> list[float]:
    total = sum(shares)
    if total <= 0 or spare_mm <= 0:
        return heights
    return [height + spare_mm * share / total for height, share in zip(heights, shares, strict=True)]


def _drawn(cell: GridCell, lines: tuple[Line, ...], row: int, rowspan: int) -> Cell:
    path = getattr(cell.content, "path", "")
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
        path,
    )


class _Paginator:
    """Deals rows out to pages; labels beside several rows and table heads repeat where they are cut."""

    def __init__(
        self, grid: Grid, filled: Sequence[FilledCell], heights: list[float], room_mm: float, notes_mm: float
    ) -> None:
        self._grid = grid
        self._room = room_mm
        self._notes_mm = notes_mm
        self._rows: list[_Row] = []
        for index in range(len(grid.rows)):
            own = tuple(item for item in filled if item.cell.row == index and item.cell.rowspan == 1)
            self._rows.extend(self._cut(_Row(index, heights[index], own)))
        self._spanning = [item for item in filled if item.cell.rowspan > 1]

    def pages(self, notes: tuple[Line, ...], fill_page: bool) -> tuple[Page, ...]:
        dealt = self._deal()
        if sum(row.height_mm for row in dealt[-1]) > self._room - self._notes_mm:
            dealt.append([])
        pages = []
        for number, rows in enumerate(dealt):
            last = number == len(dealt) - 1
            pages.append(self._page(rows, notes if last else (), fill_page and last and bool(rows)))
        return tuple(pages)

    def _cut(self, row: _Row) -> list[_Row]:
        """A row taller than a page becomes several, its long texts cut between lines."""
        limit = self._room * 0.92
        if row.height_mm <= limit:
            return [row]
        pieces: list[_Row] = []
        rest = {id(item): _broken_lines(item, room_of(self._grid, item.cell)) for item in row.cells}
        while any(rest.values()):
            taken = []
            used = 0.0
            for item in row.cells:
                lines = rest[id(item)]
                count = _fitting(lines, limit - 2 * _PAD_V_MM)
                shown = item.lines if item.cell.is_label else tuple(lines[:count])
                taken.append(filled_cell(item.cell, shown, room_of(self._grid, item.cell)))
                used = max(used, sum(_line_mm(line) for line in lines[:count]) + 2 * _PAD_V_MM)
                rest[id(item)] = [] if item.cell.is_label else lines[count:]
            pieces.append(_Row(row.source, max(used, 9.0), tuple(taken)))
        return pieces or [row]

    def _deal(self) -> list[list[_Row]]:
        pages: list[list[_Row]] = [[]]
        used = 0.0
        index = 0
        while index < len(self._rows):
            block = [self._rows[index]]
            while self._keeps(block[-1]) and index + len(block) < len(self._rows):
                block.append(self._rows[index + len(block)])
            height = sum(row.height_mm for row in block)
            if height > self._room:
                block, height = block[:1], block[0].height_mm
            forced = self._grid.rows[block[0].source].new_page and bool(pages[-1])
            if forced or (pages[-1] and used + height > self._room):
                heads = self._heads_for(block[0])
                pages.append(list(heads))
                used = sum(row.height_mm for row in heads)
            pages[-1].extend(block)
            used += height
            index += len(block)
        return pages

    def _keeps(self, row: _Row) -> bool:
        return self._grid.rows[row.source].keep_next

    def _heads_for(self, row: _Row) -> list[_Row]:
        source = self._grid.rows[row.source]
        if not source.table or source.is_head:
            return []
        return [
            each
            for each in self._rows
            if self._grid.rows[each.source].table == source.table and self._grid.rows[each.source].is_head
        ]

    def _page(self, rows: list[_Row], notes: tuple[Line, ...], fill_page: bool) -> Page:
        heights = [row.height_mm for row in rows]
        if fill_page:
            spare = self._room - self._notes_mm - sum(heights)
            heights = _grown(heights, [self._grid.rows[row.source].grow for row in rows], spare)
        cells = [_drawn(item.cell, item.lines, number, 1) for number, row in enumerate(rows) for item in row.cells]
        for item in self._spanning:
            covered = [
                number
                for number, row in enumerate(rows)
                if item.cell.row <= row.source < item.cell.row + item.cell.rowspan
            ]
            if covered:
                cells.append(_drawn(item.cell, item.lines, covered[0], covered[-1] - covered[0] + 1))
        heads = 0
        while heads < len(rows) and self._grid.rows[rows[heads].source].is_head:
            heads += 1
        return Page(tuple(heights), tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), heads, notes)


def _broken_lines(item: FilledCell, room_mm: float) -> list[Line]:
    """The cell's paragraphs as single lines, so that they can be cut anywhere."""
    lines: list[Line] = []
    for line in item.lines:
        if len(line.runs) != 1:
            lines.append(line)
            continue
        run = line.runs[0]
        limit = room_mm / (run.size_pt * MM_PER_PT) - SAFETY_EM
        lines.extend(Line((replace_text(run, text),), line.align) for text in wrap(run.text, limit))
    return lines


def replace_text(run: Run, text: str) -> Run:
    """The run with other words in the same look."""
    return replace(run, text=text)


def _fitting(lines: Sequence[Line], room_mm: float) -> int:
    used = 0.0
    for count, line in enumerate(lines):
        used += _line_mm(line)
        if used > room_mm + 1e-6:
            return max(1, count)
    return len(lines)
