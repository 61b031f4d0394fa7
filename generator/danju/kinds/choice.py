"""Choice: one of a list of options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from danju.issues import Fault
from danju.messages import did_you_mean, phrase
from danju.model.field import Field, Kind, Option
from danju.model.kind_answers import Coerced, Control, EntryRule, OneOf, ReportColumn
from danju.values.display import shown, words_of
from danju.values.options import Certainty, OptionReading, OptionWord, has_ticks, parse_options
from danju.values.text import bidi_controls, clean, nearest, remove_bidi

__all__ = ["CHOICE", "has_options", "not_an_option", "option_words", "repairs"]

_CERTAINTY_CODES = {Certainty.SAME: "F138", Certainty.ALIAS: "F124", Certainty.NEAR: "F139"}


class _Choice(Kind):
    name = "choice"
    words = phrase("one")
    is_choice = True
    align = "center"

    def declares(self, node: Mapping[str, Any]) -> bool:
        return has_options(node)

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        typed = words_of(raw)
        text = clean(remove_bidi(typed))
        reading = parse_options(text, field.options)
        if reading.unknown or (not reading.values and not any(box in text for box in "☐□○◯")):
            return Coerced(None, [not_an_option("、".join(reading.unknown) or text, field)])
        if len(reading.values) > 1:
            return Coerced(None, [Fault("F125", {"count": len(reading.values), "value": "、".join(reading.values)})])
        result = reading.values[0] if reading.values else ""
        faults = repairs(reading, typed, result)
        if typed != text and not faults and result and not bidi_controls(typed):
            faults.append(Fault("F138", {"value": typed, "result": result}))
        return Coerced(result or None, faults)

    def display(self, field: Field, value: object) -> str:
        option = field.option(value)
        return option.label if option else shown(value)

    def computed(self, field: Field, result: object) -> object:
        return str(result)

    def expressed(self, field: Field, value: object) -> object:
        return OptionWord(str(value), field.option(value))

    def example(self, field: Field, known: Mapping[str, object]) -> object:
        return next((option.value for option in field.options if _goes_with(option, field, known)), None)

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"enum": option_words(field)}

    def note(self, field: Field) -> str:
        return "选一个：" + "、".join(option.label for option in field.options)

    def entry_rule(self, field: Field) -> EntryRule | None:
        return OneOf()

    def control(self, field: Field) -> Control:
        return Control.PICK

    def report_column(self, field: Field) -> ReportColumn:
        return ReportColumn.WORD

    def paper_format(self, field: Field) -> str:
        return "General"

    def goes_on(self, field: Field, parts: Sequence[str], text: str) -> bool:
        return has_ticks(text) and has_ticks(parts[0])


def has_options(node: Mapping[str, Any]) -> bool:
    """Whether a part of a schema lists options."""
    return "oneOf" in node or "enum" in node


def option_words(field: Field) -> list[str]:
    """Every word that stands for an option, constants first."""
    words = [option.value for option in field.options]
    words += [option.label for option in field.options]
    words += [alias for option in field.options for alias in option.aliases]
    return list(dict.fromkeys(words))


def repairs(reading: OptionReading, typed: str, result: str) -> list[Fault]:
    """What was made of the words of a choice, unless they stood as on the paper."""
    if reading.left_out:
        return [Fault("F143", {"value": typed, "left": "、".join(reading.left_out), "result": result})]
    code = _CERTAINTY_CODES.get(reading.certainty) if reading.values else None
    return [Fault(code, {"value": typed, "result": result})] if code else []


def not_an_option(text: str, field: Field) -> Fault:
    """The fault of words that are no option, with the nearest one."""
    labels = [option.label for option in field.options]
    return Fault("F104", {"value": text, "options": "、".join(labels), "hint": did_you_mean(nearest(text, labels))})


def _goes_with(option: Option, field: Field, known: Mapping[str, object]) -> bool:
    return not field.depends or not option.owners or known.get(field.depends) in option.owners


CHOICE = _Choice()
