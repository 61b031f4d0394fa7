"""SpreadsheetML of cell texts, tracks and names: pure functions from a value to its XML (ECMA-376 part 1 §18)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape, quoteattr

from danju.model.drawing import Line, Run
from danju.renderers.excel_styles import DIGIT_PX, face_of, face_xml
from danju.renderers.look import GREY, PAGE_WORDS, SMALL_PT, TEXT_FONT

MAX_CELL_CHARS = 32_767
"""Excel's limit of a cell's text."""
MAX_ROW_PT = 409.0
"""Excel's limit of a row's height."""

_PX_PER_MM = 96 / 25.4
_PT_PER_PX = 0.75
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MAX_SHEET_NAME = 31
_MAX_FOOTER = 255
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


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


def column_letters(index: int) -> str:
    """A, B, … Z, AA, … of a 0-based column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def is_formula_like(text: str) -> bool:
    """Whether Excel would take the text for a formula once someone edits the cell."""
    return text.startswith(_FORMULA_STARTS)


def inline_text(lines: Sequence[Line]) -> str:
    """Content of `is`: plain text when all runs look the same, else rich text; lines are parted by line feeds.

    Raises:
        ValueError: Longer than Excel allows.
    """
    whole = "\n".join([line.text for line in lines])
    if len(whole) > MAX_CELL_CHARS // 2 and _utf16_units(whole) > MAX_CELL_CHARS:
        raise ValueError(f"text of more than {MAX_CELL_CHARS} characters does not fit an Excel cell")
    if len({face_of(run) for line in lines for run in line.runs}) == 1:
        return _t(whole)
    pieces: list[tuple[Run, str]] = []
    pending = ""
    for index, line in enumerate(lines):
        pending += "\n" if index else ""
        for run in line.runs:
            pieces.append((run, pending + run.text))
            pending = ""
    return "".join([f"<r><rPr>{face_xml(face_of(run), 'rFont')}</rPr>{_t(text)}</r>" for run, text in pieces])


def sheet_name(title: str) -> str:
    """A name Excel takes: at most 31 UTF-16 units, none of []:*?/\\, no apostrophe at the ends, never empty."""
    name = _NOT_IN_SHEET_NAME.sub("_", title)
    while _utf16_units(name) > _MAX_SHEET_NAME:
        name = name[:-1]
    name = name.strip().strip("'")
    return name if name and name.lower() != "history" else "单据"


def workbook_xml(name: str, print_area: str, title_rows: int, names: tuple[tuple[str, str], ...] = ()) -> bytes:
    """xl/workbook.xml with one sheet, its print area and the rows that repeat on each printed page.

    Args:
        names: Hidden defined names: text constants in quotes, or references of cells without their sheet.
    """
    quoted = escape("'" + name.replace("'", "''") + "'")
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<workbookPr/><bookViews><workbookView windowWidth="22000" windowHeight="14000"/></bookViews>'
        f'<sheets><sheet name={quoteattr(name)} sheetId="1" r:id="rId1"/></sheets><definedNames>'
        f'<definedName name="_xlnm.Print_Area" localSheetId="0">{quoted}!{print_area}</definedName>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{quoted}!$1:${title_rows}</definedName>'
        f"{_names_xml(quoted, names)}</definedNames></workbook>"
    ).encode()


@lru_cache(maxsize=256)
def _names_xml(sheet: str, names: tuple[tuple[str, str], ...]) -> str:
    """Hidden names; forms repeat the same few sets of them, hence the cache."""
    meanings = ((name, escape(text) if text.startswith('"') else f"{sheet}!{text}") for name, text in names)
    return "".join(f'<definedName name={quoteattr(name)} hidden="1">{text}</definedName>' for name, text in meanings)


def footer_codes(left: str) -> str:
    """Excel's footer: small grey text at the left, page and page count at the right (§18.3.1.39).

    The colour stands last before each text, so that digits of the text cannot be taken for a type size. Left text that
    would pass Excel's limit of 255 characters is shortened: the number stands in full in the file's properties.
    """
    look = f'&"{TEXT_FONT}"&{SMALL_PT:g}&K{GREY}'
    first, middle, last = PAGE_WORDS
    right = f"&R{look}{first}&P{middle}&N{last}"
    room = _MAX_FOOTER - len(right) - len(f"&L{look}")
    shown = left.replace("&", "&&")
    while len(shown) > room:
        left = left[:-2] + "…"
        shown = left.replace("&", "&&")
    return (f"&L{look}{shown}" if left else "") + right


def _utf16_units(text: str) -> int:
    """Length as Excel counts it."""
    return len(text.encode("utf-16-le")) // 2


def _t(text: str) -> str:
    """`t`, where an underscore that would begin an escape like _x000D_ is itself escaped (§22.9.2.19)."""
    if "_x" in text:
        text = _ESCAPE_LOOKALIKE.sub("_x005F_", text)
    return f'<t xml:space="preserve">{escape(text)}</t>'
