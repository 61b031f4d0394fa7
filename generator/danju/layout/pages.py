"""Pages: rows get their heights, spare height goes to growing rows, what does not fit continues on further pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from danju.layout.grid import Grid, GridCell
from danju.layout.measure import MM_PER_PT, metrics, wrap
from danju.model.drawing import Cell, Line, Page, Run

LINE_HEIGHT = 1.45
PAD_MM = 2.0
LABEL_PAD_MM = 1.0
STRUT_PT = 10.5  # type size that every line of a cell is at least as high as
_PAD_V_MM = 1.3  # above and below a cell's text
RULE_MM = 0.2  # the rules left and right take this much of a cell's width
SAFETY_EM = 0.05  # a line is taken to be this much narrower than its cell when lines are counted
_LEAST_ROW_MM = 7.2
_LEAST_PIECE_MM = 25.0  # a text is not begun at the foot of a page in less room than this
ROW_MM = 9.0


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
    return FilledCell(cell, lines, text_height_mm(lines, room_mm), drawn(cell, lines, cell.row, cell.rowspan))


class GridCells(tuple[Cell, ...]):  # noqa: SLOT001 - a tuple has no room for a slot
    """All cells of a grid, in its order, so that renderers may keep what does not depend on the record.

    Attributes:
        grid: Where they stand; its `Words` are the same cells for every record.
    """

    grid: Grid


@dataclass(frozen=True, slots=True)
class _Row:
    """A row on its way to a page."""

    source: int
    height_mm: float
    cells: tuple[FilledCell, ...]
    is_start: bool = True


def room_of(grid: Grid, cell: GridCell) -> float:
    """Width for text in a cell."""
    pad = LABEL_PAD_MM if cell.is_label else PAD_MM
    return sum(grid.columns_mm[cell.column : cell.column + cell.colspan]) - 2 * pad - RULE_MM


def text_height_mm(lines: Sequence[Line], room_mm: float, strut_pt: float = STRUT_PT) -> float:
    """Height that lines need in a cell, padding included; 0 for none. No line is lower than one of `strut_pt`."""
    total = sum([_line_count(line, room_mm) * _line_mm(line, strut_pt) for line in lines])
    return total + 2 * _PAD_V_MM if total else 0.0


def _line_mm(line: Line, strut_pt: float = STRUT_PT) -> float:
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


def needed_heights(grid: Grid, filled: Sequence[FilledCell], least: bool = False) -> list[float]:
    """Height of each row with these texts in it: as the form asks, or the least that still looks well."""
    heights = [_least_mm(row.height_mm) if least else row.height_mm for row in grid.rows]
    spanning = []
    for item in filled:
        cell = item.cell
        if cell.rowspan > 1:
            spanning.append(item)
        elif item.height_mm > heights[cell.row]:
            heights[cell.row] = item.height_mm
    for item in spanning:
        if item.height_mm:
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
        cells = GridCells([item.drawn for item in filled])
        cells.grid = grid
        return (Page(tuple(heights), cells, 0, notes),)
    return _Paginator(grid, filled, heights, room_mm, notes_mm).pages(notes, fill_page)


def _grown(heights: list[float], shares: list[float], spare_mm: float) -> list[float]:
    total = sum(shares)
    if total <= 0 or spare_mm <= 0:
        return heights
    return [height + spare_mm * share / total for height, share in zip(heights, shares, strict=True)]


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
        getattr(cell.content, "path", ""),
    )


class _Paginator:
    """Deals rows out to pages; labels beside several rows and table heads repeat where they are cut."""

    def __init__(
        self, grid: Grid, filled: Sequence[FilledCell], heights: list[float], room_mm: float, notes_mm: float
    ) -> None:
        self._grid = grid
        self._room = room_mm
        self._notes_mm = notes_mm
        self._rows = [
            _Row(index, height, tuple(item for item in filled if item.cell.row == index and item.cell.rowspan == 1))
            for index, height in enumerate(heights)
        ]
        self._spanning = [item for item in filled if item.cell.rowspan > 1]

    def pages(self, notes: tuple[Line, ...], fill_page: bool) -> tuple[Page, ...]:
        dealt, ended_by_author = self._deal()
        self._make_room_for_notes(dealt)
        last = len(dealt) - 1
        return tuple(
            self._page(
                rows, notes if number == last else (), fill_page and (number == last or number in ended_by_author)
            )
            for number, rows in enumerate(dealt)
        )

    def _make_room_for_notes(self, dealt: list[list[_Row]]) -> None:
        """Squeeze the last page's rows, or move the last of them to a page of their own."""
        room = self._room - self._notes_mm
        heights = [row.height_mm for row in dealt[-1]]
        if sum(heights) <= room:
            return
        least = [
            max([_least_mm(row.height_mm), *(item.height_mm for item in row.cells)]) if row.is_start else row.height_mm
            for row in dealt[-1]
        ]
        squeezed = _squeezed(heights, least, room)
        if sum(squeezed) <= room + 1e-6:
            dealt[-1] = [replace(row, height_mm=height) for row, height in zip(dealt[-1], squeezed, strict=True)]
            return
        moved: list[_Row] = []
        while len(dealt[-1]) > 1 and sum(row.height_mm for row in dealt[-1]) > room:
            moved.insert(0, dealt[-1].pop())
            while len(dealt[-1]) > 1 and self._keeps(dealt[-1][-1]):
                moved.insert(0, dealt[-1].pop())
        dealt.append([*self._heads_for(moved[0]), *moved] if moved else [])

    def _deal(self) -> tuple[list[list[_Row]], set[int]]:
        """Rows of each page, and the pages that end where the form says so."""
        pages: list[list[_Row]] = [[]]
        ended: set[int] = set()
        queue = deque(self._rows)
        used = 0.0
        while queue:
            block = self._block(queue)
            height = sum(row.height_mm for row in block)
            wants_page = self._grid.rows[block[0].source].new_page and bool(pages[-1]) and block[0].is_start
            if height <= self._room - used and not wants_page:
                pages[-1] += [queue.popleft() for _ in block]
                used += height
                continue
            pieces = None
            if not wants_page and (block[0].height_mm > self._room / 2 or not pages[-1]):
                pieces = self._split(block[0], self._room - used)
            if pieces is not None:
                queue.popleft()
                queue.appendleft(pieces[1])
                pages[-1].append(pieces[0])
            elif not pages[-1]:
                pages[-1].append(queue.popleft())  # cannot be cut: printed as it is
            if wants_page:
                ended.add(len(pages) - 1)
            if queue:
                heads = self._heads_for(queue[0])
                pages.append(list(heads))
                used = sum(row.height_mm for row in heads)
        return pages, ended

    def _block(self, queue: deque[_Row]) -> list[_Row]:
        """The next rows that must stand together; only the first of them when all do not fit a page."""
        block = [queue[0]]
        while self._keeps(block[-1]) and len(block) < len(queue):
            block.append(queue[len(block)])
        return block if sum(row.height_mm for row in block) <= self._room else block[:1]

    def _split(self, row: _Row, room_mm: float) -> tuple[_Row, _Row] | None:
        """A row in two, its texts cut between lines, the first filling the room; None when that makes no sense."""
        lines = {id(item): _broken_lines(item, room_of(self._grid, item.cell)) for item in row.cells}
        counts = {key: _fitting(found, room_mm - 2 * _PAD_V_MM) for key, found in lines.items()}
        movable = [id(item) for item in row.cells if not item.cell.is_label]
        if room_mm < _LEAST_PIECE_MM or not any(counts[key] < len(lines[key]) for key in movable):
            return None
        first, second = [], []
        for item in row.cells:
            room, count = room_of(self._grid, item.cell), counts[id(item)]
            head = item.lines if item.cell.is_label else tuple(lines[id(item)][:count])
            tail = item.lines if item.cell.is_label else tuple(lines[id(item)][count:])
            first.append(filled_cell(item.cell, head, room))
            second.append(filled_cell(item.cell, tail, room))
        least = self._grid.rows[row.source].height_mm
        rest_mm = max(min(least, ROW_MM), *(item.height_mm for item in second))
        return (
            _Row(row.source, room_mm, tuple(first), row.is_start),
            _Row(row.source, rest_mm, tuple(second), is_start=False),
        )

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
        cells = [drawn(item.cell, item.lines, number, 1) for number, row in enumerate(rows) for item in row.cells]
        for item in self._spanning:
            covered = [
                number
                for number, row in enumerate(rows)
                if item.cell.row <= row.source < item.cell.row + item.cell.rowspan
            ]
            if covered:
                cells.append(drawn(item.cell, item.lines, covered[0], covered[-1] - covered[0] + 1))
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
