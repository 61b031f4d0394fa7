"""The cells of a form sheet as regions: a merged range is one cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from danju.location import Location
from danju.readers.table.sheets import Sheet, is_empty

__all__ = ["FormGrid", "Region"]

MAX_ROWS = 500
MAX_COLUMNS = 256
_LOST_WIDTH = 2


@dataclass(frozen=True, slots=True)
class Region:
    """A cell or merged range, 0-based, inclusive."""

    top: int
    left: int
    bottom: int
    right: int
    value: object

    @property
    def key(self) -> tuple[int, int]:
        """Its top-left cell."""
        return self.top, self.left


class FormGrid:
    """The used part of a sheet."""

    def __init__(self, sheet: Sheet, max_rows: int = MAX_ROWS) -> None:
        self.sheet = sheet
        rows = [row[:MAX_COLUMNS] for _, row in zip(range(max_rows), sheet.open_rows(), strict=False)]
        self.values = {
            (index, column): value
            for index, row in enumerate(rows)
            for column, value in enumerate(row)
            if not is_empty(value)
        }
        self.height = max((row for row, _ in self.values), default=-1) + 1
        self.width = max((column for _, column in self.values), default=-1) + 1
        self._owners: dict[tuple[int, int], Region] = {}
        for merge in sheet.merges:
            if merge.top < max_rows and merge.left < MAX_COLUMNS:
                self._claim(merge.top, merge.left, min(merge.bottom, max_rows), min(merge.right, MAX_COLUMNS))

    def _claim(self, top: int, left: int, bottom: int, right: int) -> None:
        """Makes a merged range one region; what reaches beyond the used rows matters to nobody."""
        if (top, left) in self.values:
            self.width = max(self.width, right + 1)
        region = Region(top, left, bottom, right, self.values.get((top, left)))
        for row in range(top, min(bottom, self.height) + 1):
            for column in range(left, right + 1):
                self._owners.setdefault((row, column), region)

    def region(self, row: int, column: int) -> Region:
        """The region that covers a cell."""
        return self._owners.get((row, column)) or Region(row, column, row, column, self.values.get((row, column)))

    def iter_filled(self) -> Iterator[Region]:
        """Regions with a value, row by row."""
        for row, column in sorted(self.values):
            region = self.region(row, column)
            if region.key == (row, column):
                yield region

    def right_of(self, region: Region) -> Region | None:
        """The region beginning at the right of another's first row, or None at the edge."""
        return self.region(region.top, region.right + 1) if region.right + 1 < self.width else None

    def value_cell(self, label: Region) -> Region | None:
        """The cell at the right of a label; where merged cells were lost (CSV), the next filled one close by."""
        right = self.right_of(label)
        if self._owners:
            return right
        first = right
        for _ in range(_LOST_WIDTH):
            if right is None or right.value is not None:
                break
            right = self.right_of(right)
        return first if right is None or right.value is None else right

    def below(self, region: Region) -> Region | None:
        """The region under another's first column, or None at the edge."""
        return self.region(region.bottom + 1, region.left) if region.bottom + 1 < self.height else None

    def is_blank_row(self, row: int) -> bool:
        """Whether no cell of the row holds anything."""
        return not any(is_empty(self.region(row, column).value) is False for column in range(self.width))

    def location(self, region: Region) -> Location:
        """Where the region stands."""
        return self.sheet.location(region.top, region.left)
