"""Group: members that belong together. They are taken apart before kinds are asked (`rules.checking`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from danju.issues import Fault
from danju.messages import phrase
from danju.model.field import Field, Kind
from danju.model.kind_answers import Coerced

__all__ = ["GROUP"]


class _Group(Kind):
    name = "group"
    words = phrase("group")
    is_group = True
    is_exact = False
    is_in_formulas = False

    def declares(self, node: Mapping[str, Any]) -> bool:
        return node.get("type") == "object" and isinstance(node.get("properties"), dict)

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        actual = phrase("single_value")
        return Coerced(None, [Fault("F116", {"expected": phrase("group_fields"), "actual": actual})])

    def display(self, field: Field, value: object) -> str:
        return ""

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "object"}


GROUP = _Group()
