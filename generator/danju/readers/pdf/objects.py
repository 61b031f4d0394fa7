"""Objects of PDF files, read within bounds whatever the file says (ISO 32000-1, 7.3)."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from typing import Any

__all__ = ["PdfLimitError", "inflate", "is_dictionary", "items_of", "stream_content", "text_of"]

MAX_ITEMS = 20_000
"""Items of one array."""
_LONGEST = 1 << 20  # characters of one text; a cell of a workbook holds 32,767
_MARKS = (b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")


class PdfLimitError(Exception):
    """More of something than a document can honestly hold."""


def is_dictionary(node: Any) -> bool:
    """Whether an object is a dictionary; streams are none."""
    import pikepdf

    return isinstance(node, pikepdf.Dictionary)


def items_of(array: Any) -> list[Any]:
    """The items of an array; none of anything else.

    Raises:
        PdfLimitError: Too many of them.
    """
    import pikepdf

    if not isinstance(array, pikepdf.Array):
        return []
    if len(array) > MAX_ITEMS:
        raise PdfLimitError
    return list(array)


def text_of(value: Any) -> str:
    """A text string or text stream: UTF-16 or UTF-8 with a byte order mark, else PDFDocEncoding; "" for anything else.

    Line ends are those of Unix. Text that is plainly UTF-8 without a mark is taken as that, since some programs write
    it so.

    Raises:
        PdfLimitError: It is too long.
    """
    import pikepdf

    if isinstance(value, pikepdf.Stream):
        value = pikepdf.String(stream_content(value, _LONGEST) or b"")
    if isinstance(value, pikepdf.Name):
        return str(value)[1:]
    if not isinstance(value, pikepdf.String):
        return ""
    raw = bytes(value)
    if len(raw) > 2 * _LONGEST:
        raise PdfLimitError
    text = str(value)
    if not raw.isascii() and not raw.startswith(_MARKS):
        with suppress(UnicodeDecodeError):
            text = raw.decode("utf-8")
    return re.sub(r"\r\n?", "\n", text)


def stream_content(stream: Any, limit: int) -> bytes | None:
    """The plain bytes of a stream; None when it is packed in an unusual way or broken.

    Raises:
        PdfLimitError: It is longer than the limit.
    """
    import pikepdf

    filters = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array):
        filters = filters[0] if len(filters) == 1 else pikepdf.Name.Several if len(filters) else None
    raw = bytes(stream.read_raw_bytes())
    if filters is not None:
        is_usual = filters == pikepdf.Name.FlateDecode and "/DecodeParms" not in stream
        return inflate(raw, limit) if is_usual else None
    if len(raw) > limit:
        raise PdfLimitError
    return raw


def inflate(data: bytes, limit: int) -> bytes | None:
    """The plain form of deflated data; None when it is broken.

    Raises:
        PdfLimitError: It is longer than the limit.
    """
    try:
        plain = zlib.decompressobj().decompress(data, limit + 1)
    except zlib.error:
        return None
    if len(plain) > limit:
        raise PdfLimitError
    return plain
