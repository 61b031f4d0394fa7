"""The title block as rows without rules: name of the organisation, title, and the line with number and date."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

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


def heading_rows(drawing: Drawing) -> Page:
    """The title block as a grid on the drawing's columns; the title is the cell in row `title_row`."""
    cells, heights = _title_cells(drawing.title, drawing.unit_name, drawing.columns_mm, drawing.pad_mm)
    if drawing.left or drawing.right:
        return Page((*heights, LINE_ROW_MM), (*cells, *_line_cells(drawing, len(heights))))
    return Page(heights, cells)


@lru_cache(maxsize=64)
def _title_cells(
    title: str, unit_name: str, columns_mm: tuple[float, ...], pad_mm: float
) -> tuple[tuple[Cell, ...], tuple[float, ...]]:
    """The rows above the line with number and date, and their heights."""
    columns = len(columns_mm)
    size_pt = _title_size_pt(title, _room_pt(columns_mm, pad_mm))
    line = Line((Run(title, size_pt, bold=True),), "center")
    if not unit_name:
        return (_bare(0, 0, columns, line),), (TITLE_ROW_MM,)
    unit = _bare(0, 0, columns, Line((Run(unit_name, _UNIT_PT),), "center"))
    return (unit, _bare(1, 0, columns, line)), (UNIT_ROW_MM, TITLE_ROW_MM)


def title_row(drawing: Drawing) -> int:
    """Index of the title's row in the title block."""
    return 1 if drawing.unit_name else 0


def title_size_pt(drawing: Drawing) -> float:
    """Type size of the title: smaller for a title that would not fit one line."""
    return _title_size_pt(drawing.title, _room_pt(drawing.columns_mm, drawing.pad_mm))


def _title_size_pt(title: str, room_pt: float) -> float:
    fitting = room_pt / max(text_ems(title), 1.0)
    return max(_LEAST_TITLE_PT, min(_TITLE_PT, int(fitting * 2) / 2))


def letter_space_pt(drawing: Drawing) -> float:
    """Space added behind each letter of the title; 0 when there is no room."""
    size = title_size_pt(drawing)
    space = size * _LETTER_SPACE_EM
    room = _room_pt(drawing.columns_mm, drawing.pad_mm)
    return space if text_ems(drawing.title) * size + len(drawing.title) * space <= room else 0.0


def text_ems(text: str) -> float:
    """Rough width of a text in multiples of its size: wide characters 1, others 0.56."""
    return sum(map(_EMS.__getitem__, text), 0.0)


class _Ems(dict[str, float]):
    """Rough widths of characters, each looked up once."""

    def __missing__(self, char: str) -> float:
        width = self[char] = 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.56
        return width


_EMS = _Ems()


def _room_pt(columns_mm: tuple[float, ...], pad_mm: float) -> float:
    return (sum(columns_mm) - 2 * pad_mm) * _PT_PER_MM


def _line_cells(drawing: Drawing, row: int) -> list[Cell]:
    columns = len(drawing.columns_mm)
    left, right = _line(drawing.left, "left"), _line(drawing.right, "right")
    split = head_line_split(drawing.left, drawing.right, drawing.columns_mm)
    if split in (0, columns):
        return [_bare(row, 0, columns, left if split else right)]
    return [_bare(row, 0, split, left), _bare(row, split, columns - split, right)]


def head_line_split(left: str, right: str, columns_mm: tuple[float, ...]) -> int:
    """Number of column tracks given to the left text: where both texts get room in proportion to their lengths.

    All or none of them when there is only one text, or none.
    """
    if not (left and right):
        return len(columns_mm) if left else 0
    left_em, right_em = text_ems(left), text_ems(right)
    wanted = sum(columns_mm) * left_em / (left_em + right_em)
    reach, best, nearest = 0.0, 1, float("inf")
    for index, width in enumerate(columns_mm[:-1], start=1):
        reach += width
        if abs(reach - wanted) < nearest:
            best, nearest = index, abs(reach - wanted)
    return best


def _line(text: str, align: str) -> Line:
    return Line((Run(text, _LINE_PT),), align)


def _bare(row: int, column: int, colspan: int, line: Line) -> Cell:
    return Cell(row, column, 1, colspan, (line,), border=False)
