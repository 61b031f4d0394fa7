"""The measures that Word and Excel share; type faces and greys are in `danju.ooxml.look`."""

from __future__ import annotations

from danju.model.drawing import FOOT_LINE_MM
from danju.model.layout import Paper

_MOST_SLACK_MM = 5.0
"""How far the body may reach into the lower margin, above the foot: programs add the thickness of rules to rows."""

PAGE_WORDS = ("第 ", " 页　共 ", " 页")
"""The right foot, around page number and page count."""


def slack_mm(paper: Paper) -> float:
    """How far the body may reach into the lower margin without touching the foot."""
    return max(0.0, min(_MOST_SLACK_MM, paper.bottom_mm - paper.foot_mm - FOOT_LINE_MM))
