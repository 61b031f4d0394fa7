"""A choice that shows the whole option line, as the paper does, while its cell holds nothing but the chosen word.

Number formats print the line: one for the empty box that stands in a cell nobody has filled in, one for each word. A
word that is no option, or a program without such formats, shows the word itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from danju.blanks.excel.looks import face
from danju.layout.measure import metrics
from danju.model.drawing import MM_PER_PT
from danju.model.field import Field

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["EMPTY_BOX", "show_option_line"]

EMPTY_BOX = "☐"
_TEXT_PT, _LEAST_PT = 10.5, 8.0
_PAD_MM = 6.0
_MOST_FORMAT = 250  # Excel takes 255 characters
_FIRST_ID = 1000  # smaller numbers are those of Excel and of cells


def show_option_line(sheet: Worksheet, cell: Cell, field: Field, line: str, width_mm: float) -> None:
    """Makes a cell show the line with the box of its own word ticked.

    Args:
        line: As printed on the empty paper: every option with its box, perhaps on several lines.
        width_mm: Of the cell; the type is made small enough for the line.
    """
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.styles.numbers import NumberFormat

    cell.value = EMPTY_BOX
    cell.font = face(_fitting_pt(line, width_mm), colour="000000")
    address = f"${cell.column_letter}${cell.row}"
    pieces = line.split(EMPTY_BOX)
    shown = {EMPTY_BOX: line}
    for number, option in enumerate(field.options, start=1):
        shown[option.label] = EMPTY_BOX.join(pieces[:number]) + "☑" + EMPTY_BOX.join(pieces[number:])
    known = sum(len(each.rules) for each in sheet.conditional_formatting)
    for number, (word, text) in enumerate(shown.items(), start=_FIRST_ID + known):
        code = ';;;"{}"'.format(text.replace('"', "”"))
        if len(code) > _MOST_FORMAT:
            return
        quoted = word.replace('"', '""')
        style = DifferentialStyle(numFmt=NumberFormat(numFmtId=number, formatCode=code))
        rule = Rule(type="expression", dxf=style, formula=[f'{address}="{quoted}"'], stopIfTrue=True)
        sheet.conditional_formatting.add(cell.coordinate, rule)


def _fitting_pt(line: str, width_mm: float) -> float:
    """Half points, so that no line breaks; a format shows all of it in one size, the small print behind options too."""
    widest = max(metrics().width(each) for each in line.split("\n"))
    return max(_LEAST_PT, min(_TEXT_PT, int(2 * (width_mm - _PAD_MM) / MM_PER_PT / widest) / 2))
