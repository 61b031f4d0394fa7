"""The road of workbooks and CSV files: old marks off, registers found, new marks on."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from danju.issues import Fault
from danju.ooxml.addresses import sheet_title
from danju.ooxml.package import Package
from danju.readers.table.csv_file import open_csv
from danju.readers.table.marks import without_marks
from danju.readers.table.sheets import Sheet
from danju.readers.table.workbook import open_workbook
from danju.returns.findings import Findings
from danju.returns.marking import Marked, mark_workbook
from danju.returns.plain_copy import write_plain_copy
from danju.returns.registers import find_registers
from danju.returns.unmarking import OldMarks, find_marks, unmark_workbook

__all__ = ["UnfitError", "clean_workbook", "copy_marked", "mark_own"]


_ODD = (etree.LxmlError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError)
"""What a package that is put together oddly, or lies about its past, leads to."""


class UnfitError(Exception):
    """The file cannot be read or is built so that nothing can be marked in it."""


def mark_own(findings: Findings, lang: str) -> tuple[bytes, Marked]:
    """The author's own workbook with marks instead of any old ones.

    Raises:
        UnfitError: It cannot be marked.
    """
    sheets = _open(findings.path, findings.name)
    cleaned = _clean(findings.path, sheets, findings.name)
    if cleaned is None:
        return _mark(findings, findings.path, sheets, lang)
    with tempfile.TemporaryDirectory(prefix="danju-") as folder:
        path = Path(folder) / f"clean{findings.path.suffix}"
        path.write_bytes(cleaned)
        return _mark(findings, path, without_marks(sheets), lang)


def clean_workbook(path: Path, name: str) -> bytes | None:
    """The workbook without the marks of an earlier return; None when it has none or cannot be read."""
    try:
        return _clean(path, _open(path, name), name)
    except UnfitError:
        return None


def copy_marked(findings: Findings, lang: str) -> tuple[bytes, Marked]:
    """A marked Excel copy of the contents of another kind of table.

    Raises:
        UnfitError: It cannot be read.
    """
    if findings.path.suffix.lower() == ".csv":
        sheet = open_csv(findings.path, findings.name)
        sheets: Sequence[Sheet] = () if isinstance(sheet, Fault) else (sheet,)
        titles = [sheet_title(findings.path.stem)]
        findings = findings.on_sheet(titles[0])
    else:
        book = open_workbook(findings.path, findings.name)
        sheets = () if isinstance(book, Fault) else book.sheets
        titles = [sheet.name or "" for sheet in sheets]
    sheets = without_marks(sheets)
    if not sheets:
        raise UnfitError(findings.name)
    with tempfile.TemporaryDirectory(prefix="danju-") as folder:
        path = Path(folder) / "copy.xlsx"
        with path.open("w+b") as file:
            write_plain_copy(sheets, titles[: len(sheets)], file)
        return _mark(findings, path, _open(path, findings.name), lang)


def _open(path: Path, name: str) -> Sequence[Sheet]:
    book = open_workbook(path, name)
    if isinstance(book, Fault):  # what a reader does not open is not opened here either
        raise UnfitError(name)
    return book.sheets


def _clean(path: Path, sheets: Sequence[Sheet], name: str) -> bytes | None:
    try:
        with Package(path) as package:
            marks = find_marks(package, sheets)
        return _unmark(path, marks) if marks else None
    except _ODD as error:
        raise UnfitError(name) from error


def _unmark(path: Path, marks: OldMarks) -> bytes:
    """The workbook without these marks; what it says about its past is left aside when it makes no sense."""
    out = io.BytesIO()
    try:
        with Package(path) as package:
            unmark_workbook(package, marks, out)
    except _ODD:
        out = io.BytesIO()
        with Package(path) as package:
            unmark_workbook(package, marks, out, with_state=False)
    return out.getvalue()


def _mark(findings: Findings, path: Path, sheets: Sequence[Sheet], lang: str) -> tuple[bytes, Marked]:
    registers = find_registers(sheets, findings)
    out = io.BytesIO()
    try:
        with Package(path) as package:
            marked = mark_workbook(package, findings, registers, lang, out)
    except _ODD as error:
        raise UnfitError(findings.name) from error
    return out.getvalue(), marked
