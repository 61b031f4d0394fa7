"""Rows of a register that are no records: totals, notes, signatures, page marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from danju.readers.spreadsheets.cells import as_text
from danju.readers.words import BANNERS, NOTES, SIGNATURES, TOTALS
from danju.values.text import fold

__all__ = ["LeftoverRule"]

_AFTER_TOTAL = re.compile(r"[:(,.、\d]|$")
_COUNTED = re.compile(r"[:(,]?共?[\d,.]*(?:家|户|条|项|人|笔|份|单|次|个|元|万元|吨|件|台|套)?\)?")


_TOTAL = re.compile("|".join(sorted(map(re.escape, TOTALS), key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class LeftoverRule:
    """What tells leftover rows from records in one register.

    Attributes:
        required: Columns of required fields that hold no numbers; a record fills most of them.
        width: Number of columns with a heading.
    """

    required: frozenset[int]
    width: int

    def is_leftover(self, cells: Mapping[int, object], is_banner: bool) -> bool:
        """Whether the filled cells of a row are a total, a note or a signature line.

        Args:
            cells: Values by column, in order, at least one.
            is_banner: Whether the first cell is merged over half of the columns or more.
        """
        columns = list(cells)
        first = cells[columns[0]]
        if is_banner and len(cells) == 1 and isinstance(first, str):
            return self._lacks_required(columns, columns[0])
        for column in columns[:2]:
            value = cells[column]
            if isinstance(value, str) and self._is_label(fold(value[:60]), column, columns):
                return True
        return self._is_signature_line(cells, columns)

    def _is_label(self, folded: str, column: int, columns: list[int]) -> bool:
        total = _TOTAL.match(folded)
        if total is not None:
            word = total.group()
            if _COUNTED.fullmatch(folded[len(word) :]) and not self.required - {column}:
                return True
            if self._lacks_required(columns, column):
                return folded == word or bool(_AFTER_TOTAL.match(folded[len(word) :])) or bool(self.required - {column})
            return False
        if NOTES.match(folded) or (BANNERS.fullmatch(folded) and len(columns) == 1):
            return column == columns[0] and (self._lacks_required(columns, column) or len(columns) == 1)
        return False

    def begins_notes(self, text: object) -> bool:
        """Whether a leftover row is a note, which more lines may follow."""
        return isinstance(text, str) and NOTES.match(fold(text[:60])) is not None

    def _is_signature_line(self, cells: Mapping[int, object], columns: list[int]) -> bool:
        """制表人：张三   审核：李四, in one cell or several."""
        first = cells[columns[0]]
        if not isinstance(first, str) or not SIGNATURES.match(fold(first[:60]) + ":"):
            return False
        has_colon = [any(char in as_text(value) for char in ":：") for value in cells.values()]
        return any(has_colon) and (all(has_colon) or self._lacks_required(columns, -1))

    def _lacks_required(self, columns: Collection[int], label: int) -> bool:
        """Whether most required columns besides the label's own are empty."""
        wanted = self.required - {label}
        if not wanted:
            return len(columns) <= max(1, self.width // 3)
        return 2 * len(wanted & set(columns)) < len(wanted) or not wanted & set(columns)
