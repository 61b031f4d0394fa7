"""Pages: rows get their heights, spare height goes to growing rows, what does not fit continues on further pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from danju.layout.grid import Grid
from danju.layout.heights import (
    FilledCell,
    Need,
    RowHeights,
    drawn,
    needed_heights,
    room_of,
    squeezed,
    text_height_mm,
    tight_heights,
)
from danju.layout.linebreaks import limit_em, wrap
from danju.model.drawing import EDGE_MM, NO_ROWS, Cell, Line, Page, Rows

_LEAST_PIECE_MM = 25.0  # a text is not begun at the foot of a page in less room than this
_LEAST_SHARE = 0.3  # of a page's room: with less on it a last page takes rows from the page before
_KEPT_SHARE = 0.5  # that the page before keeps at least
_MOST_GROWTH = 0.25  # of a page's room that growing rows share on a page whose rows go on behind it
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
class SheetRoom:
    """What the pages of all records of one form have in common; known by its identity.

    Attributes:
        room_mm: Height for the grid on each page.
        notes: Below the grid, on the last page.
        tight_notes: The same where room is short.
        fill_page: Whether growing rows share the last page's spare height.
    """

    room_mm: float
    notes: Rows
    tight_notes: Rows
    fill_page: bool

    @property
    def last_mm(self) -> float:
        """Height for the grid on the last page."""
        return self.room_mm - sum(self.notes.heights_mm)

    @property
    def most_mm(self) -> float:
        """The same with the notes as close together as may be."""
        return self.room_mm - sum(self.tight_notes.heights_mm)


@dataclass(frozen=True, slots=True)
class GridHeights:
    """Heights of a grid's rows with a record in them.

    Attributes:
        rows_mm: Of each row.
        least_mm: Of each row where room is short.
        is_one_page: Whether they stand on one page, which they fill when the form wants it; else pages must be cut.
        is_tight: Whether that takes the tight notes.
    """

    rows_mm: tuple[float, ...]
    least_mm: tuple[float, ...]
    is_one_page: bool
    is_tight: bool = False


def grid_heights(grid: Grid, rows: RowHeights, needs: Sequence[Need], sheet: SheetRoom) -> GridHeights:
    """The heights of a record's rows.

    Args:
        grid: Structure.
        rows: Its heights without the record.
        needs: Of the cells that may need more than these.
        sheet: Room and notes.
    """
    heights = needed_heights(rows.asked, needs)
    least = tuple(tight_heights(rows.least, needs))
    if any(row.new_page for row in grid.rows):
        return GridHeights(tuple(heights), least, is_one_page=False)
    for room_mm in (sheet.last_mm, sheet.most_mm):
        fitting = squeezed(heights, least, room_mm)
        if fitting is not None:
            if sheet.fill_page:
                fitting = _grown(fitting, [row.grow for row in grid.rows], room_mm - sum(fitting))
            return GridHeights(tuple(fitting), least, is_one_page=True, is_tight=room_mm != sheet.last_mm)
    return GridHeights(tuple(heights), least, is_one_page=False)


def make_pages(grid: Grid, heights: GridHeights, filled: Sequence[FilledCell], sheet: SheetRoom) -> tuple[Page, ...]:
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
        return (Page(heights.rows_mm, cells, 0, sheet.tight_notes if heights.is_tight else sheet.notes),)
    return _Paginator(grid, filled, heights, sheet).pages()


def _grown(heights: list[float], shares: list[float], spare_mm: float) -> list[float]:
    total = sum(shares)
    if total <= 0 or spare_mm <= 0:
        return heights
    return [height + spare_mm * share / total for height, share in zip(heights, shares, strict=True)]


class _Paginator:
    """Deals rows out to pages; labels beside several rows and table heads repeat where they are cut."""

    def __init__(self, grid: Grid, filled: Sequence[FilledCell], heights: GridHeights, sheet: SheetRoom) -> None:
        self._grid = grid
        self._sheet = sheet
        self._room = sheet.room_mm
        self._least = heights.least_mm
        self._rows = [
            _Row(index, height, tuple(item for item in filled if item.cell.row == index and item.cell.rowspan == 1))
            for index, height in enumerate(heights.rows_mm)
        ]
        self._spanning = [item for item in filled if item.cell.rowspan > 1]

    def pages(self) -> tuple[Page, ...]:
        dealt, ended_by_author = self._deal()
        self._make_room_for_notes(dealt)
        if len(dealt) - 2 not in ended_by_author:
            self._share_out(dealt)
        last = len(dealt) - 1
        pages = []
        for number, rows in enumerate(dealt):
            by_author = number in ended_by_author or (number == last and number - 1 in ended_by_author)
            most_mm = self._room if by_author else self._room * _MOST_GROWTH if number < last else 0.0
            pages.append(self._page(self._with_heads(rows), number == last, most_mm))
        return tuple(pages)

    def _deal(self) -> tuple[list[list[_Row]], set[int]]:
        """Rows of each page without repeated heads, and the pages that end where the form says so."""
        pages: list[list[_Row]] = [[]]
        ended: set[int] = set()
        queue = deque(self._rows)
        room = self._room
        while queue:
            block = self._block(queue)
            height = _total(block)
            wants_page = self._grid.rows[block[0].source].new_page and bool(pages[-1]) and block[0].is_start
            if height <= room and not wants_page:
                pages[-1] += [queue.popleft() for _ in block]
                room -= height
                continue
            pieces = None
            if not wants_page and (block[0].height_mm > self._room / 2 or not pages[-1]):
                pieces = self._split(block[0], room)
            if pieces is not None:
                queue.popleft()
                queue.appendleft(pieces[1])
                pages[-1].append(pieces[0])
            elif not pages[-1]:
                pages[-1].append(queue.popleft())  # cannot be cut: printed as it is
            if wants_page:
                ended.add(len(pages) - 1)
            if queue:
                pages.append([])
                room = self._room - _total(self._heads_for(queue[0]))
        return pages, ended

    def _make_room_for_notes(self, dealt: list[list[_Row]]) -> None:
        """Squeeze the last page's rows, or move the last of them to a page of their own."""
        rows = self._with_heads(dealt[-1])
        room = self._sheet.last_mm
        if _total(rows) <= room:
            return
        fitting = squeezed([row.height_mm for row in rows], [self._least_of(row) for row in rows], room)
        if fitting is not None:
            lower = [replace(row, height_mm=height) for row, height in zip(rows, fitting, strict=True)]
            dealt[-1] = lower[len(rows) - len(dealt[-1]) :]
            return
        dealt.append([])
        while len(dealt[-2]) > 1 and (not dealt[-1] or _total(self._with_heads(dealt[-2])) > self._room):
            self._move_block(dealt)
        if not dealt[-1]:
            dealt.append([])  # one row that fills its page: the notes stand on the next

    def _share_out(self, dealt: list[list[_Row]]) -> None:
        """Move blocks to a last page on which hardly anything stands."""
        while len(dealt) > 1 and dealt[-1] and dealt[-1][0].is_start:
            block = self._last_block(dealt[-2])
            kept, taken = dealt[-2][: -len(block)], [*block, *dealt[-1]]
            is_bad = not kept or not block[0].is_start or _total(kept) < self._room * _KEPT_SHARE
            if is_bad or _total(dealt[-1]) >= self._room * _LEAST_SHARE:
                return
            if _total(self._with_heads(taken)) > self._sheet.last_mm:
                return
            dealt[-2:] = [kept, taken]

    def _move_block(self, dealt: list[list[_Row]]) -> None:
        block = self._last_block(dealt[-2])
        dealt[-2:] = [dealt[-2][: -len(block)], [*block, *dealt[-1]]]

    def _last_block(self, rows: list[_Row]) -> list[_Row]:
        """The last rows of a page that must stand together."""
        count = 1
        while count < len(rows) and self._grid.rows[rows[-count - 1].source].keep_next:
            count += 1
        return rows[-count:]

    def _least_of(self, row: _Row) -> float:
        return min(row.height_mm, self._least[row.source]) if row.is_start else row.height_mm

    def _block(self, queue: deque[_Row]) -> list[_Row]:
        """The next rows that must stand together; only the first of them when all do not fit a page."""
        block = [queue[0]]
        while self._grid.rows[block[-1].source].keep_next and len(block) < len(queue):
            block.append(queue[len(block)])
        return block if _total(block) <= self._room else block[:1]

    def _split(self, row: _Row, room_mm: float) -> tuple[_Row, _Row] | None:
        """A row in two, its texts cut between lines, the first filling the room; None when that makes no sense."""
        counts = [_fitting(item.drawn.lines, room_mm - 2 * EDGE_MM) for item in row.cells]
        movable = [item for item, count in zip(row.cells, counts, strict=True) if count < len(item.drawn.lines)]
        if room_mm < _LEAST_PIECE_MM or all(item.cell.is_label for item in movable):
            return None
        first, second = [], []
        for item, count in zip(row.cells, counts, strict=True):
            head = tail = item.drawn.lines
            if not item.cell.is_label:
                head, tail = _cut(item.drawn.lines, count, room_of(self._grid, item.cell))
            first.append(_piece(item, head))
            second.append(_piece(item, tail))
        least = min(self._grid.rows[row.source].height_mm, ROW_MM)
        rest_mm = max(least, *(item.height_mm for item in second))
        return (
            _Row(row.source, room_mm, tuple(first), row.is_start),
            _Row(row.source, rest_mm, tuple(second), is_start=False),
        )

    def _with_heads(self, rows: list[_Row]) -> list[_Row]:
        """The rows of a page below the heads that are repeated on it."""
        return [*self._heads_for(rows[0]), *rows] if rows else []

    def _heads_for(self, row: _Row) -> list[_Row]:
        source = self._grid.rows[row.source]
        if not source.table or source.is_head:
            return []
        return [
            each
            for each in self._rows
            if self._grid.rows[each.source].table == source.table and self._grid.rows[each.source].is_head
        ]

    def _page(self, rows: list[_Row], is_last: bool, most_mm: float) -> Page:
        """A page whose growing rows share at most so much of its spare height."""
        heights = [row.height_mm for row in rows]
        if self._sheet.fill_page and most_mm:
            spare = (self._sheet.last_mm if is_last else self._room) - sum(heights)
            heights = _grown(heights, [self._grid.rows[row.source].grow for row in rows], min(spare, most_mm))
        cells = [drawn(item.cell, item.drawn.lines, number, 1) for number, row in enumerate(rows) for item in row.cells]
        for item in self._spanning:
            covered = [
                number
                for number, row in enumerate(rows)
                if item.cell.row <= row.source < item.cell.row + item.cell.rowspan
            ]
            if covered:
                cells.append(drawn(item.cell, item.drawn.lines, covered[0], covered[-1] - covered[0] + 1))
        heads = 0
        while heads < len(rows) and self._grid.rows[rows[heads].source].is_head:
            heads += 1
        cells = [_closed(cell, len(rows)) for cell in cells]
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return Page(tuple(heights), tuple(cells), heads, self._sheet.notes if is_last else NO_ROWS)


def _total(rows: Sequence[_Row]) -> float:
    return sum([row.height_mm for row in rows])


def _closed(cell: Cell, rows: int) -> Cell:
    """The cell with a rule where its page begins or ends."""
    is_open = (cell.open_top and cell.row == 0) or (cell.open_bottom and cell.row + cell.rowspan == rows)
    if not is_open:
        return cell
    ends = cell.row + cell.rowspan == rows
    return cell._replace(open_top=cell.open_top and cell.row > 0, open_bottom=cell.open_bottom and not ends)


def _piece(item: FilledCell, lines: tuple[Line, ...]) -> FilledCell:
    """The cell with some of its lines."""
    return FilledCell(item.cell, item.drawn._replace(lines=lines), text_height_mm(lines))


def _cut(lines: tuple[Line, ...], count: int, room_mm: float) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines before and behind the one of that number.

    The cut moves up where nobody could tell whether it lies inside a paragraph or between two, so that a document
    can be read back.
    """
    wanted = count
    while 0 < count < len(lines) and _looks_like_one(lines[count - 1], lines[count], room_mm):
        count -= 1
    count = count or wanted
    return lines[:count], lines[count:]


def _looks_like_one(before: Line, after: Line, room_mm: float) -> bool:
    """Whether two paragraphs would break between these lines if they were one."""
    if before.end != "paragraph" or len(before.runs) != 1 or len(after.runs) != 1:
        return False
    return wrap(before.text + after.text, limit_em(room_mm, before.runs[0].size_pt))[0] == before.text


def _fitting(lines: Sequence[Line], room_mm: float) -> int:
    used = 0.0
    for count, line in enumerate(lines):
        used += line.height_mm
        if used > room_mm + 1e-6:
            return max(1, count)
    return len(lines)
