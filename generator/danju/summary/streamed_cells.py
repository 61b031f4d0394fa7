"""Cells of streamed worksheets: their looks, numbered before the style table is written, and their tails.

`danju.ooxml.cells` says what a tail is.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import IntEnum

from danju.ooxml.cells import date_serial, number_text, text_tail
from danju.ooxml.look import GREY, LABEL_FILL
from danju.ooxml.styles import BARE_EDGES, BOXED, DATE_FORMAT, DATETIME_FORMAT, CellStyle, Typeface

__all__ = [
    "INK", "LOOK", "RULE", "STREAMED", "TYPE", "Style", "date_tail", "number_format", "number_tail",
]  # fmt: skip

INK = "1F2937"
RULE = "D1D5DB"
TYPE = Typeface(10.0, colour=INK)
LOOK = CellStyle(TYPE, edges=BOXED, edge_colour=RULE)
"""How a cell of the summary looks that says nothing else."""

_MONTH_FORMAT, _TIME_FORMAT = "yyyy\\-mm", "hh:mm"
_EXACT_DIGITS = 15  # Excel keeps no more significant digits of a number


class Style(IntEnum):
    """Looks of streamed cells; the value is the number in the style table."""

    HEADER = 1
    INDEX = 2
    TEXT = 3
    QUOTED = 4
    CODE = 5
    DATE = 6
    DATETIME = 7
    LINK = 8
    ERROR = 9
    WARNING = 10
    NOTE = 11
    FOOTNOTE = 12
    QUOTED_HEADER = 13
    NUMBER_0 = 14
    NUMBER_1 = 15
    NUMBER_2 = 16
    NUMBER_3 = 17
    NUMBER_4 = 18
    NUMBER_5 = 19
    NUMBER_6 = 20
    MONTH = 21
    TIME = 22


_NUMBERS: tuple[int, ...] = tuple(range(Style.NUMBER_0, Style.NUMBER_6 + 1))  # by decimals shown
_MOST_PLACES = len(_NUMBERS) - 1


def number_format(decimals: int) -> str:
    """Thousands separated, with so many decimals."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


_HEADER = LOOK._replace(horizontal="center", wrap=True, face=TYPE._replace(bold=True), fill=LABEL_FILL)
_CENTRED = LOOK._replace(horizontal="center")
STREAMED: dict[Style, CellStyle] = {
    Style.HEADER: _HEADER,
    Style.INDEX: _CENTRED._replace(face=TYPE._replace(colour=GREY)),
    Style.TEXT: LOOK._replace(wrap=True),
    Style.QUOTED: LOOK._replace(wrap=True, quoted=True),
    Style.CODE: LOOK._replace(number_format="@", wrap=True),
    Style.DATE: _CENTRED._replace(number_format=DATE_FORMAT),
    Style.DATETIME: _CENTRED._replace(number_format=DATETIME_FORMAT),
    Style.LINK: _CENTRED._replace(face=TYPE._replace(colour="2F5D8A", underlined=True)),
    Style.ERROR: _CENTRED._replace(face=TYPE._replace(colour="8C3B3B"), fill="F8ECEC"),
    Style.WARNING: _CENTRED._replace(face=TYPE._replace(colour="7A5B1E"), fill="FAF4E4"),
    Style.NOTE: _CENTRED._replace(face=TYPE._replace(colour=GREY), fill=LABEL_FILL),
    Style.FOOTNOTE: LOOK._replace(face=TYPE._replace(colour=GREY), edges=BARE_EDGES),
    Style.QUOTED_HEADER: _HEADER._replace(quoted=True),
    **{
        Style(number): LOOK._replace(number_format=number_format(places), horizontal="right")
        for places, number in enumerate(_NUMBERS)
    },
    Style.MONTH: _CENTRED._replace(number_format=_MONTH_FORMAT),
    Style.TIME: _CENTRED._replace(number_format=_TIME_FORMAT),
}
"""In the order of their numbers."""


def number_tail(value: int | Decimal, decimals: int | None) -> str:
    """A cell holding a real number, shown with these decimals, or with as many as were given.

    Excel keeps 15 significant digits: longer fractions are rounded, longer whole numbers are kept as text.
    """
    shown = str(value)
    if len(shown) > _EXACT_DIGITS or not shown[-1].isdecimal() or "E" in shown:
        shown = number_text(value)
        if not shown:
            return text_tail(f"{value:f}" if isinstance(value, Decimal) else str(value), Style.CODE, Style.QUOTED)
    places = len(shown.partition(".")[2]) if decimals is None else decimals
    return f'" s="{_NUMBERS[min(_MOST_PLACES, places)]}"><v>{shown}</v></c>'


def date_tail(value: date | time, style: Style, text: str) -> str:
    """A cell holding a real date or time, or its text where Excel could not show it."""
    serial = date_serial(value)
    return f'" s="{style:d}"><v>{serial}</v></c>' if serial else text_tail(text, Style.CODE, Style.QUOTED)
