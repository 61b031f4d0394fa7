"""Measures of a drawing as Excel counts them, and its foot (ECMA-376 part 1 §18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from danju.model.drawing import FOOT_PT
from danju.ooxml.look import GREY
from danju.ooxml.printing import print_text
from danju.ooxml.styles import DIGIT_PX
from danju.renderers.look import PAGE_WORDS

MAX_ROW_PT = 409.0
"""Excel's limit of a row's height."""

_PX_PER_MM = 96 / 25.4
_PT_PER_PX = 0.75
_MAX_FOOTER = 255


def pixels(tracks_mm: Iterable[float]) -> list[int]:
    """Each track in whole pixels of 1/96 inch, Excel's own grain; edges are cut down, so the sum never grows."""
    edges = [0, *(int(reach * _PX_PER_MM + 1e-6) for reach in accumulate(tracks_mm))]
    return [end - start for start, end in pairwise(edges)]


def column_width(width_px: int) -> float:
    """Width attribute of a column: Truncate(pixels / digit width × 256) / 256, padding included (§18.3.1.13)."""
    return int(width_px / DIGIT_PX * 256) / 256


def row_heights(heights_mm: Sequence[float]) -> list[list[float]]:
    """Worksheet rows in points for each row of the drawing: one, or several where Excel's limit would be passed."""
    limit = int(MAX_ROW_PT / _PT_PER_PX)
    rows = []
    for height in pixels(heights_mm):
        parts = max(1, -(-height // limit))
        rows.append([(height * (part + 1) // parts - height * part // parts) * _PT_PER_PX for part in range(parts)])
    return rows


def footer_codes(left: str) -> str:
    """Excel's footer: small grey text at the left, page and page count at the right (§18.3.1.39).

    The colour stands last before each text, so that digits of the text cannot be taken for a type size. Left text that
    would pass Excel's limit of 255 characters is shortened: the number stands in full in the file's properties.
    """
    first, middle, last = PAGE_WORDS
    right = "&R" + print_text(f"{first}&P{middle}&N{last}", FOOT_PT, GREY)
    room = _MAX_FOOTER - len(right) - len(print_text("&L", FOOT_PT, GREY))
    shown = left.replace("&", "&&")
    while len(shown) > room:
        left = left[:-2] + "…"
        shown = left.replace("&", "&&")
    return ("&L" + print_text(shown, FOOT_PT, GREY) if left else "") + right
