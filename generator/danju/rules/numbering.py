"""Numbers and file names: the patterns of form files, `{name}`, `{date:%Y%m}`, `{seq:03d}`."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping

_FORMATTER = string.Formatter()
# Microsoft, “Naming Files, Paths, and Namespaces”: device names, the superscript digits included.
_PORTS = (f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³")
_RESERVED = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS})
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')
_MAX_BYTES = 200
_VERSION = re.compile(r"\s*第\d+版[（(]更正[）)]\s*$")


def fields_in_pattern(pattern: str) -> tuple[str, ...]:
    """Names used in a pattern, in order."""
    return tuple(name for _, name, _, _ in _FORMATTER.parse(pattern) if name)


def fill_pattern(pattern: str, values: Mapping[str, object]) -> str:
    """The pattern with values in it; what is missing leaves nothing."""
    out: list[str] = []
    for literal, name, spec, _ in _FORMATTER.parse(pattern):
        out.append(literal)
        if name:
            value = value_in(values, name)
            out.append("" if value is None else _formatted(value, spec or ""))
    return "".join(out)


def _formatted(value: object, spec: str) -> str:
    """The value as the pattern asks, or plainly where that does not suit it: 长期 has no `%Y`."""
    try:
        return format(value, spec)
    except (TypeError, ValueError):
        return str(value)


def value_in(values: Mapping[str, object], path: str) -> object:
    """The value at a dotted path through groups, or None."""
    if "." not in path:
        return values.get(path)
    found: object = values
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def series_of(pattern: str, values: Mapping[str, object]) -> str:
    """The pattern filled except for its sequence number: records with equal series are counted together."""
    return fill_pattern(re.sub(r"\{seq[^}]*\}", "\0", pattern), values)


def number_in_series(pattern: str, series: str, sequence: int) -> str:
    """The finished number."""
    spec = next((spec for _, name, spec, _ in _FORMATTER.parse(pattern) if name == "seq"), "") or ""
    return series.replace("\0", format(sequence, spec))


def sequence_in(number: str, pattern: str, series: str) -> int | None:
    """The sequence number inside a number of that series, or None when it does not belong to it."""
    head, _, tail = series.partition("\0")
    middle = number[len(head) : len(number) - len(tail)]
    matches = number.startswith(head) and number.endswith(tail) and middle.isascii() and middle.isdigit()
    return int(middle) if matches else None


def with_version(number: str, version: int) -> str:
    """The number as it is printed: from the second version on it says so."""
    return number if version == 1 else f"{number}　第{version}版（更正）"


def without_version(number: str) -> str:
    """The number of a printed number."""
    return _VERSION.sub("", number) if number.endswith(("）", ")", " ", "　")) else number


def safe_file_name(stem: str, suffix: str) -> str:
    """A file name that every system accepts: no reserved names, no forbidden signs, at most 200 bytes.

    The stem is normalised (NFC); line breaks and forbidden signs become `_`; dots and spaces at the ends go.
    """
    cleaned = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", stem.replace("\n", " ")))
    cleaned = re.sub(r"\s+", " ", cleaned).strip(" .")
    if cleaned.split(".")[0].strip().lower() in _RESERVED or not cleaned:
        cleaned = f"_{cleaned}"
    room = _MAX_BYTES - len(suffix.encode())
    while len(cleaned.encode()) > room:
        cleaned = cleaned[:-1]
    return cleaned.rstrip(" .") + suffix
