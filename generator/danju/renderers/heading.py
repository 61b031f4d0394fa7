"""The title block as rows without rules: name of the organisation, title, and the line with number and date."""

from __future__ import annotations

import unicodedata

from danju.model.drawing import Cell, Drawing, Line, Page, Run

UNIT_ROW_MM = 7.0
TITLE_ROW_MM = 14.0
LINE_ROW_MM = 7.0
"""Heights that the layout reserves for the title block."""

_UNIT_PT = 11.0
_TITLE_PT = 19.0
_LEAST_TITLE_PT = 14.0
_LINE_PT = 9.5
_LETTER_SPACE_EM = 0.16
_PT_PER_MM = 72 / 25.4


def heading_height_mm(drawing: Drawing) -> float:
    """Height of the title block."""
    return sum(heading_rows(drawing).heights_mm)


def heading_rows(drawing: Drawing) -> Page:
    """The title block as a grid on the drawing's columns; the title is the cell in row `title_row`."""
    columns = len(drawing.columns_mm)
    heights: list[float] = []
    cells: list[Cell] = []
    if drawing.unit_name:
        cells.append(_bare(0, 0, columns, Line((Run(drawing.unit_name, _UNIT_PT),), "center")))
        heights.append(UNIT_ROW_MM)
    cells.append(
        _bare(len(heights), 0, columns, Line((Run(drawing.title, title_size_pt(drawing), bold=True),), "center"))
    )
    heights.append(TITLE_ROW_MM)
    if drawing.left or drawing.right:
        cells.extend(_line_cells(drawing, len(heights)))
        heights.append(LINE_ROW_MM)
    return Page(tuple(heights), tuple(cells))


def title_row(drawing: Drawing) -> int:
    """Index of the title's row in the title block."""
    return 1 if drawing.unit_name else 0


def title_size_pt(drawing: Drawing) -> float:
    """Type size of the title: smaller for a title that would not fit one line."""
    fitting = _room_pt(drawing) / max(text_ems(drawing.title), 1.0)
    return max(_LEAST_TITLE_PT, min(_TITLE_PT, int(fitting * 2) / 2))


def letter_space_pt(drawing: Drawing) -> float:
    """Space added behind each letter of the title; 0 when there is no room."""
    size = title_size_pt(drawing)
    space = size * _LETTER_SPACE_EM
    return space if text_ems(drawing.title) * size + len(drawing.title) * space <= _room_pt(drawing) else 0.0


def text_ems(text: str) -> float:
    """Rough width of a text in multiples of its size: wide characters 1, others 0.56."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.56 for char in text)


def _room_pt(drawing: Drawing) -> float:
    return (sum(drawing.columns_mm) - 2 * drawing.pad_mm) * _PT_PER_MM


def _line_cells(drawing: Drawing, row: int) -> list[Cell]:
    columns = len(drawing.columns_mm)
    left, right = _line(drawing.left, "left"), _line(drawing.right, "right")
    if not drawing.right:
        return [_bare(row, 0, columns, left)]
    if not drawing.left:
        return [_bare(row, 0, columns, right)]
    split = _split(drawing)
    return [_bare(row, 0, split, left), _bare(row, split, columns - split, right)]


def _split(drawing: Drawing) -> int:
    """Number of column tracks given to the left text: where both texts get room in proportion to their lengths."""
    left, right = text_ems(drawing.left), text_ems(drawing.right)
    wanted = sum(drawing.columns_mm) * left / (left + right)
    reach, best, nearest = 0.0, 1, float("inf")
    for index, width in enumerate(drawing.columns_mm[:-1], start=1):
        reach += width
        if abs(reach - wanted) < nearest:
            best, nearest = index, abs(reach - wanted)
    return best


def _line(text: str, align: str) -> Line:
    return Line((Run(text, _LINE_PT),), align)


def _bare(row: int, column: int, colspan: int, line: Line) -> Cell:
    return Cell(row, column, 1, colspan, (line,), border=False)
