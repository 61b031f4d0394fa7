"""Pages: rows get their heights, spare height goes to growing rows, what does not fit continues on further pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from danju.layout.grid import Grid
from danju.layout.heights import (
    PAD_V_MM,
    SAFETY_EM,
    FilledCell,
    Need,
    RowHeights,
    drawn,
    filled_cell,
    least_mm,
    line_mm,
    needed_heights,
    room_of,
    squeezed,
)
from danju.layout.measure import MM_PER_PT, wrap
from danju.model.drawing import Cell, Line, Page, Run

_LEAST_PIECE_MM = 25.0  # a text is not begun at the foot of a page in less room than this
ROW_MM = 9.0


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


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What the pages of all records of one form have in common; known by its identity.

    Attributes:
        room_mm: Height for the grid on each page.
        notes: Lines below the grid, on the last page.
        notes_mm: Their height.
        fill_page: Whether growing rows share the last page's spare height.
    """

    room_mm: float
    notes: tuple[Line, ...]
    notes_mm: float
    fill_page: bool


@dataclass(frozen=True, slots=True)
class GridHeights:
    """Heights of a grid's rows with a record in them.

    Attributes:
        rows_mm: Of each row.
        is_one_page: Whether they stand on one page, which they fill when the form wants it; else pages must be cut.
    """

    rows_mm: tuple[float, ...]
    is_one_page: bool


def grid_heights(grid: Grid, rows: RowHeights, needs: Sequence[Need], sheet: Sheet) -> GridHeights:
    """The heights of a record's rows.

    Args:
        grid: Structure.
        rows: Its heights without the record.
        needs: Of the cells that may need more than these.
        sheet: Room and notes.
    """
    heights = needed_heights(rows.asked, needs)
    room_mm = sheet.room_mm - sheet.notes_mm
    breaks = any(row.new_page for row in grid.rows)
    if not breaks and sum(heights) > room_mm:
        heights = squeezed(heights, needed_heights(rows.least, needs), room_mm - 0.01)
    total = sum(heights)
    is_one_page = total <= room_mm and not breaks
    if is_one_page and sheet.fill_page:
        heights = _grown(heights, [row.grow for row in grid.rows], room_mm - total)
    return GridHeights(tuple(heights), is_one_page)


def make_pages(grid: Grid, heights: GridHeights, filled: Sequence[FilledCell], sheet: Sheet) -> tuple[Page, ...]:
    """The pages of a record.

    Args:
        grid: Structure.
        heights: Of its rows with the record in them.
        filled: Every cell with its lines.
        sheet: Room and notes.
    """
    if heights.is_one_page:
        cells = GridCells([item.drawn for item in filled])
        cells.grid = grid
        return (Page(heights.rows_mm, cells, 0, sheet.notes),)
    return _Paginator(grid, filled, heights.rows_mm, sheet).pages()


def _grown(heights: list[float], shares: list[float], spare_mm: float) -> list[float]:
    total = sum(shares)
    if total <= 0 or spare_mm <= 0:
        return heights
    return [height + spare_mm * share / total for height, share in zip(heights, shares, strict=True)]


class _Paginator:
    """Deals rows out to pages; labels beside several rows and table heads repeat where they are cut."""

    def __init__(self, grid: Grid, filled: Sequence[FilledCell], heights: Sequence[float], sheet: Sheet) -> None:
        self._grid = grid
        self._sheet = sheet
        self._room = sheet.room_mm
        self._notes_mm = sheet.notes_mm
        self._rows = [
            _Row(index, height, tuple(item for item in filled if item.cell.row == index and item.cell.rowspan == 1))
            for index, height in enumerate(heights)
        ]
        self._spanning = [item for item in filled if item.cell.rowspan > 1]

    def pages(self) -> tuple[Page, ...]:
        notes, fill_page = self._sheet.notes, self._sheet.fill_page
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
            max([least_mm(row.height_mm), *(item.height_mm for item in row.cells)]) if row.is_start else row.height_mm
            for row in dealt[-1]
        ]
        lower = squeezed(heights, least, room)
        if sum(lower) <= room + 1e-6:
            dealt[-1] = [replace(row, height_mm=height) for row, height in zip(dealt[-1], lower, strict=True)]
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
        broken = {id(item): _broken_lines(item, room_of(self._grid, item.cell)) for item in row.cells}
        fit_mm = room_mm - 2 * PAD_V_MM
        counts = {key: _fitting([*chain.from_iterable(found)], fit_mm) for key, found in broken.items()}
        movable = [id(item) for item in row.cells if not item.cell.is_label]
        if room_mm < _LEAST_PIECE_MM or not any(counts[key] < sum(map(len, broken[key])) for key in movable):
            return None
        first, second = [], []
        for item in row.cells:
            room = room_of(self._grid, item.cell)
            head, tail = item.lines, item.lines
            if not item.cell.is_label:
                head, tail = _cut(broken[id(item)], counts[id(item)], room)
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


def _broken_lines(item: FilledCell, room_mm: float) -> list[list[Line]]:
    """The lines of each paragraph of a cell, so that it can be cut anywhere."""
    paragraphs: list[list[Line]] = []
    for line in item.lines:
        if len(line.runs) != 1:
            paragraphs.append([line])
            continue
        run = line.runs[0]
        texts = wrap(run.text, _limit_em(run, room_mm))
        paragraphs.append([Line((replace_text(run, text),), line.align) for text in texts])
    return paragraphs


def _limit_em(run: Run, room_mm: float) -> float:
    return room_mm / (run.size_pt * MM_PER_PT) - SAFETY_EM


def _cut(paragraphs: list[list[Line]], count: int, room_mm: float) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The paragraphs before and behind the line of that number; one that is cut stays a paragraph on either side.

    The cut moves up where nobody could tell whether it lies inside a paragraph or between two, so that a document
    can be read back.
    """
    origin = [(number, line) for number, lines in enumerate(paragraphs) for line in lines]
    wanted = count
    while 0 < count < len(origin) and _looks_like_one(origin[count - 1], origin[count], room_mm):
        count -= 1
    pieces = origin[: count or wanted], origin[count or wanted :]
    head, tail = (tuple(_joined(piece, number) for number in _numbers(piece)) for piece in pieces)
    return head, tail


def _numbers(lines: list[tuple[int, Line]]) -> list[int]:
    return list(dict.fromkeys(number for number, _ in lines))


def _joined(lines: list[tuple[int, Line]], number: int) -> Line:
    """The lines of one paragraph as a paragraph again."""
    own = [line for each, line in lines if each == number]
    if len(own) == 1:
        return own[0]
    return Line((replace_text(own[0].runs[0], "".join(line.text for line in own)),), own[0].align)


def _looks_like_one(before: tuple[int, Line], after: tuple[int, Line], room_mm: float) -> bool:
    """Whether two paragraphs would break between these lines if they were one."""
    if before[0] == after[0] or len(before[1].runs) != 1 or len(after[1].runs) != 1:
        return False
    text, limit = before[1].text, _limit_em(before[1].runs[0], room_mm)
    return wrap(text + after[1].text, limit)[0] == text


def replace_text(run: Run, text: str) -> Run:
    """The run with other words in the same look."""
    return replace(run, text=text)


def _fitting(lines: Sequence[Line], room_mm: float) -> int:
    used = 0.0
    for count, line in enumerate(lines):
        used += line_mm(line)
        if used > room_mm + 1e-6:
            return max(1, count)
    return len(lines)
