"""Coercion of yes and no, of choices and of ticked lists."""

from __future__ import annotations

from datetime import date

from danju.issues import Fault
from danju.messages import suggestion
from danju.model.field import Field
from danju.rules.coerced import Coerced, words_of
from danju.rules.display import display
from danju.values.options import Certainty, OptionReading, parse_options
from danju.values.text import bidi_controls, clean, fold, nearest, remove_bidi

__all__ = ["coerce_boolean", "coerce_choice", "coerce_choices"]

_USUAL_WORDS = frozenset({"是", "否", "√", "×"})
_TRUE = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "■", "●", "y", "yes", "true", "t", "1", "1.0", "已", "v"})
_FALSE = frozenset(
    {"否", "无", "没有", "错", "×", "✗", "✘", "☐", "□", "○", "n", "no", "false", "f", "0", "0.0", "未", "x"}
)


def coerce_boolean(raw: object, target: Field, today: date) -> Coerced:
    """True or False for the words and signs that people use; 是, 否, √ and × are the usual ones."""
    if isinstance(raw, bool):
        return Coerced(raw)
    text = words_of(raw)
    word = fold(text)
    if word not in _TRUE and word not in _FALSE:
        return Coerced(None, [Fault("F126", {"value": text})])
    value = word in _TRUE
    result = display(target, value)
    return Coerced(value, [] if text in _USUAL_WORDS else [Fault("F138", {"value": text, "result": result})])


def coerce_choice(raw: object, target: Field, today: date) -> Coerced:
    """The constant of the one option that is named or ticked."""
    typed = words_of(raw)
    text = clean(remove_bidi(typed))
    reading = parse_options(text, target.options)
    if reading.unknown or (not reading.values and not _only_empty_boxes(text)):
        return Coerced(None, [_not_an_option("、".join(reading.unknown) or text, target)])
    if len(reading.values) > 1:
        return Coerced(None, [Fault("F125", {"count": len(reading.values), "value": "、".join(reading.values)})])
    result = reading.values[0] if reading.values else ""
    faults = _repairs(reading, typed, result)
    if typed != text and not faults and result and not bidi_controls(typed):
        faults.append(Fault("F138", {"value": typed, "result": result}))
    return Coerced(result or None, faults)


def _only_empty_boxes(text: str) -> bool:
    return any(box in text for box in "☐□○◯")


def coerce_choices(raw: object, target: Field, today: date) -> Coerced:
    """The constants of all options that are named or ticked, in the options' order."""
    words = [words_of(item) for item in raw] if isinstance(raw, list | tuple) else [words_of(raw)]
    chosen: list[str] = []
    faults: list[Fault] = []
    for word in words:
        reading = parse_options(clean(word), target.options)
        if reading.unknown:
            return Coerced(None, [_not_an_option("、".join(reading.unknown), target)])
        chosen.extend(reading.values)
        faults.extend(_repairs(reading, word, "、".join(reading.values)))
    return Coerced([option.value for option in target.options if option.value in chosen] or None, faults)


_CERTAINTY_CODES = {Certainty.SAME: "F138", Certainty.ALIAS: "F124", Certainty.NEAR: "F139"}


def _repairs(reading: OptionReading, typed: str, result: str) -> list[Fault]:
    """What was made of the words of a choice, unless they stood as on the paper."""
    if reading.left_out:
        return [Fault("F143", {"value": typed, "left": "、".join(reading.left_out), "result": result})]
    code = _CERTAINTY_CODES.get(reading.certainty) if reading.values else None
    return [Fault(code, {"value": typed, "result": result})] if code else []


def _not_an_option(text: str, target: Field) -> Fault:
    labels = [option.label for option in target.options]
    candidate = nearest(text, labels)
    return Fault("F104", {"value": text, "options": "、".join(labels), "hint": suggestion(candidate)})
