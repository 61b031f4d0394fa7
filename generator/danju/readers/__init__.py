"""Readers: input files → raw records. Forgiving in layout, strict in meaning; nothing typed is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from danju.model.form import Form
from danju.readers.file_kind import suffix_for
from danju.readers.json_file import iter_json
from danju.readers.pdf_file import iter_pdf
from danju.readers.reading import PlainRecord, Reading
from danju.readers.tabular import iter_csv, iter_workbook
from danju.readers.word_file import iter_word
from danju.readers.yaml_file import iter_yaml

__all__ = ["SUFFIXES", "PlainRecord", "Reading", "iter_readings", "suffix_for"]

_READERS = {
    ".xlsx": iter_workbook,
    ".xlsm": iter_workbook,
    ".xls": iter_workbook,
    ".ods": iter_workbook,
    ".csv": iter_csv,
    ".yaml": iter_yaml,
    ".yml": iter_yaml,
    ".json": iter_json,
    ".docx": iter_word,
    ".docm": iter_word,
    ".doc": iter_word,
    ".pdf": iter_pdf,
}

SUFFIXES = tuple(_READERS)
"""Suffixes of files that can be read, lower case."""


def iter_readings(path: Path, name: str, forms: Sequence[Form], chosen: Form | None) -> Iterator[Reading]:
    """What a file holds, form by form; at least one reading, faults as its issues.

    Args:
        path: An existing file whose suffix is one of `SUFFIXES`.
        name: What locations show as the source.
        forms: Every form that the file may hold.
        chosen: The form that the user named, or None to recognise it.
    """
    return _READERS[path.suffix.lower()](path, name, forms, chosen)
