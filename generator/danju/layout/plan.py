"""Plans: a grid with everything that does not depend on the record already filled in and measured."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from danju.layout.compile import FormKey, lay_out
from danju.layout.fill import Filler
from danju.layout.grid import Grid, GridCell, OptionsOf, Shape, TickOf, Words
from danju.layout.pages import FilledCell, filled_cell, room_of
from danju.layout.paths import value_at

_KEPT_CHOICES = 256


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell that a record fills.

    Attributes:
        cell: Where it stands.
        room_mm: Width for its text.
        choice: Path of the choice that alone decides it, or "" when it holds other text.
        kept: Filled cells by what was chosen.
    """

    cell: GridCell
    room_mm: float
    choice: str
    kept: dict[Hashable, FilledCell] = field(default_factory=dict)

    def fill(self, filler: Filler, values: Mapping[str, object]) -> FilledCell:
        """The cell with the record in it."""
        if not self.choice:
            return filled_cell(self.cell, filler.lines(self.cell.content, self.room_mm), self.room_mm)
        chosen = value_at(values, self.choice)
        key = tuple(chosen) if isinstance(chosen, list) else chosen
        found = self.kept.get(key)
        if found is None:
            found = filled_cell(self.cell, filler.lines(self.cell.content, self.room_mm), self.room_mm)
            if len(self.kept) < _KEPT_CHOICES:
                self.kept[key] = found
        return found


@dataclass(frozen=True, slots=True)
class Plan:
    """One form for records of one shape.

    Attributes:
        grid: Structure.
        parts: For each cell of the grid: filled once and for all, or a slot.
    """

    grid: Grid
    parts: tuple[FilledCell | _Slot, ...]

    def fill(self, filler: Filler, values: Mapping[str, object]) -> list[FilledCell]:
        """Every cell with its lines."""
        return [part if isinstance(part, FilledCell) else part.fill(filler, values) for part in self.parts]


@lru_cache(maxsize=256)
def plan_of(key: FormKey, shape: Shape) -> Plan:
    """The plan of a form for records of one shape."""
    grid = lay_out(key, shape)
    filler = Filler(key.form, {})
    parts: list[FilledCell | _Slot] = []
    for cell in grid.cells:
        room = room_of(grid, cell)
        content = cell.content
        if isinstance(content, Words):
            parts.append(filled_cell(cell, filler.lines(content, room), room))
        else:
            parts.append(_Slot(cell, room, content.path if isinstance(content, OptionsOf | TickOf) else ""))
    return Plan(grid, tuple(parts))
