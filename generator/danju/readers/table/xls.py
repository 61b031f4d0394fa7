"""Old workbooks (.xls): the container is walked here, its records ([MS-XLS] 2.4) are read by xlrd.

xlrd is Python: what a broken file claims ends in an exception, not in the end of the process. Its own walk through the
container never ends when sectors follow each other in a ring, so it is given the workbook stream alone.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from danju.readers.table.sheets import BrokenCell, Merge, Row, Sheet

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet as XlsSheet

__all__ = ["EncryptedError", "read_xls"]

_SECTOR_FREE = 0xFFFFFFFA
_FILEPASS, _EOF = 0x002F, 0x000A
_DATE, _BOOLEAN, _ERROR = 3, 4, 5  # xlrd's types of cells
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
"""In the number format of a span of time: `[h]:mm`."""
_NO_DAY = 2_958_466  # 10000-01-01


class EncryptedError(Exception):
    """The workbook asks for a password."""


def read_xls(path: Path, name: str) -> list[Sheet]:
    """The worksheets of an old workbook.

    Raises:
        EncryptedError: It asks for a password.
        ValueError: It cannot be understood or claims the impossible.
    """
    import xlrd
    from xlrd.biffh import XLRDError

    try:
        stream = _book_stream(path.read_bytes())
        if _is_encrypted(stream):
            raise EncryptedError
        with Path(os.devnull).open("w") as silence:
            book = xlrd.open_workbook(
                file_contents=stream, logfile=silence, formatting_info=True, ragged_rows=True
            )  # merges and spans of time are matters of format
        spans = frozenset(index for index in range(len(book.xf_list)) if _SPAN.search(_format_of(book, index)))
        return [_sheet(book, each, name, spans) for each in book.sheets()]
    except (
        XLRDError, struct.error, LookupError, ArithmeticError, AssertionError, TypeError, AttributeError,
        RecursionError, MemoryError,
    ) as error:  # fmt: skip
        raise ValueError("broken workbook") from error


def _sheet(book: Book, sheet: XlsSheet, name: str, spans: frozenset[int]) -> Sheet:
    merges = tuple(Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
    rows = partial(_iter_rows, sheet, book.datemode, spans)
    return Sheet(name, sheet.name, sheet.visibility == 0, merges, rows)


def _format_of(book: Book, index: int) -> str:
    known = book.format_map.get(book.xf_list[index].format_key)
    return known.format_str if known is not None else ""


def _iter_rows(sheet: XlsSheet, base: Literal[0, 1], spans: frozenset[int]) -> Iterator[Row]:
    from xlrd.biffh import error_text_from_code

    for index in range(sheet.nrows):
        row: Row = list(sheet.row_values(index))
        for column, kind in enumerate(sheet.row_types(index)):
            value: Any = row[column]
            if kind == _DATE:
                row[column] = _moment(value, base, is_span=sheet.cell_xf_index(index, column) in spans)
            elif kind == _BOOLEAN:
                row[column] = bool(value)
            elif kind == _ERROR:
                row[column] = BrokenCell(error_text_from_code.get(value, "#N/A"))
        yield row


def _moment(serial: float, base: Literal[0, 1], *, is_span: bool) -> date | time | timedelta | float:
    """What a number with the format of a moment is; one that is none stays a number."""
    from xlrd.xldate import xldate_as_datetime

    if is_span:
        return timedelta(days=serial)
    if not 0 <= serial < _NO_DAY:
        return serial
    moment: datetime = xldate_as_datetime(serial, base)
    if serial < 1:
        return moment.time()
    return moment.date() if serial.is_integer() else moment


class _CompoundFile:
    """Sectors and chains of a compound file ([MS-CFB] 2)."""

    def __init__(self, data: bytes) -> None:
        shift, mini_shift = struct.unpack_from("<2H", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self.data, self.size = data, 1 << shift
        directory_count, fat_count, self.directory_at = struct.unpack_from("<3I", data, 40)
        self.cutoff, self.mini_fat_at, mini_fat_count, difat_at, difat_count = struct.unpack_from("<5I", data, 56)
        if max(directory_count, fat_count, mini_fat_count, difat_count) > len(data) // self.size:
            raise ValueError("sector counts")
        difat = list(struct.unpack_from("<109I", data, 76))
        for _ in range(difat_count):
            *more, difat_at = struct.unpack(f"<{self.size // 4}I", self._sector(difat_at))
            difat += more
        self.fat: list[int] = []
        for index in difat[:fat_count]:
            self.fat += struct.unpack(f"<{self.size // 4}I", self._sector(index))

    def _sector(self, index: int) -> bytes:
        return self.data[(index + 1) * self.size : (index + 2) * self.size]

    def chain(self, index: int) -> bytes:
        """The bytes of the sectors that follow each other from here."""
        return b"".join(map(self._sector, _follow(index, self.fat)))

    def iter_entries(self) -> Iterator[bytes]:
        """Directory entries; the first one is the root, which holds the small streams."""
        directory = self.chain(self.directory_at)
        return (directory[at : at + 128] for at in range(0, len(directory), 128))

    def small_stream(self, start: int, root: bytes) -> bytes:
        """A stream below the cutoff, kept in pieces of 64 bytes."""
        mini = self.chain(struct.unpack_from("<I", root, 116)[0])
        table = self.chain(self.mini_fat_at)
        mini_fat = list(struct.unpack(f"<{len(table) // 4}I", table))
        return b"".join(mini[at * 64 : (at + 1) * 64] for at in _follow(start, mini_fat))


def _follow(index: int, table: list[int]) -> list[int]:
    found: list[int] = []
    while index < _SECTOR_FREE and len(found) <= len(table):
        found.append(index)
        index = table[index]
    return found


def _book_stream(data: bytes) -> bytes:
    """The stream `Workbook` or `Book`."""
    container = _CompoundFile(data)
    entries = list(container.iter_entries())
    for entry in entries:
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        if name.lower() not in ("workbook", "book"):
            continue
        start, length = struct.unpack_from("<2I", entry, 116)
        if not 0 < length <= len(data):
            raise ValueError("stream length")
        if length >= container.cutoff:
            return container.chain(start)[:length]
        return container.small_stream(start, entries[0])[:length]
    raise ValueError("no workbook stream")


def _is_encrypted(stream: bytes) -> bool:
    """Whether one of the first records says that the others are encrypted."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        if kind in (_FILEPASS, _EOF):
            return bool(kind == _FILEPASS)
        at += 4 + length
    return False
