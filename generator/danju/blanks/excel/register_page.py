"""How a register sheet is seen, printed and protected."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from danju.blanks.excel.columns import RegisterColumn
from danju.ooxml.look import TEXT_FONT

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["protect", "set_up_print", "set_up_view"]

_A4_WIDTH_EM = 125.0  # of 10 pt on a landscape sheet at 65 %, the smallest that is read without effort
_FROZEN_EM = 26.0
_OVERFULL = 0.15  # part of a sheet's width by which columns may be squeezed


def protect(sheet: Worksheet) -> None:
    """No password: it keeps headings and formulas from slips, not from people."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.formatCells = False
    protection.sort = protection.autoFilter = False
    protection.insertRows = protection.deleteRows = False


def set_up_view(sheet: Worksheet, columns: Sequence[RegisterColumn], head_row: int, last_row: int) -> None:
    """Frozen headings and first columns, and filters over what is entered: sorting leaves computed columns in place."""
    from openpyxl.utils import get_column_letter

    sheet.sheet_view.showGridLines = False
    position, width = 2, 0.0
    for count, column in enumerate(columns[:3], start=2):
        width += column.width_em
        if width > _FROZEN_EM:
            break
        position = count + 1
        if column.is_required:
            break
    sheet.freeze_panes = f"{get_column_letter(position)}{head_row + 1}"
    for selection in sheet.sheet_view.selection:
        if selection.pane == "bottomRight":
            selection.activeCell = selection.sqref = f"{get_column_letter(position)}{head_row + 2}"
    entered = sum(not column.field.computed for column in columns)
    sheet.auto_filter.ref = f"A{head_row}:{get_column_letter(entered + 1)}{last_row}"


def set_up_print(sheet: Worksheet, columns: Sequence[RegisterColumn], top_row: int, head_row: int) -> None:
    """Landscape A4, as many sheets wide as can be read, headings and first columns repeated."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    width_em = sum(column.width_em for column in columns)
    setup, margins = sheet.page_setup, sheet.page_margins
    setup.orientation, setup.paperSize = "landscape", 9
    setup.fitToWidth, setup.fitToHeight = max(1, ceil(width_em / _A4_WIDTH_EM - _OVERFULL)), 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{top_row}:{head_row}"
    if setup.fitToWidth > 1:
        sheet.print_title_cols = "A:B"
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.55, 0.6, 0.3, 0.3
    footer = HeaderFooterItem()
    footer.right.text, footer.right.size, footer.right.font = "第 &P 页　共 &N 页", 8, f"{TEXT_FONT},Regular"
    sheet.oddFooter = footer
