"""Values that should occur once: every record that has one twice is named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support.builders import CLOCK, schema_of, write_form

from danju.batch import find_sources, iter_items
from danju.batch.items import Item
from danju.issues import Issue
from danju.library import Library

FIELDS = "{number 编号: text, customer 客户*: text, day 日期*: date, rows 联系人: [{mobile 手机: text}]}"


def read(folder: Path, unique: list[str], *, identity: Sequence[str] = (), **files: list[dict[str, Any]]) -> list[Item]:
    """The items of one command over files of records."""
    settings = {"identity": list(identity)} if identity else {}
    workspace = write_form(folder / "forms", FIELDS, number="A-{seq:03d}", unique=unique, **settings)
    names = []
    for name, records in files.items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
        names.append(str(path))
    forms = [Library(workspace).form("paper")]
    return list(iter_items(find_sources(names), forms, forms[0], CLOCK))


def issues(items: list[Item]) -> list[Issue]:
    """Everything that was said."""
    return [issue for item in items for issue in item.issues]


def record(customer: str, **more: Any) -> dict[str, Any]:
    """A good record."""
    return {"customer": customer, "day": "2026-03-18", **more}


def test_every_record_of_a_clash_learns_of_all_the_others(tmp_path: Path) -> None:
    items = read(tmp_path, ["customer"], 甲=[record("丙"), record("丁")], 乙=[record("丙"), record("丙")])
    said = [
        (issue.code, issue.location.source, issue.location.record, str(issue.values["others"]))
        for issue in issues(items)
    ]
    first = "甲.json › 第1行（第1条）"
    assert said == [
        ("F307", "乙.json", 1, first),
        ("F307", "乙.json", 2, f"{first}；乙.json › 第1行（第1条）"),
        ("F310", "甲.json", 1, "乙.json › 第1行（第1条）、第1行（第2条）"),
    ]


def test_numbers_that_clash_fail_but_for_the_first(tmp_path: Path) -> None:
    items = read(tmp_path, [], 甲=[record("丙", number="X"), record("丁", number="X")])
    assert [(issue.code, issue.is_error) for issue in issues(items)] == [("F303", True), ("F309", False)]
    assert [item.record is not None for item in items if item.is_record] == [True, False]


def test_a_record_with_errors_takes_part(tmp_path: Path) -> None:
    items = read(tmp_path, ["customer"], 甲=[{"customer": "丙", "day": "哪天"}, record("丙")])
    assert [issue.code for issue in issues(items)] == ["F105", "F307", "F310"]


def test_width_and_blanks_make_no_other_customer(tmp_path: Path) -> None:
    items = read(tmp_path, ["customer"], 甲=[record("丙（集团）"), record("丙 (集团)")])
    assert [issue.code for issue in issues(items)] == ["F307", "F310"]


def test_several_fields_may_be_unique_together(tmp_path: Path) -> None:
    records = [record("丙"), record("丙", day="2026-03-19"), record("丙")]
    items = read(tmp_path, ["customer + day"], 甲=records)
    assert [(issue.code, issue.label, issue.values["value"]) for issue in issues(items)] == [
        ("F307", "客户、日期", "丙 2026-03-18"),
        ("F310", "客户、日期", "丙 2026-03-18"),
    ]


def test_members_of_rows_may_be_unique(tmp_path: Path) -> None:
    rows = [{"mobile": "1"}, {"mobile": "2"}]
    items = read(tmp_path, ["rows.mobile"], 甲=[record("丙", rows=rows), record("丁", rows=rows[1:])])
    assert [(issue.code, issue.values["value"]) for issue in issues(items)] == [("F307", "2"), ("F310", "2")]


def test_a_long_list_of_places_ends_with_a_count(tmp_path: Path) -> None:
    last = issues(read(tmp_path, ["customer"], 甲=[record("丙") for _ in range(30)]))[-1]
    assert (last.code, last.values["count"]) == ("F310", 30)
    assert str(last.values["others"]).endswith(" 等 29 处")
    assert last.text("en").count("(record ") == 20


def test_two_records_of_one_identity_name_each_other_and_only_the_first_is_used(tmp_path: Path) -> None:
    items = read(tmp_path, [], identity=["customer", "day"], 甲=[record("丙"), record("丁")], 乙=[record("丙 ")])
    assert [(issue.code, issue.label, str(issue.values["others"])) for issue in issues(items)] == [
        ("F312", "客户、日期", "甲.json › 第1行（第1条）"),
        ("F313", "客户、日期", "乙.json › 第1行（第1条）"),
    ]
    assert [item.record is not None for item in items if item.is_record] == [True, True, False]


def test_a_typed_number_tells_records_of_one_identity_apart(tmp_path: Path) -> None:
    records = [record("丙"), record("丙", number="X"), record("丙", number="Y")]
    assert issues(read(tmp_path, [], identity=["customer", "day"], 甲=records)) == []


def test_what_identifies_is_not_told_a_second_time_as_unique(tmp_path: Path) -> None:
    records = [record("丙"), record("丙")]
    items = read(tmp_path, ["customer + day"], identity=["customer", "day"], 甲=records)
    assert [issue.code for issue in issues(items)] == ["F312", "F313"]


def test_an_empty_identity_is_told_at_its_cell_unless_a_number_is_typed(tmp_path: Path) -> None:
    table = "编号,客户,日期,联系人·手机\n,丙,2026-03-18,1\n,丁,2026-03-18,\nX,戊,2026-03-18,\n"
    workspace = write_form(tmp_path / "forms", FIELDS, number="A-{seq:03d}", identity=["customer", "note"], schema={
        "properties": {
            **schema_of(FIELDS)["properties"], "note": {"title": "批次", "type": "string"},
        }
    })  # fmt: skip
    (tmp_path / "台账.csv").write_text(table.replace("联系人·手机", "批次"), encoding="utf-8")
    form = Library(workspace).form("paper")
    items = list(iter_items(find_sources([str(tmp_path / "台账.csv")]), [form], form, CLOCK))
    assert [(issue.code, issue.location.cell, issue.label) for issue in issues(items)] == [("F311", "D3", "批次")]
    assert [item.record is not None for item in items if item.is_record] == [True, False, True]
