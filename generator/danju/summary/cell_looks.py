"""How cells look, and the number of each look in the workbook's style table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from danju.ooxml.look import GREY, LABEL_FILL

INK = "1F2937"
RULE = "D1D5DB"
LINK = "2F5D8A"
TEXT_PT = 10.0
DATE_FORMAT = "yyyy\\-mm\\-dd"
DATETIME_FORMAT = "yyyy\\-mm\\-dd\\ hh:mm"


@dataclass(frozen=True, slots=True)
class CellLook:
    """Everything about a cell but its value.

    Attributes:
        number_format: Excel's code.
        horizontal: left, center or right.
        wrap: Whether long texts break.
        bold: Heavy type.
        size_pt: Size of the type.
        colour: Of the type, RRGGBB.
        fill: Of the cell, RRGGBB, or "" for none.
        underlined: As links are.
        quoted: Marks a text that would otherwise be taken for a formula (quotePrefix).
        rules: Which edges have a thin line, of the letters l, r, t, b.
    """

    number_format: str = "General"
    horizontal: str = "left"
    wrap: bool = False
    bold: bool = False
    size_pt: float = TEXT_PT
    colour: str = INK
    fill: str = ""
    underlined: bool = False
    quoted: bool = False
    rules: str = "lrtb"


class Style(IntEnum):
    """Looks of streamed cells; the value is the index in `cellXfs`, 0 being Excel's own default."""

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
    NUMBER_0 = 13
    NUMBER_1 = 14
    NUMBER_2 = 15
    NUMBER_3 = 16
    NUMBER_4 = 17
    NUMBER_5 = 18
    NUMBER_6 = 19
    QUOTED_HEADER = 20


NUMBERS: tuple[int, ...] = tuple(range(Style.NUMBER_0, Style.NUMBER_6 + 1))
"""Styles of numbers by decimals shown."""


def number_format(decimals: int) -> str:
    """Thousands separated, with so many decimals."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


STREAMED: dict[int, CellLook] = {  # in the order of their numbers
    Style.HEADER: CellLook(horizontal="center", wrap=True, bold=True, fill=LABEL_FILL),
    Style.INDEX: CellLook(horizontal="center", colour=GREY),
    Style.TEXT: CellLook(wrap=True),
    Style.QUOTED: CellLook(wrap=True, quoted=True),
    Style.CODE: CellLook(number_format="@", wrap=True),
    Style.DATE: CellLook(number_format=DATE_FORMAT, horizontal="center"),
    Style.DATETIME: CellLook(number_format=DATETIME_FORMAT, horizontal="center"),
    Style.LINK: CellLook(horizontal="center", colour=LINK, underlined=True),
    Style.ERROR: CellLook(horizontal="center", colour="8C3B3B", fill="F8ECEC"),
    Style.WARNING: CellLook(horizontal="center", colour="7A5B1E", fill="FAF4E4"),
    Style.NOTE: CellLook(horizontal="center", colour=GREY, fill=LABEL_FILL),
    Style.FOOTNOTE: CellLook(colour=GREY, rules=""),
    **{
        style: CellLook(number_format=number_format(places), horizontal="right") for places, style in enumerate(NUMBERS)
    },
    Style.QUOTED_HEADER: CellLook(horizontal="center", wrap=True, bold=True, fill=LABEL_FILL, quoted=True),
}
