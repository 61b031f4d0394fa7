"""Names of a PDF form's fields: the property paths of a record, and what stands for one tick among several.

A period in a name makes a level (ISO 32000-1, 12.7.3.2), so `contacts[0].name` is the field `name` inside the field
`contacts[0]`, and its full name is the path.
"""

from __future__ import annotations

from danju.model.field import Field, Option

__all__ = ["STAMP_FIELD", "field_name", "option_named", "parse_tick", "tick_name"]

STAMP_FIELD = "DanjuStamp"
"""Full name of the hidden field that repeats the stamp, for programs that drop document properties."""
_PERIOD, _STAND_IN = ".", "\u2024"  # ONE DOT LEADER: looks the same and makes no level


def field_name(path: str) -> str:
    """The full name of the field for a path; periods inside brackets are replaced."""
    out, depth = [], 0
    for char in path:
        depth += (char == "[") - (char == "]")
        out.append(_STAND_IN if char == _PERIOD and depth > 0 else char)
    return "".join(out)


def tick_name(path: str, option: Option) -> str:
    """The full name of the check box for one of several options: `topics[质量]`."""
    return field_name(f"{path}[{option.value}]")


def parse_tick(name: str) -> tuple[str, str]:
    """The path and the word in brackets that `tick_name` put together."""
    path, _, word = name.rpartition("[")
    return path, word.removesuffix("]")


def option_named(field: Field, word: str) -> Option | None:
    """The option that a name's brackets mean, or None."""
    return next((each for each in field.options if each.value.replace(_PERIOD, _STAND_IN) == word), None)
