"""Headings, number formats and column widths of measures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from danju.model.form import Measure
from danju.ooxml.styles import DATE_FORMAT, DATETIME_FORMAT
from danju.summary.figures import Figures
from danju.summary.reductions import Figure
from danju.summary.shown import heading_of
from danju.summary.streamed_cells import number_format
from danju.summary.words import SummaryWords

MEASURE_WIDTH = 11.2
"""Of a column, in characters; larger totals make it wider."""
_FEWEST_MEASURES = 4  # the table of forms needs as many columns
_BIG_DIGIT_WIDTH = 1.6  # a digit of the totals' larger type


def heading_with_unit(measure: Measure, words: SummaryWords, lang: str) -> str:
    """The measure's heading, its unit below."""
    heading = heading_of(measure, lang)
    return f"{heading}\n{measure.unit.join(words.brackets).strip()}" if measure.unit else heading


def measure_widths(figures: Sequence[Figures]) -> list[float]:
    """Of the columns of measures, which all forms share: room for the largest total."""
    widths = [MEASURE_WIDTH] * _FEWEST_MEASURES
    for each in figures:
        for index, (measure, figure) in enumerate(zip(each.form.summary.measures, each.totals(), strict=True)):
            if index == len(widths):
                widths.append(MEASURE_WIDTH)
            if isinstance(figure, int | Decimal):
                widths[index] = max(widths[index], len(f"{figure:,.{measure.decimals}f}") * _BIG_DIGIT_WIDTH + 1)
            elif isinstance(figure, date):
                widths[index] = max(widths[index], len(f"{figure:%Y-%m-%d %H}") * _BIG_DIGIT_WIDTH)
    return widths


def format_of(measure: Measure, figure: Figure) -> str:
    """Excel's number format for a figure."""
    if measure.function == "share":
        return "0" + ("." + "0" * measure.decimals if measure.decimals else "") + "%"
    if isinstance(figure, datetime):
        return DATETIME_FORMAT
    return DATE_FORMAT if isinstance(figure, date) else number_format(measure.decimals)
