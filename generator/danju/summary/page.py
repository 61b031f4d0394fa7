"""Print setup of the workbook's sheets: A4, fitted to its width, page numbers at the foot."""

from __future__ import annotations

import math

from danju.ooxml.printing import PrintSetup, print_text
from danju.summary.words import SummaryWords

_INK = "000000"
_A4_MM = (210.0, 297.0)
_SIDE_MM, _TOP_MM, _BOTTOM_MM, _FOOTER_MM = 12.0, 14.0, 16.0, 8.0
_TITLE_MM = 6.0
_MM_PER_INCH = 25.4
_PT_PER_MM = 72 / _MM_PER_INCH
_PIXELS_PER_CHARACTER = 7  # the unit of column widths, a digit of the default font at 96 dpi
_NARROWEST_SCALE = 0.5  # smaller print cannot be read
_EMU_PER_PIXEL = 9525
_NEARLY_FULL = 0.7
_SAFETY = 0.96  # programs differ a little in the height of rows


class SummaryPage:
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

    def turn(self) -> None:
        """Begin a fresh page."""
        self._used_pt = 0.0

    def emu_of_width(self, characters: float) -> int:
        """A width in characters as the unit of drawings."""
        return round(characters * _PIXELS_PER_CHARACTER) * _EMU_PER_PIXEL


def pages_wide(width: float) -> int:
    """How many landscape pages side by side a sheet of so many characters needs to stay legible."""
    width_mm = width * _PIXELS_PER_CHARACTER / 96 * _MM_PER_INCH
    return math.ceil(width_mm * _NARROWEST_SCALE / (_A4_MM[1] - 2 * _SIDE_MM))


def print_setup(words: SummaryWords, *, landscape: bool, title: str = "", across: int = 1) -> PrintSetup:
    """A4, fitted to one page in width (or so many side by side); page number at the foot, a title at the head."""
    before, between, after = words.footer
    top_mm = _TOP_MM + (_TITLE_MM if title else 0)
    return PrintSetup(
        _A4_MM[::-1] if landscape else _A4_MM,
        (_SIDE_MM, _SIDE_MM, top_mm, _BOTTOM_MM, _FOOTER_MM, _FOOTER_MM),
        fit=(across, 0),
        head="&C" + print_text(title.replace("&", "&&"), 12, _INK, "Bold") if title else "",
        foot="&C" + print_text(f"{before}&P{between}&N{after}", 9, _INK),
    )
