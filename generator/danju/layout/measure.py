"""Widths of text in the shipped font, and lines that it breaks into. Widths are in em of the type size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from danju.errors import EnvironmentFault
from danju.layout.font_tables import FontTables
from danju.layout.fonts import font_path

MM_PER_PT = 25.4 / 72
_NO_START = frozenset("，。、；：！？）》」』】〕〉”’％‰℃,.;:!?)]}>%…—～·")  # JLREQ/CLREQ: not at the start of a line
_NO_END = frozenset("（《「『【〔〈“‘([{<￥$")  # not at the end of a line

_SLACK_EM = 1e-6  # sums of widths are rounded


class Metrics:
    """Advance widths of one font face."""

    def __init__(self, path: str) -> None:
        try:
            self._font = FontTables(Path(path))
        except (OSError, ValueError) as err:
            raise EnvironmentFault("E302", {"path": path}) from err
        self._widths = _Widths(self._advance)

    def has(self, char: str) -> bool:
        """Whether the font can print the character."""
        return self._font.glyph(ord(char)) != 0

    def codes(self) -> list[int]:
        """Code points of all characters that the font can print, in order."""
        return self._font.codes()

    def width(self, text: str) -> float:
        """Width of a text in em."""
        return sum(map(self._widths.__getitem__, text), 0.0)

    def reaches(self, text: str) -> list[float]:
        """How far a text reaches before its first and behind each of its characters, in em."""
        return list(accumulate(map(self._widths.__getitem__, text), initial=0.0))

    def _advance(self, char: str) -> float:
        glyph = self._font.glyph(ord(char))
        return self._font.advance(glyph) / self._font.units_per_em if glyph else 1.0


class _Widths(dict[str, float]):
    """Widths of characters, each looked up once."""

    def __init__(self, advance: Callable[[str], float]) -> None:
        super().__init__()
        self._advance = advance

    def __missing__(self, char: str) -> float:
        width = self[char] = self._advance(char)
        return width


def metrics(bold: bool = False) -> Metrics:
    """Metrics of the shipped regular or bold face."""
    return _metrics(bold)


@lru_cache(maxsize=2)
def _metrics(bold: bool) -> Metrics:
    return Metrics(str(font_path(bold)))


def width_mm(text: str, size_pt: float, bold: bool = False) -> float:
    """Width of a text on one line."""
    return metrics(bold).width(text) * size_pt * MM_PER_PT


def wrap(text: str, limit_em: float) -> list[str]:
    """The lines that a paragraph breaks into at a width, Chinese rules observed; never longer than the width allows."""
    reaches = metrics().reaches(text)
    if reaches[-1] <= limit_em:
        return [text]
    lines: list[str] = []
    start, end = 0, len(text)
    while reaches[end] - reaches[start] > limit_em + _SLACK_EM:
        cut = bisect_right(reaches, reaches[start] + limit_em + _SLACK_EM) - 1
        while cut > start and _clings(text, cut):
            cut -= 1
        if cut <= start:  # one long word: broken anywhere
            cut = max(start + 1, bisect_right(reaches, reaches[start] + limit_em + 1e-9) - 1)
        lines.append(text[start:cut])
        start = cut
    if start < end:
        lines.append(text[start:])
    return lines


def _clings(text: str, at: int) -> bool:
    """Whether no line may begin at this character: signs, Latin words and runs of digits cling to what they follow."""
    previous, char = text[at - 1], text[at]
    if char == " " or previous in _NO_END or char in _NO_START:
        return True
    if _is_word(char):
        return _is_word(previous) or (previous in "./-_@:+" and at > 1 and _clings(text, at - 1))
    return char in "/-_@+" and _is_word(previous)


def _is_word(char: str) -> bool:
    return char != "" and ord(char) < 0x2E80 and (char.isalnum() or char in "'’")
