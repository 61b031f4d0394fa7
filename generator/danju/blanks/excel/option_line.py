"""A choice that shows the whole option line, as the paper does, while its cell holds nothing but the chosen word.

Number formats print the line: one for the empty box that stands in a cell nobody has filled in, one for each word. A
word that is no option, or a program without such formats, shows the word itself.
"""

from __future__ import annotations

from danju.layout.measure import metrics
from danju.model.drawing import MM_PER_PT
from danju.model.field import Field
from danju.ooxml.addresses import Range, column_letters
from danju.ooxml.entry_rules import Condition
from danju.ooxml.styles import Typeface
from danju.ooxml.worksheet import Worksheet

__all__ = ["EMPTY_BOX", "show_option_line"]

EMPTY_BOX = "☐"
_TEXT_PT, _LEAST_PT = 10.5, 8.0
_PAD_MM = 6.0
_MOST_FORMAT = 250  # Excel takes 255 characters


def show_option_line(sheet: Worksheet, place: Range, field: Field, line: str, width_mm: float) -> None:
    """Makes a cell show the line with the box of its own word ticked.

    Args:
        place: The cell, with those merged into it.
        line: As printed on the empty paper: every option with its box, perhaps on several lines.
        width_mm: Of the cell; the type is made small enough for the line.
    """
    row, column = place.top, place.left
    sheet.change(row, column, EMPTY_BOX)
    sheet.restyle(row, column, face=Typeface(_fitting_pt(line, width_mm)))
    address = f"${column_letters(column)}${row + 1}"
    pieces = line.split(EMPTY_BOX)
    shown = {EMPTY_BOX: line}
    for number, option in enumerate(field.options, start=1):
        shown[option.label] = EMPTY_BOX.join(pieces[:number]) + "☑" + EMPTY_BOX.join(pieces[number:])
    for word, text in shown.items():
        code = ';;;"{}"'.format(text.replace('"', "”"))
        if len(code) > _MOST_FORMAT:
            return
        quoted = word.replace('"', '""')
        sheet.frame.conditions.append(Condition(Range.cell(row, column), f'{address}="{quoted}"', code))


def _fitting_pt(line: str, width_mm: float) -> float:
    """Half points, so that no line breaks; a format shows all of it in one size, the small print behind options too."""
    widest = max(metrics().width(each) for each in line.split("\n"))
    return max(_LEAST_PT, min(_TEXT_PT, int(2 * (width_mm - _PAD_MM) / MM_PER_PT / widest) / 2))
