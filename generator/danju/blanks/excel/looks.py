"""How the cells of a blank register look: calm, with what is to be done standing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danju.ooxml.look import TEXT_FONT

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment, Border, Font, PatternFill

__all__ = [
    "COMPUTED_FILL", "HEAD_FILL", "INK", "RED", "TOP_FILL", "align", "face", "fill", "frame", "paint",
]  # fmt: skip

INK, RED = "1F2937", "C0392B"
HEAD_FILL, TOP_FILL, COMPUTED_FILL = "E8EDF3", "D5DEE9", "F3F4F6"
_RULE = "C9D1DB"
_TEXT_PT = 10.0


def face(size_pt: float = _TEXT_PT, bold: bool = False, italic: bool = False, colour: str = INK) -> Font:
    """The text font."""
    from openpyxl.styles import Font

    return Font(name=TEXT_FONT, sz=size_pt, b=bold, i=italic, color="FF" + colour, family=2, charset=134)


def fill(colour: str) -> PatternFill:
    """A plain colour."""
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor="FF" + colour)


def frame() -> Border:
    """Thin grey rules on all sides."""
    from openpyxl.styles import Border, Side

    side = Side("thin", "FF" + _RULE)
    return Border(side, side, side, side)


def align(horizontal: str = "left", wrap: bool = True, vertical: str = "center", indent: int = 0) -> Alignment:
    """Where a text stands in its cell."""
    from openpyxl.styles import Alignment

    return Alignment(horizontal, vertical, wrap_text=wrap, indent=indent)


def paint(cell: Cell, font: Font, colour: str = "", horizontal: str = "left", ruled: bool = True) -> None:
    """Font, colour, alignment and rules of a cell."""
    cell.font, cell.alignment = font, align(horizontal)
    if colour:
        cell.fill = fill(colour)
    if ruled:
        cell.border = frame()
