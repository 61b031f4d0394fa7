"""Table: rows, each with the same members. Rows are taken apart before kinds are asked (`rules.checking`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from danju.issues import Fault
from danju.messages import phrase
from danju.model.field import Field, Kind
from danju.model.kind_answers import Coerced, ReportColumn

__all__ = ["TABLE"]


class _Table(Kind):
    name = "table"
    words = phrase("rows")
    inner = "items"
    is_table = True
    is_exact = False
    is_in_formulas = False

    def declares(self, node: Mapping[str, Any]) -> bool:
        items = node.get("items")
        return node.get("type") == "array" and isinstance(items, dict) and isinstance(items.get("properties"), dict)

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        return Coerced(None, [Fault("F116", {"expected": phrase("some_rows"), "actual": phrase("single_value")})])

    def display(self, field: Field, value: object) -> str:
        return ""

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "array"}

    def report_column(self, field: Field) -> ReportColumn:
        return ReportColumn.ROWS


TABLE = _Table()
