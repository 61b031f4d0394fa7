"""Drawings as text, for reading and comparing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from danju.layout.measure import metrics
from danju.model.drawing import MM_PER_PT, Cell, Drawing, Line, Page, Rows
from danju.renderers.grid import place_cells

_BLANK_MM = 0.9  # of a blank at a line's end, which may reach beyond the edge


def shown(page: Page) -> list[str]:
    """Each row as `[label] value`, cells that begin in it parted by two spaces, lines of a cell by ⏎."""
    return [
        "  ".join(_cell(cell) for cell in sorted(page.cells, key=lambda each: each.column) if cell.row == row).rstrip()
        for row in range(len(page.heights_mm))
    ]


def _cell(cell: Cell) -> str:
    text = text_of(cell)
    return f"[{text}]" if cell.is_label else text or "·"


def text_of(cell: Cell) -> str:
    """The words of a cell, paragraphs parted by ⏎."""
    return "⏎".join(paragraphs(cell.lines))


def paragraphs(lines: Iterable[Line]) -> list[str]:
    """The texts that were broken into lines."""
    found: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on:
            found[-1] += line.text
        else:
            found.append(line.text)
        goes_on = line.end != "paragraph"
    return found


def text_at(drawing: Drawing, path: str) -> str:
    """What stands in the cells of a field, over all pages."""
    return "".join(
        line.text for page in drawing.pages for cell in page.cells if cell.field == path for line in cell.lines
    )


def width_mm(line: Line) -> float:
    """How far the words of a line reach."""
    reach = sum(
        metrics(run.bold).width(run.text) * run.size_pt + run.spacing_pt * (len(run.text) - 1) for run in line.runs
    )
    return reach * MM_PER_PT


def iter_overflows(drawing: Drawing) -> Iterator[str]:
    """Every line that leaves its cell, to the side or downwards."""
    parts: list[Page | Rows] = [drawing.heading]
    for page in drawing.pages:
        parts += [page, page.below]
    for part in parts:
        for cell in part.cells:
            room = sum(drawing.columns_mm[cell.column : cell.column + cell.colspan]) - 2 * cell.pad_mm
            height = sum(part.heights_mm[cell.row : cell.row + cell.rowspan])
            for line in cell.lines:
                blanks = len(line.text) - len(line.text.rstrip(" "))
                if width_mm(line) - blanks * _BLANK_MM > room + 0.05 and len(line.text) > 1:
                    yield f"{cell.field or cell.role}: “{line.text}” in {room:.1f} mm"
            if sum(line.height_mm for line in cell.lines) > height + 0.05:
                yield f"{cell.field or cell.role}: {len(cell.lines)} lines in {height:.1f} mm"


def iter_faults(drawing: Drawing, room_mm: float) -> Iterator[str]:
    """Everything that would be wrong on paper: overlaps, gaps, widths, heights beyond the page."""
    columns = len(drawing.columns_mm)
    if abs(sum(drawing.columns_mm) - drawing.paper.content_width_mm) > 0.05:
        yield f"columns add up to {sum(drawing.columns_mm)} mm"
    if min(drawing.columns_mm) <= 0:
        yield "a column without width"
    for number, page in enumerate(drawing.pages, start=1):
        given = len(page.cells)
        bare = [placed.cell for placed in place_cells(page, columns)[given:]]  # raises when cells overlap
        yield from (f"page {number}: nothing at row {cell.row}, column {cell.column}" for cell in bare)
        if sum(page.heights_mm) > room_mm:
            yield f"page {number}: {sum(page.heights_mm)} mm of rows"
        if sum(page.heights_mm) + sum(page.below.heights_mm) > room_mm:
            yield f"page {number}: the notes run over its end"
        if page.heights_mm and min(page.heights_mm) <= 0:
            yield f"page {number}: a row without height"
    yield from iter_overflows(drawing)
