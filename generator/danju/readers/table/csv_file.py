"""CSV files as neutral sheets: encoding and delimiter found by looking."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from danju.issues import Fault
from danju.readers.files.encoding import text_encoding
from danju.readers.files.package_guard import LIMITS
from danju.readers.table.sheets import BrokenCell, Row, Sheet, is_error_text
from danju.values.text import is_formula_like

__all__ = ["open_csv"]

_DELIMITERS = (",", ";", "\t", "|", "，")
_SAMPLE = 64 << 10
_FIELD_LIMIT = 4 << 20


def open_csv(path: Path, name: str) -> Sheet | Fault:
    """The file as one sheet, or what forbids reading it."""
    encoding = text_encoding(path, LIMITS.package)
    if isinstance(encoding, Fault):
        return encoding
    delimiter = _find_delimiter(path, encoding)
    try:
        for _ in _iter_rows(path, encoding, delimiter):
            pass
    except csv.Error as error:
        return Fault("F002", {"reason": str(error)})
    return Sheet(name, None, True, (), partial(_iter_rows, path, encoding, delimiter))


def _find_delimiter(path: Path, encoding: str) -> str:
    """The delimiter that most lines share; what Excel's `sep=` line says wins."""
    with path.open(encoding=encoding, newline="") as stream:
        sample = stream.read(_SAMPLE)
    first = sample.split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    lines = [line for line in _outside_quotes(sample).splitlines()[:30] if line.strip()]

    def share(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        return sum(count > 0 for count in counts), max(counts, default=0)

    return max(_DELIMITERS, key=lambda each: (*share(each), -_DELIMITERS.index(each)))


def _outside_quotes(text: str) -> str:
    return "".join(text.split('"')[0::2])


def _iter_rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    limit = csv.field_size_limit()
    csv.field_size_limit(max(limit, _FIELD_LIMIT))
    with path.open(encoding=encoding, newline="") as stream:
        for number, cells in enumerate(csv.reader(stream, delimiter=delimiter)):
            if number == 0 and len(cells) <= 2 and cells and cells[0].lower().startswith("sep="):
                yield []
                continue
            yield [BrokenCell(cell.strip()) if is_error_text(cell) else _unguarded(cell) for cell in cells]


def _unguarded(cell: str) -> str:
    """The text without the apostrophe that keeps it from being taken for a formula (our own CSV files have it)."""
    return cell[1:] if cell[:1] == "'" and is_formula_like(cell[1:]) else cell
