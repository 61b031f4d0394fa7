"""`page_break`: what follows begins on a new page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from danju.layout.blocks.block import Composer, PaperBlock
from danju.layout.blocks.node import DefinitionNode, Settings
from danju.layout.sketch import Span


@dataclass(frozen=True, slots=True)
class PageBreak(PaperBlock):
    """What follows begins on a new page."""

    NAME = "page_break"
    SETTINGS: ClassVar[Settings] = {"page_break": {"const": True}}

    @classmethod
    def read(cls, node: DefinitionNode, when: str) -> Self:
        """The break."""
        return cls(when=when)

    def draw(self, page: Composer, span: Span) -> None:
        """No row; the next one knows."""
        page.sketch.break_next = bool(page.sketch.rows)
