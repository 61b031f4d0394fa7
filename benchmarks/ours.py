"""Our own engines, called below the command line."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.contender import Repeat, Yield

if TYPE_CHECKING:
    from danju.batch import Item
    from danju.model.form import Form

NOW = datetime(2026, 12, 31, 23, 59)
_CHUNK = 2000  # records checked ahead of what is timed


def iter_checked(path: Path) -> Iterator[Item]:
    """The good records of an input file."""
    from danju.batch import find_sources, iter_items
    from danju.library import Library
    from danju.rules.computing import Clock

    items = iter_items(find_sources([str(path)]), Library(None).forms(), None, Clock(NOW))
    return (item for item in items if item.record is not None)


def _values(folder: Path) -> tuple[Form, list[dict[str, object]]]:
    items = list(iter_checked(folder / "records.json"))
    form, first = items[0].form, items[0].record
    assert form is not None
    assert first is not None
    return form, [dict(item.record.values) for item in items if item.record is not None]


def word(folder: Path) -> Repeat:
    """Values → drawing → Word."""
    from danju.pipeline import render_document

    form, values = _values(folder)
    render_document(form, values[0], "docx")

    def repeat(first: int, count: int) -> Yield:
        size = 0
        for index in range(first, first + count):
            size += len(render_document(form, values[index % len(values)], "docx").content)
        return Yield(size, count)

    return repeat


def pdf(folder: Path) -> Repeat:
    """Values → drawing → PDF."""
    from danju.pipeline import fill_form, render_document

    form, values = _values(folder)
    render_document(form, values[0], "pdf")
    samples = [fill_form(form, each).drawing for each in values[:50]]
    notes: dict[str, object] = {
        "pages": sum(len(drawing.pages) for drawing in samples) / len(samples),
    }

    def repeat(first: int, count: int) -> Yield:
        size = 0
        for index in range(first, first + count):
            size += len(render_document(form, values[index % len(values)], "pdf").content)
        return Yield(size, count, notes=notes)

    return repeat


def summary(folder: Path) -> Repeat:
    """Checked records → summary workbook; reading and checking in between is not timed."""
    from danju.library import Library
    from danju.summary import SummaryRow, SummaryWriter

    def repeat(_first: int, count: int) -> Yield:
        seconds, rows = 0.0, 0
        items = iter_checked(folder / "register.xlsx")
        path = folder / "summary.xlsx"
        with SummaryWriter(Library(None).forms(), date(2026, 12, 31)) as writer:
            while rows < count and (chunk := list(islice(items, min(_CHUNK, count - rows)))):
                begin = time.process_time()
                for item in chunk:
                    assert item.form is not None
                    assert item.record is not None
                    writer.add(item.form.id, SummaryRow(item.record))
                seconds += time.process_time() - begin
                rows += len(chunk)
            begin = time.process_time()
            writer.save(path)
            seconds += time.process_time() - begin
        return Yield(path.stat().st_size, rows, seconds)

    return repeat
