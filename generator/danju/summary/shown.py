"""How values and labels read as text, and how wide that is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from danju.model.field import MISSING, Field
from danju.model.form import Dimension, Measure
from danju.summary.words import SummaryWords

NARROW = 1.2  # a Latin letter or digit, where the text font is missing and a wider one stands in


def display_width(text: str) -> float:
    """Width of the widest line, in the unit of column widths (a digit of the workbook's default font)."""
    if "\n" in text:
        return max(map(display_width, text.split("\n")))
    narrow = len(text) * NARROW
    if text.isascii():
        return narrow
    wide = (len(text.encode("utf-8", "surrogatepass")) - len(text)) / 2  # Chinese takes three bytes a character
    return narrow + wide * (2 - NARROW)


def line_count(text: str, limit: float) -> int:
    """Lines that a text takes in a column of this width."""
    if "\n" in text:
        return sum(line_count(line, limit) for line in text.split("\n"))
    return math.ceil(display_width(text) / limit) or 1


def label_of(field: Field, lang: str) -> str:
    """The field's heading in a language, on one line."""
    return " ".join(((field.english if lang == "en" else "") or field.label or field.name).split())


def heading_of(counted: Dimension | Measure, lang: str) -> str:
    """The heading of a dimension or a measure in a language."""
    return (counted.english if lang == "en" else "") or counted.label


def shower(field: Field, words: SummaryWords) -> Callable[[object], str]:
    """How values of a field read as text; lists of them line by line, empty ones as nothing."""
    labels = {option.value: option.label for option in field.options}
    names = [member.name for member in field.members]
    shows = [str if member.kind.is_free else shower(member, words) for member in field.members]

    comma = words.list_comma if field.kind.is_list else "\n"

    def show(value: object) -> str:
        if isinstance(value, str):
            return labels.get(value, value) if labels else value
        if type(value) is dict or isinstance(value, Mapping):
            given = zip(map(value.get, names), shows, strict=True)
            return " ".join(filter(None, [show_member(each) for each, show_member in given if each]))
        if isinstance(value, list | tuple):
            return comma.join(filter(None, map(show, value)))
        if value is None or value is MISSING:
            return ""
        if isinstance(value, bool):
            return words.yes if value else words.no
        return field.kind.report_text(field, value)

    return show
