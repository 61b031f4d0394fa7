"""Cells as XML (ECMA-376 part 1, 18.3.1.4): the one place where a value becomes a cell.

A cell is `<c r="` + column letters + row number + one of the tails made here. Texts are inline strings: no shared table
has to be kept in memory, and deflate folds what repeats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal

from danju.ooxml.styles import Typeface, face_xml
from danju.ooxml.text import MAX_CELL_CHARS, check_length, escape, escape_text
from danju.values.display import date_text
from danju.values.text import is_formula_like

__all__ = [
    "CellError", "CellValue", "Formula", "RichText", "date_serial", "exact", "number_text",
    "text_tail", "value_tail",
]  # fmt: skip

# Everything that cannot stand as it is between <t> and </t>: markup, control characters, what XML 1.0 forbids
# (production [2] Char), blanks that a parser may drop, starts of formulas, texts like Excel's own _xHHHH_ escapes.
_UNUSUAL = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|^[ =+@-]| $|  |_x")
_USUAL = "[^&<> _\\x00-\\x1f\\ud800-\\udfff\\ufffe\\uffff]"
# What most texts are, single blanks between usual characters: seen three times as fast as by searching for the above.
_PLAIN = re.compile(f"(?![=+@-]){_USUAL}+(?: {_USUAL}+)*")
_SHORT = MAX_CELL_CHARS // 2  # even if every character takes two units

_EPOCH = date(1899, 12, 30).toordinal()  # day 0 of the 1900 date system from 1900-03-01 on
_FIRST_DAY = 61  # 1900-03-01; before it Excel counts a 29 February 1900 that never was
_EXACT_DIGITS = 15  # Excel keeps no more significant digits of a number
_EXACT = Context(prec=_EXACT_DIGITS, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its sign of equality; its result is computed when the workbook is opened."""

    text: str


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value, e.g. `#N/A`."""

    text: str


@dataclass(frozen=True, slots=True)
class RichText:
    """A text whose stretches differ in type."""

    runs: tuple[tuple[Typeface, str], ...]

    def __str__(self) -> str:
        return "".join([text for _, text in self.runs])


CellValue = str | int | float | Decimal | date | time | Formula | RichText | CellError | None
"""What a cell may hold; bool is an int."""


def text_tail(text: str, style: int, quoted: int) -> str:
    """A cell holding this text and nothing but text; blank when empty.

    Args:
        text: Anything.
        style: Number of its style.
        quoted: The style's number when the text would otherwise be taken for a formula.

    Raises:
        TextTooLongError: It has more than 32,767 characters.
    """
    if not text:
        return f'" s="{style}"/>'
    if len(text) > _SHORT:
        check_length(text)
    if _PLAIN.fullmatch(text) or _UNUSUAL.search(text) is None:
        return f'" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'
    if is_formula_like(text):
        style = quoted
    return f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape_text(text)}</t></is></c>'


def value_tail(value: CellValue, style: int, quoted: int) -> str:
    """A cell holding a value of any kind; what Excel cannot keep exactly is a text.

    Args:
        value: None leaves it blank.
        style: Number of its style.
        quoted: The style's number for a text that would otherwise be taken for a formula.

    Raises:
        TextTooLongError: A text has more than 32,767 characters.
    """
    if value is None or isinstance(value, str):
        return text_tail(value or "", style, quoted)
    if isinstance(value, bool):
        return f'" s="{style}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, RichText):
        return f'" s="{style}" t="inlineStr"><is>{_runs_xml(value)}</is></c>'
    if isinstance(value, Formula):
        return f'" s="{style}"><f>{escape(value.text)}</f></c>'
    if isinstance(value, CellError):
        return f'" s="{style}" t="e"><v>{escape(value.text)}</v></c>'
    shown = date_serial(value) if isinstance(value, date | time) else number_text(value)
    if shown:
        return f'" s="{style}"><v>{shown}</v></c>'
    if isinstance(value, date | time):
        return text_tail(date_text(value), style, quoted)
    return text_tail(f"{value:f}" if isinstance(value, Decimal) else str(value), style, quoted)


def _runs_xml(text: RichText) -> str:
    check_length(str(text))
    return "".join(
        f'<r><rPr>{face_xml(face, "rFont")}</rPr><t xml:space="preserve">{escape_text(run)}</t></r>'
        for face, run in text.runs
    )


def number_text(value: float | Decimal) -> str:
    """The number as a cell holds it: fractions with at most 15 significant digits; "" for what Excel cannot keep."""
    if isinstance(value, int):
        shown = str(value)
    elif not isinstance(value, Decimal):
        return repr(value) if abs(value) < 10**_EXACT_DIGITS else ""  # also NaN
    elif value.is_finite():
        shown = exact(value) if len(value.as_tuple().digits) > _EXACT_DIGITS else f"{value:f}"
    else:
        return ""
    whole = shown.partition(".")[0].lstrip("-")
    return shown if len(whole) <= _EXACT_DIGITS else ""


def exact(value: Decimal) -> str:
    """A figure with the 15 significant digits that Excel keeps."""
    return f"{_EXACT.plus(value):f}"


def date_serial(value: date | time) -> str:
    """A date, with its time if it has one, as Excel counts days; "" before March 1900, where its days are wrong."""
    if isinstance(value, time):
        return repr((value.hour * 3600 + value.minute * 60 + value.second) / 86400)
    serial = value.toordinal() - _EPOCH
    if serial < _FIRST_DAY or (isinstance(value, datetime) and value.tzinfo is not None):
        return ""
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return repr(serial + seconds / 86400)
    return str(serial)
