"""Date: a day, or a word that may stand in its place (`x-words`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from danju.issues import Fault
from danju.messages import phrase
from danju.model.field import Field, Kind
from danju.model.kind_answers import AnyDay, Coerced, Control, EntryRule, ReportColumn
from danju.values.dates import in_china, is_date_part, parse_date
from danju.values.display import date_text, shown, words_of

__all__ = ["DATE", "EXAMPLE_DAY", "Day"]

EXAMPLE_DAY = date(2026, 1, 5)  # a Monday; an example must not change with the calendar


class Day(Kind):
    """What dates and moments share."""

    tells_day = True
    one_line = True
    align = "center"
    gap = ""

    def declares(self, node: Mapping[str, Any]) -> bool:
        return node.get("type") == "string" and node.get("format") in self.formats

    def is_wide_told(self, field: Field) -> bool:
        return True

    def display(self, field: Field, value: object) -> str:
        return value if type(value) is str else shown(value)

    def report_text(self, field: Field, value: object) -> str:
        return date_text(value) if isinstance(value, date | time) else shown(value)

    def entry_rule(self, field: Field) -> EntryRule | None:
        return AnyDay(field.words)

    def cell(self, field: Field, value: object) -> str | float | date | time | None:
        return value if isinstance(value, date) else super().cell(field, value)

    def goes_on(self, field: Field, parts: Sequence[str], text: str) -> bool:
        return is_date_part(text, parts[-1])


class _Date(Day):
    name = "date"
    words = phrase("date")
    formats = ("date",)
    paper_em = 8.0
    entry_em = 5.5

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        if isinstance(raw, datetime):
            moment = in_china(raw)
            loses = moment.time() != time(0) or moment.date() != raw.date()
            return Coerced(moment.date(), assumption("F124" if loses else None, raw, f"{moment:%Y-%m-%d}"))
        if isinstance(raw, date):
            return Coerced(raw)
        if isinstance(raw, str) and raw in field.words:
            return Coerced(raw)
        if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
            return Coerced(None, [Fault("F105", {"value": words_of(raw)})])
        reading = parse_date(raw, today=today)
        if isinstance(reading, Fault):
            return Coerced(None, [reading])
        return Coerced(reading.value, assumption(reading.assumed, raw, f"{reading.value:%Y-%m-%d}"))

    def computed(self, field: Field, result: object) -> object:
        return result.date() if isinstance(result, datetime) else result

    def example(self, field: Field, known: Mapping[str, object]) -> object:
        return EXAMPLE_DAY

    def json_schema(self, field: Field) -> dict[str, Any]:
        day = {"type": "string", "format": "date"}
        return {"anyOf": [day, {"enum": list(field.words)}]} if field.words else day

    def note(self, field: Field) -> str:
        words = f"；也可填“{'”“'.join(field.words)}”" if field.words else ""
        return f"如 2026-03-18 或 2026年3月18日{words}"

    def control(self, field: Field) -> Control:
        return Control.LINE_OR_WORD if field.words else Control.DAY

    def report_column(self, field: Field) -> ReportColumn:
        return ReportColumn.DAY

    def entry_format(self, field: Field) -> str:
        return "yyyy\\-mm\\-dd"

    def paper_format(self, field: Field) -> str:
        return 'yyyy"年"m"月"d"日"'


def assumption(code: str | None, raw: object, result: str) -> list[Fault]:
    """The warning of that code, which tells what was taken for granted; none without a code."""
    return [Fault(code, {"value": words_of(raw), "result": result})] if code else []


DATE = _Date()
