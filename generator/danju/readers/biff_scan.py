"""What calamine does not tell about the sheets of an .xls: failed formulas.

calamine gives error cells as empty text; here the BIFF8 records of each sheet are walked for them ([MS-XLS] 2.4).
"""

from __future__ import annotations

import struct
from pathlib import Path

from danju.readers.cells import BrokenCell
from danju.readers.ooxml_scan import CellScan

__all__ = ["scan_sheets"]

_SECTOR_FREE = 0xFFFFFFFA
_BOUNDSHEET, _BOOLERR, _FORMULA, _EOF = 0x0085, 0x0205, 0x0006, 0x000A
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def scan_sheets(path: Path) -> dict[str, CellScan]:
    """Findings by sheet name; empty when the container cannot be understood (calamine then has the last word)."""
    try:
        book = _book_stream(path.read_bytes())
        return {name: CellScan(broken=_broken_cells(book, offset)) for name, offset in _bound_sheets(book)}
    except (struct.error, IndexError, ValueError):
        return {}


def _book_stream(data: bytes) -> bytes:
    """The stream `Workbook` or `Book` of a compound file ([MS-CFB] 2)."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    mini_size = 1 << struct.unpack_from("<H", data, 32)[0]
    fat_count, directory_at = struct.unpack_from("<2I", data, 44)
    cutoff, mini_fat_at, _, difat_at, _ = struct.unpack_from("<5I", data, 56)

    def sector(index: int) -> bytes:
        return data[(index + 1) * size : (index + 2) * size]

    difat = list(struct.unpack_from("<109I", data, 76))
    seen = 0
    while difat_at < _SECTOR_FREE and seen < fat_count:
        more = struct.unpack(f"<{size // 4}I", sector(difat_at))
        difat += more[:-1]
        difat_at, seen = more[-1], seen + 1
    fat: list[int] = []
    for index in difat[:fat_count]:
        fat += struct.unpack(f"<{size // 4}I", sector(index))

    def chain(index: int, table: list[int]) -> list[int]:
        found: list[int] = []
        while index < _SECTOR_FREE and len(found) <= len(table):
            found.append(index)
            index = table[index]
        return found

    directory = b"".join(map(sector, chain(directory_at, fat)))
    entries = [directory[at : at + 128] for at in range(0, len(directory), 128)]
    for entry in entries:
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le")
        if name.lower() not in ("workbook", "book"):
            continue
        start, length = struct.unpack_from("<2I", entry, 116)
        if length >= cutoff:
            return b"".join(map(sector, chain(start, fat)))[:length]
        mini = b"".join(map(sector, chain(struct.unpack_from("<I", entries[0], 116)[0], fat)))
        mini_fat = list(struct.unpack(f"<{size // 4}I", b"".join(map(sector, chain(mini_fat_at, fat)))[:size]))
        return b"".join(mini[at * mini_size : (at + 1) * mini_size] for at in chain(start, mini_fat))[:length]
    raise ValueError("no workbook stream")


def _bound_sheets(book: bytes) -> list[tuple[str, int]]:
    """Names and offsets of the sheets ([MS-XLS] 2.4.28)."""
    sheets, at = [], 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<2H", book, at)
        if kind == _BOUNDSHEET:
            offset, _, count, is_wide = struct.unpack_from("<IHBB", book, at + 4)
            raw = book[at + 12 : at + 12 + count * (2 if is_wide & 1 else 1)]
            sheets.append((raw.decode("utf-16-le" if is_wide & 1 else "latin-1"), offset))
        elif kind == _EOF:
            break
        at += 4 + length
    return sheets


def _broken_cells(book: bytes, at: int) -> dict[tuple[int, int], BrokenCell]:
    broken = {}
    depth = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<2H", book, at)
        if kind == _BOOLERR and book[at + 11]:
            row, column = struct.unpack_from("<2H", book, at + 4)
            broken[row, column] = BrokenCell(_ERRORS.get(book[at + 10], "#N/A"))
        elif kind == _FORMULA and book[at + 10] == 2 and book[at + 16 : at + 18] == b"\xff\xff":
            row, column = struct.unpack_from("<2H", book, at + 4)
            broken[row, column] = BrokenCell(_ERRORS.get(book[at + 12], "#N/A"))
        elif kind == 0x0809:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        at += 4 + length
    return broken
