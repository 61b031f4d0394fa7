"""The neutral picture of a spreadsheet that every tabular reader works on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from danju.location import Location, cell_name
from danju.readers.spreadsheets.cells import is_empty

__all__ = ["Merge", "Row", "Sheet"]

Row = list[object]
"""Values of a row from column A; empty cells are None or "". Rows may differ in length."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, 0-based, inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet, or a CSV file.

    Attributes:
        source: File name as the user gave it.
        name: Title, or None for CSV.
        is_visible: False for hidden sheets.
        merges: Merged ranges; the value stands in the top-left cell.
        open_rows: Gives a fresh iterator over all rows from row 1.
    """

    source: str
    name: str | None
    is_visible: bool
    merges: tuple[Merge, ...]
    open_rows: Callable[[], Iterator[Row]]
    _head: list[Row] = field(default_factory=list)
    _has_head: bool = False

    def location(self, row: int | None = None, column: int = 0) -> Location:
        """The sheet, or one of its cells (0-based)."""
        return Location(self.source, self.name, None if row is None else cell_name(row, column))

    def head(self, count: int = 60) -> list[Row]:
        """The first rows, remembered for the several looks that recognition takes."""
        if not self._has_head:
            rows = self.open_rows()
            self._head = [row for _, row in zip(range(count), rows, strict=False)]
            self._has_head = True
        return self._head

    def is_blank(self) -> bool:
        """True when no cell holds anything."""
        if any(not is_empty(value) for row in self.head() for value in row):
            return False
        return all(is_empty(value) for row in self.open_rows() for value in row)
