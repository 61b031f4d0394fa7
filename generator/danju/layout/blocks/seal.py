"""`seal`: room for a seal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from danju.layout.blocks.block import Composer, PaperBlock
from danju.layout.blocks.node import GROW, LENGTH, TEXT, DefinitionNode, Settings
from danju.layout.blocks.signing import SIGN_LINE, draw_signed, read_sign_line
from danju.layout.sketch import Span
from danju.layout.widths import Widths
from danju.model.layout import SignPart

_SEAL_MM = 26.0


@dataclass(frozen=True, slots=True)
class SealBlock(PaperBlock):
    """Room for a seal with a sign-off line at the bottom right."""

    NAME = "seal"
    SETTINGS: ClassVar[Settings] = {"seal": TEXT, "line": SIGN_LINE, "height": LENGTH, "grow": GROW}

    label: str
    line: tuple[SignPart, ...]
    height_mm: float | None = None
    grow: float = 0.0

    @classmethod
    def read(cls, node: DefinitionNode, when: str) -> Self:
        """The room and its line."""
        return cls(node.get("seal"), read_sign_line(node.at("line")), node.mm(), node.grow(), when=when)

    def first_labels(self, widths: Widths) -> Iterable[str]:
        """What is to be sealed."""
        return (self.label,)

    def draw(self, page: Composer, span: Span) -> None:
        """Two rows without a rule between."""
        draw_signed(page, span, self.label, "", self.line, (self.height_mm or _SEAL_MM, self.grow))
