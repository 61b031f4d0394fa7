"""Values as texts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import quote

from danju.rules.display import display_anything

__all__ = ["address_of", "plain_text"]


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
