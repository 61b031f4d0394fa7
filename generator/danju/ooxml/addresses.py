"""Addresses of cells, columns and sheets, as workbooks write them; rows and columns are 0-based here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from danju.ooxml.text import cut

__all__ = [
    "LAST_COLUMN", "Range", "absolute", "cell_name", "column_letters", "column_number", "parse_cell", "parse_reference",
    "quoted_title", "sheet_title",
]  # fmt: skip

LAST_COLUMN = 16_383
"""XFD: Excel specifications and limits."""

_TITLE_LIMIT = 31  # ECMA-376 part 1, 18.2.19
_FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED_TITLES = frozenset({"history"})  # Excel keeps this name for tracked changes
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_TITLE = r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^'!:]+))"
_REFERENCE = re.compile(
    rf"\$?{_TITLE}[!.](?P<first>\$?[A-Z]{{1,3}}\$?\d{{1,7}})(?::(?:[^:]*[!.])?(?P<last>\$?[A-Z]{{1,3}}\$?\d{{1,7}}))?"
)


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Letters of a column: 0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The column of its letters, in whatever case."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """A1 reference of a cell."""
    return f"{column_letters(column)}{row + 1}"


def parse_cell(text: str) -> tuple[int, int] | None:
    """Row and column of `F17` or `$F$17`; None for anything else."""
    found = _CELL.fullmatch(text)
    return (int(found[2]) - 1, column_number(found[1])) if found else None


@dataclass(frozen=True, slots=True)
class Range:
    """A range of cells, inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, text: str) -> Range | None:
        """`A3:H9` or `A3`, with or without dollars; None for anything else."""
        first, _, last = text.strip().partition(":")
        start, end = parse_cell(first), parse_cell(last or first)
        return cls(*start, *end) if start is not None and end is not None else None

    @classmethod
    def cell(cls, row: int, column: int) -> Range:
        """A single cell."""
        return cls(row, column, row, column)

    def __str__(self) -> str:
        first = cell_name(self.top, self.left)
        return f"{first}:{cell_name(self.bottom, self.right)}"


def quoted_title(title: str) -> str:
    """The name of a sheet as references have it."""
    return "'" + title.replace("'", "''") + "'"


def absolute(title: str, place: Range) -> str:
    """`'表一'!$A$3:$H$9`, of one cell `'表一'!$A$3`."""
    first = f"{quoted_title(title)}!${column_letters(place.left)}${place.top + 1}"
    if (place.bottom, place.right) == (place.top, place.left):
        return first
    return f"{first}:${column_letters(place.right)}${place.bottom + 1}"


def parse_reference(text: str) -> tuple[str, Range] | None:
    """Title of the sheet and range that a reference of a workbook or an ODF file names; None for anything else."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        return None
    title = found["bare"] if found["quoted"] is None else found["quoted"].replace("''", "'")
    place = Range.parse(found["first"] + (f":{found['last']}" if found["last"] else ""))
    return None if place is None else (title, place)


def sheet_title(wanted: str, taken: Iterable[str] = ()) -> str:
    """A name that Excel takes for a sheet: at most 31 units, none of []:*?/\\, no apostrophe at the ends, not taken."""
    clean = _FORBIDDEN_IN_TITLES.sub("_", wanted).strip("' ") or "Sheet1"
    seen = {title.lower() for title in taken} | _RESERVED_TITLES
    candidate, number = cut(clean, _TITLE_LIMIT, "").strip("' "), 1
    while candidate.lower() in seen:
        number += 1
        ending = f" {number}"
        candidate = cut(clean, _TITLE_LIMIT - len(ending), "") + ending
    return candidate
