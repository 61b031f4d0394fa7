"""A register whose table stands on a second sheet: issues are found, and marked, where their rows are."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.support.builders import CLOCK, form

from danju.batch import find_sources, iter_items
from danju.model.form import Form
from danju.work.check import give_back
from danju.work.inputs import Inputs

FIELDS = """
customer 客户*: text
visitor 走访人: text
goods 货物*: [{name 品名*: text, price 单价*: number, note 说明: text}]
"""
CHECKS = [
    {"that": "note != '坏'", "each": "goods", "fields": ["price", "note"], "message": "坏了的没有价钱。"},
    {"that": "visitor", "fields": ["visitor"], "message": "要写走访人。"},
]
SHEETS: dict[str, list[tuple[object, ...]]] = {
    "走访": [("序号", "客户", "走访人"), (1, "甲", "周强"), (2, None, "李敏"), (3, "丙", None)],
    "货物": [
        ("序号", "品名", "单价", "说明"),
        (1, "瓷砖", 20, None), (1, "水泥", "十吨", None), (1, "木板", None, None),
        (2, "沙子", 1, None),
        (3, "石灰", 2, None), (3, "石膏", 3, "坏"),
    ],
}  # fmt: skip
FAULTS = {
    ("F107", "货物", "C3"), ("F101", "货物", "C4"), ("F301", "货物", "C7"),
    ("F101", "走访", "B3"), ("F301", "走访", "C4"),
}  # fmt: skip


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register of three records whose faults stand on both sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in SHEETS.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "收" / "台账.xlsx"
    path.parent.mkdir()
    book.save(path)
    return path


def paper(folder: Path) -> Form:
    """A form with a table and a rule about its rows."""
    return form(folder, FIELDS, checks=CHECKS)


def test_every_issue_stands_on_the_sheet_and_cell_it_belongs_to(tmp_path: Path, register: Path) -> None:
    items = list(iter_items(find_sources([str(register)]), [paper(tmp_path)], None, CLOCK))
    issues = [issue for item in items for issue in item.issues]
    found = {(issue.code, issue.location.sheet, issue.location.cell) for issue in issues if issue.is_error}
    assert found == FAULTS
    assert all(issue.location.record is not None for issue in issues)


def test_both_sheets_are_marked_where_the_issues_stand(tmp_path: Path, register: Path) -> None:
    paper(tmp_path)
    list(give_back(Inputs((str(register),), workspace=tmp_path, today=CLOCK.now), tmp_path / "退回", "zh"))
    book = openpyxl.load_workbook(tmp_path / "退回" / "台账.xlsx")
    marked = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == "FFFFC4BE" and sheet.title in SHEETS
    }
    assert marked == {(sheet, cell) for _, sheet, cell in FAULTS}
    assert (book["货物"]["E1"].value, book["走访"]["D1"].value) == ("错误（单据检查）",) * 2
