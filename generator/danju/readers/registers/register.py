"""Registers: one record a row, with the rows of its tables below each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from danju.issues import Issue
from danju.location import Location
from danju.model.record import RawRecord
from danju.readers.meaning.header import Header, build_header
from danju.readers.meaning.headings import Headings, unknown_name
from danju.readers.meaning.records import RecordBuilder
from danju.readers.meaning.targets import Target
from danju.readers.meaning.texts import is_pair, iter_pairs
from danju.readers.registers.plan import compile_plan
from danju.readers.registers.row_record import Cells, MergedColumns, RowAssembler, filled
from danju.readers.table.sheets import Row, Sheet, as_text, is_empty
from danju.values.text import clean

__all__ = ["RegisterReader", "iter_column", "read_register"]


def read_register(sheet: Sheet, header: Header, headings: Headings, issues: list[Issue]) -> Iterator[RawRecord]:
    """The records of a register, row by row.

    Args:
        issues: Receives what concerns the whole sheet, complete when the iterator ends.
    """
    yield from RegisterReader(sheet, header, headings, issues).iter_records()


def iter_column(sheet: Sheet, header: Header, path: str) -> Iterator[object]:
    """What the rows of a register hold in the column of a field, None for nothing; about one value a record.

    A row counts when it holds something where records have what they must have.
    """
    plan = compile_plan(sheet, header, [])
    wanted = [column.position for column in plan.own if path in {target.path() for target in column.targets}]
    telling = plan.required or {column.position for column in plan.own}
    for row in islice(sheet.open_rows(), header.first_data_row, None):
        if not all(position >= len(row) or is_empty(row[position]) for position in telling):
            yield next((row[position] for position in wanted if position < len(row)), None)


class RegisterReader:
    """Reads one register.

    Attributes:
        plan: How rows become values; a header further down replaces it.
        merged: Vertical merges, as of the row at hand.
        rows: Puts records together.
        count: Records begun so far.
        current: The record that the next row may go on with.
    """

    def __init__(self, sheet: Sheet, header: Header, headings: Headings, issues: list[Issue]) -> None:
        self.sheet = sheet
        self.headings = headings
        self.issues = issues
        self.merged = MergedColumns(sheet.merges, header.first_data_row)
        self.count = 0
        self.current: RecordBuilder | None = None
        self.plan = compile_plan(sheet, header, issues)
        self.rows = RowAssembler(sheet, _read_title_lines(sheet, header, headings, issues))
        self._unknown_seen: set[tuple[int, int]] = set()
        self._is_in_notes = False

    def iter_records(self) -> Iterator[RawRecord]:
        """The records; what concerns the sheet is complete at the end."""
        for index, row in self.iter_data_rows():
            cells = filled(row)
            if self.is_record_row(index, row, cells):
                ended = self.take_row(index, cells)
                if ended is not None:
                    yield ended
        ended = self.end_record()
        if ended is not None:
            yield ended
        self.note_end()

    def iter_data_rows(self) -> Iterator[tuple[int, Row]]:
        """Rows below the header with their 0-based index."""
        first = self.plan.header.first_data_row
        return ((index, row) for index, row in enumerate(self.sheet.open_rows()) if index >= first)

    def is_record_row(self, index: int, row: Row, cells: Cells) -> bool:
        """Whether the row belongs to a record; if not, it has been seen to."""
        if not cells or all(map(is_empty, cells.values())):
            return False
        self.merged.advance(index, row)
        if self._is_header_row(index, row, cells) or self._is_leftover(index, cells):
            return False
        self._note_unknown(cells)
        return any(column.position in cells for column in (*self.plan.own, *self.plan.rows))

    def take_row(self, index: int, cells: Cells) -> RawRecord | None:
        """Puts a row into the current record or a new one; gives the record that it ends."""
        if self.current is not None and self.continues(cells):
            self.rows.go_on(self.current, self.plan, self.merged, index, cells)
            return None
        ended = self.end_record()
        self.current = self.rows.begin(self.plan, self.merged, index, cells, self.next_number())
        return ended

    def next_number(self) -> int:
        """The 1-based count of a record that begins."""
        self.count += 1
        self._is_in_notes = False
        return self.count

    def end_record(self) -> RawRecord | None:
        """The current record, finished."""
        ended, self.current = self.current, None
        return None if ended is None else self.rows.finish(ended)

    def note_end(self) -> None:
        """An issue for a register without records."""
        if self.count == 0:
            self.issues.append(Issue("F011", self.sheet.location()))

    def continues(self, cells: Cells) -> bool:
        """Whether a row adds to the record above it.

        A row number of its own begins a record, one merged from above goes on with it. Otherwise a row without
        values of its own goes on; with some it does so only if most columns are merged from above and nothing required
        is given again. A sheet without columns of tables has no continuation rows.
        """
        plan = self.plan
        if not plan.rows:
            return False
        if plan.counter >= 0:
            if plan.counter in cells:
                return False
            if self.merged.covers(plan.counter):
                return True
        own = [column for column in plan.own if column.position in cells]
        if not own:
            return any(column.position in cells for column in plan.rows)
        covered = sum(self.merged.covers(column.position) for column in plan.own)
        return covered > len(own) and not any(column.position in plan.required for column in own)

    def unnoted_columns(self) -> list[int]:
        """Positions of unknown columns in which nothing has been seen yet."""
        seen = self._unknown_seen
        return [column.position for column in self.plan.unknown if (column.row, column.position) not in seen]

    def may_be_heading(self, column: int, first: str) -> bool:
        """Whether the first filled cell of a row allows it to be another header."""
        if len(first) > 40:
            return False
        return clean(first) in [known.get(column) for known in self.plan.header.texts] or self.headings.is_known(first)

    def _note_unknown(self, cells: Cells) -> None:
        for column in self.plan.unknown:
            key = column.row, column.position
            if column.position in cells and key not in self._unknown_seen and not is_empty(cells[column.position]):
                self._unknown_seen.add(key)
                hint = self.headings.hint(column.heading.rpartition("·")[2])
                self.issues.append(unknown_name(column.heading, self.sheet.location(*key), hint))

    def _is_header_row(self, index: int, row: Row, cells: Cells) -> bool:
        """Whether the row repeats the header; one with other columns becomes the new header."""
        column, first = next(iter(cells.items()))
        if not isinstance(first, str) or not self.may_be_heading(column, first):
            return False
        texts = {column: clean(value) for column, value in cells.items() if isinstance(value, str)}
        if len(texts) != len(cells):
            return False
        for known in self.plan.header.texts:
            if len(texts) > 1 and texts == known:
                return True
        if self.plan.header.depth > 1 or len(texts) < 2:
            return False
        found = build_header([row], 0, 1, (), self.headings)
        if found.resolved < 3 or found.share < 0.8:
            return False
        columns = tuple(replace(column, row=index) for column in found.columns)
        self.plan = compile_plan(self.sheet, Header(index, 1, columns, found.texts), self.issues)
        return True

    def _is_leftover(self, index: int, cells: Cells) -> bool:
        if len(cells) > max(3, len(self.plan.required)) and not isinstance(next(iter(cells.values())), str):
            return False
        rule, first = self.plan.leftovers, next(iter(cells.values()))
        is_line = self._is_in_notes and len(cells) == 1 and isinstance(first, str)
        if not is_line and not rule.is_leftover(cells, self.merged.is_banner(index, next(iter(cells)), rule.width)):
            return False
        self._is_in_notes = is_line or rule.begins_notes(first)
        text = " ".join(clean(as_text(value)) for value in cells.values())
        place = self.sheet.location(index, next(iter(cells)))
        self.issues.append(Issue("F012", place, values={"rows": index + 1, "text": text}))
        return True


def _read_title_lines(
    sheet: Sheet, header: Header, headings: Headings, issues: list[Issue]
) -> list[tuple[Target, object, Location]]:
    """Values said once above the header for a field that no column gives; other such lines become notes."""
    given = {target.key for column in header.columns for target in column.targets}
    found: list[tuple[Target, object, Location]] = []
    for index, row in enumerate(sheet.head()[: header.top]):
        unused = []
        before = len(found)
        for label, value, column in _iter_row_pairs(row, headings):
            targets = headings.resolve(label)
            if len(targets) == 1 and targets[0].key not in given and targets[0].table is None and not is_empty(value):
                given.add(targets[0].key)
                found.append((targets[0], value, sheet.location(index, column)))
            elif not is_empty(value):
                unused.append(f"{label}：{clean(as_text(value))}")
        texts = [clean(as_text(value)) for value in row if not is_empty(value)]
        if not unused and len(found) == before and len(texts) > 2:
            unused = texts
        if unused:
            values = {"rows": index + 1, "text": "  ".join(unused)}
            first = next(column for column, value in enumerate(row) if not is_empty(value))
            issues.append(Issue("F012", sheet.location(index, first), values=values))
    return found


def _iter_row_pairs(row: Row, headings: Headings) -> Iterator[tuple[str, object, int]]:
    """Label, value and column of every `label：value`, the value possibly in the next filled cell."""
    taken = -1
    for column, value in enumerate(row):
        if column <= taken or not isinstance(value, str):
            continue
        pairs = list(iter_pairs(value))
        if not pairs and headings.is_known(value):
            pairs = [(value, "")]
        for label, text in pairs:
            if text:
                yield label, text, column
                continue
            after = next((at for at in range(column + 1, len(row)) if not is_empty(row[at])), None)
            if after is not None and not is_pair(row[after]):
                taken = after
                yield label, row[after], after
