"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import Enum
from pathlib import Path

from danju.messages import phrase

__all__ = ["FileKind", "sniff_kind", "suffix_for"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_BOOK_STREAMS = ("Workbook\0".encode("utf-16-le"), "Book\0".encode("utf-16-le"))  # [MS-XLS] 2.1.2
_BIFF_STREAM = (b"\x09\x08", b"\x09\x04", b"\x09\x02")


class FileKind(Enum):
    """Kinds of content, with the words that name them in a message."""

    EMPTY = phrase("empty_file")
    TEXT = phrase("plain_text")
    HTML = phrase("web_page_html")
    XLSX = phrase("excel_workbook_xlsx")
    XLSB = phrase("excel_binary_workbook_xlsb")
    XLS = phrase("old_excel_workbook_xls")
    ODS = phrase("opendocument_spreadsheet_ods")
    WORD = phrase("word_document")
    DOC = phrase("old_word_document_doc")
    PDF = phrase("pdf_file")
    IMAGE = phrase("picture")
    OLE = phrase("old_office_file")
    ENCRYPTED = phrase("encrypted_office_file")
    ZIP = phrase("zip_archive")
    BROKEN_ZIP = phrase("incomplete_zip_archive")
    BINARY = phrase("binary_data")


_INDEX = ("[content_types].xml", "_rels/.rels")
_LARGE_INDEX = 4 << 20  # bytes; an index beyond it is a trap, which the guard names
_MAIN_TYPES = {
    "sheet.binary": FileKind.XLSB,
    "spreadsheetml": FileKind.XLSX,
    "ms-excel": FileKind.XLSX,
    "wordprocessingml": FileKind.WORD,
    "ms-word": FileKind.WORD,
}
"""By words in the content type of the part that the package is about."""
_MEMBERS = {
    "xl/workbook.xml": FileKind.XLSX,
    "xl/workbook.bin": FileKind.XLSB,
    "word/document.xml": FileKind.WORD,
    "content.xml": FileKind.ODS,
}
"""Of archives without an index, or with a broken one."""


def sniff_kind(path: Path) -> FileKind:
    """The kind of a file's content."""
    with path.open("rb") as stream:
        start = stream.read(4096)
    if not start:
        return FileKind.EMPTY
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package_kind(path)
    if start.startswith(_OLE):
        return _ole_kind(path)
    if start.startswith(b"%PDF"):
        return FileKind.PDF
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return FileKind.IMAGE
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<?xml")):
        return FileKind.HTML
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileKind.TEXT
    if start[:2] in _BIFF_STREAM:
        return FileKind.OLE
    zeros = start.count(0)
    if zeros and not _looks_utf16(start):
        return FileKind.BINARY
    return FileKind.TEXT


_SUFFIXES = {
    FileKind.XLSX: ".xlsx",
    FileKind.XLS: ".xls",
    FileKind.ODS: ".ods",
    FileKind.WORD: ".docx",
    FileKind.DOC: ".doc",
    FileKind.PDF: ".pdf",
}
_YAML_LINE = re.compile(
    r"\s*(?:#.*|---.*|%YAML.*|- .*|-|[^,\t]*?:(?:\s.*)?)"
)  # a comma before the colon: a row of cells


def suffix_for(path: Path) -> str:
    """The suffix that fits what a file without a name of its own holds; `.yaml` for what is none of the others."""
    kind = sniff_kind(path)
    if kind in (FileKind.ENCRYPTED, FileKind.BROKEN_ZIP, FileKind.ZIP):
        return ".xlsx"  # whose reader tells what is wrong
    if kind is not FileKind.TEXT:
        return _SUFFIXES.get(kind, ".yaml")
    with path.open("rb") as stream:
        start = stream.read(4096)
    text = start.decode("utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "replace")
    line = next((each for each in text.splitlines() if each.strip()), "").strip()
    if line[:1] in ("[", "{"):
        return ".json"
    is_row = any(sign in line for sign in ",\t，;；") and not _YAML_LINE.fullmatch(line)
    return ".csv" if is_row else ".yaml"


def _looks_utf16(start: bytes) -> bool:
    """True when NULs fill only the odd or only the even places."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    return min(even, odd) == 0 and max(even, odd) > len(start) // 8


def _package_kind(path: Path) -> FileKind:
    """What a ZIP archive is: as its index says where it has one, else as its members are called."""
    try:
        with zipfile.ZipFile(path) as package:
            sizes = {info.filename.lower(): info.file_size for info in package.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return FileKind.BROKEN_ZIP
    if all(sizes.get(name, _LARGE_INDEX) < _LARGE_INDEX for name in _INDEX) and (kind := _office_kind(path)):
        return kind
    return next((kind for name, kind in _MEMBERS.items() if name in sizes), FileKind.ZIP)


def _office_kind(path: Path) -> FileKind | None:
    """What an Office file is about; None when its index does not say, or something that we do not know."""
    from danju.ooxml.package import Package  # late: whoever reads YAML needs no lxml

    try:
        with Package(path) as package:
            main = package.content_type(package.main)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, KeyError, SyntaxError, RuntimeError):
        # lxml.etree.XMLSyntaxError is a SyntaxError; an encrypted member is a RuntimeError
        return None
    return next((kind for word, kind in _MAIN_TYPES.items() if word in main), None)


def _ole_kind(path: Path) -> FileKind:
    data = path.read_bytes() if path.stat().st_size <= 200 << 20 else b""
    if _ENCRYPTED_STREAM in data:
        return FileKind.ENCRYPTED
    if any(name in data for name in _BOOK_STREAMS):
        return FileKind.XLS
    if "WordDocument".encode("utf-16-le") in data:
        return FileKind.DOC
    return FileKind.OLE
