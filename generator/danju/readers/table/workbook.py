"""Workbooks (.xlsx, .xlsm, .xls, .ods) as neutral sheets; macros and formulas are never run."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danju.issues import Fault
from danju.messages import Words, phrase
from danju.readers.files.kinds import FileKind, sniff_kind
from danju.readers.files.package_guard import LIMITS, check_package, readable_size
from danju.readers.table import ods_scan, ooxml_scan
from danju.readers.table.ooxml_scan import MAX_AREA, CellScan
from danju.readers.table.sheets import BrokenCell, Merge, Row, Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["Workbook", "open_workbook"]

_EXPECTED = {".xlsx": FileKind.XLSX, ".xlsm": FileKind.XLSX, ".xls": FileKind.XLS, ".ods": FileKind.ODS}


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened workbook.

    Attributes:
        sheets: Worksheets in their order; charts and macro sheets are left out.
        has_external_links: Whether it takes values from other files.
    """

    sheets: tuple[Sheet, ...]
    has_external_links: bool = False


def open_workbook(path: Path, name: str) -> Workbook | Fault:
    """The sheets of a harmless workbook, or what forbids reading it."""
    kind = sniff_kind(path)
    suffix = path.suffix.lower()
    if kind is FileKind.EMPTY:
        return Fault("F003")
    if kind is FileKind.ENCRYPTED:
        return Fault("F001")
    if kind is FileKind.BROKEN_ZIP:
        return check_package(path) or Fault("F002", {"reason": phrase("package_incomplete")})
    if kind is not _EXPECTED[suffix]:
        return Fault("F010", {"suffix": suffix, "actual": kind.value})
    if path.stat().st_size > LIMITS.package:
        return Fault("F015", {"size": readable_size(path.stat().st_size), "limit": readable_size(LIMITS.package)})
    if kind is FileKind.XLS:
        return _open_old(path, name)
    watch = ooxml_scan.SheetWatch()
    if fault := check_package(path, watch=watch if kind is FileKind.XLSX else None):
        return fault
    return _open_checked(path, name, kind, watch)


def _open_old(path: Path, name: str) -> Workbook | Fault:
    from danju.readers.table.xls import EncryptedError, read_xls

    try:
        return Workbook(tuple(read_xls(path, name)))
    except EncryptedError:
        return Fault("F001")
    except ValueError as error:
        return Fault("F002", {"reason": _reason(error)})


def _open_checked(path: Path, name: str, kind: FileKind, watch: ooxml_scan.SheetWatch) -> Workbook | Fault:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with zipfile.ZipFile(path) as package:
            if kind is FileKind.ODS and ods_scan.is_encrypted(package):
                return Fault("F001")
            scans = ods_scan.scan_tables(package) if kind is FileKind.ODS else ooxml_scan.scan_sheets(package, watch)
            has_links = ooxml_scan.external_links(package)
        if sum(scan.area for scan in scans.values()) > MAX_AREA:
            return Fault("F030", {"sheet": max(scans, key=lambda sheet: scans[sheet].area)})
        book = CalamineWorkbook.from_path(path)
        sheets = _load_sheets(book, name, scans)
    except PasswordError:
        return Fault("F001")
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        # lxml.etree.XMLSyntaxError is a SyntaxError
        return Fault("F002", {"reason": _reason(error)})
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # Rust's panics derive from BaseException only
            raise
        return Fault("F002", {"reason": phrase("inner_structure_odd")})
    return Workbook(tuple(sheets), has_links)


def _reason(error: Exception) -> Words:
    if isinstance(error, KeyError) and error.args:
        missing = str(error.args[0])[:80]
        return phrase("missing", missing=missing)
    if isinstance(error, zipfile.BadZipFile):
        return phrase("package_incomplete")
    return phrase("inner_structure_wrong")


def _load_sheets(book: CalamineWorkbook, name: str, scans: Mapping[str, CellScan]) -> list[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = []
    for index, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        scan = scans[about.name]
        loaded = book.get_sheet_by_index(index)
        merges = scan.merges or tuple((a, b, c, d) for (a, b), (c, d) in loaded.merged_cell_ranges or ())
        sheets.append(
            Sheet(
                source=name,
                name=about.name,
                is_visible=about.visible == SheetVisibleEnum.Visible,
                merges=tuple(Merge(*merge) for merge in merges),
                open_rows=partial(_iter_rows, loaded, scan.broken),
            )
        )
    return sheets


def _iter_rows(sheet: CalamineSheet, broken: Mapping[tuple[int, int], BrokenCell]) -> Iterator[Row]:
    """Rows from A1, broken cells put in where calamine leaves nothing."""
    by_row: dict[int, list[tuple[int, BrokenCell]]] = {}
    for (row, column), cell in broken.items():
        by_row.setdefault(row, []).append((column, cell))
    last = -1
    rows: Any = sheet.iter_rows()  # from row 1, but from the first column with anything
    if sheet.start is not None and sheet.start[1]:
        margin = [""] * sheet.start[1]
        rows = (margin + row for row in rows)
    for last, row in enumerate(rows):
        if last in by_row:
            _mark(row, by_row.pop(last))
        yield row
    for index in sorted(by_row):  # below the last cell with a value
        while (last := last + 1) < index:
            yield []
        below: Row = []
        _mark(below, by_row[index])
        yield below


def _mark(row: Row, cells: list[tuple[int, BrokenCell]]) -> None:
    for column, cell in cells:
        row.extend([None] * (column + 1 - len(row)))
        row[column] = cell
