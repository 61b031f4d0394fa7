"""Summarise and convert: many records in one file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danju.errors import UsageError
from danju.events import Done, Event, Found, Made, Tally, Written
from danju.messages import Words
from danju.model.form import Form
from danju.rules.checking import to_plain
from danju.stores.folder import make_folder, write_whole
from danju.values.pictures import PictureData
from danju.work.inputs import Inputs

if TYPE_CHECKING:
    from danju.summary import SummaryWriter

__all__ = ["FORMATS", "convert", "new_summary", "sum_up", "summarise"]

FORMATS = ("json", "yaml", "csv", "xlsx")
"""What `convert` makes."""
_TABLES = ("csv", "xlsx")
_FOLDER = "图片"
"""Of the pictures beside a table."""


def summarise(inputs: Inputs, path: Path, lang: str) -> Iterator[Event]:
    """A summary workbook: overview, a register for each form, the issues.

    Raises:
        UsageError: E108, the path does not end in .xlsx.
        EnvironmentFault: E303, it cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise UsageError("E108", {"path": str(path), "suffix": ".xlsx"})
    opened = inputs.open()
    make_folder(path.parent)
    tally = Tally()
    with new_summary(opened.forms, opened.clock.today, lang) as writer:
        yield from sum_up(opened.keep(tally), writer)
        writer.save(path)
    tally.files = 1
    yield Written(path)
    yield Done(tally)


def new_summary(forms: Sequence[Form], today: date, lang: str) -> SummaryWriter:
    """An empty summary workbook."""
    from danju.summary import SummaryWriter  # late: most runs make no summary

    return SummaryWriter(forms, today, lang)


def sum_up(events: Iterator[Event], writer: SummaryWriter) -> Iterator[Event]:
    """The events, what was made and found taken into a summary."""
    from danju.summary import SummaryRow

    for event in events:
        if isinstance(event, Made):
            writer.add(event.form.id, SummaryRow(event.record, event.files))
        elif isinstance(event, Found):
            writer.add_issue(event.issue)
        yield event


def convert(inputs: Inputs, target: str, path: Path | None = None, *, computed: bool = False) -> Iterator[Event]:
    """The records as plain data: dates in ISO format, fields by name.

    Args:
        inputs: What to convert.
        target: One of `FORMATS`.
        path: Where the file goes; None to get its content.
        computed: Whether computed fields are included.

    Raises:
        UsageError: E105, there is no such format; E109, a table cannot hold several forms.
        EnvironmentFault: E303, it cannot be written.
    """
    from danju.renderers.data_files import write_records

    if target not in FORMATS:
        raise UsageError("E105", {"name": target or str(path), "known": Words("、".join(FORMATS), ", ".join(FORMATS))})
    records: list[dict[str, object]] = []
    forms: dict[str, Form] = {}
    pictures: dict[str, bytes] = {}
    tally = Tally()
    for event in inputs.open().keep(tally):
        if isinstance(event, Made):
            forms[event.form.id] = event.form
            left_out = () if computed else {each.name for each in event.form.record_type.fields if each.computed}
            values = {name: value for name, value in event.record.values.items() if name not in left_out}
            records.append(to_plain(_with_names(values, pictures) if target in _TABLES else values))
        yield event
    if target != "json" and len(forms) > 1:
        titles = [each.title for each in forms.values()]
        raise UsageError("E109", {"forms": Words("、".join(titles), ", ".join(titles)), "target": target})
    if pictures and path is None:
        raise UsageError("E118", {"target": target})
    content = write_records(records, next(iter(forms), ""), target)
    if path is not None:
        for name, file in pictures.items():
            make_folder((path.parent / name).parent)
            write_whole(path.parent / name, file)
        write_whole(path, content)
        tally.files = 1 + len(pictures)
    yield Written(path, b"" if path is not None else content, tuple(forms.values()))
    yield Done(tally)


def _with_names(values: Any, pictures: dict[str, bytes]) -> Any:
    """The values with names of files in place of pictures, which no cell has room for; the files go to `pictures`."""
    if isinstance(values, PictureData):
        file = values.file
        name = f"{_FOLDER}/{hashlib.sha256(file.content).hexdigest()[:16]}.{file.kind}"
        pictures[name] = file.content
        return name
    if isinstance(values, Mapping):
        return {name: _with_names(value, pictures) for name, value in values.items()}
    return [_with_names(each, pictures) for each in values] if isinstance(values, list) else values
