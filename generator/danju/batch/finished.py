"""Finished documents among the files of a folder: what Danju made lies beside what it was made from."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from danju.exchange.stamp import FileShape

__all__ = ["finished_to_leave_out"]

_OFFICE = (".xlsx", ".xlsm", ".docx")
_BEST = (".pdf", *_OFFICE)  # where records lie most exactly
_LARGEST_PART = 1 << 20
_PDF_MARK = re.compile(rb'CreatorTool(?:>|=")Danju[<"]')  # XMP is uncompressed; a blank form names another tool
_LARGEST_PDF = 64 << 20
_UNREADABLE = (OSError, KeyError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error)
_SHAPE = re.compile(rb'name="DanjuShape"[^>]*>\s*<[^>]*>(\w+)<')


def finished_to_leave_out(paths: Iterable[Path]) -> set[Path]:
    """The finished documents of a folder that nobody means as input.

    All of them, when there is anything else to read; else all but one for each name: 甲.docx beside 甲.pdf holds the
    same record. Only the files' stamps are looked at.
    """
    given = list(paths)
    finished = [path for path in given if _is_finished(path)]
    if len(finished) < len(given):
        return set(finished)
    best: dict[Path, Path] = {}
    for path in finished:
        held = best.setdefault(path.with_suffix(""), path)
        if _rank(path) < _rank(held):
            best[path.with_suffix("")] = path
    return set(finished) - set(best.values())


def _rank(path: Path) -> int:
    return _BEST.index(path.suffix.lower())


def _is_finished(path: Path) -> bool:
    """Whether a file says that it is a document made by Danju."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".pdf":
            return path.stat().st_size <= _LARGEST_PDF and _PDF_MARK.search(path.read_bytes()) is not None
        return suffix in _OFFICE and _is_finished_package(path)
    except _UNREADABLE:
        return False


def _is_finished_package(path: Path) -> bool:
    with zipfile.ZipFile(path) as package, package.open("docProps/custom.xml") as part:
        properties = part.read(_LARGEST_PART)
    shape = _SHAPE.search(properties)
    return b'name="DanjuForm"' in properties and (shape is None or shape[1] == FileShape.DOCUMENT.value.encode())
