"""The peers that write workbooks: the same cells as our summary's register, without its styles, table and charts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.contender import Repeat, Yield
from benchmarks.peers import need

_CHUNK = 5000
_DATES = {"default_date_format": "yyyy-mm-dd"}


def iter_cells(path: Path) -> Iterator[list[object]]:
    """Rows of the longest sheet of a workbook."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    longest = max((book.get_sheet_by_name(name) for name in book.sheet_names), key=lambda sheet: sheet.total_height)
    return (list(row) for row in longest.iter_rows())


def openpyxl_write(folder: Path) -> Repeat:
    """openpyxl's write-only mode."""
    library = need("openpyxl", "openpyxl")

    def repeat(_first: int, count: int) -> Yield:
        rows, seconds, written = iter_cells(folder / "summary.xlsx"), 0.0, 0
        begin = time.process_time()
        book = library.Workbook(write_only=True)
        sheet = book.create_sheet()
        seconds += time.process_time() - begin
        while chunk := list(islice(rows, min(_CHUNK, count + 1 - written))):
            begin = time.process_time()
            for row in chunk:
                sheet.append(row)
            seconds += time.process_time() - begin
            written += len(chunk)
        begin = time.process_time()
        path = folder / "openpyxl.xlsx"
        book.save(path)
        return Yield(path.stat().st_size, written - 1, seconds + time.process_time() - begin)

    return repeat


def xlsxwriter_write(folder: Path) -> Repeat:
    """XlsxWriter with constant memory."""
    library = need("xlsxwriter", "XlsxWriter")

    def repeat(_first: int, count: int) -> Yield:
        rows, seconds, written = iter_cells(folder / "summary.xlsx"), 0.0, 0
        path = folder / "xlsxwriter.xlsx"
        begin = time.process_time()
        book = library.Workbook(path, {"constant_memory": True, **_DATES})
        sheet = book.add_worksheet()
        seconds += time.process_time() - begin
        while chunk := list(islice(rows, min(_CHUNK, count + 1 - written))):
            begin = time.process_time()
            for row in chunk:
                sheet.write_row(written, 0, row)
                written += 1
            seconds += time.process_time() - begin
        begin = time.process_time()
        book.close()
        return Yield(path.stat().st_size, written - 1, seconds + time.process_time() - begin)

    return repeat
