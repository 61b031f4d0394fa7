"""An empty form drawn with a mark in every place that people fill in; marks are later replaced by content controls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from danju.exchange.controls import FURTHER
from danju.exchange.paths import about, field_at, parse_held, row_path
from danju.layout.blocks.block import iter_blocks
from danju.layout.draw import draw, shape_of
from danju.layout.grid import FigureOf, QrOf
from danju.layout.heading import note_rows
from danju.layout.pages import GridCells
from danju.model.drawing import PAD_MM, Cell, Drawing, Line, Page, Run
from danju.model.field import Field
from danju.model.form import Form
from danju.values.options import EMPTY

__all__ = ["FIRST_MARK", "FillIn", "draw_marked"]

FIRST_MARK = 0xF0000  # plane 15, private use: in no font and in nobody's form
_LABEL_MM, _ROW_MM, _ROWS_ON_A_PAGE = 36.0, 9.0, 24
_WORDS_MM = 17.0  # four characters of 10.5 pt and a little more
_TEXT_PT = 11.5  # of a tick box that stands alone


@dataclass(frozen=True, slots=True)
class FillIn:
    """A place to fill in.

    Attributes:
        path: Such as `contacts[0].name`.
        field: What goes there.
        label: Of the field, with its table's or group's before it.
        option: The option that a tick box stands for, or "".
        is_narrow: Whether it has room for two or three characters only.
        shows_unit: Whether the paper prints the unit of its number behind it.
    """

    path: str
    field: Field
    label: str
    option: str = ""
    is_narrow: bool = False
    shows_unit: bool = False


@dataclass(slots=True)
class _Marks:
    places: list[FillIn] = field(default_factory=list)

    def mark(self, place: FillIn) -> str:
        self.places.append(place)
        return chr(FIRST_MARK + len(self.places) - 1)


def draw_marked(form: Form) -> tuple[Drawing, Sequence[FillIn]]:
    """The empty form with marks: the character `FIRST_MARK + n` stands for the n-th of the places given back."""
    marks = _Marks()
    drawing = draw(form, _values(form, marks), every_block=True)
    printed = _printed(drawing)
    pages = tuple(
        replace(page, cells=tuple(_with_boxes(form, cell, marks) for cell in page.cells))
        for page in map(_without_figures, drawing.pages)
    )
    printed |= {place.path for place in marks.places if place.option}
    printed |= {place.path for number, place in enumerate(marks.places) if chr(FIRST_MARK + number) in printed}
    further = _further_pages(
        drawing,
        [
            (chr(FIRST_MARK + number), place)
            for number, place in enumerate(marks.places)
            if place.path not in printed and "[" not in place.path and not place.field.computed
        ],
    )
    drawing = replace(drawing, pages=(*pages, *further), footer="")
    _note_looks(drawing, marks)
    return drawing, marks.places


def _printed(drawing: Drawing) -> set[str]:
    """Every character of the drawing, marks among them."""
    words = [_words(cell) for page in drawing.pages for cell in page.cells]
    return set("".join([drawing.left, drawing.right, *words]))


def _further_pages(drawing: Drawing, places: Sequence[tuple[str, FillIn]]) -> Iterator[Page]:
    """Pages of labels and marks for fields that have no place on the paper."""
    columns = len(drawing.columns_mm)
    reach = list(accumulate(drawing.columns_mm))
    split = min(range(1, columns), key=lambda number: abs(reach[number - 1] - _LABEL_MM), default=columns)
    for start in range(0, len(places), _ROWS_ON_A_PAGE):
        cells: list[Cell] = []
        shown = places[start : start + _ROWS_ON_A_PAGE]
        for row, (mark, place) in enumerate(shown):
            value = Line((Run(mark),))
            if split >= columns:
                value = Line((Run(f"{place.label}：{mark}"),))
            else:
                label = Line((Run(place.label),), "center")
                cells.append(Cell(row, 0, 1, split, (label,), is_label=True))
            first = split if split < columns else 0
            cells.append(Cell(row, first, 1, columns - first, (value,), field=place.path))
        yield Page(
            (_ROW_MM,) * len(shown), tuple(cells), below=note_rows((FURTHER,), drawing.columns_mm, is_tight=False)
        )


def _note_looks(drawing: Drawing, marks: _Marks) -> None:
    """Marks places in cells that are too narrow for the usual words, and numbers whose unit belongs behind them."""
    for cell in (cell for page in drawing.pages for cell in page.cells):
        width = sum(drawing.columns_mm[cell.column : cell.column + cell.colspan]) - 2 * PAD_MM
        text = _words(cell)
        if not cell.field or ord(text[-1:] or " ") < FIRST_MARK:
            continue
        number = ord(text[-1]) - FIRST_MARK
        place = marks.places[number]
        shows_unit = bool(place.field.unit) and not place.field.computed
        marks.places[number] = replace(place, is_narrow=width < _WORDS_MM, shows_unit=shows_unit)


def _without_figures(page: Page) -> Page:
    """The page without totals and other figures over marks, which mean nothing."""
    grid = page.cells.grid.cells if isinstance(page.cells, GridCells) else None
    totals = {cell.row for cell in page.cells if cell.is_label and "".join(_words(cell).split()) == "合计"}

    def is_figure(index: int, cell: Cell) -> bool:
        if grid is not None:
            return isinstance(grid[index].content, FigureOf | QrOf)
        return cell.row in totals and not cell.is_label

    cells = (cell._replace(lines=()) if is_figure(index, cell) else cell for index, cell in enumerate(page.cells))
    return replace(page, cells=tuple(cells))


def _words(cell: Cell) -> str:
    return "".join(line.text for line in cell.lines)


def _values(form: Form, marks: _Marks) -> Mapping[str, object]:
    """A record of marks, its tables as long as an empty form prints them."""
    lengths = dict(shape_of(form, {}).table_rows)
    fixed = dict(rows for block in iter_blocks(form.layout) if (rows := block.fixed_rows()))
    values: dict[str, object] = {}
    for each in form.record_type.fields:
        if each.kind.is_table and each.name in lengths:
            values[each.name] = [
                _members(each, row_path(each.name, index, ""), marks) for index in range(lengths[each.name])
            ]
        elif each.kind.is_table and each.name in fixed:
            key = fixed[each.name]
            options = (member.options for member in each.members if member.name == key)
            values[each.name] = [
                {**_members(each, row_path(each.name, about(key, option.value), ""), marks), key: option.value}
                for option in next(options, ())
            ]
        elif each.kind.is_group:
            values[each.name] = _members(each, f"{each.name}.", marks)
        elif not each.kind.is_table:
            values[each.name] = marks.mark(FillIn(each.name, each, each.label))
    return values


def _members(parent: Field, prefix: str, marks: _Marks) -> dict[str, object]:
    return {
        member.name: marks.mark(FillIn(prefix + member.name, member, f"{parent.label}·{member.label}"))
        for member in parent.members
    }


def _with_boxes(form: Form, cell: Cell, marks: _Marks) -> Cell:
    """The cell with marks for its tick boxes: a whole option line, or the box of the option that it stands for."""
    held = parse_held(cell.field)
    target = field_at(form.record_type, held.path) if held.path else None
    if target is None or not target.options or _is_marked(cell):
        return cell
    if held.option:
        mark = marks.mark(FillIn(held.path, target, target.label, held.option))
        return cell._replace(lines=(Line((Run(mark, _TEXT_PT, symbol=True),), "center"),))
    options = iter(target.options)

    def box(run: Run) -> Run:
        option = next(options, None) if run.symbol and run.text in EMPTY else None
        if option is None:
            return run
        return run._replace(text=marks.mark(FillIn(held.path, target, target.label, option.value)))

    return cell._replace(lines=tuple(line._replace(runs=tuple(map(box, line.runs))) for line in cell.lines))


def _is_marked(cell: Cell) -> bool:
    return any(ord(char) >= FIRST_MARK for line in cell.lines for char in line.text)
