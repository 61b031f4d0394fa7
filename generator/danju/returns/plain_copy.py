"""A plain Excel copy of a table that is no Excel package (.csv, .xls, .ods), to put marks into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import BinaryIO

from danju.ooxml.addresses import Range
from danju.ooxml.cells import CellError, text_tail, value_tail
from danju.ooxml.parts import write_parts
from danju.ooxml.styles import DATE_FORMAT, DATETIME_FORMAT, CellStyle, StyleTable, Typeface
from danju.ooxml.workbook import NewSheet, workbook_part, workbook_xml
from danju.ooxml.worksheet import ColumnTrack, SheetFrame, row_xml
from danju.readers.table.sheets import BrokenCell, Sheet, as_text, is_empty

__all__ = ["write_plain_copy"]

_LEVEL = 6  # of deflate
_NARROWEST, _WIDEST = 8, 40
_FIRST_WIDE = 0x2E80  # CJK Radicals Supplement
_PLAIN = CellStyle(Typeface(11.0), horizontal="general", vertical="bottom")
_STYLES = StyleTable(
    (
        _PLAIN,
        _PLAIN._replace(number_format=DATE_FORMAT),
        _PLAIN._replace(number_format=DATETIME_FORMAT),
        _PLAIN._replace(number_format="@", quoted=True),
    )
)
_VALUE, _DATE, _DATETIME, _TEXT = 1, 2, 3, 4


def write_plain_copy(sheets: Sequence[Sheet], titles: Sequence[str], file: BinaryIO) -> None:
    """Write the values of the sheets as a workbook, rows streamed; hidden ones stay hidden."""
    new = [
        NewSheet(title, partial(_iter_sheet, sheet), state="" if sheet.is_visible else "hidden")
        for title, sheet in zip(titles, sheets, strict=True)
    ]
    write_parts(file, [workbook_part(new, _STYLES.xml(), workbook_xml(new))], _LEVEL)


def _iter_sheet(sheet: Sheet) -> Iterator[bytes]:
    frame = SheetFrame([ColumnTrack(width) for width in _widths(sheet)])
    frame.merges += [Range(merge.top, merge.left, merge.bottom, merge.right) for merge in sheet.merges]
    yield frame.opening(None).encode()
    for index, row in enumerate(sheet.open_rows()):
        tails = [(column, _tail(value)) for column, value in enumerate(row) if not is_empty(value)]
        if tails:
            yield row_xml(index, tails).encode()
    yield from frame.closing()


def _widths(sheet: Sheet) -> list[int]:
    widths: dict[int, int] = {}
    for row in sheet.head():
        for column, value in enumerate(row):
            text = as_text(value).split("\n", 1)[0]
            width = sum(1 if ord(char) < _FIRST_WIDE else 2 for char in text) + 2
            widths[column] = max(widths.get(column, _NARROWEST), min(width, _WIDEST))
    return [widths.get(column, _NARROWEST) for column in range(max(widths, default=-1) + 1)]


def _tail(value: object) -> str:
    if isinstance(value, datetime):
        return value_tail(value, _DATETIME if value.time() != time() else _DATE, _TEXT)
    if isinstance(value, date):
        return value_tail(value, _DATE, _TEXT)
    if isinstance(value, int | float | Decimal):
        return value_tail(value, _VALUE, _TEXT)
    if isinstance(value, BrokenCell) and value.text:
        return value_tail(CellError(value.text), _VALUE, _TEXT)
    return text_tail(as_text(value), _TEXT, _TEXT)
