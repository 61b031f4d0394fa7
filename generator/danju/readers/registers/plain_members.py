"""Members of a group or of a table's row, read from columns of cells about which there is nothing to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from danju.kinds.coercion import default_of, stands_for_nothing
from danju.model.field import Field
from danju.readers.meaning.header import HeaderColumn
from danju.readers.meaning.records import split_parts
from danju.readers.meaning.texts import split_rows
from danju.rules.plain_cells import Gathered, PlainColumn
from danju.values.options import has_ticks

__all__ = ["PlainMembers"]

_REMEMBERED, _LONGEST_REMEMBERED = 4096, 200


class PlainMembers:
    """Reads the members of one group, or of one row of a table.

    Args:
        parent: The group or table.
        positions: Columns by member name.
        composite: Columns whose cells hold several members.
        constant: Values by member name that are the same for all.
        today: Completes dates without a year.
    """

    def __init__(
        self,
        parent: Field,
        positions: Mapping[str, int],
        composite: Sequence[HeaderColumn],
        constant: Mapping[str, object],
        today: date,
    ) -> None:
        self._apart = [(column.position, _parts_of(column)) for column in composite]
        self._names = tuple(each.name for each in parent.members)
        self._columns = {each.name: PlainColumn(each, today) for each in parent.members}
        self._positions = dict(positions)
        self._constant = dict(constant)
        defaults = ((each.name, None if each.computed else default_of(each)) for each in parent.members)
        self._defaults = {name: value for name, value in defaults if value is not None}
        self._required = {each.name for each in parent.members if each.required and not each.computed}

    def read(
        self, columns: Sequence[Sequence[object]], count: int, gathered: Gathered
    ) -> list[dict[str, object] | None]:
        """The members that have a value, with the defaults of the others; None where no cell holds anything.

        Args:
            columns: Cells by column.
            count: Number of rows.
            gathered: Receives the positions of doubtful rows, and the texts.
        """
        cells = self._cells(columns, count, gathered)
        values = [self._columns[name].read(column, gathered) for name, column in cells.items()]
        if not values:
            return [None] * count
        names = tuple(cells)
        found: list[dict[str, object] | None] = []
        for index, row in enumerate(zip(*values, strict=True)):
            members = {name: value for name, value in zip(names, row, strict=True) if value is not None}
            if members:
                if all(map(stands_for_nothing, members.values())):
                    gathered.doubtful.add(index)
                if self._defaults:
                    members = self._completed(members)
                if not self._required <= members.keys():
                    gathered.doubtful.add(index)
                found.append(members)
                continue
            found.append(None)
            if any(column[index] not in (None, "") for column in cells.values()):
                gathered.doubtful.add(index)  # e.g. a dash: a row, though one without a value
        return found

    def _completed(self, members: dict[str, object]) -> dict[str, object]:
        merged = {**self._defaults, **members}
        return {name: merged[name] for name in self._names if name in merged}

    def _cells(
        self, columns: Sequence[Sequence[object]], count: int, gathered: Gathered
    ) -> dict[str, Sequence[object]]:
        """Cells by member, in the schema's order, texts for whole rows taken apart."""
        cells: dict[str, Sequence[object]] = {name: columns[at] for name, at in self._positions.items()}
        cells |= {name: [value] * count for name, value in self._constant.items()}
        for at, parts in self._apart:
            _take_apart(list(map(parts.__getitem__, columns[at])), cells, gathered)
        return {name: cells[name] for name in self._names if name in cells}


Parts = Mapping[str, object]
"""Pieces of one cell by member."""


def _take_apart(parts: Sequence[Parts | None], cells: dict[str, Sequence[object]], gathered: Gathered) -> None:
    """Adds pieces to the cells of their members; two values for one member are doubtful, as is None for the pieces."""
    for name in dict.fromkeys(name for part in parts if part is not None for name in part):
        pieces: list[object] = [None if part is None else part.get(name) for part in parts]
        for index, cell in enumerate(cells.get(name, ())):
            if cell is None or cell == "":
                continue
            if pieces[index] is not None:
                gathered.doubtful.add(index)
            pieces[index] = cell
        cells[name] = pieces
    gathered.doubtful.update(index for index, part in enumerate(parts) if part is None)


class _Parts(dict[object, Parts | None]):
    """Pieces by cell, found as they are asked for; None for what cannot be taken apart without a doubt."""

    def __init__(self, take_apart: Callable[[str], Parts | None]) -> None:
        super().__init__({None: {}, "": {}})
        self._take_apart = take_apart

    def __missing__(self, cell: object) -> Parts | None:
        if not isinstance(cell, str):
            return None
        parts = self._take_apart(cell)
        if len(cell) <= _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED:
                self.clear()
                self.update({None: {}, "": {}})
            self[cell] = parts
        return parts


def _parts_of(column: HeaderColumn) -> _Parts:
    """How the cells of a column are taken apart: rows of a table as one text, or members of a composite heading."""
    targets = column.targets
    table = targets[0].field
    if len(targets) > 1:
        return _Parts(lambda text: {target.field.name: part for target, part in split_parts(text, targets)})
    return _Parts(lambda text: _row_of(table, text))


def _row_of(table: Field, text: str) -> Parts | None:
    if has_ticks(text):
        return None
    rows = split_rows(table, text)
    return rows[0] if len(rows) == 1 else None
