"""Text: words that people write freely, and codes that have a check of their own (`format`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from danju.issues import Fault
from danju.messages import phrase
from danju.model.field import Field, Kind
from danju.model.kind_answers import Coerced, Control, EntryRule, OfLength, ReportColumn, UpTo
from danju.values.codes import CHECKS, EXACT_CODES, from_number, has_lost_digits, normalise, repair
from danju.values.display import shown, words_of
from danju.values.text import is_formula_like

__all__ = ["STANDARD_FORMATS", "TEXT", "TEXT_LIMIT"]

TEXT_LIMIT = 32_767  # characters in a cell, ECMA-376 and Excel's specification
STANDARD_FORMATS = frozenset(
    {"email", "idn-email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "iri", "uuid", "duration"}
)
"""Formats of JSON Schema 2020-12 (validation, 7.3) that a text may have besides our own checked codes."""

_BREAKS = re.compile(r"\s*\n\s*")
_CELL_FORMAT_LIMIT = 255  # older Excel shows #### for longer texts in cells of the format @
_LENGTHS: Mapping[str, tuple[int, int, str]] = {
    "credit-code": (18, 18, "18 位数字和大写字母，不用 I、O、S、V、Z"),  # GB 32100-2015
    "resident-id": (18, 18, "18 位，末位可以是 X"),  # GB 11643-1999
    "mobile": (11, 11, "11 位手机号"),
    "phone": (7, 40, "区号-号码，如 0771-3210088；也可填手机号"),
    "postcode": (6, 6, "6 位数字"),
    "bank-account": (8, 30, "8 至 30 位数字"),
}
"""Characters without blanks and dashes, and what to enter."""

# Han, Latin and digits with the usual punctuation: no blanks but the plain one, nothing invisible, no underscore
# (Excel's _x000D_). A text begins with what is neither a sign for “nothing” nor the beginning of a formula.
_SIGN = (
    r"!-^`-~\u00b0-\u00b3\u00b7\u00d7\u2013\u2014\u2018-\u201d\u2026\u2103\u2460-\u2473"
    r"\u3001-\u3011\uff01-\uff5e\uffe5\u4e00-\u9fff"
)
_START = r"(?:[0-9\u4e00-\u9fff]|[A-Za-z](?=.{3}))"


class _Text(Kind):
    name = "text"
    words = phrase("text")
    is_free = True
    has_own_nothing = True

    def declares(self, node: Mapping[str, Any]) -> bool:
        return node.get("type") == "string"

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        if field.format in CHECKS:
            return _code(raw, field)
        if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool) and has_lost_digits(raw):
            return Coerced(None, [Fault("F219", {"value": words_of(raw)})])
        faults: list[Fault] = []
        text = typed = words_of(raw)
        if "\t" in text or ("\n" in text and not field.multiline):
            text = text.replace("\t", " ")
            text = text if field.multiline else _BREAKS.sub(" ", text)
            faults.append(Fault("F140", {"value": typed, "result": text}))
        limit = min(field.max_length or TEXT_LIMIT, TEXT_LIMIT)
        if len(text) > limit:
            return Coerced(None, [Fault("F108", {"length": len(text), "limit": limit})])
        if field.min_length and len(text) < field.min_length:
            return Coerced(None, [Fault("F109", {"value": text, "limit": field.min_length})])
        if isinstance(raw, date | time | timedelta):
            faults.append(Fault("F144", {"value": typed, "result": text}))
        elif isinstance(raw, bool):
            faults.append(Fault("F138", {"value": str(raw).upper(), "result": text}))
        elif (
            isinstance(raw, str) and len(text) > 1 and is_formula_like(text) and text[0] != "-"
        ):  # a dash begins a list
            faults.append(Fault("F123", {"char": text[0]}))
        return Coerced(text, faults)

    def is_wide_told(self, field: Field) -> bool:
        return field.format in CHECKS  # other texts may have wide letters

    def pattern(self, field: Field) -> re.Pattern[str] | None:
        if field.format in CHECKS:
            exact = EXACT_CODES.get(field.format or "")
            is_word = any(char.isdigit() for word in field.empty_words for char in word)
            return None if is_word else exact
        least, most = max(field.min_length or 0, 2), min(field.max_length or TEXT_LIMIT, TEXT_LIMIT)
        if field.empty_words or least > most:
            return None
        line_end = r"\n" if field.multiline else ""
        return re.compile(f"{_START}[ {line_end}{_SIGN}]{{{least - 2},{most - 2}}}[{_SIGN}]")

    def display(self, field: Field, value: object) -> str:
        return value if type(value) is str else shown(value)

    def computed(self, field: Field, result: object) -> object:
        return str(result)

    def example(self, field: Field, known: Mapping[str, object]) -> object:
        return ("示例" + field.label)[: field.max_length] if field.format is None else None

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": ["string", "number"]}  # numbers without quotes are texts all the same

    def note(self, field: Field) -> str:
        if field.format in _LENGTHS:
            return _LENGTHS[field.format or ""][2]
        return f"最多 {field.max_length} 个字" if field.max_length and field.multiline else ""

    def entry_rule(self, field: Field) -> EntryRule | None:
        if field.format in _LENGTHS:
            return OfLength(*_LENGTHS[field.format or ""][:2])
        return UpTo(field.max_length) if field.max_length and field.format is None else None

    def control(self, field: Field) -> Control:
        return Control.LINES if field.multiline and not field.words else super().control(field)

    def report_column(self, field: Field) -> ReportColumn:
        is_short = not field.multiline and (field.max_length or 0) <= _CELL_FORMAT_LIMIT
        is_code = is_short and (field.format is not None or field.max_length is not None)
        return ReportColumn.CODE if is_code else ReportColumn.TEXT


def _code(raw: object, field: Field) -> Coerced:
    """A business type with a check of its own."""
    assert field.format is not None
    faults: list[Fault] = []
    if isinstance(raw, bool | date | time | timedelta):
        return Coerced(None, [Fault("F117", {"value": str(raw), "hint": field.hint})])
    if isinstance(raw, int | float | Decimal):
        reading = from_number(field.format, raw)
        if isinstance(reading, Fault):
            return Coerced(None, [reading])
        text = reading.value
        if reading.repaired:
            faults.append(Fault("F220", {"value": words_of(raw), "result": text}))
    else:
        text = normalise(field.format, str(raw))
    fault = CHECKS[field.format](text)
    if fault is None:
        return Coerced(text, faults)
    mended = repair(field.format, text)
    if mended is None:
        return Coerced(None, [fault])
    return Coerced(mended.values["result"], [Fault(mended.code, {**mended.values, "value": words_of(raw)})])


TEXT = _Text()
