"""The rows of one register record, put together cell by cell with their places; vertical merges as rows pass by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from danju.location import Location
from danju.model.record import RawRecord, RawValue
from danju.ooxml.addresses import column_letters
from danju.readers.meaning.header import HeaderColumn
from danju.readers.meaning.records import RecordBuilder
from danju.readers.meaning.targets import Target
from danju.readers.registers.plan import RegisterPlan
from danju.readers.table.sheets import BrokenCell, Merge, Row, Sheet, is_empty

__all__ = ["Cells", "MergedColumns", "RowAssembler", "filled"]


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


Cells = dict[int, object]
"""Filled cells of a row by column, in order."""


def filled(row: Sequence[object]) -> Cells:
    """The cells of a row that hold anything, blanks included."""
    return {column: value for column, value in enumerate(row) if value is not None and value != ""}


@dataclass(slots=True)
class RowAssembler:
    """Puts the cells of rows where the plan says.

    Attributes:
        sheet: Where the rows stand.
        defaults: Values said once above the header.
    """

    sheet: Sheet
    defaults: Sequence[tuple[Target, object, Location]]
    _letters: list[str] = field(default_factory=lambda: [column_letters(column) for column in range(64)])

    def begin(self, plan: RegisterPlan, merged: MergedColumns, index: int, cells: Cells, number: int) -> RecordBuilder:
        """A record that begins in a row.

        Args:
            merged: As of that row.
            index: 0-based row.
            cells: At least one of them in a column with a meaning.
            number: 1-based count of the record in its sheet.
        """
        first = min(column.position for column in (*plan.own, *plan.rows) if column.position in cells)
        started = RecordBuilder(self.location(index, first, number), plan.columns)
        plain = plan.plain
        for column in plan.own:
            position = column.position
            if position not in cells:
                continue
            value, name = cells[position], plain.get(position)
            if name is not None and not isinstance(value, BrokenCell):
                started.put_node(name, RawValue(value, self.location(index, position)))
            else:
                started.put(column.targets, value, self.location(index, position))
        self._put_repeated(plan, merged, started, index)
        self._put_rows(plan, merged, started, index, cells)
        return started

    def go_on(self, record: RecordBuilder, plan: RegisterPlan, merged: MergedColumns, index: int, cells: Cells) -> None:
        """Adds a continuation row."""
        record.row += 1
        self._put_rows(plan, merged, record, index, cells)
        for column in plan.own:
            if column.position in cells:
                self._append(record, column, index, cells[column.position])

    def finish(self, record: RecordBuilder) -> RawRecord:
        """The record with what was said once for all."""
        for target, value, location in self.defaults:
            if not record.has(target):
                record.put((target,), value, location)
        return record.finish()

    def location(self, row: int, column: int, record: int | None = None) -> Location:
        """A cell of the sheet (0-based), perhaps as the beginning of a record."""
        letters = self._letters[column] if column < 64 else column_letters(column)
        return Location(self.sheet.source, self.sheet.name, f"{letters}{row + 1}", None, None, record)

    def _put_rows(
        self, plan: RegisterPlan, merged: MergedColumns, record: RecordBuilder, index: int, cells: Cells
    ) -> None:
        given = [column for column in plan.rows if column.position in cells]
        if not given:
            return
        for column in given:
            record.put(column.targets, cells[column.position], self.location(index, column.position))
        for column in plan.rows:
            if column.position not in cells and (held := merged.value(column.position)) is not None:
                record.put(column.targets, held[1], self.location(held[0], column.position))

    def _put_repeated(self, plan: RegisterPlan, merged: MergedColumns, record: RecordBuilder, index: int) -> None:
        """Values merged over several records, e.g. one visitor for three visits."""
        if not merged.has_any():
            return
        for column in plan.own:
            held = merged.value(column.position)
            if held is not None and held[0] < index and not record.has(column.targets[0]):
                record.put(column.targets, held[1], self.location(held[0], column.position))

    def _append(self, record: RecordBuilder, column: HeaderColumn, index: int, value: object) -> None:
        location = self.location(index, column.position)
        if len(column.targets) == 1 and column.targets[0].table is None:
            record.append_text(column.targets[0], value, location)
        else:
            record.put(column.targets, value, location)
