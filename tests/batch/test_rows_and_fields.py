"""A register as import libraries test it: limits, patterns, blanks; every fault by row and field, in one pass."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from tests.support.builders import CLOCK, form

from danju.batch import find_sources, iter_items

FIELDS = """
email Email: {type: string, format: email}
max Max: {type: integer, maximum: 15}
min Min: {type: integer, minimum: 3}
not_null NotNull*: text
regex Regex: {type: string, pattern: '^[一-龥]*$'}
"""
ROWS: list[tuple[object, ...]] = [
    ("Email", "Max", "Min", "NotNull", "Regex"),
    ("a@b.com", 10, 5, "x", "中文"),
    ("不是邮箱", 16, 1, None, "abc"),
    ("", 15, 3, "  ", "中文abc"),
    (None, "十五", 3.5, "y", ""),
    ("a@b.com", "１５", "3.0", 7, None),
]


def test_every_fault_is_told_by_row_and_field(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "verify.xlsx")
    items = list(iter_items(find_sources([str(tmp_path / "verify.xlsx")]), [form(tmp_path, FIELDS)], None, CLOCK))
    found = {(issue.location.cell, issue.code) for item in items for issue in item.issues if issue.is_error}
    assert found == {
        ("A3", "F117"), ("B3", "F110"), ("C3", "F110"), ("D3", "F101"), ("E3", "F117"),
        ("D4", "F101"), ("E4", "F117"),
        ("B5", "F107"), ("C5", "F111"),
    }  # fmt: skip
    good = [item.record.values for item in items if item.record is not None]
    assert [values["max"] for values in good] == [10, 15]
    assert good[1]["not_null"] == "7"
