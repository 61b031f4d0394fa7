"""SpreadsheetML of cell texts, tracks and names: pure functions from a value to its XML (ECMA-376 part 1 §18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from danju.model.drawing import FOOT_PT, Line, Run
from danju.ooxml.look import GREY, TEXT_FONT
from danju.ooxml.text import MAX_CELL_CHARS, check_length, escape_text
from danju.renderers.excel_styles import DIGIT_PX, face_of, face_xml
from danju.renderers.look import PAGE_WORDS
from danju.values.text import SOFT_BREAK

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


def inline_text(lines: Sequence[Line]) -> str:
    """Content of `is`: plain text when all runs look the same, else rich text; lines are parted by line feeds, which
    are soft inside a paragraph.

    Raises:
        ValueError: Longer than Excel allows.
    """
    breaks = ["", *("\n" if line.end == "paragraph" else SOFT_BREAK for line in lines[:-1])]
    whole = "".join([gap + line.text for gap, line in zip(breaks, lines, strict=True)])
    if len(whole) > MAX_CELL_CHARS // 2:
        check_length(whole)
    if len({face_of(run) for line in lines for run in line.runs}) == 1:
        return _kept(whole)
    pieces: list[tuple[Run, str]] = []
    pending = ""
    for gap, line in zip(breaks, lines, strict=True):
        pending += gap
        for run in line.runs:
            pieces.append((run, pending + run.text))
            pending = ""
    return "".join([f"<r><rPr>{face_xml(face_of(run), 'rFont')}</rPr>{_kept(text)}</r>" for run, text in pieces])


def footer_codes(left: str) -> str:
    """Excel's footer: small grey text at the left, page and page count at the right (§18.3.1.39).

    The colour stands last before each text, so that digits of the text cannot be taken for a type size. Left text that
    would pass Excel's limit of 255 characters is shortened: the number stands in full in the file's properties.
    """
    look = f'&"{TEXT_FONT}"&{FOOT_PT:g}&K{GREY}'
    first, middle, last = PAGE_WORDS
    right = f"&R{look}{first}&P{middle}&N{last}"
    room = _MAX_FOOTER - len(right) - len(f"&L{look}")
    shown = left.replace("&", "&&")
    while len(shown) > room:
        left = left[:-2] + "…"
        shown = left.replace("&", "&&")
    return (f"&L{look}{shown}" if left else "") + right


def _kept(text: str) -> str:
    return f'<t xml:space="preserve">{escape_text(text)}</t>'
