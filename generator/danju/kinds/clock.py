"""Time: a time of day, printed 08:17."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from danju.issues import Fault
from danju.kinds.date import assumption
from danju.messages import phrase
from danju.model.field import Field, Kind
from danju.model.kind_answers import AnyTime, Coerced, EntryRule, ReportColumn
from danju.values.display import date_text, shown, words_of
from danju.values.times import parse_time, text_of_time

__all__ = ["TIME"]

_CLOCK_PART = re.compile("[时点分秒:]|[0-9]{1,2}[时点分秒]?")


class _Time(Kind):
    name = "time"
    words = phrase("time_day")
    formats = ("time",)
    one_line = True
    paper_em = 4.0
    entry_em = 4.0
    align = "center"
    gap = ""

    def declares(self, node: Mapping[str, Any]) -> bool:
        return node.get("type") == "string" and node.get("format") == "time"

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        if isinstance(raw, str) and raw in field.words:
            return Coerced(raw)
        if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal | time | datetime | timedelta):
            return Coerced(None, [Fault("F150", {"value": words_of(raw)})])
        reading = parse_time(raw)
        if isinstance(reading, Fault):
            return Coerced(None, [reading])
        return Coerced(reading.value, assumption(reading.assumed, raw, text_of_time(reading.value)))

    def is_wide_told(self, field: Field) -> bool:
        return True

    def display(self, field: Field, value: object) -> str:
        return shown(value)

    def computed(self, field: Field, result: object) -> object:
        return result.time() if isinstance(result, datetime) else result

    def example(self, field: Field, known: Mapping[str, object]) -> object:
        return time(9, 30)

    def json_schema(self, field: Field) -> dict[str, Any]:
        clock = {"type": "string", "pattern": r"^\d{1,2}:\d{2}(:\d{2})?$"}
        return {"anyOf": [clock, {"enum": list(field.words)}]} if field.words else clock

    def note(self, field: Field) -> str:
        words = f"；也可填“{'”“'.join(field.words)}”" if field.words else ""
        return f"如 08:30 或 8点半{words}"

    def report_text(self, field: Field, value: object) -> str:
        return date_text(value) if isinstance(value, date | time) else shown(value)

    def entry_rule(self, field: Field) -> EntryRule | None:
        return None if field.words else AnyTime()

    def report_column(self, field: Field) -> ReportColumn:
        return ReportColumn.TIME

    def entry_format(self, field: Field) -> str:
        return "hh:mm"

    def cell(self, field: Field, value: object) -> str | float | date | time | None:
        return value if isinstance(value, time) else super().cell(field, value)

    def goes_on(self, field: Field, parts: Sequence[str], text: str) -> bool:
        return _CLOCK_PART.fullmatch(text) is not None and _CLOCK_PART.fullmatch(parts[-1].strip()) is not None


TIME = _Time()
