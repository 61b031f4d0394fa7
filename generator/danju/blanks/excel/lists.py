"""The hidden sheet of word lists behind the drop-downs, with the figures that formulas look up there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from danju.blanks.excel.book import BlankBook
from danju.exchange.cell_names import LIST_PREFIX
from danju.model.field import Field, Option
from danju.ooxml.addresses import Range, absolute
from danju.ooxml.styles import CellStyle
from danju.ooxml.worksheet import Worksheet

__all__ = ["LIST_SHEET", "WordLists"]

LIST_SHEET = "选项"
_STYLE = CellStyle(horizontal="general")
_WORD = _STYLE._replace(number_format="@")


@dataclass(frozen=True, slots=True)
class _List:
    """Where a field's words stand, 0-based: column, last row (from row 1), and the columns of attributes."""

    column: int
    last_row: int
    attributes: dict[str, int]


class WordLists:
    """Word lists of one workbook, written when first asked for."""

    def __init__(self, book: BlankBook) -> None:
        self._book = book
        self._sheet: Worksheet | None = None
        self._known: dict[str, _List] = {}
        self._next = 0

    def words(self, path: str, field: Field) -> str:
        """Formula of a drop-down with all options of a field."""
        self._list(path, field)
        return _name(path)

    def words_of(self, path: str, field: Field, owner: Field, cell: str) -> str:
        """Formula of a drop-down with the options that go with what another cell says.

        Args:
            path: The dependent field's, without row indexes.
            field: The dependent field.
            owner: The field that decides.
            cell: Reference of its cell.
        """
        all_words = self.words(path, field)
        owners, first = f"{all_words}.owners", f"{all_words}.first"
        if f"{path}.owners" not in self._known:
            self._write_owned(path, field, owner)
        count = f"COUNTIF({owners},{cell})"
        return f"IF({count}=0,{all_words},OFFSET({first},MATCH({cell},{owners},0),0,{count},1))"

    def _write_owned(self, path: str, field: Field, owner: Field) -> None:
        """Two columns: every word of the owner, and the option that goes with it, side by side."""
        sheet, column = self._sheet, self._next
        assert sheet is not None
        self._next += 2
        sheet.put(0, column, f"#{path}.owners", _STYLE)
        pairs = [
            (word.label, option.label)
            for word in owner.options
            for option in field.options
            if not option.owners or word.value in option.owners
        ]
        for row, pair in enumerate(pairs, start=1):
            for offset, word in enumerate(pair):
                sheet.put(row, column + offset, word, _WORD)
        self._known[f"{path}.owners"] = _List(column, len(pairs), {})
        self._book.name(f"{_name(path)}.owners", absolute(sheet.title, Range(1, column, len(pairs), column)))
        self._book.name_cell(f"{_name(path)}.first", sheet, Range.cell(0, column + 1))

    def attribute(self, path: str, field: Field, name: str, cell: str) -> str | None:
        """Formula of an option's attribute for the word in a cell; None when an option lacks it."""
        if any(name not in option.attributes for option in field.options):
            return None
        found = self._list(path, field)
        sheet = self._sheet
        assert sheet is not None
        if name not in found.attributes:
            column = self._next
            self._next += 1
            sheet.put(0, column, f"#{path}.{name}", _STYLE)
            for row, option in enumerate(field.options, start=1):
                sheet.put(row, column, _plain(option, name), _STYLE)
            found.attributes[name] = column
        column = found.attributes[name]
        figures = absolute(sheet.title, Range(1, column, found.last_row, column))
        return f"INDEX({figures},MATCH({cell},{_name(path)},0))"

    def _list(self, path: str, field: Field) -> _List:
        found = self._known.get(path)
        if found is not None:
            return found
        if self._sheet is None:
            self._sheet = self._book.add_sheet(LIST_SHEET, "veryHidden")
            self._sheet.frame.permissions = ()
        column = self._next
        self._next += 1
        self._sheet.put(0, column, "#" + path, _STYLE)
        for row, option in enumerate(field.options, start=1):
            self._sheet.put(row, column, option.label, _WORD)
        found = self._known[path] = _List(column, len(field.options), {})
        self._book.name(_name(path), absolute(self._sheet.title, Range(1, column, found.last_row, column)))
        return found


def _name(path: str) -> str:
    return LIST_PREFIX + path


def _plain(option: Option, name: str) -> str | int | float | date:
    value = option.attributes[name]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, str | int | float | date) else str(value)
