"""Where the fields of a form stand on its printed paper, ready to be made into the fields of a PDF form.

Lengths are points from the top left corner of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from danju.exchange.paths import field_at
from danju.layout.grid import Content, Grid, GridCell, OptionsOf, SignOf, TickOf, ValueOf
from danju.layout.measure import metrics
from danju.model.drawing import Cell, Drawing
from danju.model.field import Field, Option
from danju.model.form import Form
from danju.model.kind_answers import Control
from danju.model.layout import HeaderPart, SignPart
from danju.renderers.pdf_page import Box, Mark, content_box, frame_of, heading_frame, iter_cell

__all__ = ["BOXES", "FieldPlace", "FieldRole", "iter_places"]

BOXES = ("☑", "☐")
"""Ticked and not ticked, as option lines have them."""
_LINE_PT = 16.0  # height of a field for one line of text
_TALL_PT = 2.2 * _LINE_PT  # cells from this height on take several lines
_ABOVE, _BELOW = 0.88, 0.12  # of a tick box's square, above and below the baseline, in em
_SMALL_PT = 9.5
_TEXT_PT = 10.5
_MOST_INSET_PT = 5.0
_LEAD_PT = 13.0  # the line that a label above its value takes
_BLANKS = " 　"


class FieldRole(Enum):
    """How a field is filled in."""

    TEXT = "text"
    LINES = "lines"  # text of several lines
    PICK = "pick"  # one of a list that opens
    ONE = "one"  # one of several boxes
    TICK = "tick"  # a box of its own


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """A widget of the PDF form.

    Attributes:
        page: 0-based.
        box: Left, right, top, bottom.
        path: Property path, with row index.
        field: What is filled in.
        role: How.
        option: What a box stands for, or None.
        marks: Signs of a box that is ticked and of one that is not.
        size_pt: Type size of the printed text around it.
        align: left, center, right.
        is_covering: Whether something is printed there that a value must cover (年 月 日).
    """

    page: int
    box: Box
    path: str
    field: Field
    role: FieldRole
    option: Option | None = None
    marks: tuple[str, str] = BOXES
    size_pt: float = _TEXT_PT
    align: str = "left"
    is_covering: bool = False


def iter_places(form: Form, drawing: Drawing, grid: Grid) -> Iterator[FieldPlace]:
    """Every place that people fill in, in reading order.

    Args:
        form: The form.
        drawing: Its paper without a record.
        grid: The grid that the drawing was made from.
    """
    contents = _Contents(grid)
    for number, page in enumerate(drawing.pages):
        if number == 0:
            yield from _heading_places(form, drawing)
        frame = frame_of(drawing, page)
        for cell in page.cells:
            content = contents.take(cell) if not cell.is_label else None
            if content is not None:
                room = content_box(cell, frame)
                for place in _cell_places(form, cell, content, room):
                    yield replace(place, page=number)


class _Contents:
    """The contents of a grid's cells, in reading order, found again by the cells drawn from them."""

    def __init__(self, grid: Grid) -> None:
        cells = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
        self._left = [cell for cell in cells if not cell.is_label]

    def take(self, cell: Cell) -> Content | None:
        """What a drawn cell is for; None for the second part of one that two pages share."""
        for at, source in enumerate(self._left):
            if _is_drawn_from(cell, source):
                return self._left.pop(at).content
        return None


def _is_drawn_from(cell: Cell, source: GridCell) -> bool:
    same_place = (cell.column, cell.colspan) == (source.column, source.colspan)
    return same_place and cell.field == getattr(source.content, "held", "")


def _heading_places(form: Form, drawing: Drawing) -> Iterator[FieldPlace]:
    """The fields of the line above the grid."""
    frame = heading_frame(drawing)
    for cell in drawing.heading.cells:
        if cell.role == "head":
            parts = form.layout.right if cell.lines[0].align == "right" else form.layout.left
            for mark in iter_cell(cell, content_box(cell, frame)):
                yield from _worded_places(form, mark, [_headed(form, part) for part in parts if part.field])


def _headed(form: Form, part: HeaderPart) -> SignPart:
    field = field_at(form.record_type, part.field)
    label = part.label if part.label is not None else field.label if field else ""
    return SignPart(part.field, f"{label}：")


def _worded_places(form: Form, mark: Mark, parts: Sequence[SignPart]) -> Iterator[FieldPlace]:
    """The blanks behind the labels of one line of text."""
    text, size = mark.run.text, mark.run.size_pt
    reach = metrics(mark.run.bold).reaches(text)
    at = 0
    for position, part in enumerate(parts):
        start = text.find(part.label, at) + len(part.label)
        following = next((each.label for each in parts[position + 1 :] if each.label), "")
        end = text.find(following, start) if following else len(text)
        if part.is_date and (day := text.find("日", start)) >= 0:
            end = day + 1
        elif position + 1 < len(parts) and parts[position + 1].is_date and not following:
            end = start + len(text[start:]) - len(text[start:].lstrip(_BLANKS)) - 5  # the date's own blank begins there
        at = max(start, end)
        field = field_at(form.record_type, part.field) if part.field else None
        if field is None or at == start:
            continue
        left, right = mark.x + reach[start] * size, mark.x + reach[at] * size
        middle = mark.y - 0.38 * size
        half = min(_LINE_PT, 1.5 * size) / 2
        yield FieldPlace(
            0, (left + 1, right - 1, middle - half, middle + half), part.field, field, _text_role(field),
            size_pt=size, align="right" if part.is_date else "left", is_covering=part.is_date,
        )  # fmt: skip


def _cell_places(form: Form, cell: Cell, content: Content, room: Box) -> Iterator[FieldPlace]:
    if isinstance(content, SignOf):
        for mark in iter_cell(cell, room):
            yield from _worded_places(form, mark, content.parts)
        return
    if not isinstance(content, ValueOf | OptionsOf | TickOf):
        return
    field = field_at(form.record_type, content.path)
    if field is None:
        return
    if isinstance(content, ValueOf):
        yield _value_place(content, field, cell, room)
    elif isinstance(content, TickOf):
        yield from _tick_places(content, field, room)
    else:
        boxes = [mark for mark in iter_cell(cell, room) if mark.run.symbol]
        for option, mark in zip(field.options, boxes, strict=False):
            yield _box(content.path, field, option, (mark.x, mark.y, mark.run.size_pt), BOXES)


def _tick_places(content: TickOf, field: Field, room: Box) -> Iterator[FieldPlace]:
    """A mark in a cell of its own; a tick that follows from the rows of a table is not filled in."""
    option = field.option(content.option)
    if option is not None and field.options:
        left, right, top, bottom = room
        size = _TEXT_PT + 1
        spot = ((left + right - size) / 2, (top + bottom) / 2 + (_ABOVE - _BELOW) / 2 * size, size)
        yield _box(content.path, field, option, spot, content.marks)


def _box(
    path: str, field: Field, option: Option, spot: tuple[float, float, float], marks: tuple[str, str]
) -> FieldPlace:
    """A box whose sign stands at (x, baseline, size)."""
    x, y, size = spot
    role = FieldRole.TICK if field.kind.is_list else FieldRole.ONE
    box = (x, x + size, y - _ABOVE * size, y + _BELOW * size)
    return FieldPlace(0, box, path, field, role, option, marks, size)


def _value_place(content: ValueOf, field: Field, cell: Cell, room: Box) -> FieldPlace:
    left, right, top, bottom = room
    if content.lead:
        top += _LEAD_PT
    role = _text_role(field)
    is_text = field.kind.is_free and not field.format
    if is_text and (field.computed or (cell.valign == "top" and bottom - top >= _TALL_PT)):
        role = FieldRole.LINES
    if role is FieldRole.LINES:
        if cell.valign != "top":  # typed text begins at the upper edge of its field
            top += min(_MOST_INSET_PT, max(0.0, (bottom - top - _LINE_PT) / 2))
    else:
        middle = top + _LINE_PT / 2 if cell.valign == "top" else (top + bottom) / 2
        top, bottom = middle - _LINE_PT / 2, middle + _LINE_PT / 2
    return FieldPlace(0, (left, right, top, bottom), content.path, field, role, align=content.align)


def _text_role(field: Field) -> FieldRole:
    match field.kind.control(field):
        case Control.PICK:
            return FieldRole.PICK
        case Control.LINES:
            return FieldRole.LINES
        case Control.LINE | Control.LINE_OR_WORD | Control.DAY | Control.MOMENT | Control.MONTH:
            return FieldRole.TEXT
        case other:
            assert_never(other)
