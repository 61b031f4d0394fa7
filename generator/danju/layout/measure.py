"""Widths of text in the shipped font, and lines that it breaks into. Widths are in em of the type size."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from danju.errors import EnvironmentFault
from danju.layout.fonts import font_path

MM_PER_PT = 25.4 / 72
_NO_START = frozenset("，。、；：！？）》」』】〕〉”’％‰℃,.;:!?)]}>%…—～·")  # JLREQ/CLREQ: not at the start of a line
_NO_END = frozenset("（《「『【〔〈“‘([{<￥$")  # not at the end of a line


class Metrics:
    """Advance widths of one font face."""

    def __init__(self, path: str) -> None:
        import uharfbuzz as hb

        try:
            face = hb.Face(hb.Blob.from_file_path(path))
        except Exception as err:  # uharfbuzz raises its own untyped errors for a missing file
            raise EnvironmentFault("E302", {"path": path}) from err
        self._font: Any = hb.Font(face)
        self._upem: int = face.upem
        self._widths: dict[str, float] = {}

    def has(self, char: str) -> bool:
        """Whether the font can print the character."""
        return bool(self._font.get_nominal_glyph(ord(char)))

    def width(self, text: str) -> float:
        """Width of a text in em."""
        widths = self._widths
        total = 0.0
        for char in text:
            width = widths.get(char)
            if width is None:
                width = widths[char] = self._advance(char)
            total += width
        return total

    def _advance(self, char: str) -> float:
        glyph = self._font.get_nominal_glyph(ord(char))
        return float(self._font.get_glyph_h_advance(glyph)) / self._upem if glyph else 1.0


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
    if metrics().width(text) <= limit_em:
        return [text]
    lines: list[str] = []
    line = ""
    used = 0.0
    for piece in _pieces(text):
        width = metrics().width(piece)
        if used + width > limit_em + 1e-6 and line:
            lines.append(line)
            line, used = "", 0.0
            piece = piece.lstrip(" ")
            width = metrics().width(piece)
        while width > limit_em:  # one long word: broken anywhere
            head = _fitting(piece, limit_em)
            lines.append(head)
            piece = piece[len(head) :]
            width = metrics().width(piece)
        line += piece
        used += width
    if line:
        lines.append(line)
    return lines


def _fitting(text: str, limit_em: float) -> str:
    end = 1
    while end < len(text) and metrics().width(text[: end + 1]) <= limit_em:
        end += 1
    return text[:end]


def _pieces(text: str) -> list[str]:
    """Unbreakable pieces: single ideographs with the signs that cling to them, Latin words, runs of digits."""
    pieces: list[str] = []
    for char in text:
        if not pieces:
            pieces.append(char)
            continue
        previous = pieces[-1][-1]
        joins = (
            previous in _NO_END
            or char in _NO_START
            or (_is_word(char) and _is_word(previous))
            or (previous in "./-_@:+" and _is_word(char) and len(pieces[-1]) > 1)
            or (char in "/-_@+" and _is_word(previous))
            or char == " "
        )
        if joins:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _is_word(char: str) -> bool:
    return char != "" and ord(char) < 0x2E80 and (char.isalnum() or char in "'’")
