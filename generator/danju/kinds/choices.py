"""Choices: any of a list of options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from danju.issues import Fault
from danju.kinds.choice import has_options, not_an_option, option_words, repairs
from danju.messages import phrase
from danju.model.field import Field, Kind
from danju.model.kind_answers import Coerced, ReportColumn
from danju.values.display import words_of
from danju.values.options import OptionWord, has_ticks, parse_options
from danju.values.text import clean

__all__ = ["CHOICES"]


class _Choices(Kind):
    name = "choices"
    words = phrase("several")
    inner = "items"
    is_list = True
    is_exact = False
    is_in_formulas = False

    def declares(self, node: Mapping[str, Any]) -> bool:
        items = node.get("items")
        return node.get("type") == "array" and isinstance(items, dict) and has_options(items)

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        words = [words_of(item) for item in raw] if isinstance(raw, list | tuple) else [words_of(raw)]
        chosen: list[str] = []
        faults: list[Fault] = []
        for word in words:
            reading = parse_options(clean(word), field.options)
            if reading.unknown:
                return Coerced(None, [not_an_option("、".join(reading.unknown), field)])
            chosen.extend(reading.values)
            faults.extend(repairs(reading, word, "、".join(reading.values)))
        return Coerced([option.value for option in field.options if option.value in chosen] or None, faults)

    def display(self, field: Field, value: object) -> str:
        chosen = value if isinstance(value, list) else ()
        return "、".join(option.label for option in field.options if option.value in chosen)

    def expressed(self, field: Field, value: object) -> object:
        return (
            [OptionWord(str(each), field.option(each)) for each in value] if isinstance(value, list | tuple) else value
        )

    def example(self, field: Field, known: Mapping[str, object]) -> object:
        return [field.options[0].value]

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": "array", "items": {"enum": option_words(field)}}

    def note(self, field: Field) -> str:
        return "可多选，用顿号隔开：" + "、".join(option.label for option in field.options)

    def report_column(self, field: Field) -> ReportColumn:
        return ReportColumn.WORD

    def paper_format(self, field: Field) -> str:
        return "General"

    def goes_on(self, field: Field, parts: Sequence[str], text: str) -> bool:
        return has_ticks(text) and has_ticks(parts[0])


CHOICES = _Choices()
