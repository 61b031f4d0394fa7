"""Blank workbooks filled in as people do, and read back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from tests.support.builders import CLOCK, texts

from danju.exchange.cell_names import COUNTER_NAME, LINK_NAME, Held, held_by_name
from danju.exchange.paths import value_at
from danju.model.field import Field
from danju.model.form import Form
from danju.pipeline import check
from danju.readers import iter_readings

Values = Mapping[str, Any]


def named_cells(book: openpyxl.Workbook, form: Form) -> Iterator[tuple[Held, str, str]]:
    """What each named cell holds, with its sheet and address."""
    for name, defined in book.defined_names.items():
        held = held_by_name(name, form.record_type)
        if held is not None:
            yield held, *_place(defined.attr_text)


def _place(reference: str) -> tuple[str, str]:
    sheet, _, address = reference.rpartition("!")
    return sheet.strip("'"), address.replace("$", "")


def fill_register(content: bytes, form: Form, records: Sequence[Values], path: Path) -> Path:
    """The register with these records, below the example row."""
    book = openpyxl.load_workbook(BytesIO(content), rich_text=True)
    counter = _place(book.defined_names[COUNTER_NAME].attr_text)
    for held, sheet_name, address in list(named_cells(book, form)):
        sheet, head = book[sheet_name], book[sheet_name][address]
        field = form.record_type.find(re.sub(r"\[\d+\]", "", held.path))
        assert field is not None
        if sheet_name != counter[0] or field.computed:
            continue
        first = _first_row(book, sheet)
        for number, values in enumerate(records):
            value = typed(field, value_at(values, held.path), held.option)
            if value is not None:
                sheet.cell(first + number, head.column).value = value
    for name, defined in book.defined_names.items():
        if name.startswith(LINK_NAME):
            _fill_linked(book, form, name.removeprefix(LINK_NAME), _place(defined.attr_text), records)
    book.save(path)
    return path


def _first_row(book: openpyxl.Workbook, sheet: Any) -> int:
    """The row behind the example."""
    return next(row for row in range(1, 20) if sheet.cell(row, 1).value == "示例") + 1


def _fill_linked(
    book: openpyxl.Workbook, form: Form, name: str, place: tuple[str, str], records: Sequence[Values]
) -> None:
    sheet = book[place[0]]
    head = sheet[place[1]]
    columns = {
        held.path.partition(".")[2]: sheet[address].column
        for held, sheet_name, address in named_cells(book, form)
        if sheet_name == place[0]
    }
    table = form.record_type.field(name)
    assert table is not None
    row = head.row + 1
    for number, values in enumerate(records, start=1):
        for each in values.get(name) or ():
            sheet.cell(row, head.column).value = number
            for member, column in columns.items():
                field = table.member(member)
                assert field is not None
                sheet.cell(row, column).value = typed(field, each.get(member))
            row += 1


def fill_form(content: bytes, form: Form, values: Values, path: Path) -> Path:
    """The paper form with this record."""
    book = openpyxl.load_workbook(BytesIO(content), rich_text=True)
    fill_sheet(book, form, values)
    book.save(path)
    return path


def fill_sheet(book: openpyxl.Workbook, form: Form, values: Values) -> None:
    """The record into the named cells of an open workbook."""
    for held, sheet_name, address in named_cells(book, form):
        cell = book[sheet_name][address]
        field = form.record_type.find(re.sub(r"\[[^\]]*\]", "", held.path))
        assert field is not None
        given = value_at(values, held.path)
        if field.computed or given is None or given == "":
            continue
        if held.option:
            if held.option in given:
                cell.value = str(cell.value or "☐").replace("☐", "☑").replace("×", "√")
        else:
            cell.value = typed(field, given)


def typed(field: Field, value: Any, option: str = "") -> Any:
    """What a person types for a value; None for nothing."""
    if value is None or value == "":
        return None
    if option:
        return "√" if option in value else None
    return field.kind.cell(field, value)


def read_back(path: Path, *forms: Form) -> list[Values]:
    """The checked records of a file, without computed fields; anything to complain about fails."""
    found: list[Values] = []
    for reading in iter_readings(path, path.name, forms, None):
        assert reading.form is not None, texts(tuple(reading.issues))
        for raw in reading.records:
            checked = check(raw, reading.form, CLOCK)
            assert checked.record is not None, texts(checked.issues)
            found.append(entered(reading.form, checked.record.values))
        assert [issue.text() for issue in reading.issues] == []
    return found


def entered(form: Form, values: Values) -> Values:
    """The record without what is computed or empty."""
    return {
        field.name: values[field.name]
        for field in form.record_type.fields
        if not field.computed and values.get(field.name) not in (None, "")
    }


def codes_of(path: Path, *forms: Form) -> list[str]:
    """Codes of the file's issues, in order, with those of its records."""
    codes = []
    for reading in iter_readings(path, path.name, forms, None):
        records = list(reading.records)
        codes += [issue.code for issue in reading.issues]
        codes += [issue.code for record in records for issue in record.issues]
    return codes
