"""Rows of a register about which there is nothing to say: hundreds at once, column by column, to typed values.

The short road beside `row_record` and `rules.checking`. It gives what they would give, or nothing: a cell that is not
plainly right, a composite heading, a text in place of a row, an own value in a continuation row, a missing required
value send the record down the long road.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from danju.kinds.coercion import default_of
from danju.location import Location
from danju.model.field import MISSING, Field
from danju.readers.meaning.header import HeaderColumn
from danju.readers.meaning.targets import Target
from danju.readers.registers.plain_members import PlainMembers
from danju.readers.registers.plan import RegisterPlan
from danju.readers.table.sheets import Row
from danju.rules.plain_cells import Gathered, PlainColumn
from danju.rules.plain_records import PlainCheck, Values

__all__ = ["PlainRows", "RowGroup"]

_Place = tuple[str, int | None, str]  # as Target.key


@dataclass(slots=True)
class RowGroup:
    """The rows of one record.

    Attributes:
        index: 0-based first row.
        number: 1-based count of the record in its sheet.
        row: Cells of the first row.
        more: Indexes and cells of its continuation rows.
    """

    index: int
    number: int
    row: Row
    more: list[tuple[int, Row]] = field(default_factory=list)


@dataclass(slots=True)
class _RowPart:
    """One field of the record and where it comes from.

    Attributes:
        read: Gives the field's values for columns of cells, and says what it noticed.
    """

    name: str
    read: Callable[[_PlainCells, Gathered], Sequence[object]]


@dataclass(slots=True)
class _PlainCells:
    """Columns of a chunk.

    Attributes:
        count: Number of records.
        own: Columns of the records' first rows.
        rows: Columns of all rows.
        ends: Behind the last row of each record; () when each has one row.
    """

    count: int
    own: Sequence[Sequence[object]]
    rows: Sequence[Sequence[object]]
    ends: Sequence[int] = ()


class PlainRows:
    """Reads rows of a register by its plan.

    Args:
        plan: Of the register's header.
        defaults: Values said once above the header.
        check: Of the register's form.

    Attributes:
        is_possible: Whether there is any hope; without it no row is read.
        width: Number of cells that every row must have.
    """

    def __init__(
        self, plan: RegisterPlan, defaults: Sequence[tuple[Target, object, Location]], check: PlainCheck
    ) -> None:
        self.check = check
        self.is_possible = check.is_possible
        if any(target.unit or _is_whole(target) for target, _, _ in defaults):
            self.is_possible = False
        self._constant = {target.key: value for target, value, _ in defaults}
        self._unread: list[int] = []
        self._composite: dict[tuple[str, int | None], list[HeaderColumn]] = {}
        self._columns = self._sort((*plan.own, *plan.rows))
        self.width = 1 + max((column.position for column in (*plan.own, *plan.rows)), default=0)
        self._own = tuple(column.position for column in plan.own)
        self._parts = [self._part(each) for each in check.form.record_type.fields]
        self._names = tuple(part.name for part in self._parts)
        fields = check.form.record_type.fields
        self._required = {each.name for each in fields if each.required and not each.computed}

    def read(self, groups: Sequence[RowGroup]) -> list[Values | None]:
        """The checked values of each record, None for those that must take the long road."""
        cells = self._cut(groups)
        gathered = Gathered()
        doubtful = gathered.doubtful
        self._doubt_unread(groups, cells, doubtful)
        columns = [part.read(cells, gathered) for part in self._parts]
        names, required, settle = self._names, self._required, self.check.settle
        found: list[Values | None] = []
        for index, record in enumerate(zip(*columns, strict=True)):
            values = {name: value for name, value in zip(names, record, strict=True) if value is not None}
            found.append(settle(values) if index not in doubtful and required <= values.keys() else None)
        return self.check.without_unprintable(found, gathered.texts)

    def _cut(self, groups: Sequence[RowGroup]) -> _PlainCells:
        own = list(zip(*(group.row for group in groups), strict=False))
        if not any(group.more for group in groups):
            return _PlainCells(len(groups), own, own)
        rows: list[Row] = []
        ends = []
        for group in groups:
            rows.append(group.row)
            rows += (row for _, row in group.more)
            ends.append(len(rows))
        return _PlainCells(len(groups), own, list(zip(*rows, strict=False)), ends)

    def _doubt_unread(self, groups: Sequence[RowGroup], cells: _PlainCells, doubtful: set[int]) -> None:
        """Filled cells that this road does not understand, and own values of continuation rows."""
        for position in self._unread:
            doubtful.update(index for index, cell in enumerate(cells.own[position]) if not _is_blank(cell))
        for index, group in enumerate(groups if cells.ends else ()):
            for _, row in group.more:
                if any(not _is_blank(row[position]) for position in (*self._own, *self._unread)):
                    doubtful.add(index)

    def _sort(self, columns: Iterable[HeaderColumn]) -> dict[_Place, int]:
        """Positions by the place that they fill; composite columns and those not understood are put aside."""
        found: dict[_Place, int] = {}
        for column in columns:
            first = column.targets[0]
            if any(target.unit or target.key in self._constant for target in column.targets):
                self._unread.append(column.position)
            elif _is_composite(column):
                self._composite.setdefault((first.top.name, first.row), []).append(column)
            elif len(column.targets) > 1 or _is_whole(first):
                self._unread.append(column.position)
            else:
                found[first.key] = column.position
        return found

    def _part(self, each: Field) -> _RowPart:
        if each.kind.is_single:
            return _RowPart(each.name, self._scalar(each))
        if each.default is not MISSING or any(not member.kind.is_single for member in each.members):
            self.is_possible = False
        return _RowPart(each.name, self._table(each) if each.kind.is_table else self._group(each))

    def _scalar(self, each: Field) -> Callable[[_PlainCells, Gathered], Sequence[object]]:
        key = (each.name, None, "")
        column, position = PlainColumn(each, self.check.clock.today), self._columns.get(key)
        default = None if each.computed else default_of(each)
        if position is None:
            gathered = Gathered()
            given = column.read([self._constant.get(key)], gathered)[0]
            value = default if given is None else given
            is_printable = not isinstance(value, str) or self.check.is_printable(value)
            is_missing = value is None and each.required and not each.computed
            self.is_possible = self.is_possible and is_printable and not gathered.doubtful and not is_missing
            return lambda cells, _: [value] * cells.count
        if default is None:
            return lambda cells, gathered: column.read(cells.own[position], gathered)
        return lambda cells, gathered: [
            default if value is None else value for value in column.read(cells.own[position], gathered)
        ]

    def _members(self, parent: Field, row: int | None) -> PlainMembers | None:
        """The members of a group or table row that have a column or a constant value; None when none has."""
        place = parent.name, row
        positions = {key[2]: at for key, at in self._columns.items() if key[:2] == place}
        constant = {key[2]: value for key, value in self._constant.items() if key[:2] == place}
        composite = self._composite.get(place, ())
        if not positions and not constant and not composite:
            return None
        return PlainMembers(parent, positions, composite, constant, self.check.clock.today)

    def _group(self, each: Field) -> Callable[[_PlainCells, Gathered], Sequence[object]]:
        members = self._members(each, None)
        if members is None:
            return lambda cells, _: [None] * cells.count
        return lambda cells, gathered: members.read(cells.own, cells.count, gathered)

    def _table(self, each: Field) -> Callable[[_PlainCells, Gathered], Sequence[object]]:
        current = self._members(each, None)
        places = (*(key[:2] for key in self._columns), *self._composite)
        keys = sorted({row for name, row in places if name == each.name and row is not None})
        numbered = [members for key in keys if (members := self._members(each, key)) is not None]
        if current is None and not numbered:
            return lambda cells, _: [None] * cells.count
        if current is not None and numbered:
            self.is_possible = False

        def read(cells: _PlainCells, gathered: Gathered) -> Sequence[object]:
            if current is not None:
                tables = _current_rows(current, cells, gathered)
            else:
                columns = [members.read(cells.own, cells.count, gathered) for members in numbered]
                tables = [[row for row in rows if row is not None] for rows in zip(*columns, strict=True)]
            _doubt_count(each, tables, gathered.doubtful)
            return [rows or None for rows in tables]

        return read


def _current_rows(members: PlainMembers, cells: _PlainCells, gathered: Gathered) -> list[list[Values]]:
    """The rows of each record's table."""
    if not cells.ends:
        return [[] if row is None else [row] for row in members.read(cells.rows, cells.count, gathered)]
    inner = Gathered(texts=gathered.texts)
    rows = members.read(cells.rows, cells.ends[-1], inner)
    tables = []
    begin = 0
    for index, end in enumerate(cells.ends):
        tables.append([row for row in rows[begin:end] if row is not None])
        if inner.doubtful and not inner.doubtful.isdisjoint(range(begin, end)):
            gathered.doubtful.add(index)
        begin = end
    return tables


def _doubt_count(each: Field, tables: Sequence[Sequence[object]], doubtful: set[int]) -> None:
    """More or fewer rows than the schema allows."""
    if each.max_items is None and (each.min_items or 0) <= 1:
        return
    least, most = each.min_items or 0, each.max_items
    for index, rows in enumerate(tables):
        if rows and (len(rows) < least or (most is not None and len(rows) > most)):
            doubtful.add(index)


def _is_composite(column: HeaderColumn) -> bool:
    """Whether its cells hold members of one group or row: a whole row as one text, or those that the heading names."""
    first = column.targets[0]
    if len(column.targets) == 1:
        return first.parent is None and first.field.kind.is_table and bool(first.field.members)
    return first.parent is not None and len({(target.top.name, target.row) for target in column.targets}) == 1


def _is_whole(target: Target) -> bool:
    """Whether a column means a table or group as such."""
    return target.parent is None and not target.field.kind.is_single


def _is_blank(cell: object) -> bool:
    return cell is None or cell == ""
