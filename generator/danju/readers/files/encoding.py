"""Encodings of text files as offices write them."""

from __future__ import annotations

from pathlib import Path

from danju.issues import Fault
from danju.readers.files.kinds import FileKind, sniff_kind
from danju.readers.files.package_guard import readable_size

__all__ = ["find_encoding", "text_encoding"]


def text_encoding(path: Path, max_size: int) -> str | Fault:
    """The encoding of a text file, or what forbids reading it: empty, no text, too large, undecodable."""
    kind = sniff_kind(path)
    if kind is FileKind.EMPTY:
        return Fault("F003")
    if kind is not FileKind.TEXT:
        return Fault("F010", {"suffix": path.suffix.lower(), "actual": kind.value})
    size = path.stat().st_size
    if size > max_size:
        return Fault("F015", {"size": readable_size(size), "limit": readable_size(max_size)})
    return find_encoding(path) or Fault("F009")


def find_encoding(path: Path) -> str | None:
    """The encoding in which the whole file decodes; byte order marks first, then UTF-8, then GB18030."""
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates: tuple[str, ...] = ("utf-16",)
    elif b"\0" in start:
        candidates = (
            "utf-16-le" if start[1:2] == b"\0" or start[0::2].count(0) < start[1::2].count(0) else "utf-16-be",
        )
    else:
        candidates = ("utf-8-sig", "gb18030")
    return next((encoding for encoding in candidates if _decodes(path, encoding)), None)


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as stream:
            while stream.read(1 << 20):
                pass
    except (UnicodeDecodeError, UnicodeError):
        return False
    return True
