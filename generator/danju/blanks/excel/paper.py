"""The paper form as a worksheet wants it: a cell of its own for everything that is entered.

Option lines of several choices become one cell an option, sign-off lines and the line above the grid become labels and
places to write. All positions are millimetres from the left of the grid until the cells are brought onto tracks again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from danju.exchange.paths import held_tick, parse_held
from danju.layout.blocks.block import printed_rows
from danju.layout.draw import draw
from danju.layout.grid import FigureOf, ProseOf
from danju.layout.heading import HEAD_MM, HEAD_PT, heading_rows, note_rows
from danju.layout.measure import metrics
from danju.layout.pages import GridCells
from danju.model.drawing import MM_PER_PT, TEXT_PT, Cell, Drawing, Line, Page, Run
from danju.model.field import Field
from danju.model.form import Form
from danju.model.layout import HeaderPart, SignPart
from danju.readers.form_sheets.leftovers import sign_parts

__all__ = ["DAY_BLANK", "BlankPaper", "lay_out_blank"]

DAY_BLANK = "　　年　　月　　日"
"""Shown where a signature's date goes until it is entered."""
_ROWS = 3
_NAME_MM, _DAY_MM, _HEAD_VALUE_EM, _GAP_MM = 26.0, 38.0, 9.0, 4.0
_SNAP_MM = 1.2  # edges closer than this become one
_BLANK_WORD = "＿＿＿＿"


@dataclass(frozen=True, slots=True)
class BlankPaper:
    """A blank form on its paper.

    Attributes:
        drawing: Every value cell says what it holds (`Cell.field`).
        figures: What is computed in a cell of a table, by what the cell holds.
        signs: The field of each piece of a sign-off line, or "", by what the piece's cell holds, line by line.
    """

    drawing: Drawing
    figures: Mapping[str, FigureOf]
    signs: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell between two edges."""

    cell: Cell
    left: float
    right: float


def lay_out_blank(form: Form) -> BlankPaper:
    """The paper of a form with nothing in it and every block shown."""
    drawing = _draw_with_rows(form)
    reaches = list(accumulate(drawing.columns_mm, initial=0.0))
    figures: dict[str, FigureOf] = {}
    signs: list[dict[str, str]] = []
    pages = []
    for number, page in enumerate(drawing.pages):
        placed = [
            _Placed(cell, reaches[cell.column], reaches[cell.column + cell.colspan])
            for cell in _with_figures(form, page, figures)
        ]
        placed = [piece for each in placed for piece in _split(form, each, signs)]
        heights = page.heights_mm
        if number == 0 and (form.layout.left or form.layout.right):
            placed = [replace(each, cell=each.cell._replace(row=each.cell.row + 1)) for each in placed]
            placed = [*_head_line(form, reaches[-1]), *placed]
            heights = (HEAD_MM, *heights)
        pages.append((replace(page, heights_mm=heights), placed))
    columns, finished = _on_tracks(reaches, pages)
    heading = heading_rows(form.layout.unit_name, form.title, (), (), columns)
    notes = note_rows(form.layout.notes, columns, is_tight=False)
    finished = tuple(replace(page, below=notes) if page.notes else page for page in finished)
    drawing = replace(drawing, heading=heading, columns_mm=columns, pages=finished)
    return BlankPaper(drawing, figures, tuple(signs))


def _draw_with_rows(form: Form) -> Drawing:
    """The empty form, its tables with a few rows more than printed where they cost no further page."""
    least = draw(form, {}, every_block=True)
    rows: dict[str, object] = {}
    for name, printed in printed_rows(form.layout).items():
        table = form.record_type.field(name)
        most = table.max_items if table and table.max_items is not None else _ROWS
        rows[name] = [{} for _ in range(max(printed, min(most, _ROWS)))]
    wider = draw(form, rows, every_block=True)
    return wider if len(wider.pages) == len(least.pages) else least


def _with_figures(form: Form, page: Page, figures: dict[str, FigureOf]) -> Iterator[Cell]:
    """The page's cells; computed ones know their number, prose has blanks to write in, empty ones their alignment."""
    if not isinstance(page.cells, GridCells):
        yield from page.cells
        return
    for cell, place in zip(page.cells, page.cells.grid.cells, strict=True):
        content = place.content
        if isinstance(content, FigureOf):
            held = f"_figure{len(figures)}"
            figures[held] = content
            yield cell._replace(field=held, lines=(Line((), content.align),))
        elif isinstance(content, ProseOf):
            yield cell._replace(lines=tuple(_prose_lines(content.template)))
        elif cell.field and not cell.lines:
            yield cell._replace(lines=(Line((), getattr(content, "align", "left")),))
        else:
            yield cell


def _prose_lines(template: str) -> Iterator[Line]:
    from danju.rules.expressions import expressions_in_text

    for expression in expressions_in_text(template):
        template = template.replace("{{" + expression + "}}", _BLANK_WORD)
    for text in template.strip("\n").split("\n"):
        yield Line((Run(text, TEXT_PT),) if text else ())


def _split(form: Form, placed: _Placed, signs: list[dict[str, str]]) -> Iterator[_Placed]:
    """The cells that one cell of the paper becomes."""
    held = placed.cell.field
    if line := parse_held(held).line:
        parts = sign_parts(form.layout).get(line, ())
        yield from _split_signs(placed, parts, signs)
        return
    field = form.record_type.find(held) if held.isascii() and "[" not in held else None
    if field is not None and field.kind.is_list and placed.cell.lines and not field.computed:
        yield from _split_options(placed, field)
    else:
        yield placed


def _split_signs(placed: _Placed, parts: Sequence[SignPart], signs: list[dict[str, str]]) -> Iterator[_Placed]:
    """Room at the left, then for each part its words and a place to write, up to the right edge."""
    widths: list[tuple[float, tuple[Line, ...], str]] = []
    for part in parts:
        if part.label:
            line = Line((Run(part.label, TEXT_PT),), "right")
            widths.append((_text_mm(part.label, TEXT_PT) + _GAP_MM, (line,), ""))
        if part.field or part.is_date:
            width = _DAY_MM if part.is_date else _NAME_MM
            shown = (Run(DAY_BLANK, TEXT_PT),) if part.is_date else ()
            widths.append((width, (Line(shown, "right" if part.is_date else "left"),), part.field))
        elif part.label.endswith("："):
            widths.append((_NAME_MM, (), ""))
    room = placed.right - placed.left
    total = sum(width for width, _, _ in widths)
    scale = min(1.0, room / total) if total else 1.0
    left = placed.right - total * scale
    pieces: dict[str, str] = {}
    if left - placed.left > _SNAP_MM:
        widths.insert(0, (left - placed.left, (), ""))
    left = placed.left
    for number, (width, lines, path) in enumerate(widths):
        held = f"_sign{len(signs)}.p{number}"
        pieces[held] = path
        right = placed.right if number == len(widths) - 1 else left + width * (scale if path or lines else 1.0)
        yield _Placed(placed.cell._replace(lines=lines, field=held), left, right)
        left = right
    signs.append(pieces)


def _split_options(placed: _Placed, field: Field) -> Iterator[_Placed]:
    """A cell for each option, as wide as its words need."""
    needs = [metrics().width(option.label) + 3.0 for option in field.options]
    unit = (placed.right - placed.left) / sum(needs)
    left = placed.left
    for number, (option, need) in enumerate(zip(field.options, needs, strict=True)):
        right = placed.right if number == len(needs) - 1 else left + need * unit
        line = Line((Run(f"☐ {option.label}", TEXT_PT),))
        held = held_tick(placed.cell.field, option.value)
        yield _Placed(placed.cell._replace(lines=(line,), field=held), left, right)
        left = right


def _head_line(form: Form, width: float) -> Iterator[_Placed]:
    """The line above the grid: labels and places to write, from the left and from the right."""
    left = 0.0
    for part in form.layout.left:
        for lines, held, need in _head_pieces(form, part):
            yield _Placed(_bare(lines, held), left, left + need)
            left += need
    pieces = [piece for part in form.layout.right for piece in _head_pieces(form, part)]
    start = max(left + _GAP_MM, width - sum(need for _, _, need in pieces))
    if start - left > _SNAP_MM:
        yield _Placed(_bare((), ""), left, start)
    scale = (width - start) / max(1.0, sum(need for _, _, need in pieces))
    for lines, held, need in pieces:
        end = start + need * scale
        yield _Placed(_bare(lines, held), start, end)
        start = end


def _head_pieces(form: Form, part: HeaderPart) -> Iterator[tuple[tuple[Line, ...], str, float]]:
    if part.text:
        yield (Line((Run(part.text, HEAD_PT),)),), "", _text_mm(part.text, HEAD_PT) + _GAP_MM
    field = form.record_type.find(part.field) if part.field else None
    if field is not None:
        label = f"{part.label if part.label is not None else field.label}："
        yield (Line((Run(label, HEAD_PT),)),), "", _text_mm(label, HEAD_PT) + _GAP_MM
        needed = max(_HEAD_VALUE_EM, (field.width_em or 0.0) + 2.0) * HEAD_PT * MM_PER_PT
        yield (Line(()),), part.field, needed


def _bare(lines: tuple[Line, ...], held: str) -> Cell:
    return Cell(0, 0, 1, 1, lines, border=False, field=held)


def _text_mm(text: str, size_pt: float) -> float:
    return metrics().width(text) * size_pt * MM_PER_PT


def _on_tracks(
    edges: Sequence[float], pages: Sequence[tuple[Page, list[_Placed]]]
) -> tuple[tuple[float, ...], tuple[Page, ...]]:
    """Column widths, and the pages with their cells on them; an edge close to one already there becomes that one."""
    kept = list(edges)
    stands_for: dict[float, float] = {}
    for _, placed in pages:
        for place in sorted({each.left for each in placed} | {each.right for each in placed}):
            near = min(kept, key=lambda edge: abs(edge - place))
            if abs(near - place) > _SNAP_MM:
                kept.append(place)
                near = place
            stands_for[place] = near
    kept.sort()
    index = {edge: number for number, edge in enumerate(kept)}
    finished = []
    for page, placed in pages:
        cells = []
        for each in placed:
            first, last = index[stands_for[each.left]], index[stands_for[each.right]]
            if last > first:
                cells.append(each.cell._replace(column=first, colspan=last - first))
        cells.sort(key=lambda cell: (cell.row, cell.column))
        finished.append(replace(page, cells=tuple(cells)))
    return tuple(round(right - left, 3) for left, right in pairwise(kept)), tuple(finished)
