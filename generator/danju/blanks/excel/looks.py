"""How the cells of a blank register look: calm, with what is to be done standing out."""

from __future__ import annotations

from danju.ooxml.look import GREY
from danju.ooxml.styles import BOXED, CellStyle, Typeface

__all__ = ["BARE", "CELL", "COMPUTED_FILL", "FACE", "HEAD_FILL", "INK", "RED", "SAID", "TOP_FILL"]

INK, RED = "1F2937", "C0392B"
HEAD_FILL, TOP_FILL, COMPUTED_FILL = "E8EDF3", "D5DEE9", "F3F4F6"
FACE = Typeface(10.0, colour=INK)
CELL = CellStyle(FACE, wrap=True, edges=BOXED, edge_colour="C9D1DB")
"""A cell with thin grey rules on all sides."""
BARE = CellStyle(FACE)
"""One without rules, on one line."""
SAID = BARE._replace(face=Typeface(9.0, colour=GREY))
"""Advice beside what is to be filled in."""
