"""Registers by the short road: chunks of rows about which there is nothing to say, beside those that take the long one.

A row that certainly begins a record waits, with its continuation rows, in a chunk; the chunk is read column by column
(`plain_rows`). Records that are doubtful then are put together from their rows again, by the long road. Headers further
down, totals, notes and merges are the long road's business: `RegisterReader` decides about every row that is not plain.
"""

from __future__ import annotations

from collections.abc import Iterator

from danju.issues import Issue
from danju.location import Location
from danju.model.record import RawRecord
from danju.readers.meaning.header import Header
from danju.readers.meaning.headings import Headings
from danju.readers.meaning.records import RecordBuilder
from danju.readers.reading import PlainRecord
from danju.readers.registers.plain_rows import PlainRows, RowGroup
from danju.readers.registers.plan import RegisterPlan
from danju.readers.registers.register import RegisterReader
from danju.readers.registers.row_record import Cells, MergedColumns, filled
from danju.readers.table.sheets import Row, Sheet, is_empty
from danju.rules.plain_records import PlainCheck

__all__ = ["read_checked_register"]

_CHUNK = 512  # records read together
_NO_MERGES = MergedColumns((), 0)


def read_checked_register(
    sheet: Sheet, header: Header, headings: Headings, issues: list[Issue], check: PlainCheck
) -> Iterator[RawRecord | PlainRecord]:
    """The records of a register; those without a doubt are checked already.

    Args:
        issues: Receives what concerns the whole sheet, complete when the iterator ends.
        check: Of the register's form.
    """
    return _PlainRegister(RegisterReader(sheet, header, headings, issues), check).iter_entries()


class _PlainRegister:
    """One register on its way through the short road.

    Attributes:
        waiting: Records read but not given yet, in order.
        open: The last of them, when its rows are not complete; the reader's current record is None then.
    """

    def __init__(self, reader: RegisterReader, check: PlainCheck) -> None:
        self.reader = reader
        self.check = check
        self.waiting: list[RawRecord | RowGroup] = []
        self.open: RowGroup | None = None
        self._follow(reader.plan)

    def _follow(self, plan: RegisterPlan) -> None:
        """Goes by another plan."""
        self.plan = plan
        self.plain = PlainRows(plan, self.reader.rows.defaults, self.check)
        self.width = self.plain.width
        self.positions = sorted(column.position for column in (*plan.own, *plan.rows))
        self.sure = sorted(plan.leftovers.required) if self.plain.is_possible else []
        self.unnoted = self.reader.unnoted_columns()

    def iter_entries(self) -> Iterator[RawRecord | PlainRecord]:
        """The records, in order."""
        reader = self.reader
        for index, row in reader.iter_data_rows():
            if len(row) < self.width:
                row += [None] * (self.width - len(row))
            if self._begins(row):
                self._end_current()
                self._wait(index, row)
            else:
                self._take(index, row)
                if reader.plan is not self.plan:
                    yield from self._settle()
                    self._follow(reader.plan)
            if len(self.waiting) >= _CHUNK:
                yield from self._settle()
        self._end_current()
        yield from self._settle()
        reader.note_end()

    def _begins(self, row: Row) -> bool:
        """Whether the row certainly begins a record: it fills what tells records from totals, notes and headers.

        See `LeftoverRule`: a row that has every required text can only be a signature line, which has a colon in every
        cell; a header has texts only.
        """
        sure = self.sure
        if len(sure) < 2 or not self.reader.merged.is_over():
            return False
        for position in sure:
            cell = row[position]
            if cell is None or cell == "":
                return False
        cell = row[sure[0]]
        if is_empty(cell):
            return False
        for position in self.unnoted:
            if position < len(row) and not (row[position] is None or row[position] == ""):
                return False
        column = 0
        while (first := row[column]) is None or first == "":
            column += 1
        if not isinstance(first, str):
            return True
        if not isinstance(cell, str) or ":" in cell or "：" in cell:
            return False
        return any(not isinstance(row[position], str) for position in sure) or not self.reader.may_be_heading(
            column, first
        )

    def _wait(self, index: int, row: Row) -> None:
        self.open = RowGroup(index, self.reader.next_number(), row)
        self.waiting.append(self.open)

    def _take(self, index: int, row: Row) -> None:
        """Puts any row where it belongs."""
        reader = self.reader
        cells = filled(row)
        plan = reader.plan
        is_record = reader.is_record_row(index, row, cells)
        if reader.plan is not plan:
            self._reopen(plan)
        self.unnoted = reader.unnoted_columns()
        if not is_record:
            return
        if not self.plain.is_possible:
            self._take_long(index, cells)
        elif self.open is not None and reader.continues(cells):
            if self._is_plain_addition(cells):
                self.open.more.append((index, row))
            else:
                self._reopen(plan)
                self._take_long(index, cells)
        elif (reader.current is not None and reader.continues(cells)) or self._repeats(cells):
            self._take_long(index, cells)
        else:
            self._end_current()
            self._wait(index, row)

    def _take_long(self, index: int, cells: Cells) -> None:
        if not (self.reader.current is not None and self.reader.continues(cells)):
            self.open = None
        ended = self.reader.take_row(index, cells)
        if ended is not None:
            self.waiting.append(ended)

    def _is_plain_addition(self, cells: Cells) -> bool:
        """Whether a continuation row only has cells of its own tables, none of them merged from above."""
        plan, merged = self.plan, self.reader.merged
        if any(column.position in cells for column in plan.own):
            return False
        return all(column.position in cells or merged.value(column.position) is None for column in plan.rows)

    def _repeats(self, cells: Cells) -> bool:
        """Whether a record that begins takes a value merged from a row above."""
        merged = self.reader.merged
        if not merged.has_any():
            return False
        empty = (column for column in self.plan.rows if column.position not in cells)
        return any(merged.value(column.position) is not None for column in (*self.plan.own, *empty))

    def _end_current(self) -> None:
        ended = self.reader.end_record()
        if ended is not None:
            self.waiting.append(ended)
        self.open = None

    def _reopen(self, plan: RegisterPlan) -> None:
        """Sends the open record down the long road."""
        if self.open is not None:
            self.waiting.pop()
            self.reader.current = self._builder(self.open, plan)
            self.open = None

    def _builder(self, group: RowGroup, plan: RegisterPlan) -> RecordBuilder:
        rows = self.reader.rows
        builder = rows.begin(plan, _NO_MERGES, group.index, filled(group.row), group.number)
        for index, row in group.more:
            rows.go_on(builder, plan, _NO_MERGES, index, filled(row))
        return builder

    def _settle(self) -> Iterator[RawRecord | PlainRecord]:
        """The records that wait, but for the open one."""
        entries = self.waiting
        self.waiting = []
        if self.open is not None:
            entries.pop()
            self.waiting.append(self.open)
        groups = [entry for entry in entries if isinstance(entry, RowGroup)]
        found = iter(self.plain.read(groups) if groups else ())
        for entry in entries:
            if isinstance(entry, RawRecord):
                yield entry
                continue
            values = next(found)
            if values is None:
                yield self.reader.rows.finish(self._builder(entry, self.plan))
            else:
                yield PlainRecord(self._location(entry), values)

    def _location(self, group: RowGroup) -> Location:
        row = group.row
        first = next(at for at in self.positions if not (row[at] is None or row[at] == ""))
        return self.reader.rows.location(group.index, first, group.number)
