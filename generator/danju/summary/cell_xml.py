"""Cells of streamed worksheets as XML, from the row number on.

A cell is `<c r="` + column letters + row number + one of the tails made here (ECMA-376 part 1, 18.3.1.4). Texts are
inline strings: no shared table has to be kept in memory, and deflate folds what repeats.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

from danju.ooxml.text import MAX_CELL_CHARS, check_length, escape_text
from danju.summary.cell_looks import NUMBERS, Style
from danju.values.text import is_formula_like

# Everything that cannot stand as it is between <t> and </t>: markup, control characters, what XML 1.0 forbids
# (production [2] Char), blanks that a parser may drop, starts of formulas, texts like Excel's own _xHHHH_ escapes.
_UNUSUAL = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|^[ =+@-]| $|  |_x")
_USUAL = "[^&<> _\\x00-\\x1f\\ud800-\\udfff\\ufffe\\uffff]"
# What most texts are, single blanks between usual characters: seen three times as fast as by searching for the above.
_PLAIN = re.compile(f"(?![=+@-]){_USUAL}+(?: {_USUAL}+)*")

_EPOCH = date(1899, 12, 30).toordinal()  # day 0 of the 1900 date system from 1900-03-01 on
_FIRST_DAY = 61  # 1900-03-01; before it Excel counts a 29 February 1900 that never was
_EXACT_DIGITS = 15  # Excel keeps no more significant digits of a number
_MOST_PLACES = len(NUMBERS) - 1
_EXACT = Context(prec=_EXACT_DIGITS, rounding=ROUND_HALF_UP)


def text_tail(text: str, style: int = Style.TEXT, quoted: int = Style.QUOTED) -> str:
    """A cell holding this text and nothing but text; blank when empty.

    Args:
        text: Anything.
        style: Its look.
        quoted: Its look when it would otherwise be taken for a formula.

    Raises:
        TextTooLongError: It has more than 32,767 characters.
    """
    if not text:
        return f'" s="{style}"/>'
    if len(text) > MAX_CELL_CHARS // 2:
        check_length(text)
    if _PLAIN.fullmatch(text) or _UNUSUAL.search(text) is None:
        return f'" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'
    if is_formula_like(text):
        style = quoted
    return f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape_text(text)}</t></is></c>'


def number_tail(value: int | Decimal, decimals: int | None) -> str:
    """A cell holding a real number, shown with these decimals, or with as many as were given.

    Excel keeps 15 significant digits: longer fractions are rounded, longer whole numbers are kept as text.
    """
    if isinstance(value, Decimal) and not value.is_finite():
        return text_tail(str(value), Style.CODE)
    shown = str(value)
    if len(shown) > _EXACT_DIGITS or "E" in shown:
        return _long_number_tail(value, decimals)
    places = len(shown.partition(".")[2]) if decimals is None else decimals
    return f'" s="{NUMBERS[min(places, _MOST_PLACES)]}"><v>{shown}</v></c>'


def _long_number_tail(value: int | Decimal, decimals: int | None) -> str:
    if isinstance(value, int):
        places, shown = decimals or 0, str(value)
    else:
        if len(value.as_tuple().digits) > _EXACT_DIGITS and value.adjusted() < _EXACT_DIGITS:
            value = _EXACT.plus(value)
        places = max(0, -int(value.as_tuple().exponent)) if decimals is None else decimals
        shown = f"{value:f}"
    if len(shown) > _EXACT_DIGITS and len(shown.partition(".")[0].lstrip("-")) > _EXACT_DIGITS:
        return text_tail(shown, Style.CODE)
    return f'" s="{NUMBERS[min(places, _MOST_PLACES)]}"><v>{shown}</v></c>'


def date_serial(value: date) -> str:
    """A date, with its time if it has one, as Excel counts days; "" before March 1900, where its days are wrong."""
    serial = value.toordinal() - _EPOCH
    if serial < _FIRST_DAY:
        return ""
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return repr(serial + seconds / 86400)
    return str(serial)


def date_tail(value: date) -> str:
    """A cell holding a real date, or text where Excel could not show it."""
    serial = date_serial(value)
    if not serial:
        return text_tail(date_text(value), Style.CODE)
    return f'" s="{Style.DATETIME if isinstance(value, datetime) else Style.DATE}"><v>{serial}</v></c>'


def exact(value: Decimal) -> str:
    """A figure with the 15 significant digits that Excel keeps."""
    return f"{_EXACT.plus(value):f}"


def date_text(value: date) -> str:
    """2026-08-24, or 2026-08-24 09:30 with a time."""
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()
