"""Drawings as text, for reading and comparing."""

from __future__ import annotations

from collections.abc import Iterator

from danju.model.drawing import Cell, Drawing, Page
from danju.renderers.grid import place_cells


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
    """The words of a cell."""
    return "⏎".join(line.text for line in cell.lines)


def text_at(drawing: Drawing, path: str) -> str:
    """What stands in the cells of a field, over all pages."""
    return "".join(
        line.text for page in drawing.pages for cell in page.cells if cell.field == path for line in cell.lines
    )


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
        if page.heights_mm and min(page.heights_mm) <= 0:
            yield f"page {number}: a row without height"
