"""`group`: a label beside several rows; bands nest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from danju.layout.blocks.block import Composer, PaperBlock, paper_blocks
from danju.layout.blocks.node import BLOCKS_WITHIN, TEXT, DefinitionNode, Needs, Settings
from danju.layout.sketch import Span
from danju.layout.widths import Widths
from danju.model.layout import Block


@dataclass(frozen=True, slots=True)
class Band(PaperBlock):
    """A label beside several rows."""

    NAME = "group"
    SETTINGS: ClassVar[Settings] = {"group": TEXT, "rows": BLOCKS_WITHIN}
    NEEDS: ClassVar[Needs] = {"group": ("rows",)}

    label: str
    blocks: tuple[Block, ...]

    @classmethod
    def read(cls, node: DefinitionNode, when: str) -> Self:
        """The band with the blocks inside it."""
        return cls(node.get("group"), node.source.blocks(node.get("rows"), (*node.path, "rows")), when=when)

    def first_labels(self, widths: Widths) -> Iterable[str]:
        """Its own."""
        return (self.label,)

    def side_labels(self, widths: Widths) -> Iterable[str]:
        """Those of the blocks inside."""
        return [label for block in paper_blocks(self.blocks) for label in block.side_labels(widths)]

    def inner(self) -> tuple[Block, ...]:
        """What stands beside the label."""
        return self.blocks

    def draw(self, page: Composer, span: Span) -> None:
        """The rows, then the label beside them."""
        start = len(page.sketch.rows)
        page.blocks(self.blocks, span.inner, span.right)
        page.sketch.beside(start, span, self.label)
