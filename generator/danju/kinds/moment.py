"""Date and time: a moment on the wall clock in China."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from danju.issues import Fault
from danju.kinds.date import EXAMPLE_DAY, Day, assumption
from danju.messages import phrase
from danju.model.field import Field
from danju.model.kind_answers import Coerced, Control, ReportColumn
from danju.values.dates import in_china, parse_datetime
from danju.values.display import words_of

__all__ = ["DATETIME"]

_JSON_PATTERN = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$"


class _Datetime(Day):
    name = "datetime"
    words = phrase("date_time")
    formats = ("date-time",)
    paper_em = 10.5
    entry_em = 8.5

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        if isinstance(raw, datetime):
            moment = in_china(raw)
            is_moved = moment != raw.replace(tzinfo=None)
            return Coerced(moment, assumption("F124" if is_moved else None, raw, f"{moment:%Y-%m-%d %H:%M}"))
        if isinstance(raw, date):
            return Coerced(datetime(raw.year, raw.month, raw.day))
        if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
            return Coerced(None, [Fault("F105", {"value": words_of(raw)})])
        reading = parse_datetime(raw, today=today)
        if isinstance(reading, Fault):
            return Coerced(None, [reading])
        return Coerced(reading.value, assumption(reading.assumed, raw, f"{reading.value:%Y-%m-%d %H:%M}"))

    def example(self, field: Field, known: Mapping[str, object]) -> object:
        return datetime(EXAMPLE_DAY.year, EXAMPLE_DAY.month, EXAMPLE_DAY.day, 9, 30)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "string", "pattern": _JSON_PATTERN}

    def note(self, field: Field) -> str:
        return "如 2026-03-18 14:35"

    def control(self, field: Field) -> Control:
        return Control.LINE_OR_WORD if field.words else Control.MOMENT

    def report_column(self, field: Field) -> ReportColumn:
        return ReportColumn.MOMENT

    def entry_format(self, field: Field) -> str:
        return "yyyy\\-mm\\-dd\\ hh:mm"

    def paper_format(self, field: Field) -> str:
        return 'yyyy"年"m"月"d"日" hh:mm'


DATETIME = _Datetime()
