"""Integer and number: what is counted or measured, perhaps in a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from danju.issues import Fault
from danju.messages import phrase
from danju.model.field import Field, Kind
from danju.model.kind_answers import Bounded, Coerced, EntryRule, ReportColumn
from danju.values.display import display_number, shown, words_of
from danju.values.numbers import UNITS, HeadedNumber, NumberReading, is_plain_number, parse_decimal, unit_words

__all__ = ["INTEGER", "NUMBER"]

_MOST_DIGITS = 20  # before the decimal point; no paper has room for more


class _Number(Kind):
    name = "number"
    words = phrase("number")
    is_number = True
    is_exact = False
    one_line = True
    paper_em = 7.0
    entry_em = 7.0
    align = "right"

    def declares(self, node: Mapping[str, Any]) -> bool:
        return node.get("type") == self.name

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        if isinstance(raw, date | time | timedelta | bool):
            return Coerced(None, [Fault("F107", {"value": words_of(raw), "unit": unit_words(field.unit)})])
        if not isinstance(raw, str | int | float | Decimal):
            return Coerced(None, [Fault("F107", {"value": str(raw), "unit": ""})])
        reading = parse_decimal(raw, field.unit)
        if isinstance(reading, Fault):
            return Coerced(None, [reading])
        fault = _range_fault(reading.value, field)
        if fault is not None:
            return Coerced(None, [fault])
        return self._typed(raw, reading.value, self._repairs(raw, reading, field))

    def _typed(self, raw: object, number: Decimal, faults: list[Fault]) -> Coerced:
        return Coerced(number, faults)

    def _repairs(self, raw: object, reading: NumberReading, field: Field) -> list[Fault]:
        """What was made of a number, unless it is plain, as the paper prints it, or converted as its heading says."""
        if isinstance(raw, HeadedNumber):
            return []
        if reading.repaired:
            return [Fault("F124", {"value": words_of(raw), "result": f"{reading.value:f}{field.unit or ''}"})]
        if not isinstance(raw, str) or is_plain_number(raw) or raw == self.display(field, reading.value):
            return []
        return [Fault("F138", {"value": raw, "result": f"{reading.value:f}"})]

    def display(self, field: Field, value: object) -> str:
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return display_number(Decimal(value), field.decimals) + (f" {field.unit}" if field.unit else "")
        return shown(value)

    def computed(self, field: Field, result: object) -> object:
        if not isinstance(result, int | float | Decimal):
            return result
        number = Decimal(result) if isinstance(result, int) else Decimal(str(result))
        if not number.is_finite() or number.adjusted() > _MOST_DIGITS:
            return None
        return self._rounded(field, number)

    def _rounded(self, field: Field, number: Decimal) -> Decimal | int:
        return number if field.decimals is None else number.quantize(Decimal(1).scaleb(-field.decimals), ROUND_HALF_UP)

    def example(self, field: Field, known: Mapping[str, object]) -> object:
        return field.minimum if field.minimum is not None else Decimal(1)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": self.name}

    def note(self, field: Field) -> str:
        words = f"；也可填“{'”“'.join(field.words)}”" if field.words else ""
        return f"只填{self.words.zh}{f'，单位{field.unit}' if field.unit else ''}{_range_words(field)}{words}"

    def entry_rule(self, field: Field) -> EntryRule | None:
        return None if field.words else Bounded(self is INTEGER, field.minimum, field.maximum)

    def report_text(self, field: Field, value: object) -> str:
        return f"{value:f}" if isinstance(value, Decimal) else str(value)

    def report_column(self, field: Field) -> ReportColumn:
        return ReportColumn.NUMBER

    def entry_format(self, field: Field) -> str:
        return "General" if field.decimals is None else "0" + ("." + "0" * field.decimals if field.decimals else "")

    def paper_format(self, field: Field) -> str:
        digits = "#,##0." + "0" * field.decimals if field.decimals else "0" if self is INTEGER else "General"
        unit = (field.unit or "").replace('"', "")
        return f'{digits}" {unit}"' if unit else digits

    def cell(self, field: Field, value: object) -> str | float | date | time | None:
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return value if isinstance(value, int) else super().cell(field, value)

    def goes_on(self, field: Field, parts: Sequence[str], text: str) -> bool:
        return len(parts) == 1 and UNITS.fullmatch(text) is not None


class _Integer(_Number):
    name = "integer"
    words = phrase("integer")
    is_exact = True
    paper_em = 5.0
    entry_em = 5.0

    def _typed(self, raw: object, number: Decimal, faults: list[Fault]) -> Coerced:
        if number != number.to_integral_value():
            return Coerced(None, [Fault("F111", {"value": words_of(raw)})])
        return Coerced(int(number), faults)

    def _rounded(self, field: Field, number: Decimal) -> Decimal | int:
        return int(number.to_integral_value(ROUND_HALF_UP))

    def example(self, field: Field, known: Mapping[str, object]) -> object:
        return int(field.minimum) if field.minimum is not None else 1

    def entry_format(self, field: Field) -> str:
        return "0"


def _range_fault(value: Decimal, field: Field) -> Fault | None:
    low, high = field.minimum, field.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        parts = [f"≥ {low:f}" if low is not None else "", f"≤ {high:f}" if high is not None else ""]
        return Fault("F110", {"value": f"{value:f}", "range": "，".join(part for part in parts if part)})
    exponent = value.normalize().as_tuple().exponent
    if field.decimals is not None and isinstance(exponent, int) and -exponent > field.decimals:
        return Fault("F128", {"value": f"{value:f}", "limit": field.decimals})
    if value != value.to_integral_value() and Decimal(repr(float(value))) != value:
        return Fault("F148", {"value": f"{value:f}"})  # JSON and Excel keep binary fractions
    return None


def _range_words(field: Field) -> str:
    low, high = field.minimum, field.maximum
    if low is not None and high is not None:
        return f"，{low:f} 至 {high:f}"
    if low is not None:
        return f"，不小于 {low:f}"
    return f"，不大于 {high:f}" if high is not None else ""


NUMBER = _Number()
INTEGER = _Integer()
