"""Coercion: what a person typed → a typed value, or the faults that prevent it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from danju.issues import Fault
from danju.messages import Words, suggestion
from danju.model.field import MISSING, Field, Kind
from danju.rules.codes import CHECKS, from_number, normalise
from danju.rules.dates import parse_date, parse_datetime
from danju.rules.numbers import decimal_from_float, parse_decimal, unit_words
from danju.rules.options import parse_options
from danju.rules.text import bidi_controls, clean, first_illegal, fold, nearest, remove_bidi

TEXT_LIMIT = 32_767  # characters in a cell, ECMA-376 and Excel's specification
_NONE_SIGNS = frozenset({"-", "--", "—", "——", "/", "//", "\\", "–", "*", "N/A", "n/a", "NA"})
_LONGEST_NOTHING = 16  # characters; no word for “nothing” is longer
_NONE_WORDS = frozenset({"无", "没有", "暂无", "空"})
_FORMULA_SIGNS = "=+@\t"
_TRUE = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "■", "●", "y", "yes", "true", "t", "1", "1.0", "已", "v"})
_FALSE = frozenset(
    {"否", "无", "没有", "错", "×", "✗", "✘", "☐", "□", "○", "n", "no", "false", "f", "0", "0.0", "未", "x"}
)


@dataclass(slots=True)
class Coerced:
    """The outcome for one value.

    Attributes:
        value: Typed value; None when empty or when a fault prevents one.
        faults: Errors and warnings.
    """

    value: object = None
    faults: list[Fault] = field(default_factory=list)


def coerce(raw: object, target: Field, today: date) -> Coerced:
    """The typed value of a raw one.

    Args:
        raw: As delivered by a reader: str, int, float, Decimal, bool, date, datetime, time, list or None.
        target: The field it is meant for; neither table nor group.
        today: Completes dates without a year.
    """
    if raw is None:
        return Coerced()
    if isinstance(raw, str):
        return _remembered(raw, target, today)
    if isinstance(raw, list | tuple | dict) and target.kind is not Kind.CHOICES:
        actual = Words("一组值", "a group of values") if isinstance(raw, dict) else Words("列表", "a list")
        return Coerced(None, [Fault("F116", {"expected": Words("一个值", "one value"), "actual": actual})])
    return _COERCERS[target.kind](raw, target, today)


_memory: dict[tuple[int, date], tuple[Field, dict[str, Coerced]]] = {}
_REMEMBERED_FIELDS, _REMEMBERED_TEXTS, _LONGEST_REMEMBERED = 512, 4096, 200


def _remembered(raw: str, target: Field, today: date) -> Coerced:
    """As `_from_text`; registers repeat most of their words, so what they mean is kept for a while."""
    field, texts = _memory.get((id(target), today), (None, None))
    if field is not target or texts is None:
        if len(_memory) >= _REMEMBERED_FIELDS:
            _memory.clear()
        texts = {}
        _memory[id(target), today] = (target, texts)
    found = texts.get(raw)
    if found is None:
        found = _from_text(raw, target, today)
        if len(texts) >= _REMEMBERED_TEXTS:
            texts.clear()
        if len(raw) <= _LONGEST_REMEMBERED:
            texts[raw] = found
    return found


def _from_text(raw: str, target: Field, today: date) -> Coerced:
    text, faults = _legal(clean(raw))
    if any(fault.code == "F112" for fault in faults):
        return Coerced(None, faults)
    if text == "" or _means_nothing(text, target):
        return Coerced(None, faults)
    outcome = _COERCERS[target.kind](text, target, today)
    outcome.faults[:0] = faults
    return outcome


def _legal(text: str) -> tuple[str, list[Fault]]:
    illegal = first_illegal(text)
    if illegal is not None:
        position, char = illegal
        return text, [Fault("F112", {"char": f"U+{ord(char):04X}", "position": position})]
    controls = bidi_controls(text)
    if controls:
        return clean(remove_bidi(text)), [Fault("F113", {"char": "、".join(f"U+{ord(char):04X}" for char in controls)})]
    return text, []


def _means_nothing(text: str, target: Field) -> bool:
    if len(text) > _LONGEST_NOTHING or text in target.words or target.option(text) is not None:
        return False
    if target.empty_words:
        folded = fold(text)
        if any(folded == fold(word) for word in target.empty_words):
            return True
    if text in _NONE_SIGNS:
        return target.kind is not Kind.BOOLEAN
    return text in _NONE_WORDS and target.kind not in (Kind.TEXT, Kind.BOOLEAN)


def _text(raw: object, target: Field, today: date) -> Coerced:
    if target.format in CHECKS:
        return _code(raw, target)
    faults: list[Fault] = []
    text = _words(raw).replace("\t", " ")
    if not target.multiline:
        text = re.sub(r"\s*\n\s*", " ", text)
    limit = min(target.max_length or TEXT_LIMIT, TEXT_LIMIT)
    if len(text) > limit:
        return Coerced(None, [Fault("F108", {"length": len(text), "limit": limit})])
    if target.min_length and len(text) < target.min_length:
        return Coerced(None, [Fault("F109", {"value": text, "limit": target.min_length})])
    if text[:1] in _FORMULA_SIGNS and isinstance(raw, str) and len(text) > 1:
        faults.append(Fault("F123", {"char": text[0]}))
    return Coerced(text, faults)


def _words(raw: object) -> str:
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and isfinite(raw):
        return format(decimal_from_float(raw), "f")
    if isinstance(raw, datetime):
        return f"{raw:%Y-%m-%d}" if raw.time() == time(0) else f"{raw:%Y-%m-%d %H:%M}"
    return str(raw)


def _code(raw: object, target: Field) -> Coerced:
    """A business type with a check of its own."""
    assert target.format is not None
    faults: list[Fault] = []
    if isinstance(raw, bool | date | time | timedelta):
        return Coerced(None, [Fault("F117", {"value": str(raw), "hint": target.hint})])
    if isinstance(raw, int | float | Decimal):
        reading = from_number(target.format, raw)
        if isinstance(reading, Fault):
            return Coerced(None, [reading])
        text = reading.value
        if reading.repaired:
            faults.append(Fault("F220", {"value": _words(raw), "result": text}))
    else:
        text = normalise(target.format, str(raw))
    fault = CHECKS[target.format](text)
    if fault is not None:
        return Coerced(None, [fault])
    return Coerced(text, faults)


def _number(raw: object, target: Field, today: date) -> Coerced:
    if isinstance(raw, date | time | timedelta | bool):
        return Coerced(None, [Fault("F107", {"value": _words(raw), "unit": unit_words(target.unit)})])
    if not isinstance(raw, str | int | float | Decimal):
        return Coerced(None, [Fault("F107", {"value": str(raw), "unit": ""})])
    reading = parse_decimal(raw, target.unit)
    if isinstance(reading, Fault):
        return Coerced(None, [reading])
    value = reading.value
    faults = (
        [Fault("F124", {"value": _words(raw), "result": f"{value:f}{target.unit or ''}"})] if reading.repaired else []
    )
    fault = _range_fault(value, target)
    if fault is not None:
        return Coerced(None, [fault])
    if target.kind is Kind.INTEGER:
        if value != value.to_integral_value():
            return Coerced(None, [Fault("F111", {"value": _words(raw)})])
        return Coerced(int(value), faults)
    return Coerced(value, faults)


def _range_fault(value: Decimal, target: Field) -> Fault | None:
    low, high = target.minimum, target.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        parts = [f"≥ {low:f}" if low is not None else "", f"≤ {high:f}" if high is not None else ""]
        return Fault("F110", {"value": f"{value:f}", "range": "，".join(part for part in parts if part)})
    exponent = value.normalize().as_tuple().exponent
    if target.decimals is not None and isinstance(exponent, int) and -exponent > target.decimals:
        return Fault("F128", {"value": f"{value:f}", "limit": target.decimals})
    return None


def _date(raw: object, target: Field, today: date) -> Coerced:
    if isinstance(raw, datetime):
        return Coerced(raw.date())
    if isinstance(raw, date):
        return Coerced(raw)
    if isinstance(raw, str) and raw in target.words:
        return Coerced(raw)
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        return Coerced(None, [Fault("F105", {"value": _words(raw)})])
    reading = parse_date(raw, today=today)
    if isinstance(reading, Fault):
        return Coerced(None, [reading])
    return Coerced(reading.value, _assumption(reading.assumed, raw, f"{reading.value:%Y-%m-%d}"))


def _datetime(raw: object, target: Field, today: date) -> Coerced:
    if isinstance(raw, datetime):
        return Coerced(raw.replace(tzinfo=None))
    if isinstance(raw, date):
        return Coerced(datetime(raw.year, raw.month, raw.day))
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        return Coerced(None, [Fault("F105", {"value": _words(raw)})])
    reading = parse_datetime(raw, today=today)
    if isinstance(reading, Fault):
        return Coerced(None, [reading])
    return Coerced(reading.value, _assumption(reading.assumed, raw, f"{reading.value:%Y-%m-%d %H:%M}"))


def _assumption(code: str | None, raw: object, result: str) -> list[Fault]:
    return [Fault(code, {"value": _words(raw), "result": result})] if code else []


def _boolean(raw: object, target: Field, today: date) -> Coerced:
    if isinstance(raw, bool):
        return Coerced(raw)
    word = fold(_words(raw))
    if word in _TRUE:
        return Coerced(True)
    if word in _FALSE:
        return Coerced(False)
    return Coerced(None, [Fault("F126", {"value": _words(raw)})])


def _choice(raw: object, target: Field, today: date) -> Coerced:
    text = _words(raw)
    reading = parse_options(text, target.options)
    if reading.unknown or (not reading.values and not _only_empty_boxes(text)):
        return Coerced(None, [_not_an_option("、".join(reading.unknown) or text, target)])
    if len(reading.values) > 1:
        return Coerced(None, [Fault("F125", {"count": len(reading.values), "value": "、".join(reading.values)})])
    if not reading.values:
        return Coerced()
    faults = [Fault("F124", {"value": text, "result": f"“{reading.values[0]}”"})] if reading.repaired else []
    return Coerced(reading.values[0], faults)


def _only_empty_boxes(text: str) -> bool:
    return any(box in text for box in "☐□○◯")


def _choices(raw: object, target: Field, today: date) -> Coerced:
    words = [_words(item) for item in raw] if isinstance(raw, list | tuple) else [_words(raw)]
    chosen: list[str] = []
    for word in words:
        reading = parse_options(clean(word), target.options)
        if reading.unknown:
            return Coerced(None, [_not_an_option("、".join(reading.unknown), target)])
        chosen.extend(reading.values)
    return Coerced([option.value for option in target.options if option.value in chosen] or None)


def _not_an_option(text: str, target: Field) -> Fault:
    labels = [option.label for option in target.options]
    candidate = nearest(text, labels)
    return Fault("F104", {"value": text, "options": "、".join(labels), "hint": suggestion(candidate)})


_COERCERS: dict[Kind, Callable[[object, Field, date], Coerced]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _number,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.DATETIME: _datetime,
    Kind.BOOLEAN: _boolean,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
}


def default_of(target: Field) -> object:
    """The value of an empty field: the schema's default, or None."""
    if target.default is MISSING:
        return None
    if target.kind is Kind.TEXT:
        return target.default
    return coerce(target.default, target, date.min).value
