"""What a kind of block says about itself, and the page it draws itself on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from danju.layout.blocks.node import EXPRESSION, DefinitionNode, Needs, Schema, Settings, settings
from danju.layout.grid import Grid, Shape
from danju.layout.sketch import Sketch, Span
from danju.layout.widths import Widths
from danju.model.form import Form
from danju.model.layout import Block, Layout


@dataclass(frozen=True, slots=True)
class PaperBlock(Block, ABC):
    """A kind of block: its settings are its attributes, named as its file explains them.

    Attributes:
        NAME: The setting that names the kind, and always stands.
        SETTINGS: Every setting but `when`, with its JSON Schema.
        NEEDS: Settings that must stand beside another.
    """

    NAME: ClassVar[str]
    SETTINGS: ClassVar[Settings]
    NEEDS: ClassVar[Needs] = {}

    @classmethod
    def meta_schema(cls) -> Schema:
        """What the form file may say of such a block."""
        return settings({**cls.SETTINGS, "when": EXPRESSION}, cls.NEEDS)

    @classmethod
    @abstractmethod
    def read(cls, node: DefinitionNode, when: str) -> Self:
        """The block of settings whose shape is right; raises what its source makes of unknown fields."""

    @abstractmethod
    def draw(self, page: Composer, span: Span) -> None:
        """Rows and cells at the bottom of the page."""

    def first_labels(self, widths: Widths) -> Iterable[str]:
        """Labels in the first label column."""
        return ()

    def side_labels(self, widths: Widths) -> Iterable[str]:
        """Labels further right, which are all as wide as the widest of them."""
        return ()

    def inner(self) -> tuple[Block, ...]:
        """Blocks inside this one."""
        return ()

    def open_rows(self) -> tuple[str, int] | None:
        """A table field that has as many rows here as the record, and the fewest that are printed."""
        return None

    def fixed_rows(self) -> tuple[str, str] | None:
        """A table field that has one row here for each option of a member, and that member."""
        return None

    def tick_marks(self) -> tuple[str, tuple[str, str]] | None:
        """A field ticked option by option, and its signs for ticked and not ticked."""
        return None


def paper_blocks(blocks: Iterable[Block]) -> Iterator[PaperBlock]:
    """The blocks as the kinds they are."""
    for block in blocks:
        assert isinstance(block, PaperBlock)
        yield block


def iter_blocks(layout: Layout) -> Iterator[PaperBlock]:
    """Every block from top to bottom, those inside others behind them."""
    yield from _walk(layout.blocks)


def _walk(blocks: Iterable[Block]) -> Iterator[PaperBlock]:
    for block in paper_blocks(blocks):
        yield block
        yield from _walk(block.inner())


def printed_rows(layout: Layout) -> Mapping[str, int]:
    """Tables that have as many rows on the paper as in the record, and the fewest rows that are printed of each."""
    return dict(rows for block in iter_blocks(layout) if (rows := block.open_rows()))


class Composer:
    """A page in the making, on which each block draws itself at the bottom.

    Attributes:
        sketch: Rows and cells so far.
        record_type: Whose fields are shown.
        widths: What labels and values need.
        side_mm: Width of all labels that are not first in their row.
        pair_edges: Where second and further pairs of rows have begun so far.
    """

    def __init__(self, form: Form, shape: Shape) -> None:
        self.sketch = Sketch()
        self.record_type = form.record_type
        self.widths = Widths(form.record_type)
        layout = form.layout
        self.side_mm = self.widths.labels_mm(
            label for block in paper_blocks(layout.blocks) for label in block.side_labels(self.widths)
        )
        self.pair_edges: set[float] = set()
        self._layout = layout
        self._table_rows = dict(shape.table_rows)
        self._shown = dict(shape.shown)

    def compose(self) -> Grid:
        """The finished grid."""
        width = self._layout.paper.content_width_mm
        self.blocks(self._layout.blocks, 0.0, width, self._layout.label_width_mm)
        heads = [self.widths.head_mm(parts) for parts in (self._layout.left, self._layout.right)]
        return self.sketch.on_tracks(width, (heads[0], heads[1]) if all(heads) else (0.0, 0.0))

    def blocks(self, blocks: tuple[Block, ...], left: float, right: float, label_mm: float | None = None) -> None:
        """Blocks below each other between two edges, with one width for their first labels."""
        kinds = tuple(paper_blocks(blocks))
        if label_mm is None:
            label_mm = self.widths.labels_mm(label for block in kinds for label in block.first_labels(self.widths))
        for block in kinds:
            if not block.when or self._shown.get(block.when, True):
                block.draw(self, Span(left, right, label_mm))

    def row_count(self, table: str, least: int) -> int:
        """How many rows of a table are printed."""
        return self._table_rows.get(table, least)
