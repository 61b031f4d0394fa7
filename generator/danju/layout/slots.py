"""Slots: the cells of a plan that a record fills. Registers name the same people, places and days again and again, so
each kind of slot remembers the cells of values that come again."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from danju.exchange.paths import Read
from danju.layout.fill import Filler, text_lines
from danju.layout.grid import GridCell, ValueOf
from danju.layout.heights import FilledCell, filled_cell
from danju.layout.measure import metrics
from danju.model.drawing import Cell, Line, Run
from danju.model.field import Field

_KEPT_CHOICES = 512  # more than a year has days
_KEPT_TEXTS = 4096
_SHORT_TEXT = 40
_TEXTS = frozenset((str,))
_NOTHING = (None,)


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
        limit_em: Width of text that fits one line for certain.
        line_mm: Height of the cell with one line.
        look: What of the drawn cell stands before and behind its lines.
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
    look: tuple[tuple[object, ...], tuple[object, ...]]

    def fill(self, _: Filler, values: Mapping[str, object]) -> FilledCell:
        """The cell with the record in it."""
        value = self.read(values)
        if value is None or value == "":
            return self.empty
        kind = type(value)
        if (kind is str and len(value) <= _SHORT_TEXT) or kind is date:  # type: ignore[arg-type]  # a str has a length
            return _remembered(self, value)
        return self.filled(value)

    def filled(self, value: object) -> FilledCell:
        """The cell with a value in it, made anew."""
        text = value if self.is_plain and type(value) is str else self.field.kind.display(self.field, value)
        if self._fits_a_line(text):
            lines = (Line((Run(text),), self.content.align),)
            before, behind = self.look
            return FilledCell(self.cell, Cell._make((*before, lines, *behind)), self.line_mm)
        return filled_cell(self.cell, text_lines(self.content, self.field, text, self.room_mm), self.room_mm)

    def _fits_a_line(self, text: str) -> bool:
        chars = len(text)
        if not chars or self.content.lead or "\n" in text:
            return False
        return chars <= self.limit_em or (text.isascii() and metrics().width(text) <= self.limit_em)


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
        key = tuple([_telling(read(values)) for read in self.reads])
        if None in key:
            return filled_cell(self.cell, filler.lines(self.cell.content, self.room_mm), self.room_mm)
        known = self.kept.get(key)
        if known is None:
            known = filled_cell(self.cell, filler.lines(self.cell.content, self.room_mm), self.room_mm)
            if len(self.kept) >= _KEPT_CHOICES:
                self.kept.clear()
            self.kept[key] = known
        return known


def _telling(value: object) -> Hashable:
    """A value as a key that only equals those of values that print alike; None when there is none."""
    kind = type(value)
    if kind is str or kind is date:
        return value
    if value is None:
        return _NOTHING
    return tuple(value) if isinstance(value, list) and _TEXTS.issuperset(map(type, value)) else None


@dataclass(frozen=True, slots=True)
class AnySlot:
    """Any other cell that a record fills: prose, figures, pictures."""

    cell: GridCell
    room_mm: float

    def fill(self, filler: Filler, _: Mapping[str, object]) -> FilledCell:
        """The cell with the record in it."""
        return filled_cell(self.cell, filler.lines(self.cell.content, self.room_mm), self.room_mm)


Slot = ValueSlot | FewSlot | AnySlot
