"""Ticked options: `☑优良`, `□一般 ☑良好`, `优良√`, plain words, their aliases and points behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from danju.model.field import Option
from danju.rules.text import fold

TICKED = "☑☒✓✔√■●◉◆▣🗹"
EMPTY = "☐□○◯◇▢"
_BOX = re.compile(f"[{TICKED}{EMPTY}]")
_SEPARATORS = re.compile(r"[、,，;；/|\n]+|\s{2,}")


@dataclass(frozen=True, slots=True)
class OptionReading:
    """What was chosen.

    Attributes:
        values: Constants of the chosen options, in the options' order.
        unknown: Words that match no option.
        repaired: Whether a word was matched by an alias rather than written as on the paper.
    """

    values: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    repaired: bool = False


def parse_options(text: str, options: tuple[Option, ...]) -> OptionReading:
    """The options that a text names or ticks."""
    if _BOX.search(text):
        return _match([word for word, ticked in _boxed_words(text) if ticked], options)
    whole = _find(text, options)
    if whole is not None:
        return OptionReading((whole[0].value,), repaired=whole[1])
    return _match([word for word in _SEPARATORS.split(text) if word.strip()], options)


def _boxed_words(text: str) -> list[tuple[str, bool]]:
    """Words of an option line with their boxes, whether the boxes stand before or behind the words."""
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
    return words


def _match(words: list[str], options: tuple[Option, ...]) -> OptionReading:
    chosen: set[str] = set()
    unknown = []
    repaired = False
    for word in words:
        found = _find(word, options)
        if found is None:
            unknown.append(word)
        else:
            chosen.add(found[0].value)
            repaired |= found[1]
    return OptionReading(tuple(option.value for option in options if option.value in chosen), tuple(unknown), repaired)


def _find(word: str, options: tuple[Option, ...]) -> tuple[Option, bool] | None:
    """The option and whether it was named otherwise than on the paper."""
    for option in options:
        if word in (option.value, option.label):
            return option, False
    wanted = fold(word)
    for option in options:
        if wanted in (fold(option.value), fold(option.label)):
            return option, False
    without_points = re.sub(r"[(（]?\d+(\.\d+)?分?[)）]?$", "", wanted)
    for option in options:
        names = {fold(option.value), fold(option.label)}
        if without_points in names:
            return option, False
        if wanted in {fold(alias) for alias in option.aliases}:
            return option, True
    return None
