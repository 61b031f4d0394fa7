"""Characters that no shipped font can print: found before anything is drawn, so that no paper ever shows a box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from danju.exchange.paths import row_path
from danju.layout.measure import metrics
from danju.model.field import Field

_known: set[str] = set("\n")
_LONG = 20_000  # characters; from there on a pattern of all characters pays


def missing_char(text: str) -> str | None:
    """The first character that cannot be printed, or None."""
    if _known.issuperset(text):
        return None
    for char in text:
        if char not in _known:
            if not metrics().has(char):
                return char
            _known.add(char)
    return None


def is_printable(text: str) -> bool:
    """Whether every character can be printed; a long text is looked at ten times faster than by `missing_char`."""
    if len(text) >= _LONG and _printable().fullmatch(text):
        return True
    return missing_char(text) is None


@lru_cache(maxsize=1)
def _printable() -> re.Pattern[str]:
    """Texts of printable characters of the Basic Multilingual Plane."""
    covered = [code for code in metrics().codes() if 0x20 <= code < 0xFFFE]
    runs = [[code for _, code in run] for _, run in groupby(enumerate(covered), lambda pair: pair[1] - pair[0])]
    return re.compile("[\n" + "".join(f"\\u{run[0]:04x}-\\u{run[-1]:04x}" for run in runs) + "]*")


def _texts(values: Mapping[str, object]) -> Iterator[str]:
    """Every text of a record."""
    for value in values.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _texts(value)
        elif isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    yield from _texts(row)


def iter_unprintable(
    fields: tuple[Field, ...], values: Mapping[str, object], prefix: str = "", label: str = ""
) -> Iterator[tuple[str, str, str]]:
    """(path, label, character) of every text that cannot be printed."""
    if not prefix and _known.issuperset("".join(_texts(values))):
        return
    for field in fields:
        value = values.get(field.name)
        path = prefix + field.name
        here = label + field.label
        if isinstance(value, str):
            char = missing_char(value)
            if char is not None:
                yield path, here, char
        elif isinstance(value, Mapping):
            yield from iter_unprintable(field.members, value, f"{path}.", f"{here}·")
        elif isinstance(value, list) and field.members:
            for index, row in enumerate(value):
                yield from iter_unprintable(field.members, row, row_path(path, index, ""), f"{here}{index + 1}·")
