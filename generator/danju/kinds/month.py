"""Month: 2026-10, printed 2026年10月."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from danju.issues import Fault
from danju.kinds.date import EXAMPLE_DAY, assumption
from danju.messages import phrase
from danju.model.field import Field, Kind
from danju.model.kind_answers import AnyDay, Coerced, Control, EntryRule, ReportColumn
from danju.values.dates import in_china, is_date_part
from danju.values.display import shown, words_of
from danju.values.months import Month, parse_month

__all__ = ["MONTH"]


class _Month(Kind):
    name = "month"
    words = phrase("month")
    formats = ("month",)
    one_line = True
    paper_em = 6.5
    entry_em = 4.5
    align = "center"
    gap = ""

    def declares(self, node: Mapping[str, Any]) -> bool:
        return node.get("type") == "string" and node.get("format") == "month"

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        if isinstance(raw, str) and raw in field.words:
            return Coerced(raw)
        raw = in_china(raw) if isinstance(raw, datetime) else raw
        if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal | date):
            return Coerced(None, [Fault("F149", {"value": words_of(raw)})])
        reading = parse_month(raw, today=today)
        if isinstance(reading, Fault):
            return Coerced(None, [reading])
        return Coerced(reading.value, assumption(reading.assumed, raw, str(reading.value)))

    def is_wide_told(self, field: Field) -> bool:
        return True

    def display(self, field: Field, value: object) -> str:
        return shown(value)

    def computed(self, field: Field, result: object) -> object:
        if isinstance(result, date):
            return Month.of(result)
        found = self.read(result, field, date.min) if isinstance(result, str) else Coerced()
        return found.value if not found.faults else None

    def example(self, field: Field, known: Mapping[str, object]) -> object:
        return Month.of(EXAMPLE_DAY)

    def json_schema(self, field: Field) -> dict[str, Any]:
        month = {"type": "string", "pattern": r"^\d{4}-\d{2}$"}
        return {"anyOf": [month, {"enum": list(field.words)}]} if field.words else month

    def note(self, field: Field) -> str:
        words = f"；也可填“{'”“'.join(field.words)}”" if field.words else ""
        return f"如 2026-10 或 2026年10月{words}"

    def report_text(self, field: Field, value: object) -> str:
        return str(value)

    def entry_rule(self, field: Field) -> EntryRule | None:
        return AnyDay(field.words)

    def control(self, field: Field) -> Control:
        return Control.LINE_OR_WORD if field.words else Control.MONTH

    def report_column(self, field: Field) -> ReportColumn:
        return ReportColumn.MONTH

    def entry_format(self, field: Field) -> str:
        return "yyyy\\-mm"

    def paper_format(self, field: Field) -> str:
        return 'yyyy"年"m"月"'

    def cell(self, field: Field, value: object) -> str | float | date | time | None:
        return value.first if isinstance(value, Month) else super().cell(field, value)

    def goes_on(self, field: Field, parts: Sequence[str], text: str) -> bool:
        return is_date_part(text, parts[-1])


MONTH = _Month()
