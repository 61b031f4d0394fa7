"""Plans: a grid with everything that does not depend on the record already filled in and measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from danju.exchange.paths import field_at, reader_of
from danju.layout.compile import FormKey, lay_out
from danju.layout.fill import Filler
from danju.layout.grid import FixedWords, Grid, GridCell, OptionsOf, Shape, SignOf, TickOf, ValueOf
from danju.layout.heights import FilledCell, RowHeights, filled_cell, room_of, row_heights, text_height_mm
from danju.layout.linebreaks import limit_em
from danju.layout.pages import GridHeights, SheetRoom, grid_heights
from danju.layout.slots import AnySlot, FewSlot, Slot, ValueSlot
from danju.model.drawing import TEXT_PT, Cell, Line
from danju.model.form import Form


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One form for records of one shape; known by its identity.

    Attributes:
        grid: Structure.
        fixed: For each cell of the grid: filled once and for all, or None for a slot.
        slots: The others, by their numbers.
        heights: Of the rows, without a record.
    """

    grid: Grid
    fixed: tuple[FilledCell | None, ...]
    slots: tuple[tuple[int, Slot], ...]
    heights: RowHeights

    def fill(self, filler: Filler, values: Mapping[str, object]) -> list[FilledCell]:
        """Every cell with a record in the slots."""
        filled: list[FilledCell] = list(self.fixed)  # type: ignore[arg-type]  # the slots fill what is None
        for number, slot in self.slots:
            filled[number] = slot.fill(filler, values)
        return filled

    def grid_heights(self, filled: Sequence[FilledCell], sheet: SheetRoom) -> GridHeights:
        """The heights of the rows with filled cells in them."""
        return _grid_heights(self, sheet, tuple([filled[number].height_mm for number in self.heights.moving]))


@lru_cache(maxsize=4096)
def _grid_heights(plan: Plan, sheet: SheetRoom, needed_mm: tuple[float, ...]) -> GridHeights:
    """Remembered, because texts have few different numbers of lines."""
    cells = [plan.grid.cells[number] for number in plan.heights.moving]
    return grid_heights(plan.grid, plan.heights, list(zip(cells, needed_mm, strict=True)), sheet)


@lru_cache(maxsize=256)
def plan_of(key: FormKey, shape: Shape) -> Plan:
    """The plan of a form for records of one shape."""
    grid = lay_out(key, shape)
    filler = Filler(key.form, {})
    parts = [_part(key.form, filler, cell, room_of(grid, cell)) for cell in grid.cells]
    fixed = tuple([part if isinstance(part, FilledCell) else None for part in parts])
    slots = tuple([(number, part) for number, part in enumerate(parts) if not isinstance(part, FilledCell)])
    return Plan(grid, fixed, slots, row_heights(grid, fixed))


def _part(form: Form, filler: Filler, cell: GridCell, room_mm: float) -> FilledCell | Slot:
    """A cell, filled without a record or as a slot."""
    content = cell.content
    if isinstance(content, OptionsOf | TickOf):
        return FewSlot(cell, room_mm, (reader_of(content.path),))
    if isinstance(content, SignOf):
        return FewSlot(cell, room_mm, tuple([reader_of(part.field) for part in content.parts if part.field]))
    if not isinstance(content, FixedWords | ValueOf):
        return AnySlot(cell, room_mm)
    empty = filled_cell(cell, filler.lines(content, room_mm), room_mm)
    found = field_at(form.record_type, content.path) if isinstance(content, ValueOf) else None
    if isinstance(content, FixedWords) or found is None:
        return empty
    if found.kind.is_picture:
        return AnySlot(cell, room_mm)
    at = Cell._fields.index("lines")
    return ValueSlot(
        cell,
        room_mm,
        content,
        found,
        is_plain=not found.options,
        read=reader_of(content.path),
        empty=empty,
        limit_em=limit_em(room_mm, TEXT_PT),
        line_mm=text_height_mm((Line(()),)),
        look=(empty.drawn[:at], empty.drawn[at + 1 :]),
    )
