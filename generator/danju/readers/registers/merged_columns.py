"""Vertical merges of a register, as its rows pass by."""

from __future__ import annotations

from collections.abc import Iterable

from danju.readers.spreadsheets.cells import is_empty
from danju.readers.spreadsheets.sheets import Merge, Row

__all__ = ["MergedColumns"]


class MergedColumns:
    """Knows, for the row at hand, which columns show a value merged from a row above."""

    def __init__(self, merges: Iterable[Merge], first_row: int) -> None:
        self._starts: dict[int, list[Merge]] = {}
        self._banners: dict[int, Merge] = {}
        for merge in merges:
            if merge.bottom < first_row:
                continue
            if merge.bottom > merge.top:
                self._starts.setdefault(merge.top, []).append(merge)
            if merge.right > merge.left:
                self._banners[merge.top] = max(
                    merge, self._banners.get(merge.top, merge), key=lambda each: each.right - each.left
                )
        self._order = sorted(self._starts)
        self._next = 0
        self._row = -1
        self._open: dict[int, tuple[Merge, object]] = {}

    def advance(self, index: int, row: Row) -> None:
        """Moves on to a row; earlier rows must have been blank or seen."""
        self._row = index
        for column in [column for column, (merge, _) in self._open.items() if merge.bottom < index]:
            del self._open[column]
        while self._next < len(self._order) and self._order[self._next] <= index:
            top = self._order[self._next]
            self._next += 1
            for merge in self._starts.pop(top):
                if top == index and merge.bottom >= index:
                    value = row[merge.left] if merge.left < len(row) else None
                    self._open[merge.left] = merge, value

    def is_over(self) -> bool:
        """Whether no vertical merge reaches the row last seen or any below."""
        return not self._open and self._next >= len(self._order)

    def has_any(self) -> bool:
        """Whether any vertical merge reaches the row."""
        return bool(self._open)

    def covers(self, column: int) -> bool:
        """Whether the column's cell is merged into one above that has a value."""
        held = self._open.get(column)
        return held is not None and held[0].top < self._row and not is_empty(held[1])

    def value(self, column: int) -> tuple[int, object] | None:
        """Row and value of the cell above that the column's cell is merged into, or None."""
        held = self._open.get(column)
        return (held[0].top, held[1]) if held is not None and self.covers(column) else None

    def is_banner(self, index: int, column: int, width: int) -> bool:
        """Whether a cell of the row is merged over at least half of the register's columns."""
        merge = self._banners.get(index)
        return merge is not None and merge.left == column and 2 * (merge.right - merge.left + 1) >= max(width, 2)
