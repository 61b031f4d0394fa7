"""Widths of text in the shipped font, in em of the type size."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from danju.errors import EnvironmentFault
from danju.layout.font_tables import FontTables
from danju.layout.fonts import font_path


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

    def advances(self, text: str) -> list[float]:
        """Width of each character of a text, in em."""
        return [*map(self._widths.__getitem__, text)]

    def reaches(self, text: str) -> list[float]:
        """How far a text reaches before its first and behind each of its characters, in em."""
        return [*accumulate(self.advances(text), initial=0.0)]

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
