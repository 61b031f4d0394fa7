"""Slots: the cells of a plan that a record fills. Registers name the same people, places and days again and again, so
each kind of slot remembers the cells of values that come again."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import NoneType

from danju.layout.fill import TEXT_PT, Filler, text_lines
from danju.layout.grid import GridCell, ValueOf
from danju.layout.heights import FilledCell, filled_cell
from danju.layout.measure import metrics
from danju.layout.paths import Read
from danju.model.drawing import Cell, Line, Run
from danju.model.field import Field
from danju.rules.display import display

_KEPT_CHOICES = 256
_KEPT_TEXTS = 4096
_SHORT_TEXT = 40
_TELLING = frozenset((str, date, NoneType))
"""Types whose equal values print alike; 1, True and 1.00 are equal and do not."""


@dataclass(frozen=True, slots=True, eq=False)
class ValueSlot:
    """A cell for one value.

    Attributes:
        cell: Where it stands.
        room_mm: Width for its text.
        content: How the value is set.
        field: What the value is.
        is_plain: Whether texts are shown as they are.
        read: The way to it.
        empty: The cell without a value.
        limit_em: Width that fits one line for certain.
        line_mm: Height of the cell with one line.
    """

    cell: GridCell
    room_mm: float
    content: ValueOf
    field: Field
    is_plain: bool
    read: Read
    empty: FilledCell
    limit_em: float
    line_mm: float

    def fill(self, _: Filler, values: Mapping[str, object]) -> FilledCell:
        """The cell with the record in it."""
        value = self.read(values)
        if value is None or value == "":
            return self.empty
        if (type(value) is str and len(value) <= _SHORT_TEXT) or type(value) is date:
            return _remembered(self, value)
        return self.filled(value)

    def filled(self, value: object) -> FilledCell:
        """The cell with a value in it."""
        text = value if self.is_plain and type(value) is str else display(self.field, value)
        if 0 < len(text) <= _SHORT_TEXT and not self.content.lead and "\n" not in text:
            limit = self.limit_em
            if len(text) <= limit or metrics().width(text) <= limit:  # no character is wider than its size
                lines = (Line((Run(text, TEXT_PT),), self.content.align),)
                return FilledCell(self.cell, lines, self.line_mm, _holding(self.empty.drawn, lines))
        return filled_cell(self.cell, text_lines(self.content, text, self.room_mm), self.room_mm)


def _holding(cell: Cell, lines: tuple[Line, ...]) -> Cell:
    """The cell with other lines: `dataclasses.replace`, several times as fast."""
    place = cell.row, cell.column, cell.rowspan, cell.colspan
    return Cell(*place, lines, cell.is_label, cell.valign, cell.open_top, cell.open_bottom, cell.border, cell.field)


@lru_cache(maxsize=_KEPT_TEXTS)
def _remembered(slot: ValueSlot, value: Hashable) -> FilledCell:
    return slot.filled(value)


@dataclass(frozen=True, slots=True)
class FewSlot:
    """A cell that a few values alone decide: an option line, a tick, a sign-off line.

    Attributes:
        cell: Where it stands.
        room_mm: Width for its text.
        reads: The ways to the values.
        kept: Filled cells by the values.
    """

    cell: GridCell
    room_mm: float
    reads: tuple[Read, ...]
    kept: dict[Hashable, FilledCell] = field(default_factory=dict)

    def fill(self, filler: Filler, values: Mapping[str, object]) -> FilledCell:
        """The cell with the record in it."""
        found: list[object] = [read(values) for read in self.reads]
        key = tuple(["\0".join(value) if type(value) is list and _all_texts(value) else value for value in found])
        if not _TELLING.issuperset(map(type, key)):
            return filled_cell(self.cell, filler.lines(self.cell.content, self.room_mm), self.room_mm)
        known = self.kept.get(key)
        if known is None:
            known = filled_cell(self.cell, filler.lines(self.cell.content, self.room_mm), self.room_mm)
            if len(self.kept) >= _KEPT_CHOICES:
                self.kept.clear()
            self.kept[key] = known
        return known


def _all_texts(values: list[object]) -> bool:
    return all(type(value) is str for value in values)


@dataclass(frozen=True, slots=True)
class AnySlot:
    """Any other cell that a record fills: prose, figures."""

    cell: GridCell
    room_mm: float

    def fill(self, filler: Filler, _: Mapping[str, object]) -> FilledCell:
        """The cell with the record in it."""
        return filled_cell(self.cell, filler.lines(self.cell.content, self.room_mm), self.room_mm)


Slot = ValueSlot | FewSlot | AnySlot
