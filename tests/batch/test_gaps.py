"""Gaps in series of numbers are noted at the record behind them, and only there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
from tests.support.batches import Run, record
from tests.support.builders import CLOCK, form

from danju.batch import find_sources, iter_items, survey
from danju.issues import Issue

FIELDS = "{number 编号: text, customer 客户*: text, day 日期*: date}"
RULE = "A-{day:%Y%m}-{seq:03d}"


def typed(*numbers: str, day: str = "2026-03-18") -> list[dict[str, Any]]:
    """A record for each number, "" for none."""
    return [
        record(f"客户{index}", day, **({"number": number} if number else {})) for index, number in enumerate(numbers)
    ]


def gaps(issues: list[Issue]) -> list[tuple[int | None, str, object]]:
    """Record, numbers and count of each gap."""
    return [
        (issue.location.record, str(issue.values["missing"]), issue.values["count"])
        for issue in issues
        if issue.code == "F316"
    ]


def checked(folder: Path, records: list[dict[str, Any]]) -> list[Issue]:
    """What `check` says about records."""
    path = folder / "甲.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    paper = form(folder / "forms", FIELDS, number=RULE)
    return [issue for item in iter_items(find_sources([str(path)]), [paper], paper, CLOCK) for issue in item.issues]


def test_missing_numbers_are_named_at_the_record_behind_them(tmp_path: Path) -> None:
    numbers = typed("A-202603-001", "A-202603-004", "A-202603-006", "手写")
    expected = [(2, "A-202603-002 至 A-202603-003", 2), (3, "A-202603-005", 1)]
    assert gaps(checked(tmp_path, numbers)) == expected
    assert gaps(Run(tmp_path, numbers).issues) == expected


def test_the_first_number_of_a_series_may_be_any(tmp_path: Path) -> None:
    assert gaps(checked(tmp_path, typed("A-202603-007", "A-202603-008"))) == []


def test_each_series_is_looked_at_by_itself(tmp_path: Path) -> None:
    records = [*typed("A-202603-001", "A-202603-002"), *typed("A-202604-009", "A-202604-011", day="2026-04-01")]
    assert gaps(checked(tmp_path, records)) == [(4, "A-202604-010", 1)]


def test_records_without_a_number_may_fill_the_gaps(tmp_path: Path) -> None:
    records = typed("A-202603-001", "A-202603-003", "")
    assert gaps(checked(tmp_path, records)) == []
    assert gaps(Run(tmp_path, records).issues) == []


def test_what_the_folder_holds_is_no_gap(tmp_path: Path) -> None:
    Run(tmp_path, typed("A-202603-002"))
    assert gaps(Run(tmp_path, typed("A-202603-001", "A-202603-003")).issues) == []
    assert gaps(Run(tmp_path, typed("A-202603-009")).issues) == [(1, "A-202603-004 至 A-202603-008", 5)]


def test_a_first_look_at_a_register_reads_its_numbers_and_counts_its_records(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        ["编号", "客户", "日期"], ["A-202603-001", "甲", "2026-03-18"], [None, "乙", "2026-03-18"],
        [" 12 ", "丙", "2026-03-18"], [None, None, None], [13, "丁", "2026-03-19"],
    ):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "台账.xlsx")
    paper = form(tmp_path / "forms", FIELDS, number=RULE)
    found = survey(find_sources([str(tmp_path / "台账.xlsx")]), [paper], paper)
    assert (found.records, found.numbers) == (4, {"paper": {"A-202603-001", "12", "13"}})
