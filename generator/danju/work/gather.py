"""Summarise and convert: many records in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from danju.errors import UsageError
from danju.events import Done, Event, Found, Made, Tally, Written
from danju.messages import Words
from danju.model.form import Form
from danju.rules.checking import to_plain
from danju.stores.folder import make_folder, write_whole
from danju.work.inputs import Inputs

if TYPE_CHECKING:
    from danju.summary import SummaryWriter

__all__ = ["FORMATS", "convert", "new_summary", "sum_up", "summarise"]

FORMATS = ("json", "yaml", "csv", "xlsx")
"""What `convert` makes."""


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
    tally = Tally()
    for event in inputs.open().keep(tally):
        if isinstance(event, Made):
            forms[event.form.id] = event.form
            left_out = () if computed else {each.name for each in event.form.record_type.fields if each.computed}
            values = {name: value for name, value in event.record.values.items() if name not in left_out}
            records.append(to_plain(values))
        yield event
    if target != "json" and len(forms) > 1:
        titles = [each.title for each in forms.values()]
        raise UsageError("E109", {"forms": Words("、".join(titles), ", ".join(titles)), "target": target})
    content = write_records(records, next(iter(forms), ""), target)
    if path is not None:
        write_whole(path, content)
        tally.files = 1
    yield Written(path, b"" if path is not None else content, tuple(forms.values()))
    yield Done(tally)
