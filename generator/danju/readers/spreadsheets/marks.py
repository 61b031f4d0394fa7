"""Our own marks in a returned workbook: the column of messages and the index sheet are not the author's data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from danju.exchange.marks import COLUMN_NAME, WORDS
from danju.readers.spreadsheets.book_marks import Place
from danju.readers.spreadsheets.sheets import Row, Sheet
from danju.values.text import clean

__all__ = ["find_column", "is_index", "without_marks"]

_HEADINGS = frozenset(words.heading for words in WORDS.values())
_TITLES = frozenset(words.title for words in WORDS.values())
_NAME = re.compile(re.escape(COLUMN_NAME) + r"\d+")
_SEARCHED_ROWS = 60
_NO_NAMES: Mapping[str, Mapping[str, Place]] = {}


def without_marks(sheets: Iterable[Sheet], names: Mapping[str, Mapping[str, Place]] = _NO_NAMES) -> list[Sheet]:
    """The sheets as their author left them: without the index, columns of messages blank.

    Known by their exact words, which survive every program that saves the file again, and CSV too; a column whose words
    were changed by its name.

    Args:
        sheets: As they were opened.
        names: Our names of cells, by sheet.
    """
    return [_without_column(sheet, names.get(sheet.name or "", {})) for sheet in sheets if not is_index(sheet)]


def is_index(sheet: Sheet) -> bool:
    """Whether a sheet is an index of issues: its first cell says so."""
    head = sheet.head()
    return bool(head and head[0]) and _is_word(head[0][0], _TITLES)


def find_column(sheet: Sheet) -> tuple[int, int] | None:
    """0-based row and column of the heading of a column of messages, or None."""
    return _find_in(sheet.head()[:_SEARCHED_ROWS])


def _find_in(rows: Sequence[Row]) -> tuple[int, int] | None:
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            if _is_word(value, _HEADINGS):
                return index, column
    return None


def _is_word(value: object, words: frozenset[str]) -> bool:
    return isinstance(value, str) and len(value) <= 40 and (value in words or clean(value) in words)


def _without_column(sheet: Sheet, names: Mapping[str, Place]) -> Sheet:
    named = (place for name, place in names.items() if _NAME.fullmatch(name.lower()))
    place = find_column(sheet) or next(named, None)
    if place is None:
        return sheet
    return replace(sheet, open_rows=partial(_iter_rows, sheet, *place), _head=[], _has_head=False)


def _iter_rows(sheet: Sheet, first: int, column: int) -> Iterator[Row]:
    for index, row in enumerate(sheet.open_rows()):
        if index >= first and column < len(row):
            row = [*row[:column], None, *row[column + 1 :]]
        yield row
