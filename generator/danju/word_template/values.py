"""Values as texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from html import unescape
from urllib.parse import quote

from danju.values.display import display_anything

__all__ = ["address_of", "columns_in", "plain_text", "text_of"]

_MOST_COLUMNS = 63  # of a table in Word
_SIGNS = re.compile(r"<w:(br|tab)/>")
_TAGS = re.compile(r"<[^>]*>")


def plain_text(value: object) -> str:
    """The value as running text; items of a list with 、 between them."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f") if value == value and abs(value) < 1e300 else str(value)
    if isinstance(value, Mapping):
        return "、".join(plain_text(each) for each in value.values() if each is not None)
    if isinstance(value, list | tuple):
        return "、".join(plain_text(each) for each in value if each is not None)
    return str(display_anything(value))


def address_of(text: str) -> str:
    """The address with everything that may not stand in one percent-encoded."""
    return quote(text.strip(), safe="%/:=&?~#+!$,;'@()*[]")


def columns_in(value: object) -> int | None:
    """A number of table columns; 1 for nothing, None when it is none."""
    try:
        number = int(Decimal(str(value or 1).replace(",", "")))
    except (ArithmeticError, ValueError):
        return None
    return max(1, number) if number <= _MOST_COLUMNS else None


def text_of(markup: str) -> str:
    """The text of a piece of a finished part, as it was before it became XML."""
    signs = _SIGNS.sub(lambda found: "\n" if found.group(1) == "br" else "\t", str(markup))
    return unescape(_TAGS.sub("", signs))
