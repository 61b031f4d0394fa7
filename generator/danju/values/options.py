"""Ticked options: `☑优良`, `□一般 ☑良好`, `优良√`, plain words, their aliases, points behind them, near spellings.

An option is written as on the paper when it is its word, or stands in an option line with a box before or behind every
word. Anything else that is understood is told, by how sure it is: see `Certainty`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import Self

from danju.model.field import Option
from danju.values.text import fold
from danju.values.traditional import simplified

TICKED = "☑☒✓✔√■●◉◆▣🗹"
EMPTY = "☐□○◯◇▢"
TICKS = "☑☒✓✔√■●◉□○☐◯"
"""Marks of option lines, ticked and empty."""
_BOX = re.compile(f"[{TICKED}{EMPTY}]")
_SEPARATORS = re.compile(r"[、,，;；/|\n]+|\s{2,}")
_BLANKS = re.compile(r"\s+")
_POINTS = re.compile(r"[(（]?(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>[^0-9()（）]{0,4})[)）]?$")
_QUOTES = "“”\"'‘’「」『』《》。.!！、，,;；"
_NEAR_LENGTH = 4  # characters; in shorter words one of them may be the whole difference in meaning
# Characters that turn a word round or move it up or down a scale: nothing is added to a word to find such an option.
_TURNING = frozenset(
    "不非未无没否莫勿免禁反负很太最更较极半超过高低上下大小多少优良好差零一二三四五六七八九十甲乙丙丁东南西北中"
)


class OptionWord(str):
    """The word of a choice that also knows its option's attributes and label: `quality.score`, `quality.label`."""

    __slots__ = ("_option",)
    _option: Option | None

    def __new__(cls, word: str, option: Option | None) -> Self:
        self = super().__new__(cls, word)
        self._option = option
        return self

    @property
    def attributes(self) -> Mapping[str, object]:
        """By name; none of a word that is no option."""
        option = self._option
        return {**option.attributes, "label": option.label} if option else {}

    def __getattr__(self, name: str) -> object:
        try:
            return self.attributes[name]
        except KeyError:
            raise AttributeError(name) from None


class Certainty(IntEnum):
    """How an option was recognised, from surest to least sure."""

    AS_PRINTED = 0  # the word, or the option line of the paper
    SAME = 1  # the word with a tick, blanks, another width or case, or its points
    ALIAS = 2  # another word that the schema lists
    NEAR = 3  # a misspelt word that can mean only one option


@dataclass(frozen=True, slots=True)
class OptionReading:
    """What was chosen.

    Attributes:
        values: Constants of the chosen options, in the options' order.
        unknown: Words that are ticked or listed and match no option.
        left_out: Words that are no option and not ticked: nobody reads them.
        certainty: Of the least sure word.
    """

    values: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    certainty: Certainty = Certainty.AS_PRINTED


def has_ticks(text: str) -> bool:
    """Whether the text is an option line."""
    return any(char in TICKS for char in text)


def parse_options(text: str, options: tuple[Option, ...]) -> OptionReading:
    """The options that a text names or ticks."""
    if _BOX.search(text):
        return _boxed(text, options)
    whole = _find(text, options)
    if whole is not None:
        return OptionReading((whole[0].value,), certainty=whole[1])
    return _match([word for word in _SEPARATORS.split(text) if word.strip()], options)


def _boxed(text: str, options: tuple[Option, ...]) -> OptionReading:
    """The ticked options of a line with boxes; its other words must be options too."""
    words = _boxed_words(text)
    read = _match([word for word, ticked in words if ticked], options)
    others = [word for word, ticked in words if not ticked and word]
    left_out = tuple(word for word in others if not _are_options(word, options))
    is_line = sum(_find(word, options) is not None for word, _ in words) == len(options)
    certainty = read.certainty if is_line else max(read.certainty, Certainty.SAME)
    return OptionReading(read.values, read.unknown, left_out, certainty)


def _boxed_words(text: str) -> list[tuple[str, bool]]:
    """Words of an option line with whether they are ticked, boxes standing before or behind them."""
    marks = list(_BOX.finditer(text))
    before = not text[: marks[0].start()].strip()
    words = []
    for index, mark in enumerate(marks):
        if before:
            end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
            word = text[mark.end() : end]
        else:
            start = marks[index - 1].end() if index else 0
            word = text[start : mark.start()]
        words.append((word.strip(), mark.group() in TICKED))
    if not before:
        words.append((text[marks[-1].end() :].strip(), False))
    return words


def _are_options(text: str, options: tuple[Option, ...]) -> bool:
    """Whether a text without boxes holds nothing but options."""
    return _find(text, options) is not None or all(
        _find(piece, options) is not None or _POINTS.fullmatch(piece) for piece in _BLANKS.split(text)
    )


def _match(words: list[str], options: tuple[Option, ...]) -> OptionReading:
    chosen: set[str] = set()
    unknown = []
    certainty = Certainty.AS_PRINTED
    for word in words:
        found = _find(word, options)
        if found is None:
            unknown.append(word)
        else:
            chosen.add(found[0].value)
            certainty = max(certainty, found[1])
    values = tuple(option.value for option in options if option.value in chosen)
    return OptionReading(values, tuple(unknown), certainty=certainty)


def _find(word: str, options: tuple[Option, ...]) -> tuple[Option, Certainty] | None:
    """The option that a word names, and how surely."""
    for option in options:
        if word in (option.value, option.label):
            return option, Certainty.AS_PRINTED
    wanted = fold(word)
    for option in options:
        if wanted in (fold(option.value), fold(option.label)):
            return option, Certainty.SAME
    points = _POINTS.search(wanted)
    rest = wanted[: points.start()] if points else wanted
    for option in options:
        if points and rest in (fold(option.value), fold(option.label)):
            if Decimal(points["number"]) in option.attributes.values():
                return option, Certainty.AS_PRINTED
            if points["unit"] in ("", "分"):
                return option, Certainty.ALIAS
        if wanted in {fold(alias) for alias in option.aliases}:
            return option, Certainty.ALIAS
    return _nearest(wanted, options)


def _nearest(wanted: str, options: Sequence[Option]) -> tuple[Option, Certainty] | None:
    """The one option that a misspelt word can mean; None when there is none or more than one.

    Understood are traditional characters, quotation marks and stops around the word, two neighbours exchanged, a
    character typed twice, and in words of four characters or more a single one left out. A different character is not:
    it may be what the word is about (南宁分公司, 南京分公司).
    """
    wanted = simplified(wanted).strip(_QUOTES)
    found = {option.value: option for option in options if any(_is_near(wanted, name) for name in _names(option))}
    return (next(iter(found.values())), Certainty.NEAR) if len(found) == 1 else None


def _names(option: Option) -> Iterator[str]:
    for name in (option.value, option.label, *option.aliases):
        yield simplified(fold(name))


def _is_near(typed: str, name: str) -> bool:
    if typed == name:
        return True
    first = next((place for place, (a, b) in enumerate(zip(typed, name, strict=False)) if a != b), None)
    first = min(len(typed), len(name)) if first is None else first
    if len(typed) == len(name):
        swapped = name[:first] + name[first : first + 2][::-1] + name[first + 2 :]
        return typed == swapped
    if len(typed) == len(name) + 1:
        return typed[:first] + typed[first + 1 :] == name and first > 0 and typed[first] == typed[first - 1]
    if len(typed) + 1 == len(name) and len(name) >= _NEAR_LENGTH:
        return typed == name[:first] + name[first + 1 :] and not _TURNING & set(name)
    return False
