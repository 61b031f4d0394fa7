"""Putting read values together into a raw record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from danju.issues import Issue
from danju.location import Location
from danju.model.field import Field
from danju.model.record import RawNode, RawRecord, RawRows, RawValue
from danju.readers.meaning.targets import Target
from danju.readers.meaning.texts import split_rows
from danju.readers.table.sheets import BrokenCell, as_text
from danju.values.codes import CHECKS, normalise
from danju.values.numbers import HeadedNumber
from danju.values.options import has_ticks

__all__ = ["RecordBuilder", "split_parts"]

_NO_COLUMNS: Mapping[tuple[str | None, str], str] = {}
_STRONG_BREAKS = re.compile(r"[/／;；、,，|\n\r]+")
_BLANKS = re.compile(r"[\s\u3000]+")
_FIRST_FORMATS = {"mobile": 0}
"""Formats that are tried first, because a looser one would accept their values too."""


class RecordBuilder:
    """Collects the values of one record.

    Attributes:
        location: Where the record begins.
        columns: Where empty fields would stand, as of a raw record.
        row: 0-based row of its tables that is being read.
    """

    __slots__ = ("_fields", "_groups", "_issues", "_tables", "columns", "location", "row")

    def __init__(self, location: Location, columns: Mapping[tuple[str | None, str], str] = _NO_COLUMNS) -> None:
        self.location = location
        self.columns = columns
        self.row = 0
        self._fields: dict[str, RawNode] = {}
        self._groups: dict[str, dict[str, RawNode]] = {}
        self._tables: dict[str, dict[int, dict[str, RawNode]]] = {}
        self._issues: list[Issue] = []

    def put(self, targets: Sequence[Target], value: object, location: Location) -> None:
        """Stores a cell's value at its target, or its parts at several."""
        if isinstance(value, BrokenCell):
            value = self._report(value, targets[0], location)
        if len(targets) > 1 and value is not None:
            for target, part in split_parts(value, targets):
                self._store(target, part, location)
        else:
            self._store(targets[0], value, location)

    def put_node(self, name: str, node: RawNode) -> None:
        """Stores what is already assembled, e.g. the rows of a YAML list."""
        self._fields[name] = node

    def put_empty(self, target: Target, location: Location) -> None:
        """Notes where an empty value stands, so that people can be sent there."""
        if target.parent is None and target.field.kind.is_single:
            self._fields.setdefault(target.field.name, RawValue(None, location))
        elif target.parent is not None and target.table is None:
            self._groups.setdefault(target.parent.name, {}).setdefault(target.field.name, RawValue(None, location))

    def add_issue(self, issue: Issue) -> None:
        """Attaches something noticed while reading."""
        self._issues.append(issue)

    def has(self, target: Target) -> bool:
        """Whether a value has been stored at the target."""
        held = self._held(target)
        return held is not None and not (isinstance(held, RawValue) and held.value is None)

    def append_text(self, target: Target, value: object, location: Location) -> None:
        """Stores a value of a continuation row: below the text already there."""
        held = self._held(target)
        if isinstance(held, RawValue) and held.value is not None and not isinstance(value, BrokenCell):
            joined = RawValue(f"{as_text(held.value)}\n{as_text(value)}", held.location)
            if target.parent is None:
                self._fields[target.field.name] = joined
            else:
                self._groups[target.parent.name][target.field.name] = joined
        else:
            self.put((target,), value, location)

    def is_empty(self) -> bool:
        """True when nothing has been stored."""
        return not (self._fields or self._groups or self._tables)

    def finish(self) -> RawRecord:
        """The record; empty rows of tables are left out."""
        fields = dict(self._fields)
        for name, members in self._groups.items():
            held = fields.get(name)
            fields[name] = {**held, **members} if isinstance(held, dict) else members
        for name, rows in self._tables.items():
            held = fields.get(name)
            given: RawRows = held if isinstance(held, tuple) else ()
            fields[name] = given + tuple(rows[index] for index in sorted(rows))
        return RawRecord(self.location, fields, tuple(self._issues), self.columns)

    def _held(self, target: Target) -> RawNode | None:
        if target.parent is None:
            return self._fields.get(target.field.name)
        return self._groups.get(target.parent.name, {}).get(target.field.name)

    def _report(self, broken: BrokenCell, target: Target, location: Location) -> str | None:
        if target.field.computed:
            return None  # computed anew, whatever the formula there comes to
        code = "F114" if broken.text else "F115"
        values = {"value": broken.text} if broken.text else {}
        self.add_issue(Issue(code, location, target.field.label, target.path(self.row), values))
        return broken.text or None

    def _store(self, target: Target, value: object, location: Location) -> None:
        if target.unit and value is not None and not isinstance(value, bool):
            value = HeadedNumber(f"{as_text(value)}{target.unit}")
        parent = target.parent
        if parent is None:
            self._store_whole(target, value, location)
        elif parent.kind.is_table:
            self._row(parent, self.row if target.row is None else target.row)[target.field.name] = RawValue(
                value, location
            )
        else:
            self._groups.setdefault(parent.name, {})[target.field.name] = RawValue(value, location)

    def _store_whole(self, target: Target, value: object, location: Location) -> None:
        """A field of the record; a table given as one text is taken apart."""
        field = target.field
        if not field.kind.is_table or value is None or not field.members:
            self._fields[field.name] = RawValue(value, location)
            return
        if not isinstance(value, str):
            first = self.row if target.row is None else target.row
            self._row(field, first).setdefault(field.members[0].name, RawValue(value, location))
            return
        if has_ticks(value):
            self._fields[field.name] = RawValue(value, location)
            return
        first = self.row if target.row is None else target.row
        for offset, row in enumerate(split_rows(field, value)):
            for name, text in row.items():
                self._row(field, first + offset).setdefault(name, RawValue(text, location))

    def _row(self, table: Field, index: int) -> dict[str, RawNode]:
        return self._tables.setdefault(table.name, {}).setdefault(index, {})


def split_parts(value: object, targets: Sequence[Target]) -> list[tuple[Target, object]]:
    """The parts of one cell, each with the member whose format accepts it.

    A part that fits none goes to the first member, where its check will name it.
    """
    text = as_text(value)
    order = sorted(targets, key=lambda each: _FIRST_FORMATS.get(each.field.format or "", 1))
    if _fits_one(text, order):
        parts = [text]
    else:
        parts = [part.strip() for part in _STRONG_BREAKS.split(text) if part.strip()]
        parts = [piece for part in parts for piece in _break_blanks(part, order)]
    if not parts:
        return [(targets[0], value)]
    found: dict[int, str] = {}
    for index, part in enumerate(parts):
        place = _place_of(part, order, found, targets, index)
        found[place] = f"{found[place]}/{part}" if place in found else part
    is_whole = len(found) == 1 and len(parts) == 1 and not isinstance(value, str)
    return [(targets[place], value if is_whole else part) for place, part in found.items()]


def _place_of(part: str, order: Sequence[Target], found: dict[int, str], targets: Sequence[Target], index: int) -> int:
    """Index of the target for a part: by format, else by position among those without a format, else the first."""
    accepting = [targets.index(each) for each in order if each.field.format and _accepts(each, part)]
    for place in accepting:
        if place not in found:
            return place
    if accepting:
        return accepting[0]
    free = [place for place, each in enumerate(targets) if not each.field.format]
    if index in free and index not in found:
        return index
    return next((place for place in free if place not in found), free[0] if free else 0)


def _break_blanks(part: str, order: Sequence[Target]) -> list[str]:
    """A part with blanks, taken apart only when it fits no member as it is and every piece does."""
    pieces = _BLANKS.split(part)
    if len(pieces) > 1 and not _fits_one(part, order) and all(_fits_one(piece, order) for piece in pieces):
        return pieces
    return [part]


def _fits_one(text: str, targets: Sequence[Target]) -> bool:
    return any(each.field.format and _accepts(each, text) for each in targets)


def _accepts(target: Target, text: str) -> bool:
    name = target.field.format or ""
    check = CHECKS.get(name)
    return check is not None and check(normalise(name, text)) is None
