"""Print setup of the workbook's sheets: A4, fitted to its width, page numbers at the foot."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from danju.location import column_letters
from danju.renderers.look import TEXT_FONT
from danju.summary.words import Words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_A4 = 9  # ST_PaperSize as in ECMA-376 part 1, 18.3.1.63 (pageSetup)
_A4_MM = (210.0, 297.0)
_SIDE_MM, _TOP_MM, _BOTTOM_MM, _FOOTER_MM = 12.0, 14.0, 16.0, 8.0
_MM_PER_INCH = 25.4
_PT_PER_MM = 72 / _MM_PER_INCH
_PIXELS_PER_CHARACTER = 7  # the unit of column widths, a digit of the default font at 96 dpi
_NARROWEST_SCALE = 0.5  # smaller print cannot be read
_EMU_PER_PIXEL = 9525
_NEARLY_FULL = 0.7
_SAFETY = 0.96  # programs differ a little in the height of rows


class Page:
    """Keeps count of a portrait page that is filled from the top, to break it where nothing is torn apart.

    Args:
        width: Of all columns together, in characters.
    """

    def __init__(self, width: float) -> None:
        width_mm = width * _PIXELS_PER_CHARACTER / 96 * _MM_PER_INCH
        scale = min(1.0, (_A4_MM[0] - 2 * _SIDE_MM) / width_mm)
        self._height_pt = (_A4_MM[1] - _TOP_MM - _BOTTOM_MM) * _PT_PER_MM / scale * _SAFETY
        self._used_pt = 0.0

    def use(self, height_pt: float) -> None:
        """Take so much of the page; what does not fit goes on to the next."""
        self._used_pt += height_pt
        if self._used_pt > self._height_pt:
            self._used_pt = height_pt

    def needs_break(self, height_pt: float) -> bool:
        """True when so much fits only on a fresh page, or is longer than any page and this one is nearly full."""
        if not self._used_pt or self._used_pt + height_pt <= self._height_pt:
            return False
        return height_pt <= self._height_pt or self._used_pt > _NEARLY_FULL * self._height_pt

    def break_before(self, sheet: Worksheet, row: int) -> None:
        """Begin a page with this 1-based row."""
        from openpyxl.worksheet.pagebreak import Break

        sheet.row_breaks.append(Break(id=row - 1))
        self._used_pt = 0.0

    def emu_of_width(self, characters: float) -> int:
        """A width in characters as the unit of drawings."""
        return round(characters * _PIXELS_PER_CHARACTER) * _EMU_PER_PIXEL

    def set_up(self, sheet: Worksheet, last_column: int, last_row: int, words: Words) -> None:
        """Portrait, with everything up to the last cell."""
        sheet.print_area = f"A1:{column_letters(last_column - 1)}{last_row}"
        sheet.sheet_view.showGridLines = False
        set_up_print(sheet, words, landscape=False)


def pages_wide(width: float) -> int:
    """How many landscape pages side by side a sheet of so many characters needs to stay legible."""
    width_mm = width * _PIXELS_PER_CHARACTER / 96 * _MM_PER_INCH
    return math.ceil(width_mm * _NARROWEST_SCALE / (_A4_MM[1] - 2 * _SIDE_MM))


def set_up_print(sheet: Worksheet, words: Words, *, landscape: bool, title: str = "", across: int = 1) -> None:
    """A4, fitted to one page in width (or so many side by side); page number at the foot, a title at the head."""
    page: Any = sheet
    page.page_setup.paperSize = _A4
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.fitToWidth = across
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = _SIDE_MM / _MM_PER_INCH
    page.page_margins.top = (_TOP_MM + (6 if title else 0)) / _MM_PER_INCH
    page.page_margins.bottom = _BOTTOM_MM / _MM_PER_INCH
    page.page_margins.header = page.page_margins.footer = _FOOTER_MM / _MM_PER_INCH
    before, between, after = words.footer
    page.oddFooter.center.text = f"{before}&P{between}&N{after}"
    page.oddFooter.center.font, page.oddFooter.center.size = f"{TEXT_FONT},Regular", 9
    if title:
        page.oddHeader.center.text = title.replace("&", "&&")
        page.oddHeader.center.font, page.oddHeader.center.size = f"{TEXT_FONT},Bold", 12
