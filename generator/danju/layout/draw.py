"""Drawing: a form and a record → the pages of its paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from danju.exchange.paths import Read, field_at, reader_of
from danju.layout.blocks.block import iter_blocks, printed_rows
from danju.layout.compile import FormKey, form_key
from danju.layout.copies import named_heading, on_one_sheet, on_own_sheets, room_of_copy_mm
from danju.layout.fill import Filler, shape_parts
from danju.layout.grid import Shape
from danju.layout.heading import heading_rows, note_rows
from danju.layout.pages import SheetRoom, make_pages
from danju.layout.plan import plan_of
from danju.model.drawing import NO_ROWS, Drawing, Page, Rows
from danju.model.field import Field
from danju.model.form import Form
from danju.model.layout import HeaderPart, Paper
from danju.rules.expressions import names_of

_BLANK = "　" * 8  # room to write a number or a date by hand
_RESERVE_MM = 1.0  # left free at the foot, so that rounding never makes a second page


def draw(form: Form, values: Mapping[str, object], every_block: bool = False, mark: str = "") -> Drawing:
    """The paper of one record.

    Args:
        form: The form.
        values: Typed values by property name; the number field, when there is one, already has its number.
        every_block: Show blocks whatever their `when:` says, and one copy: the form as such.
        mark: What is printed at the right end of the head line and in the footer besides, e.g. a version.
    """
    key = form_key(form)
    shape = _shape_of(key, values)
    if every_block:
        shape = replace(shape, shown=tuple((when, True) for when, _ in shape.shown))
    plan = plan_of(key, shape)
    layout = form.layout
    columns_mm = plan.grid.columns_mm
    left, right = (_head(parts, values) for parts in _heads(key))
    filled = plan.fill(Filler(form, values), values)

    def pages_below(heading: Rows, room_mm: float) -> tuple[Page, ...]:
        sheet = _sheet(key, columns_mm, room_mm - sum(heading.heights_mm) - _RESERVE_MM)
        return make_pages(plan.grid, plan.grid_heights(filled, sheet), filled, sheet)

    heading = heading_rows(layout.unit_name, form.title, left, (*right, mark) if mark else right, columns_mm)
    footer = str(values.get(form.number_field) or mark)
    if layout.copies and not every_block:
        headings = [named_heading(name, heading, columns_mm) for name in layout.copies]
        pages = _copies(headings, pages_below, layout.paper, columns_mm)
        return Drawing(form.title, NO_ROWS, footer, layout.paper, columns_mm, pages)
    pages = pages_below(heading, layout.paper.content_height_mm)
    return Drawing(form.title, heading, footer, layout.paper, columns_mm, pages)


def _copies(
    headings: list[Rows],
    pages_below: Callable[[Rows, float], tuple[Page, ...]],
    paper: Paper,
    columns_mm: tuple[float, ...],
) -> tuple[Page, ...]:
    """All copies on one sheet when each fits its share of it, else each on sheets of its own."""
    share_mm = room_of_copy_mm(paper.content_height_mm, len(headings))
    small = [[(heading, page) for page in pages_below(heading, share_mm)] for heading in headings]
    if all(len(pages) == 1 for pages in small):
        return (on_one_sheet([pages[0] for pages in small], columns_mm),)
    full_mm = paper.content_height_mm
    return on_own_sheets([[(heading, page) for page in pages_below(heading, full_mm)] for heading in headings])


@lru_cache(maxsize=1024)
def _sheet(key: FormKey, columns_mm: tuple[float, ...], room_mm: float) -> SheetRoom:
    """Room and notes of a form's pages."""
    layout = key.form.layout
    notes, tight = (note_rows(layout.notes, columns_mm, is_tight) for is_tight in (False, True))
    return SheetRoom(room_mm, notes, tight, layout.fill_page)


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


def _head(parts: tuple[_HeadPart, ...], values: Mapping[str, object]) -> tuple[str, ...]:
    """`编号：ZF-202603-017`; a missing value leaves room to write it."""
    return tuple(
        [
            part.text + (part.field.kind.display(part.field, part.read(values)) or _BLANK)
            if part.field and part.read
            else part.text
            for part in parts
        ]
    )
