"""Drawing: a form and a record → the pages of its paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from danju.layout.blocks.block import iter_blocks, printed_rows
from danju.layout.compile import FormKey, form_key
from danju.layout.fill import Filler, shape_parts
from danju.layout.grid import Shape
from danju.layout.heights import LABEL_PAD_MM, LINE_HEIGHT, PAD_MM, text_height_mm
from danju.layout.pages import GridHeights, Sheet, make_pages
from danju.layout.paths import Read, field_at, reader_of
from danju.layout.plan import Plan, plan_of
from danju.layout.slots import Content
from danju.model.drawing import Drawing, Line, Run
from danju.model.field import Field
from danju.model.form import Form
from danju.model.layout import HeaderPart
from danju.rules.expressions import names_of

TITLE_MM = 14.0
UNIT_MM = 7.0
HEAD_LINE_MM = 7.0
NOTE_PT = 8.5
_RESERVE_MM = 1.0  # left free at the foot, so that rounding never makes a second page


def draw(form: Form, values: Mapping[str, object], every_block: bool = False) -> Drawing:
    """The paper of one record; arguments as of `fill_plan`."""
    return fill_plan(form, values, every_block).draw()


def fill_plan(form: Form, values: Mapping[str, object], every_block: bool = False) -> FilledPlan:
    """One record on the plan of its paper, measured, not yet drawn.

    Args:
        form: The form.
        values: Typed values by property name; the number field, when there is one, already has its number.
        every_block: Show blocks whatever their `when:` says.
    """
    key = form_key(form)
    shape = _shape_of(key, values)
    if every_block:
        shape = replace(shape, shown=tuple((when, True) for when, _ in shape.shown))
    plan = plan_of(key, shape)
    filled = plan.fill(Filler(form, values), values)
    heads = _heads(key)
    left, right = _head(heads[0], values), _head(heads[1], values)
    sheet = _sheet(key, bool(left or right))
    footer = str(values.get(form.number_field) or "")
    return FilledPlan(form, plan, filled, plan.grid_heights(filled, sheet), sheet, left, right, footer)


class FilledPlan(NamedTuple):
    """A record on the plan of its paper.

    Attributes:
        form: The form.
        plan: The plan.
        filled: What each cell of its grid holds.
        heights: Of the grid's rows.
        sheet: Room and notes.
        left, right, footer: As of `Drawing`.
    """

    form: Form
    plan: Plan
    filled: Sequence[Content]
    heights: GridHeights
    sheet: Sheet
    left: str
    right: str
    footer: str

    def draw(self) -> Drawing:
        """The paper."""
        layout = self.form.layout
        return Drawing(
            title=self.form.title,
            unit_name=layout.unit_name,
            left=self.left,
            right=self.right,
            footer=self.footer,
            paper=layout.paper,
            columns_mm=self.plan.grid.columns_mm,
            pages=make_pages(self.plan.grid, self.heights, self.plan.draw(self.filled), self.sheet),
            line_height=LINE_HEIGHT,
            pad_mm=PAD_MM,
        )


@lru_cache(maxsize=256)
def _sheet(key: FormKey, has_head_line: bool) -> Sheet:
    """Room and notes of a form's pages."""
    layout = key.form.layout
    top = TITLE_MM + (UNIT_MM if layout.unit_name else 0.0) + (HEAD_LINE_MM if has_head_line else 0.0)
    notes, notes_mm = _notes(layout.notes, layout.paper.content_width_mm)
    return Sheet(layout.paper.content_height_mm - top - _RESERVE_MM, notes, notes_mm, layout.fill_page)


def _notes(texts: tuple[str, ...], width_mm: float) -> tuple[tuple[Line, ...], float]:
    """Lines below the grid, and their height."""
    lines = tuple(Line((Run(text, NOTE_PT, grey=True),)) for text in texts)
    return lines, sum(text_height_mm((line,), width_mm - 2 * LABEL_PAD_MM, NOTE_PT) for line in lines)


def shape_of(form: Form, values: Mapping[str, object]) -> Shape:
    """What of a record decides the structure of its paper."""
    return _shape_of(form_key(form), values)


def _shape_of(key: FormKey, values: Mapping[str, object]) -> Shape:
    tables, whens = _structure(key)
    rows = []
    for path, read, least in tables:
        given = read(values)
        rows.append((path, max(least, len(given) if isinstance(given, list) else 0)))
    form = key.form
    return Shape(tuple(rows), shape_parts(form, names_of(form.record_type, values), whens) if whens else ())


@lru_cache(maxsize=256)
def _structure(key: FormKey) -> tuple[tuple[tuple[str, Read, int], ...], tuple[str, ...]]:
    """Tables with the way to their rows and the fewest that are printed; every `when:`."""
    layout = key.form.layout
    tables = tuple((path, reader_of(path), least) for path, least in printed_rows(layout).items())
    return tables, tuple(block.when for block in iter_blocks(layout) if block.when)


@dataclass(frozen=True, slots=True)
class _HeadPart:
    """A piece of the line above the grid: fixed text, or a field with its label and the way to its value."""

    text: str
    field: Field | None = None
    read: Read | None = None


@lru_cache(maxsize=256)
def _heads(key: FormKey) -> tuple[tuple[_HeadPart, ...], tuple[_HeadPart, ...]]:
    """Left and right of the line above the grid."""
    layout = key.form.layout
    return _head_parts(key.form, layout.left), _head_parts(key.form, layout.right)


def _head_parts(form: Form, parts: tuple[HeaderPart, ...]) -> tuple[_HeadPart, ...]:
    found = []
    for part in parts:
        if part.text:
            found.append(_HeadPart(part.text))
        field = field_at(form.record_type, part.field) if part.field else None
        if field is not None:
            label = part.label if part.label is not None else field.label
            found.append(_HeadPart(f"{label}：", field, reader_of(part.field)))
    return tuple(found)


def _head(parts: tuple[_HeadPart, ...], values: Mapping[str, object]) -> str:
    """`编号：ZF-202603-017`; a missing value leaves room to write it."""
    return "　　".join(
        [
            part.text + (part.field.kind.display(part.field, part.read(values)) or "　　　　　　")
            if part.field and part.read
            else part.text
            for part in parts
        ]
    )
