"""`prose`: running text with values in it (`兹有{{ name }}……`), across the whole width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from danju.layout.blocks.block import Composer, PaperBlock
from danju.layout.blocks.node import FLAG, GROW, LENGTH, TEXT, DefinitionNode, Settings
from danju.layout.grid import ProseOf
from danju.layout.sketch import ROW_MM, SketchedCell, Span


@dataclass(frozen=True, slots=True)
class ProseBlock(PaperBlock):
    """A full-width cell of running text; `border` says whether it has rules around it."""

    NAME = "prose"
    SETTINGS: ClassVar[Settings] = {"prose": TEXT, "height": LENGTH, "grow": GROW, "border": FLAG}

    text: str
    height_mm: float | None = None
    grow: float = 0.0
    border: bool = True

    @classmethod
    def read(cls, node: DefinitionNode, when: str) -> Self:
        """The text, when its expressions are right."""
        node.check_text("prose")
        return cls(node.get("prose"), node.mm(), node.grow(), node.get("border", True), when=when)

    def draw(self, page: Composer, span: Span) -> None:
        """One cell."""
        row = page.sketch.row(self.height_mm or ROW_MM, self.grow)
        prose = ProseOf(self.text)
        page.sketch.cell(SketchedCell(row, 1, span.left, span.right, prose, valign="top", border=self.border))
