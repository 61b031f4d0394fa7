"""Plans: a grid with everything that does not depend on the record already filled in and measured."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from danju.layout.compile import FormKey, lay_out
from danju.layout.fill import TEXT_PT, Filler, text_lines
from danju.layout.grid import Grid, GridCell, OptionsOf, Shape, TickOf, ValueOf, Words
from danju.layout.measure import MM_PER_PT, metrics
from danju.layout.pages import SAFETY_EM, FilledCell, drawn, filled_cell, room_of, text_height_mm
from danju.layout.paths import Steps, field_at, steps_of, value_by
from danju.model.drawing import Line, Run
from danju.model.field import Field
from danju.model.form import Form
from danju.rules.display import display

_KEPT_CHOICES = 256
_KEPT_TEXTS = 4096
_SHORT_TEXT = 40


@dataclass(frozen=True, slots=True, eq=False)
class _ValueSlot:
    """A cell for one value.

    Attributes:
        cell: Where it stands.
        room_mm: Width for its text.
        content: Which value, and how it is set.
        field: What the value is.
        steps: The way to it.
        empty: The cell without a value.
        limit_em: Width that fits one line for certain.
        line_mm: Height of the cell with one line.
    """

    cell: GridCell
    room_mm: float
    content: ValueOf
    field: Field
    steps: Steps
    empty: FilledCell
    limit_em: float
    line_mm: float

    def fill(self, _: Filler, values: Mapping[str, object]) -> FilledCell:
        """The cell with the record in it."""
        value = value_by(values, self.steps)
        if value is None or value == "":
            return self.empty
        text = display(self.field, value)
        if len(text) <= _SHORT_TEXT and "\n" not in text:
            return _short(self, text)
        return filled_cell(self.cell, text_lines(self.content, text, self.room_mm), self.room_mm)


@lru_cache(maxsize=_KEPT_TEXTS)
def _short(slot: _ValueSlot, text: str) -> FilledCell:
    """A cell with a short text in it; registers name the same people, places and days again and again."""
    cell = slot.cell
    if text and not slot.content.lead and metrics().width(text) <= slot.limit_em:
        lines = (Line((Run(text, TEXT_PT),), slot.content.align),)
        return FilledCell(cell, lines, slot.line_mm, drawn(cell, lines, cell.row, cell.rowspan))
    return filled_cell(cell, text_lines(slot.content, text, slot.room_mm), slot.room_mm)


@dataclass(frozen=True, slots=True)
class _ChoiceSlot:
    """A cell that one choice alone decides.

    Attributes:
        cell: Where it stands.
        room_mm: Width for its text.
        steps: The way to the choice.
        kept: Filled cells by what was chosen.
    """

    cell: GridCell
    room_mm: float
    steps: Steps
    kept: dict[Hashable, FilledCell] = field(default_factory=dict)

    def fill(self, filler: Filler, values: Mapping[str, object]) -> FilledCell:
        """The cell with the record in it."""
        chosen = value_by(values, self.steps)
        key = tuple(chosen) if isinstance(chosen, list) else chosen
        found = self.kept.get(key)
        if found is None:
            found = filled_cell(self.cell, filler.lines(self.cell.content, self.room_mm), self.room_mm)
            if len(self.kept) < _KEPT_CHOICES:
                self.kept[key] = found
        return found


@dataclass(frozen=True, slots=True)
class _Slot:
    """Any other cell that a record fills: sign-off lines, prose, figures."""

    cell: GridCell
    room_mm: float

    def fill(self, filler: Filler, _: Mapping[str, object]) -> FilledCell:
        """The cell with the record in it."""
        return filled_cell(self.cell, filler.lines(self.cell.content, self.room_mm), self.room_mm)


_Part = FilledCell | _ValueSlot | _ChoiceSlot | _Slot


@dataclass(frozen=True, slots=True)
class Plan:
    """One form for records of one shape.

    Attributes:
        grid: Structure.
        parts: For each cell of the grid: filled once and for all, or a slot.
    """

    grid: Grid
    parts: tuple[_Part, ...]

    def fill(self, filler: Filler, values: Mapping[str, object]) -> list[FilledCell]:
        """Every cell with its lines."""
        return [part if isinstance(part, FilledCell) else part.fill(filler, values) for part in self.parts]


@lru_cache(maxsize=256)
def plan_of(key: FormKey, shape: Shape) -> Plan:
    """The plan of a form for records of one shape."""
    grid = lay_out(key, shape)
    filler = Filler(key.form, {})
    return Plan(grid, tuple(_part(key.form, filler, cell, room_of(grid, cell)) for cell in grid.cells))


def _part(form: Form, filler: Filler, cell: GridCell, room_mm: float) -> _Part:
    """A cell, filled without a record or as a slot."""
    content = cell.content
    if isinstance(content, OptionsOf | TickOf):
        return _ChoiceSlot(cell, room_mm, steps_of(content.path))
    if not isinstance(content, Words | ValueOf):
        return _Slot(cell, room_mm)
    empty = filled_cell(cell, filler.lines(content, room_mm), room_mm)
    found = field_at(form.record_type, content.path) if isinstance(content, ValueOf) else None
    if isinstance(content, Words) or found is None:
        return empty
    line_mm = text_height_mm((Line((Run(" ", TEXT_PT),)),), room_mm)
    limit_em = room_mm / (TEXT_PT * MM_PER_PT) - SAFETY_EM
    return _ValueSlot(cell, room_mm, content, found, steps_of(content.path), empty, limit_em, line_mm)
