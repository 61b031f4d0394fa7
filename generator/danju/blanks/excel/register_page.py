"""How a register sheet is seen, protected and printed."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from danju.blanks.excel.columns import RegisterColumn
from danju.blanks.excel.looks import INK
from danju.ooxml.addresses import Range, quoted_title
from danju.ooxml.printing import PrintSetup, print_text
from danju.ooxml.worksheet import Worksheet

__all__ = ["set_up_print", "set_up_view"]

_A4_WIDTH_EM = 125.0  # of 10 pt on a landscape sheet at 65 %, the smallest that is read without effort
_FROZEN_EM = 26.0
_ALLOWED = ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter")
_MARGINS_MM = (10.2, 10.2, 14.0, 15.2, 7.6, 7.6)
_FOOT_PT = 8.0
_OVERFULL = 0.15  # part of a sheet's width by which columns may be squeezed


def set_up_view(sheet: Worksheet, columns: Sequence[RegisterColumn], head_row: int, last_row: int) -> None:
    """Frozen headings and first columns, protection, and filters over what is entered; rows are 0-based.

    Sorting leaves computed columns in place. There is no password: it keeps headings and formulas from slips, not from
    people.
    """
    position, width = 1, 0.0
    for count, column in enumerate(columns[:3], start=1):
        width += column.width_em
        if width > _FROZEN_EM:
            break
        position = count + 1
        if column.is_required:
            break
    frame = sheet.frame
    frame.gridlines, frame.permissions = False, _ALLOWED
    frame.frozen, frame.active = (head_row + 1, position), (head_row + 2, position)
    entered = sum(not column.field.computed for column in columns)
    sheet.filter(Range(head_row, 0, last_row, entered))


def set_up_print(sheet: Worksheet, columns: Sequence[RegisterColumn], top_row: int, head_row: int) -> None:
    """Landscape A4, as many sheets wide as can be read, headings and first columns repeated."""
    across = max(1, ceil(sum(column.width_em for column in columns) / _A4_WIDTH_EM - _OVERFULL))
    foot = "&R" + print_text("第 &P 页　共 &N 页", _FOOT_PT, INK)
    sheet.frame.printing = PrintSetup((297.0, 210.0), _MARGINS_MM, fit=(across, 0), foot=foot)
    title = quoted_title(sheet.title)
    rows = f"{title}!${top_row + 1}:${head_row + 1}"
    sheet.names.append(("Print_Titles", f"{title}!$A:$B,{rows}" if across > 1 else rows))
