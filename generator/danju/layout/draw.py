"""Drawing: a form and a record → the pages of its paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from danju.layout.compile import form_key
from danju.layout.fill import Filler, shape_parts
from danju.layout.grid import Shape
from danju.layout.pages import LABEL_PAD_MM, LINE_HEIGHT, PAD_MM, make_pages, text_height_mm
from danju.layout.paths import field_at, value_at
from danju.layout.plan import plan_of
from danju.model.drawing import Drawing, Line, Run
from danju.model.form import Form
from danju.model.layout import Band, Block, HeaderPart, TableBlock
from danju.rules.display import display
from danju.rules.expressions import names_of

TITLE_MM = 14.0
UNIT_MM = 7.0
HEAD_LINE_MM = 7.0
NOTE_PT = 8.5
_RESERVE_MM = 1.0  # left free at the foot, so that rounding never makes a second page


def draw(form: Form, values: Mapping[str, object]) -> Drawing:
    """The paper of one record.

    Args:
        form: The form.
        values: Typed values by property name; the number field, when there is one, already has its number.
    """
    layout = form.layout
    plan = plan_of(form_key(form), shape_of(form, values))
    filled = plan.fill(Filler(form, values), values)
    left, right = _head(form, layout.left, values), _head(form, layout.right, values)
    top = TITLE_MM + (UNIT_MM if layout.unit_name else 0.0) + (HEAD_LINE_MM if left or right else 0.0)
    notes, notes_mm = _notes(layout.notes, layout.paper.content_width_mm)
    pages = make_pages(
        plan.grid, filled, layout.paper.content_height_mm - top - _RESERVE_MM, notes, notes_mm, layout.fill_page
    )
    return Drawing(
        title=form.title,
        unit_name=layout.unit_name,
        left=left,
        right=right,
        footer=str(values.get(form.number_field) or ""),
        paper=layout.paper,
        columns_mm=plan.grid.columns_mm,
        pages=pages,
        line_height=LINE_HEIGHT,
        pad_mm=PAD_MM,
    )


@lru_cache(maxsize=64)
def _notes(texts: tuple[str, ...], width_mm: float) -> tuple[tuple[Line, ...], float]:
    """Lines below the grid, and their height."""
    lines = tuple(Line((Run(text, NOTE_PT, grey=True),)) for text in texts)
    return lines, sum(text_height_mm((line,), width_mm - 2 * LABEL_PAD_MM) for line in lines)


def shape_of(form: Form, values: Mapping[str, object]) -> Shape:
    """What of a record decides the structure of its paper."""
    tables, whens = _structure(form.layout.blocks)
    rows = []
    for path, least in tables:
        given = value_at(values, path)
        rows.append((path, max(least, len(given) if isinstance(given, list) else 0)))
    return Shape(tuple(rows), shape_parts(form, names_of(form.record_type, values), whens) if whens else ())


@lru_cache(maxsize=256)
def _structure(blocks: tuple[Block, ...]) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    tables: list[tuple[str, int]] = []
    whens: list[str] = []
    for block in _walk(blocks):
        if isinstance(block, TableBlock):
            tables.append((block.field, block.min_rows))
        if block.when:
            whens.append(block.when)
    return tuple(tables), tuple(whens)


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Band):
            yield from _walk(block.blocks)


def _head(form: Form, parts: tuple[HeaderPart, ...], values: Mapping[str, object]) -> str:
    """`编号：ZF-202603-017`; a missing value leaves room to write it."""
    pieces = []
    for part in parts:
        if part.text:
            pieces.append(part.text)
        field = field_at(form.record_type, part.field) if part.field else None
        if field is not None:
            label = part.label if part.label is not None else field.label
            pieces.append(f"{label}：{display(field, value_at(values, part.field)) or '　　　　　　'}")
    return "　　".join(pieces)
