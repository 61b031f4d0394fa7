"""Small forms and records for the summary, and readable projections of what came out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from danju import kinds
from danju.issues import Issue
from danju.location import Location
from danju.model.field import Field, RecordType
from danju.model.form import Dimension, Form, Measure, Summary
from danju.model.layout import Layout
from danju.model.record import Record
from danju.summary import SummaryRow, SummaryWriter

TODAY = date(2026, 11, 25)
COUNT = Measure("件数", "count")


def text(name: str, label: str = "", **more: Any) -> Field:
    """A text field."""
    return Field(name, kinds.TEXT, label or name, **more)


def form(
    *fields: Field,
    by: Iterable[Dimension] = (),
    measures: Iterable[Measure] = (COUNT,),
    columns: tuple[str, ...] = (),
    title: str = "领料单",
    form_id: str = "issue_slip",
    filename_rule: str = "",
    **more: Any,
) -> Form:
    """A form with these fields and this summary, drawn anyhow."""
    return Form(
        id=form_id,
        version=1,
        title=title,
        english="",
        aliases=(),
        record_type=RecordType(form_id, title, fields),
        number_rule="",
        number_field="",
        filename_rule=filename_rule,
        compute=(),
        checks=(),
        layout=Layout(()),
        summary=Summary(tuple(by), tuple(measures), columns),
        **more,
    )


def row(values: Mapping[str, object], *documents: str, form_id: str = "issue_slip", place: str = "A3") -> SummaryRow:
    """A record from a register, with its documents."""
    return SummaryRow(Record(form_id, values, Location("台账.xlsx", "登记", place)), documents)


def saved(
    folder: Path,
    forms: Form | Iterable[Form],
    rows: Iterable[SummaryRow | Mapping[str, object]] = (),
    issues: Iterable[Issue] = (),
    lang: str = "zh",
) -> Path:
    """The path of a summary of these records."""
    path = folder / "汇总.xlsx"
    with SummaryWriter([forms] if isinstance(forms, Form) else list(forms), TODAY, lang) as writer:
        for each in rows:
            given = each if isinstance(each, SummaryRow) else row(each)
            writer.add(given.record.form_id, given)
        for issue in issues:
            writer.add_issue(issue)
        writer.save(path)
    return path


def sheet_of(path: Path, title: str) -> Worksheet:
    """A worksheet as openpyxl reads it."""
    return load_workbook(BytesIO(path.read_bytes()))[title]


def shown(sheet: Worksheet, first: int = 1) -> list[list[object]]:
    """Values of rows from `first` on, without empty cells at their ends and without empty rows."""
    rows = []
    for cells in sheet.iter_rows(min_row=first, values_only=True):
        values = list(cells)
        while values and values[-1] is None:
            values.pop()
        if values:
            rows.append(values)
    return rows


def breakdown(path: Path, label: str, sheet: str = "概览", total: str = "合计") -> list[list[object]]:
    """The overview's table under a dimension's label, from its heading to its total."""
    rows = shown(sheet_of(path, sheet))
    start = next(index for index, values in enumerate(rows) if values[0] == label and len(values) > 1)
    end = next(index for index in range(start, len(rows)) if rows[index][0] == total)
    return rows[start : end + 1]


def part(path: Path, name: str) -> str:
    """A member of the package as text."""
    with ZipFile(path) as package:
        return package.read(name).decode()
