"""Copies of a paper (存根联, 客户联): on one sheet with a line to cut along, or on sheets of their own.

Only the first copy says what its cells hold: from it alone a finished paper is read back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from danju.layout.measure import metrics
from danju.model.drawing import LABEL_PAD_MM, LEADING, MM_PER_PT, Cell, Line, Page, Rows, Run

CUT_MM = 9.0
"""Height of the row with the line to cut along."""
_CUT_PT = 8.0
_DASH = "- "
_CUT_SHARE = 0.9  # of the paper's width; dashes are not equally wide in every type face

_NAME_MM, _NAME_PT = 5.0, 9.5

Copy = tuple[Rows, Page]
"""Rows above the grid with the copy's name among them, and the page."""


def room_of_copy_mm(content_height_mm: float, count: int) -> float:
    """Height for each of the copies on one sheet."""
    return (content_height_mm - (count - 1) * CUT_MM) / count


def named_heading(name: str, heading: Rows, columns_mm: tuple[float, ...]) -> Rows:
    """The rows above the grid with the copy's name over them, at the right."""
    line = Line((Run(name, _NAME_PT),), "right", LEADING * _NAME_PT * MM_PER_PT)
    cell = _bare(0, columns_mm, line, "copy")
    return Rows((_NAME_MM, *heading.heights_mm), (cell, *_shifted(heading.cells, 1)))


def on_one_sheet(copies: Sequence[Copy], columns_mm: tuple[float, ...]) -> Page:
    """Copies below each other."""
    heights: tuple[float, ...] = ()
    cells: list[Cell] = []
    for number, copy in enumerate(copies):
        if number:
            cells.append(_cut(len(heights), columns_mm))
            heights += (CUT_MM,)
        rows = _joined(copy, is_first=number == 0)
        cells += _shifted(rows.cells, len(heights))
        heights += rows.heights_mm
    return Page(heights, tuple(cells))


def on_own_sheets(copies: Sequence[Sequence[Copy]]) -> tuple[Page, ...]:
    """The pages of each copy, one copy after the other."""
    joined = (_joined(copy, is_first=number == 0) for number, pages in enumerate(copies) for copy in pages)
    return tuple([Page(rows.heights_mm, rows.cells) for rows in joined])


def without_repeated_heading(page: Page, before: Page) -> Page:
    """A page without the rows above its grid, where they repeat those of the same copy's page before.

    A worksheet is one run of rows: a table that goes on must not be parted by a title.
    """
    names = [cell.lines for each in (before, page) for cell in each.cells if cell.role == "copy"]
    if len(names) != 2 or names[0] != names[1]:
        return page
    first = min(cell.row for cell in page.cells if not cell.role)
    cells = tuple([cell._replace(row=cell.row - first) for cell in page.cells if cell.row >= first])
    return replace(page, heights_mm=page.heights_mm[first:], cells=cells)


def is_cut(text: str) -> bool:
    """Whether a text is a line to cut along."""
    return len(text) > len(_DASH) and not text.replace(_DASH.strip(), "").strip()


def _joined(copy: Copy, is_first: bool) -> Rows:
    """All rows of a page as the rows of one grid."""
    heading, page = copy
    above, grid = len(heading.heights_mm), len(page.heights_mm)
    cells = [*heading.cells, *_shifted(page.cells, above), *_shifted(page.below.cells, above + grid)]
    if not is_first:
        cells = [cell._replace(field="") for cell in cells]
    return Rows(heading.heights_mm + page.heights_mm + page.below.heights_mm, tuple(cells))


def _shifted(cells: Sequence[Cell], rows: int) -> list[Cell]:
    return [cell._replace(row=cell.row + rows) for cell in cells]


def _cut(row: int, columns_mm: tuple[float, ...]) -> Cell:
    width_mm = metrics().width(_DASH) * _CUT_PT * MM_PER_PT
    dashes = (_DASH * int(sum(columns_mm) * _CUT_SHARE / width_mm)).rstrip()
    return _bare(row, columns_mm, Line((Run(dashes, _CUT_PT, grey=True),), "center"), "cut")


def _bare(row: int, columns_mm: tuple[float, ...], line: Line, role: str) -> Cell:
    return Cell(row, 0, 1, len(columns_mm), (line,), border=False, pad_mm=LABEL_PAD_MM, role=role)
