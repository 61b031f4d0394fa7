"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import zipfile
from enum import Enum
from pathlib import Path

__all__ = ["FileKind", "sniff_kind"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_BOOK_STREAMS = ("Workbook\0".encode("utf-16-le"), "Book\0".encode("utf-16-le"))  # [MS-XLS] 2.1.2
_BIFF_STREAM = (b"\x09\x08", b"\x09\x04", b"\x09\x02")


class FileKind(Enum):
    """Kinds of content, with the words that name them in a message."""

    EMPTY = "空文件"
    TEXT = "文本"
    HTML = "网页（HTML）"
    XLSX = "Excel 工作簿（.xlsx）"
    XLSB = "Excel 二进制工作簿（.xlsb）"
    XLS = "旧版 Excel 工作簿（.xls）"
    ODS = "OpenDocument 电子表格（.ods）"
    WORD = "Word 文档"
    PDF = "PDF 文件"
    IMAGE = "图片"
    OLE = "旧版 Office 文件"
    ENCRYPTED = "加密的 Office 文件"
    ZIP = "压缩包"
    BROKEN_ZIP = "不完整的压缩包"
    BINARY = "二进制数据"


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


def _looks_utf16(start: bytes) -> bool:
    """True when NULs fill only the odd or only the even places."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    return min(even, odd) == 0 and max(even, odd) > len(start) // 8


def _package_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as package:
            names = {name.lower() for name in package.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return FileKind.BROKEN_ZIP
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if "word/document.xml" in names:
        return FileKind.WORD
    if "content.xml" in names:
        return FileKind.ODS
    return FileKind.ZIP


def _ole_kind(path: Path) -> FileKind:
    data = path.read_bytes() if path.stat().st_size <= 200 << 20 else b""
    if _ENCRYPTED_STREAM in data:
        return FileKind.ENCRYPTED
    if any(name in data for name in _BOOK_STREAMS):
        return FileKind.XLS
    if "WordDocument".encode("utf-16-le") in data:
        return FileKind.WORD
    return FileKind.OLE
