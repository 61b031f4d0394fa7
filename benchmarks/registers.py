"""The rows as input files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.rows import FORM, Row

_FIELDS = {
    "编号": "number",
    "走访日期": "visit_date",
    "客户单位名称": "customer_name",
    "客户地址": "customer_address",
    "法人（负责人）": "legal_representative",
    "走访内容": "topics",
    "质量": "quality",
    "服务态度": "service",
    "产品知名度": "awareness",
    "走访人": "visitor",
    "其它建议": "suggestion",
    "反馈落实": "follow_up",
}
_CONTACT = {"联系人": "name", "职务": "title", "联系电话": "phone", "手机": "mobile"}
HEADINGS = ("序号", *_FIELDS, *_CONTACT)


def cells_of(index: int, row: Row) -> list[object]:
    """The cells of one register row, its first contact included."""
    contacts = row["contacts"]
    assert isinstance(contacts, list)
    contact = contacts[0] if contacts else {}
    values = {
        **row,
        "topics": "、".join(_texts(row.get("topics"))),
        "visit_date": date.fromisoformat(str(row["visit_date"])),
    }
    return [index, *(values.get(name) for name in _FIELDS.values()), *(contact.get(key) for key in _CONTACT.values())]


def _texts(value: Any) -> list[str]:
    return list(value or ())


def write_register(path: Path, rows: Iterable[Row]) -> Path:
    """An .xlsx as people keep it: a title, one header row, one record a row."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("走访台账")
    sheet.append(["客户走访台账"])
    sheet.append(HEADINGS)
    for index, row in enumerate(rows, 1):
        sheet.append(cells_of(index, row))
    book.save(path)
    return path


def write_records(path: Path, rows: Iterable[Row]) -> Path:
    """A .json of records, for what is measured without a register."""
    path.write_text(json.dumps({"form": FORM, "records": list(rows)}, ensure_ascii=False), encoding="utf-8")
    return path


def write_record(path: Path, row: Row) -> Path:
    """One record as YAML, as a person types it."""
    import yaml

    path.write_text(yaml.safe_dump({"form": FORM, **row}, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def read_rows(path: Path) -> list[Row]:
    """The rows of `write_records`."""
    records: list[Row] = json.loads(path.read_text(encoding="utf-8"))["records"]
    return records
