"""`qr`: a QR code of running text with values in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from danju.layout.blocks.block import Composer, PaperBlock
from danju.layout.blocks.node import FLAG, LENGTH, TEXT, DefinitionNode, Settings
from danju.layout.grid import QrOf
from danju.layout.sketch import SketchedCell, Span
from danju.layout.widths import Widths
from danju.model.drawing import EDGE_MM

_SIZE_MM = 25.0


@dataclass(frozen=True, slots=True)
class QrBlock(PaperBlock):
    """A cell with a QR code.

    Attributes:
        text: What the code says, with `{{ values }}`.
        label: Beside the code, or "".
        size_mm: Width and height of the code, its light margin included.
        align: left, center or right.
        border: Whether the cell has rules around it.
    """

    NAME = "qr"
    SETTINGS: ClassVar[Settings] = {
        "qr": TEXT,
        "label": TEXT,
        "size": LENGTH,
        "align": {"enum": ["left", "center", "right"]},
        "border": FLAG,
    }

    text: str
    label: str = ""
    size_mm: float = _SIZE_MM
    align: str = "left"
    border: bool = True

    @classmethod
    def read(cls, node: DefinitionNode, when: str) -> Self:
        """The code, when it shows a value and its expressions are right."""
        text = node.get("qr")
        node.check_text("qr")
        if "{{" not in text:
            raise node.error("E243", "qr", text=text, example="{{ number }}")
        size_mm = node.mm("size") or _SIZE_MM
        align = node.get("align", "left")
        return cls(text, node.get("label", ""), size_mm, align, node.get("border", True), when=when)

    def first_labels(self, widths: Widths) -> Iterable[str]:
        """The label beside the code."""
        return (self.label,)

    def draw(self, page: Composer, span: Span) -> None:
        """One row, as high as the code."""
        row = page.sketch.row(self.size_mm + 2 * EDGE_MM)
        left = span.inner if self.label else span.left
        code = QrOf(self.text, self.size_mm, self.align)
        page.sketch.cell(SketchedCell(row, 1, left, span.right, code, border=self.border))
        page.sketch.beside(row, span, self.label)
