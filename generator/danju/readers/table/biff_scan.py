"""What calamine does not tell about the sheets of an .xls: failed formulas, extents, counts that would end the process.

calamine gives error cells as empty text; here the BIFF8 records of each sheet are walked for them ([MS-XLS] 2.4).
It also reserves memory for as many strings and sectors as a file claims to have, and aborts when that is too much.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from danju.readers.table.ooxml_scan import CellScan
from danju.readers.table.sheets import BrokenCell

__all__ = ["scan_sheets"]

_SECTOR_FREE = 0xFFFFFFFA
_COPIES = 2  # calamine keeps values and formulas side by side
_BOUNDSHEET, _SST, _BOOLERR, _FORMULA, _MULRK = 0x0085, 0x00FC, 0x0205, 0x0006, 0x00BD
_BOF, _EOF = 0x0809, 0x000A
_CELLS = {0x0203, 0x0204, _BOOLERR, _FORMULA, 0x00FD, 0x027E, _MULRK, 0x00D6}
"""NUMBER, LABEL, BOOLERR, FORMULA, LABELSST, RK, MULRK, RSTRING ([MS-XLS] 2.3.1)."""
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def scan_sheets(path: Path) -> dict[str, CellScan]:
    """Findings by sheet name.

    Raises:
        ValueError: When the container cannot be understood or claims the impossible.
    """
    try:
        book = _book_stream(path.read_bytes())
        return {name: _walk_sheet(book, offset) for name, offset in _bound_sheets(book)}
    except (struct.error, IndexError) as error:
        raise ValueError("broken compound file") from error


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
        if length > len(data):
            raise ValueError("stream length")
        if length >= container.cutoff:
            return container.chain(start)[:length]
        return container.small_stream(start, entries[0])[:length]
    raise ValueError("no workbook stream")


def _bound_sheets(book: bytes) -> list[tuple[str, int]]:
    """Names and offsets of the sheets ([MS-XLS] 2.4.28); the string table (2.4.265) must be possible."""
    sheets, at = [], 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<2H", book, at)
        if kind == _BOUNDSHEET:
            offset, _, count, is_wide = struct.unpack_from("<IHBB", book, at + 4)
            raw = book[at + 12 : at + 12 + count * (2 if is_wide & 1 else 1)]
            sheets.append((raw.decode("utf-16-le" if is_wide & 1 else "latin-1"), offset))
        elif kind == _SST and max(struct.unpack_from("<2I", book, at + 4)) > len(book):
            raise ValueError("string count")
        elif kind == _EOF:
            break
        at += 4 + length
    return sheets


def _walk_sheet(book: bytes, at: int) -> CellScan:
    """Extent and broken cells of the sheet that begins at an offset."""
    broken = {}
    depth = rows = columns = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<2H", book, at)
        if kind in _CELLS:
            row, column = struct.unpack_from("<2H", book, at + 4)
            last = struct.unpack_from("<H", book, at + 2 + length)[0] if kind == _MULRK else column
            rows, columns = max(rows, row + 1), max(columns, last + 1)
            error = _error_code(kind, book, at)
            if error is not None:
                broken[row, column] = BrokenCell(_ERRORS.get(error, "#N/A"))
        elif kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        at += 4 + length
    return CellScan(_COPIES * rows * columns, broken)


def _error_code(kind: int, book: bytes, at: int) -> int | None:
    """The code of a failed formula or an error constant, None for any other cell."""
    if kind == _BOOLERR and book[at + 11]:
        return book[at + 10]
    if kind == _FORMULA and book[at + 10] == 2 and book[at + 16 : at + 18] == b"\xff\xff":
        return book[at + 12]
    return None
