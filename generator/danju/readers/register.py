"""Registers: one record a row, with the rows of its tables below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from danju.issues import Issue
from danju.location import Location, column_letters
from danju.model.field import Kind
from danju.model.record import RawRecord, RawValue
from danju.readers.assembly import RecordBuilder
from danju.readers.cells import BrokenCell, as_text, is_empty
from danju.readers.header import Column, Header, build_header
from danju.readers.headings import Headings
from danju.readers.leftovers import LeftoverRule
from danju.readers.merged_columns import MergedColumns
from danju.readers.sheets import Row, Sheet
from danju.readers.targets import Target
from danju.readers.title_lines import read_title_lines
from danju.rules.text import clean

__all__ = ["read_register"]

_NUMBERS = (Kind.INTEGER, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the cells of a row become values, decided once per header.

    Attributes:
        header: What it was made from.
        own: Columns whose values a record has once.
        rows: Columns that belong to the current row of a table.
        unknown: Columns that mean nothing here.
        plain: Names of the fields that take a column's value as it is, by column.
        counter: Column that counts the records, or -1.
        required: Columns of `own` whose field a record must have.
        leftovers: What tells totals and notes from records.
    """

    header: Header
    own: tuple[Column, ...]
    rows: tuple[Column, ...]
    unknown: tuple[Column, ...]
    plain: dict[int, str]
    counter: int
    required: frozenset[int]
    leftovers: LeftoverRule


def read_register(sheet: Sheet, header: Header, headings: Headings, issues: list[Issue]) -> Iterator[RawRecord]:
    """The records of a register, row by row.

    Args:
        issues: Receives what concerns the whole sheet, complete when the iterator ends.
    """
    return _RegisterReader(sheet, header, headings, issues).iter_records()


class _RegisterReader:
    def __init__(self, sheet: Sheet, header: Header, headings: Headings, issues: list[Issue]) -> None:
        self.sheet = sheet
        self.headings = headings
        self.issues = issues
        self.merged = MergedColumns(sheet.merges, header.first_data_row)
        self.unknown_seen: set[tuple[int, int]] = set()
        self.count = 0
        self.is_in_notes = False
        self.current: RecordBuilder | None = None
        self.plan = self._compile(header)
        self.letters = [column_letters(column) for column in range(64)]
        self.defaults = read_title_lines(sheet, header, headings, issues)

    def iter_records(self) -> Iterator[RawRecord]:
        for index, row in enumerate(self.sheet.open_rows()):
            if index < self.plan.header.first_data_row:
                continue
            cells = {column: value for column, value in enumerate(row) if value is not None and value != ""}
            if not cells or all(map(is_empty, cells.values())):
                continue
            self.merged.advance(index, row)
            if not self._is_header_row(index, row, cells) and not self._is_leftover(index, cells):
                yield from self._take_row(index, cells)
        if self.current is not None:
            yield self._finish(self.current)
        if self.count == 0:
            self.issues.append(Issue("F011", self.sheet.location()))

    def _take_row(self, index: int, cells: dict[int, object]) -> Iterator[RawRecord]:
        """Puts a row into the current record or a new one; gives the record that it ends."""
        self._note_unknown(cells)
        own = [column for column in self.plan.own if column.position in cells]
        rows = [column for column in self.plan.rows if column.position in cells]
        if not own and not rows:
            return
        if self.current is not None and self._continues(own, rows, cells):
            self.current.row += 1
            self._put_rows(self.current, rows, index, cells)
            for column in own:
                self._append(self.current, column, index, cells[column.position])
            return
        if self.current is not None:
            yield self._finish(self.current)
        self.current = self._begin(own, rows, index, cells)

    def _begin(self, own: list[Column], rows: list[Column], index: int, cells: dict[int, object]) -> RecordBuilder:
        first = min(column.position for column in (*own, *rows))
        self.count += 1
        self.is_in_notes = False
        started = RecordBuilder(replace(self._location(index, first), record=self.count))
        plain = self.plan.plain
        for column in own:
            position = column.position
            value, name = cells[position], plain.get(position)
            if name is not None and not isinstance(value, BrokenCell):
                started.put_node(name, RawValue(value, self._location(index, position)))
            else:
                started.put(column.targets, value, self._location(index, position))
        self._put_repeated(started, index)
        self._put_rows(started, rows, index, cells)
        for column in self.plan.own:
            if column.position in self.plan.required and not started.has(column.targets[0]):
                started.put_empty(column.targets[0], self._location(index, column.position))
        return started

    def _continues(self, own: list[Column], rows: list[Column], cells: dict[int, object]) -> bool:
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
        if not own:
            return bool(rows)
        covered = sum(self.merged.covers(column.position) for column in plan.own)
        return covered > len(own) and not any(column.position in plan.required for column in own)

    def _put_rows(self, record: RecordBuilder, rows: list[Column], index: int, cells: dict[int, object]) -> None:
        if not rows:
            return
        for column in rows:
            record.put(column.targets, cells[column.position], self._location(index, column.position))
        for column in self.plan.rows:
            if column.position not in cells and (held := self.merged.value(column.position)) is not None:
                record.put(column.targets, held[1], self._location(held[0], column.position))

    def _put_repeated(self, record: RecordBuilder, index: int) -> None:
        """Values merged over several records, e.g. one visitor for three visits."""
        if not self.merged.has_any():
            return
        for column in self.plan.own:
            held = self.merged.value(column.position)
            if held is not None and held[0] < index and not record.has(column.targets[0]):
                record.put(column.targets, held[1], self._location(held[0], column.position))

    def _append(self, record: RecordBuilder, column: Column, index: int, value: object) -> None:
        location = self._location(index, column.position)
        if len(column.targets) == 1 and column.targets[0].table is None:
            record.append_text(column.targets[0], value, location)
        else:
            record.put(column.targets, value, location)

    def _finish(self, record: RecordBuilder) -> RawRecord:
        for target, value, location in self.defaults:
            if not record.has(target):
                record.put((target,), value, location)
        return record.finish()

    def _location(self, row: int, column: int) -> Location:
        letters = self.letters[column] if column < 64 else column_letters(column)
        return Location(self.sheet.source, self.sheet.name, f"{letters}{row + 1}")

    def _note_unknown(self, cells: dict[int, object]) -> None:
        for column in self.plan.unknown:
            key = column.row, column.position
            if column.position in cells and key not in self.unknown_seen and not is_empty(cells[column.position]):
                self.unknown_seen.add(key)
                values = {"name": column.heading, "hint": self.headings.hint(column.heading.rpartition("·")[2])}
                self.issues.append(Issue("F102", self.sheet.location(*key), values=values))

    def _is_header_row(self, index: int, row: Row, cells: dict[int, object]) -> bool:
        """Whether the row repeats the header; one with other columns becomes the new header."""
        column, first = next(iter(cells.items()))
        if not isinstance(first, str) or len(first) > 40:
            return False
        is_same = clean(first) in [known.get(column) for known in self.plan.header.texts]
        if not is_same and not self.headings.is_known(first):
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
        self.plan = self._compile(Header(index, 1, columns, found.texts))
        return True

    def _is_leftover(self, index: int, cells: dict[int, object]) -> bool:
        if len(cells) > max(3, len(self.plan.required)) and not isinstance(next(iter(cells.values())), str):
            return False
        rule, first = self.plan.leftovers, next(iter(cells.values()))
        is_line = self.is_in_notes and len(cells) == 1 and isinstance(first, str)
        if not is_line and not rule.is_leftover(cells, self.merged.is_banner(index, next(iter(cells)), rule.width)):
            return False
        self.is_in_notes = is_line or rule.begins_notes(first)
        text = " ".join(clean(as_text(value)) for value in cells.values())
        place = self.sheet.location(index, next(iter(cells)))
        self.issues.append(Issue("F012", place, values={"rows": index + 1, "text": text}))
        return True

    def _compile(self, header: Header) -> _Plan:
        columns = self._without_repeats(header.columns)
        own = tuple(column for column in columns if column.targets and not _is_row_column(column))
        rows = tuple(column for column in columns if column.targets and _is_row_column(column))
        required = frozenset(
            column.position
            for column in own
            if len(column.targets) == 1 and column.targets[0].parent is None and _is_required(column.targets[0])
        )
        texts = frozenset(column.position for column in own if column.targets[0].field.kind not in _NUMBERS)
        return _Plan(
            header=header,
            own=own,
            rows=rows,
            unknown=tuple(column for column in columns if not column.targets and not column.is_counter),
            plain={column.position: column.targets[0].field.name for column in own if _is_plain(column)},
            counter=next((column.position for column in columns if column.is_counter), -1),
            required=required,
            leftovers=LeftoverRule(required & texts, len(columns)),
        )

    def _without_repeats(self, columns: Sequence[Column]) -> list[Column]:
        """Columns without those whose place an earlier one fills; these are issues."""
        first: dict[object, Column] = {}
        kept = []
        for column in columns:
            clash = next((first[target.key] for target in column.targets if target.key in first), None)
            if clash is None:
                first |= dict.fromkeys((target.key for target in column.targets), column)
                kept.append(column)
                continue
            other = self.sheet.location(clash.row, clash.position).cell
            place = self.sheet.location(column.row, column.position)
            target = column.targets[0]
            values = {"name": column.heading, "other": other}
            self.issues.append(Issue("F103", place, target.field.label, target.path(), values))
        return kept


def _is_row_column(column: Column) -> bool:
    return all(target.table is not None and target.row is None for target in column.targets)


def _is_plain(column: Column) -> bool:
    target = column.targets[0]
    is_scalar = target.parent is None and target.field.kind not in (Kind.TABLE, Kind.GROUP)
    return len(column.targets) == 1 and is_scalar and not target.unit


def _is_required(target: Target) -> bool:
    return target.field.required and not target.field.computed
