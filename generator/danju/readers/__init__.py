"""Readers: input files → raw records. Forgiving in layout, strict in meaning; nothing typed is dropped in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from danju.model.form import Form
from danju.readers.file_kind import suffix_for
from danju.readers.reading import PlainRecord, Reading

__all__ = ["SUFFIXES", "PlainRecord", "Reading", "iter_readings", "suffix_for"]

_Read = Callable[[Path, str, Sequence[Form], Form | None], Iterator[Reading]]

_READERS: Mapping[str, str] = {
    ".xlsx": "spreadsheets.tabular.iter_workbook",
    ".xlsm": "spreadsheets.tabular.iter_workbook",
    ".xls": "spreadsheets.tabular.iter_workbook",
    ".ods": "spreadsheets.tabular.iter_workbook",
    ".csv": "spreadsheets.tabular.iter_csv",
    ".yaml": "structured.yaml_file.iter_yaml",
    ".yml": "structured.yaml_file.iter_yaml",
    ".json": "structured.json_file.iter_json",
    ".docx": "word.file.iter_word",
    ".docm": "word.file.iter_word",
    ".doc": "word.file.iter_word",
    ".pdf": "pdf.file.iter_pdf",
}
"""Suffix → the module of this package and its function, imported when such a file is met."""

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
    module, _, function = _READERS[path.suffix.lower()].rpartition(".")
    read = cast("_Read", getattr(import_module(f"{__name__}.{module}"), function))
    return read(path, name, forms, chosen)
