"""Slots: the cells of a plan that a record fills. Registers name the same people, places and days again and again, so
each kind of slot remembers the cells of values that come again."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from danju.layout.fill import TEXT_PT, Filler, text_lines
from danju.layout.grid import GridCell, ValueOf
from danju.layout.heights import FilledCell, Text, filled_cell, plain_text_mm
from danju.layout.measure import metrics
from danju.layout.paths import Read
from danju.model.drawing import Cell, Line, Run
from danju.model.field import Field

Content = Text | FilledCell
"""What a record puts into a cell: mostly a text, for which nothing is made until the cell is drawn."""

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
        limit_em: Width that fits one line for certain.
        most_chars: Characters that fit one line for certain: none is wider than its size. 0 beneath a lead.
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
    most_chars: int
    line_mm: float

    def fill(self, _: Filler, values: Mapping[str, object]) -> Content:
        """What the record puts here."""
        value = self.read(values)
        if value is None or value == "":
            return self.empty
        if self.is_plain and type(value) is str:
            if len(value) <= self.most_chars and "\n" not in value:
                return Text(value, self.line_mm)
            return self._content(value)
        return _remembered(self, value) if type(value) is str or type(value) is date else self.content_of(value)

    def content_of(self, value: object) -> Content:
        """What a value puts here, worked out."""
        return self._content(self.field.kind.display(self.field, value))

    def _content(self, text: str) -> Content:
        if text and "\n" not in text and not self.content.lead:
            if not self.content.one_line and self.content.align != "center":
                return Text(text, plain_text_mm(text, self.limit_em))
            if metrics().width(text) <= self.limit_em:
                return Text(text, self.line_mm)
        return filled_cell(self.cell, text_lines(self.content, text, self.room_mm), self.room_mm)

    def drawn(self, text: Text) -> FilledCell:
        """The cell with a text in it."""
        return _drawn(self, text) if len(text.text) <= _SHORT_TEXT else self.draw(text)

    def draw(self, text: Text) -> FilledCell:
        """The cell with a text in it, made anew."""
        lines = (Line((Run(text.text, TEXT_PT),), self.content.align),)
        return FilledCell(self.cell, lines, text.height_mm, _holding(self.empty.drawn, lines))


def _holding(cell: Cell, lines: tuple[Line, ...]) -> Cell:
    """The cell with other lines: `dataclasses.replace`, several times as fast."""
    place = cell.row, cell.column, cell.rowspan, cell.colspan
    return Cell(*place, lines, cell.is_label, cell.valign, cell.open_top, cell.open_bottom, cell.border, cell.field)


@lru_cache(maxsize=_KEPT_TEXTS)
def _remembered(slot: ValueSlot, value: Hashable) -> Content:
    return slot.content_of(value)


@lru_cache(maxsize=_KEPT_TEXTS)
def _drawn(slot: ValueSlot, text: Text) -> FilledCell:
    return slot.draw(text)


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
    """Any other cell that a record fills: prose, figures."""

    cell: GridCell
    room_mm: float

    def fill(self, filler: Filler, _: Mapping[str, object]) -> FilledCell:
        """The cell with the record in it."""
        return filled_cell(self.cell, filler.lines(self.cell.content, self.room_mm), self.room_mm)


Slot = ValueSlot | FewSlot | AnySlot
