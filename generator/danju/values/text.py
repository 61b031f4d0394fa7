"""Text as typed in offices: cleaned for keeping, folded for comparing, searched for what no document can hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from danju.messages import Words, did_you_mean

__all__ = [
    "FORMULA_SIGNS", "SOFT_BREAK", "bidi_controls", "clean", "first_illegal", "fold", "half_width", "is_formula_like",
    "nearest", "remove_bidi", "spell_illegal",
]  # fmt: skip

FORMULA_SIGNS = "=+-@\t\r"
"""A text that begins with one of these is taken for a formula by programs of tables, once somebody edits its cell."""

# Blanks that people paste along with a value: all Unicode spaces plus the zero-width ones and the byte order mark.
_BLANKS = (
    " \t\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufeff"
)
_ENDS = _BLANKS + "\n"

SOFT_BREAK = "\u200b\n"
"""The end of a line inside a paragraph, where our own papers tell a program to break: no line end of the text."""

# Excel writes a carriage return inside a cell as _x000D_ (ECMA-376 part 1, 22.4.2.4 bstr), mostly before the LF.
_LINE_END = re.compile(r"(?:_x000[dD]_|\r)\n?|[\u2028\u2029]")
_TRAILING = re.compile(f"[{_BLANKS}]+(?=\n)")

# What XML 1.0 (fifth edition) production [2] Char leaves out; naming what it has would take 5 ms to compile.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Unicode UAX #9, 2: explicit embeddings, overrides, isolates and implicit marks.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# The full-width forms U+FF01–FF5E mirror ASCII U+0021–007E.
_HALF_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)} | {0x3000: 0x20, 0x00A0: 0x20, 0xFFE5: 0xA5}

_FOLDED = str.maketrans(
    dict.fromkeys(_ENDS + "\r\x0b\x0c\x85\u2028\u2029\u00ad")
    | dict.fromkeys("[【〔〖「『{", "(")
    | dict.fromkeys("]】〕〗」』}", ")")
    | dict.fromkeys("‐‑‒–—―−─━", "-")
    | dict.fromkeys("⁄∕╱", "/")
    | {"〜": "~"}
)
_STARS = "*★☆※"
_DASHES = re.compile("-{2,}")

_CLOSE_ENOUGH = 0.6  # the cutoff of difflib.get_close_matches


def clean(text: str) -> str:
    """The value without blanks at both ends and at line ends; inner line breaks become LF."""
    if "\r" in text or "_x000" in text or "\u2028" in text or "\u2029" in text:
        text = _LINE_END.sub("\n", text)
    if "\n" in text:
        text = text.replace(SOFT_BREAK, "")
        text = _TRAILING.sub("", text)
    return text.strip(_ENDS)


def half_width(text: str) -> str:
    """The text with full-width letters, digits and punctuation as ASCII, and wide or hard spaces as plain ones.

    Unlike NFKC it leaves ², ½ and ① alone, which would turn into other numbers.
    """
    return text if text.isascii() else text.translate(_HALF_WIDTH)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The label, heading or option as it is compared: one width, one case, no blanks, no trailing colon or stars.

    All brackets become (), all dashes -, all slashes /; the enumeration comma 、 stays itself.
    Stars in front (the usual mark of a required field) go too; a text of nothing but decorations is kept.
    """
    folded = unicodedata.normalize("NFKC", text).lower().translate(_FOLDED)
    if not folded.isascii():  # what stood around a dropped blank may combine now
        folded = unicodedata.normalize("NFKC", folded)
    folded = _DASHES.sub("-", folded)
    return folded.rstrip(":" + _STARS).lstrip(_STARS) or folded


def first_illegal(text: str) -> tuple[int, str] | None:
    """The 1-based position and the first character that XML, hence Word and Excel, cannot hold; None if all is well."""
    found = _ILLEGAL.search(text)
    return (found.start() + 1, found.group()) if found else None


def spell_illegal(text: str) -> str:
    """The text with such characters spelled `\\u0000`."""
    if text.isprintable():
        return text
    return _ILLEGAL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def is_formula_like(text: str) -> bool:
    """Whether a program of tables would take the text for a formula."""
    return text[:1] in FORMULA_SIGNS and bool(text)


def bidi_controls(text: str) -> tuple[str, ...]:
    """The distinct hidden characters that change the direction of writing, in order of appearance."""
    return () if text.isascii() else tuple(dict.fromkeys(_BIDI.findall(text)))


def remove_bidi(text: str) -> str:
    """The text without characters that change the direction of writing."""
    return text if text.isascii() else _BIDI.sub("", text)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant, or None; the earlier one of equals.

    Equal when folded wins, then containment (“电话” for “联系电话”), then likeness of the letters.
    """
    wanted = fold(word)
    best: str | None = None
    best_score = 0.0
    for candidate in candidates:
        score = _likeness(wanted, fold(candidate))
        if score > best_score:
            best, best_score = candidate, score
    return best


def _likeness(wanted: str, offered: str) -> float:
    """2 for equal, above 1 for containment, the ratio from the cutoff to 1 for likeness, 0 for anything else."""
    if not wanted or not offered:
        return 0.0
    if wanted == offered:
        return 2.0
    ratio = SequenceMatcher(None, wanted, offered, autojunk=False).ratio()
    if min(len(wanted), len(offered)) >= 2 and (wanted in offered or offered in wanted):
        return 1.0 + ratio / 2
    return ratio if ratio >= _CLOSE_ENOUGH else 0.0


def nearest_hint(name: str, known: Iterable[str], otherwise: Words | str = "") -> Words | str:
    """“Did you mean …?” with the nearest known name; other words when none is near."""
    return did_you_mean(nearest(name, known), otherwise)
