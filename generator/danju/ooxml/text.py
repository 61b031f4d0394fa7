"""Text in Office files: escaped, spelled where XML cannot hold it, measured as Excel measures."""

from __future__ import annotations

import re

from danju.values.text import spell_illegal

__all__ = [
    "DECLARATION", "MAX_CELL_CHARS", "TextTooLongError", "attribute", "check_length", "cut", "escape", "escape_text",
    "units", "xstring",
]  # fmt: skip

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
"""Begins every XML part."""
MAX_CELL_CHARS = 32_767
"""UTF-16 units in a cell: Excel specifications and limits."""

_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ATTRIBUTE = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;", '"': "&quot;"})


class TextTooLongError(ValueError):
    """A text that no cell can hold. Checks come before; cutting it here would be worse than stopping."""


def check_length(text: str) -> None:
    """Nothing for a text that a cell can hold.

    Raises:
        TextTooLongError: It has more than 32,767 characters, as Excel counts them.
    """
    count = units(text)
    if count > MAX_CELL_CHARS:
        raise TextTooLongError(
            f"a text of {count:,} characters is longer than the {MAX_CELL_CHARS:,} an Excel cell holds"
        )


def escape(text: str) -> str:
    """The text as XML has it between tags; most texts hold nothing to escape.

    `xml.sax.saxutils` does the same and imports half of urllib with it.
    """
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    return text


def attribute(text: str) -> str:
    """The text as the value of an attribute, with its quotes."""
    return f'"{escape(spell_illegal(text)).translate(_ATTRIBUTE)}"'


def xstring(text: str) -> str:
    """The text as Excel's strings are kept: what looks like one of its own escapes is escaped, and so are returns.

    ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
    """
    if "_x" in text:
        text = _LIKE_ESCAPE.sub("_x005F_", text)
    return spell_illegal(text).replace("\r", "_x000D_")


def escape_text(text: str) -> str:
    """The text as content of a cell."""
    return escape(xstring(text))


def units(text: str) -> int:
    """Length as Office counts it: characters beyond U+FFFF are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int, mark: str = "…") -> str:
    """The text with at most so many units; one that is shortened ends in the mark."""
    if units(text) <= limit:
        return text
    while units(text) > limit - len(mark):
        text = text[:-1]
    return text + mark
