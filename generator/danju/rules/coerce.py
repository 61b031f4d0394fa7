"""Coercion: what a person typed → a typed value, or the faults that prevent it.

A reading is mere notation where a fixed convention has one meaning (2026.3.5, 1,500, 139 0771 0001) or the paper itself
prints it so (☐优良 ☑良好, 1,500 吨). Every other difference between what was typed and what is kept is a repair, and
told: a note (F130, F138, F140) where the meaning is beyond doubt, a warning where it was inferred.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from danju.issues import Fault
from danju.messages import Words
from danju.model.field import MISSING, Field, Kind
from danju.rules.choosing import coerce_boolean, coerce_choice, coerce_choices
from danju.rules.coerced import Coerced, words_of
from danju.rules.display import display
from danju.values.codes import CHECKS, from_number, has_lost_digits, normalise, repair
from danju.values.dates import in_china, parse_date, parse_datetime
from danju.values.numbers import HeadedNumber, NumberReading, is_plain_number, parse_decimal, unit_words
from danju.values.text import bidi_controls, clean, first_illegal, fold, is_formula_like, remove_bidi

TEXT_LIMIT = 32_767  # characters in a cell, ECMA-376 and Excel's specification
_NONE_SIGNS = frozenset({"-", "--", "—", "——", "/", "//", "\\", "–", "*", "N/A", "n/a", "NA"})
_LONGEST_NOTHING = 16  # characters; no word for “nothing” is longer
_NONE_WORDS = frozenset({"无", "没有", "暂无", "空"})
_NOTHING = _NONE_SIGNS | _NONE_WORDS
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")  # what input methods type by mistake
_WIDE_KINDS = frozenset({Kind.DATE, Kind.DATETIME, Kind.TEXT})  # other kinds look at the whole notation
_BREAKS = re.compile(r"\s*\n\s*")


def coerce(raw: object, target: Field, today: date) -> Coerced:
    """The typed value of a raw one.

    Args:
        raw: As delivered by a reader: str, int, float, Decimal, bool, date, datetime, time, list or None.
        target: The field it is meant for; neither table nor group.
        today: Completes dates without a year.
    """
    if raw is None:
        return Coerced()
    if isinstance(raw, HeadedNumber):
        return _from_text(raw, target, today)
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
    if text == "":
        return Coerced(None, faults)
    if _means_nothing(text, target):
        is_told = stands_for_nothing(text)  # other words are the form's own (x-empty)
        return Coerced(None, [*faults, Fault("F130", {"value": text})] if is_told else faults)
    typed = raw if target.kind is Kind.CHOICE or isinstance(raw, HeadedNumber) else text
    outcome = _COERCERS[target.kind](typed, target, today)
    if target.kind in _WIDE_KINDS and not outcome.faults and outcome.value is not None and _is_wide(text, target):
        faults.append(Fault("F138", {"value": text, "result": words_of(outcome.value)}))
    outcome.faults[:0] = faults
    return outcome


def _is_wide(text: str, target: Field) -> bool:
    """Whether a date or a code has full-width letters or digits; other texts may have them."""
    return (target.kind is not Kind.TEXT or target.format in CHECKS) and _WIDE.search(text) is not None


def _legal(text: str) -> tuple[str, list[Fault]]:
    illegal = first_illegal(text)
    if illegal is not None:
        position, char = illegal
        return text, [Fault("F112", {"char": f"U+{ord(char):04X}", "position": position})]
    controls = bidi_controls(text)
    if controls:
        plain = clean(remove_bidi(text))
        char = "、".join(f"U+{ord(char):04X}" for char in controls)
        return plain, [Fault("F113", {"char": char, "value": text, "result": plain})]
    return text, []


def _means_nothing(text: str, target: Field) -> bool:
    if len(text) > _LONGEST_NOTHING or text in target.words or target.option(text) is not None:
        return False
    if target.empty_words:
        folded = fold(text)
        if any(folded == fold(word) for word in target.empty_words):
            return True
    if text in _NONE_SIGNS:
        return True
    return text in _NONE_WORDS and target.kind not in (Kind.TEXT, Kind.BOOLEAN)


def stands_for_nothing(raw: object) -> bool:
    """Whether a value is a sign or word that people put where there is nothing to say: — / 无."""
    return isinstance(raw, str) and len(raw) <= _LONGEST_NOTHING and clean(raw) in _NOTHING


def _text(raw: object, target: Field, today: date) -> Coerced:
    if target.format in CHECKS:
        return _code(raw, target)
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool) and has_lost_digits(raw):
        return Coerced(None, [Fault("F219", {"value": words_of(raw)})])
    faults: list[Fault] = []
    text = typed = words_of(raw)
    if "\t" in text or ("\n" in text and not target.multiline):
        text = text.replace("\t", " ")
        text = text if target.multiline else _BREAKS.sub(" ", text)
        faults.append(Fault("F140", {"value": typed, "result": text}))
    limit = min(target.max_length or TEXT_LIMIT, TEXT_LIMIT)
    if len(text) > limit:
        return Coerced(None, [Fault("F108", {"length": len(text), "limit": limit})])
    if target.min_length and len(text) < target.min_length:
        return Coerced(None, [Fault("F109", {"value": text, "limit": target.min_length})])
    if isinstance(raw, date | time | timedelta):
        faults.append(Fault("F144", {"value": typed, "result": text}))
    elif isinstance(raw, bool):
        faults.append(Fault("F138", {"value": str(raw).upper(), "result": text}))
    elif isinstance(raw, str) and len(text) > 1 and is_formula_like(text) and text[0] != "-":  # a dash begins a list
        faults.append(Fault("F123", {"char": text[0]}))
    return Coerced(text, faults)


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
            faults.append(Fault("F220", {"value": words_of(raw), "result": text}))
    else:
        text = normalise(target.format, str(raw))
    fault = CHECKS[target.format](text)
    if fault is None:
        return Coerced(text, faults)
    mended = repair(target.format, text)
    if mended is None:
        return Coerced(None, [fault])
    return Coerced(mended.values["result"], [Fault(mended.code, {**mended.values, "value": words_of(raw)})])


def _number(raw: object, target: Field, today: date) -> Coerced:
    if isinstance(raw, date | time | timedelta | bool):
        return Coerced(None, [Fault("F107", {"value": words_of(raw), "unit": unit_words(target.unit)})])
    if not isinstance(raw, str | int | float | Decimal):
        return Coerced(None, [Fault("F107", {"value": str(raw), "unit": ""})])
    reading = parse_decimal(raw, target.unit)
    if isinstance(reading, Fault):
        return Coerced(None, [reading])
    value, faults = reading.value, _number_repairs(raw, reading, target)
    fault = _range_fault(value, target)
    if fault is not None:
        return Coerced(None, [fault])
    if target.kind is Kind.INTEGER:
        if value != value.to_integral_value():
            return Coerced(None, [Fault("F111", {"value": words_of(raw)})])
        return Coerced(int(value), faults)
    return Coerced(value, faults)


def _number_repairs(raw: object, reading: NumberReading, target: Field) -> list[Fault]:
    """What was made of a number, unless it is plain, as the paper prints it, or converted as its heading says."""
    if isinstance(raw, HeadedNumber):
        return []
    if reading.repaired:
        return [Fault("F124", {"value": words_of(raw), "result": f"{reading.value:f}{target.unit or ''}"})]
    if not isinstance(raw, str) or is_plain_number(raw) or raw == display(target, reading.value):
        return []
    return [Fault("F138", {"value": raw, "result": f"{reading.value:f}"})]


def _range_fault(value: Decimal, target: Field) -> Fault | None:
    low, high = target.minimum, target.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        parts = [f"≥ {low:f}" if low is not None else "", f"≤ {high:f}" if high is not None else ""]
        return Fault("F110", {"value": f"{value:f}", "range": "，".join(part for part in parts if part)})
    exponent = value.normalize().as_tuple().exponent
    if target.decimals is not None and isinstance(exponent, int) and -exponent > target.decimals:
        return Fault("F128", {"value": f"{value:f}", "limit": target.decimals})
    if value != value.to_integral_value() and Decimal(repr(float(value))) != value:
        return Fault("F148", {"value": f"{value:f}"})  # JSON and Excel keep binary fractions
    return None


def _date(raw: object, target: Field, today: date) -> Coerced:
    if isinstance(raw, datetime):
        moment = in_china(raw)
        loses = moment.time() != time(0) or moment.date() != raw.date()
        return Coerced(moment.date(), _assumption("F124" if loses else None, raw, f"{moment:%Y-%m-%d}"))
    if isinstance(raw, date):
        return Coerced(raw)
    if isinstance(raw, str) and raw in target.words:
        return Coerced(raw)
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        return Coerced(None, [Fault("F105", {"value": words_of(raw)})])
    reading = parse_date(raw, today=today)
    if isinstance(reading, Fault):
        return Coerced(None, [reading])
    return Coerced(reading.value, _assumption(reading.assumed, raw, f"{reading.value:%Y-%m-%d}"))


def _datetime(raw: object, target: Field, today: date) -> Coerced:
    if isinstance(raw, datetime):
        moment = in_china(raw)
        is_moved = moment != raw.replace(tzinfo=None)
        return Coerced(moment, _assumption("F124" if is_moved else None, raw, f"{moment:%Y-%m-%d %H:%M}"))
    if isinstance(raw, date):
        return Coerced(datetime(raw.year, raw.month, raw.day))
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        return Coerced(None, [Fault("F105", {"value": words_of(raw)})])
    reading = parse_datetime(raw, today=today)
    if isinstance(reading, Fault):
        return Coerced(None, [reading])
    return Coerced(reading.value, _assumption(reading.assumed, raw, f"{reading.value:%Y-%m-%d %H:%M}"))


def _assumption(code: str | None, raw: object, result: str) -> list[Fault]:
    return [Fault(code, {"value": words_of(raw), "result": result})] if code else []


_COERCERS: dict[Kind, Callable[[object, Field, date], Coerced]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _number,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.DATETIME: _datetime,
    Kind.BOOLEAN: coerce_boolean,
    Kind.CHOICE: coerce_choice,
    Kind.CHOICES: coerce_choices,
}


def default_of(target: Field) -> object:
    """The value of an empty field: the schema's default, or None."""
    if target.default is MISSING:
        return None
    if target.kind is Kind.TEXT:
        return target.default
    return coerce(target.default, target, date.min).value
