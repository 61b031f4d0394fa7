"""Readers: input files → raw records. Forgiving in layout, strict in meaning; nothing typed is dropped in silence.

Every file takes the same way: it is opened when it is found harmless (`files`, then `table`, `word`, `pdf` or
`structured`); its form is the one that its stamp names, else the one that its words fit (`meaning`); then its records
are read (`registers`, `form_sheets`, or the file's own room).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from danju.issues import Fault, Issue
from danju.location import Location
from danju.model.form import Form
from danju.readers.files.kinds import suffix_for
from danju.readers.meaning.forms import recognise
from danju.readers.meaning.header import Header
from danju.readers.reading import Opened, PlainRecord, Reading, refuse

__all__ = ["SUFFIXES", "Header", "PlainRecord", "Reading", "iter_readings", "suffix_for"]

_Open = Callable[[Path, str], Opened | Reading]

_OPENERS: Mapping[str, str] = {
    ".xlsx": "tabular.open_tables",
    ".xlsm": "tabular.open_tables",
    ".xls": "tabular.open_tables",
    ".ods": "tabular.open_tables",
    ".csv": "tabular.open_text_table",
    ".yaml": "structured.yaml_file.open_yaml",
    ".yml": "structured.yaml_file.open_yaml",
    ".json": "structured.json_file.open_json",
    ".docx": "word.file.open_document",
    ".docm": "word.file.open_document",
    ".doc": "word.file.open_document",
    ".pdf": "pdf.file.open_pdf",
}
"""Suffix → the module of this package that is imported when such a file is met, and what opens it there."""

SUFFIXES = tuple(_OPENERS)
"""Suffixes of files that can be read, lower case."""


def iter_readings(path: Path, name: str, forms: Sequence[Form], chosen: Form | None) -> Iterator[Reading]:
    """What a file holds, form by form; at least one reading, faults as its issues.

    Args:
        path: An existing file whose suffix is one of `SUFFIXES`.
        name: What locations show as the source.
        forms: Every form that the file may hold.
        chosen: The form that the user named, or None to recognise it.
    """
    opened = _opener(path)(path, name)
    if isinstance(opened, Reading):
        yield opened
    elif opened.stamp is None:
        yield from opened.iter_unstamped(forms, chosen)
    else:
        known = recognise(opened.stamp, forms, chosen)
        if isinstance(known, Fault):
            yield refuse(name, known)
            return
        if known.warning is not None:
            opened.notes.append(Issue(known.warning.code, Location(name), values=known.warning.values))
        yield from opened.iter_stamped(known.form)


def _opener(path: Path) -> _Open:
    module, _, function = _OPENERS[path.suffix.lower()].rpartition(".")
    return cast("_Open", getattr(import_module(f"{__name__}.{module}"), function))
