"""The neutral picture of a spreadsheet: sheets, and cells as the libraries give them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeGuard

from danju.location import Location
from danju.ooxml.addresses import cell_name

__all__ = ["UNCACHED", "BrokenCell", "Merge", "Row", "Sheet", "as_text", "is_empty", "is_error_text"]


ERROR_VALUES = frozenset((
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA",
    "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
))  # fmt: skip
"""What spreadsheets show where a formula failed (ECMA-376 part 1, 18.17.3, and later additions)."""


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A cell without a usable value.

    Attributes:
        text: The formula error it shows, e.g. `#N/A`; "" for a formula whose result was never stored.
    """

    text: str


UNCACHED = BrokenCell("")


def is_empty(value: object) -> bool:
    """True for a cell in which nothing can be seen."""
    return value is None or value == "" or (isinstance(value, str) and not value.strip())


def is_error_text(value: object) -> TypeGuard[str]:
    """True for the text of a formula error, as exports leave it behind."""
    return isinstance(value, str) and value[:1] == "#" and value.strip().upper() in ERROR_VALUES


def as_text(value: object) -> str:
    """The value as a person would read it in its cell: 3.0 is `3`, a date is ISO."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, BrokenCell):
        return value.text
    if isinstance(value, int | Decimal | timedelta):
        return str(value)
    return str(value)


Row = list[object]
"""Values of a row from column A; empty cells are None or "". Rows may differ in length."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, 0-based, inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet, or a CSV file.

    Attributes:
        source: File name as the user gave it.
        name: Title, or None for CSV.
        is_visible: False for hidden sheets.
        merges: Merged ranges; the value stands in the top-left cell.
        open_rows: Gives a fresh iterator over all rows from row 1.
    """

    source: str
    name: str | None
    is_visible: bool
    merges: tuple[Merge, ...]
    open_rows: Callable[[], Iterator[Row]]
    _head: list[Row] = field(default_factory=list)
    _has_head: bool = False

    def location(self, row: int | None = None, column: int = 0) -> Location:
        """The sheet, or one of its cells (0-based)."""
        return Location(self.source, self.name, None if row is None else cell_name(row, column))

    def head(self, count: int = 60) -> list[Row]:
        """The first rows, remembered for the several looks that recognition takes."""
        if not self._has_head:
            rows = self.open_rows()
            self._head = [row for _, row in zip(range(count), rows, strict=False)]
            self._has_head = True
        return self._head

    def is_blank(self) -> bool:
        """True when no cell holds anything."""
        if any(not is_empty(value) for row in self.head() for value in row):
            return False
        return all(is_empty(value) for row in self.open_rows() for value in row)
