"""A plain Excel copy of a table that is no Excel package (.csv, .xls, .ods), to put marks into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import BinaryIO

from danju.ooxml.addresses import cell_name, column_letters
from danju.ooxml.parts import write_parts
from danju.ooxml.text import escape, escape_text
from danju.ooxml.workbook import MAIN, NewSheet, workbook_part, workbook_xml
from danju.readers.table.sheets import BrokenCell, Sheet, as_text, is_empty

__all__ = ["write_plain_copy"]

_LEVEL = 6  # of deflate
_EPOCH = datetime(1899, 12, 30)
_FIRST_DATE = datetime(1900, 3, 1)  # before it Excel counts a day that never was
_EXACT = 10**15  # whole numbers beyond lose digits
_NARROWEST, _WIDEST = 8, 40
_FIRST_WIDE = 0x2E80  # CJK Radicals Supplement
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="微软雅黑"/><family val="2"/><charset val="134"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    + "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for number in (164, 165, 49)
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_DATE, _DATETIME, _TEXT = 1, 2, 3


def write_plain_copy(sheets: Sequence[Sheet], titles: Sequence[str], file: BinaryIO) -> None:
    """Write the values of the sheets as a workbook, rows streamed; hidden ones stay hidden."""
    new = [
        NewSheet(title, partial(_iter_bytes, sheet), state="" if sheet.is_visible else "hidden")
        for title, sheet in zip(titles, sheets, strict=True)
    ]
    write_parts(file, [workbook_part(new, _STYLES.encode(), workbook_xml(new))], _LEVEL)


def _iter_bytes(sheet: Sheet) -> Iterator[bytes]:
    return (part.encode() for part in _iter_sheet(sheet))


def _iter_sheet(sheet: Sheet) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
    widths = _widths(sheet)
    if widths:
        yield "<cols>"
        for number, width in enumerate(widths, start=1):
            yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        yield "</cols>"
    yield "<sheetData>"
    for index, row in enumerate(sheet.open_rows()):
        cells = [_cell(index, column, value) for column, value in enumerate(row) if not is_empty(value)]
        if cells:
            yield f'<row r="{index + 1}">{"".join(cells)}</row>'
    yield "</sheetData>"
    if sheet.merges:
        yield f'<mergeCells count="{len(sheet.merges)}">'
        for merge in sheet.merges:
            first, last = cell_name(merge.top, merge.left), cell_name(merge.bottom, merge.right)
            yield f'<mergeCell ref="{first}:{last}"/>'
        yield "</mergeCells>"
    yield "</worksheet>"


def _widths(sheet: Sheet) -> list[int]:
    widths: dict[int, int] = {}
    for row in sheet.head():
        for column, value in enumerate(row):
            text = as_text(value).split("\n", 1)[0]
            width = sum(1 if ord(char) < _FIRST_WIDE else 2 for char in text) + 2
            widths[column] = max(widths.get(column, _NARROWEST), min(width, _WIDEST))
    return [widths.get(column, _NARROWEST) for column in range(max(widths, default=-1) + 1)]


def _cell(row: int, column: int, value: object) -> str:
    start = f'<c r="{column_letters(column)}{row + 1}"'
    if isinstance(value, bool):
        return f'{start} t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float | Decimal) and -_EXACT < value < _EXACT:
        return f"{start}><v>{value}</v></c>"
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        if moment >= _FIRST_DATE and moment.tzinfo is None:
            serial = (moment - _EPOCH) / timedelta(days=1)
            style = _DATETIME if isinstance(value, datetime) and moment.time() != time() else _DATE
            return f'{start} s="{style}"><v>{serial!r}</v></c>'
    if isinstance(value, BrokenCell) and value.text:
        return f'{start} t="e"><v>{escape(value.text)}</v></c>'
    text = as_text(value)
    return f'{start} s="{_TEXT}" t="inlineStr"><is><t xml:space="preserve">{escape_text(text)}</t></is></c>'
