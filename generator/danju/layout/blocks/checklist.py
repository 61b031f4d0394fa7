"""`checklist`: a table with one fixed row for each option of a field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Self

from danju.exchange.paths import about, row_path
from danju.layout.blocks.block import Composer, PaperBlock
from danju.layout.blocks.columns import COLUMNS, TableColumn, read_columns, table_field
from danju.layout.blocks.node import LENGTH, TEXT, DefinitionNode, Needs, Settings
from danju.layout.grid import Content, FixedWords, TickOf, ValueOf
from danju.layout.labels import label_lines
from danju.layout.measure import metrics
from danju.layout.sketch import EM_MM, PAD_MM, ROW_MM, WIDEST_OPTION_EM, SketchedCell, Span, running
from danju.layout.tracks import share_out
from danju.layout.widths import Widths, is_one_line
from danju.model.field import Field


@dataclass(frozen=True, slots=True)
class ChecklistBlock(PaperBlock):
    """A table with one fixed row for each option of a field.

    Attributes:
        field: A choices field whose ticks say which options apply, or a table's key when there is none.
        label: Beside the table; None keeps the schema's label; "" for none.
        head: Heading of the option column.
        tick: Heading of the tick column, or "" for none.
        marks: Signs for ticked and not ticked.
        details: A table field with one row per option, or "".
        key: Member of `details` that holds the option.
        columns: Members of `details` printed.
        row_height_mm: Least height of a row.
    """

    NAME = "checklist"
    SETTINGS: ClassVar[Settings] = {
        "checklist": TEXT,
        "label": TEXT,
        "head": TEXT,
        "tick": TEXT,
        "marks": {"type": "array", "minItems": 2, "maxItems": 2, "items": TEXT},
        "details": TEXT,
        "key": TEXT,
        "columns": COLUMNS,
        "height": LENGTH,
    }
    NEEDS: ClassVar[Needs] = {"details": ("key",), "key": ("details",), "columns": ("details",)}

    field: str
    label: str | None = None
    head: str = ""
    tick: str = ""
    marks: tuple[str, str] = ("☑", "☐")
    details: str = ""
    key: str = ""
    columns: tuple[TableColumn, ...] = ()
    row_height_mm: float | None = None

    @classmethod
    def read(cls, node: DefinitionNode, when: str) -> Self:
        """The checklist; of its details every member but the key is a column unless columns are named."""
        name = node.get("checklist")
        if not node.field(name, "checklist").options:
            raise node.error("E235", "checklist", name=name)
        columns: tuple[TableColumn, ...] = ()
        key = node.get("key", "")
        if node.get("details"):
            table = table_field(node, "details")
            node.member(table, key, "key")
            columns = read_columns(node, table, [member.name for member in table.members if member.name != key])
        return cls(
            field=name,
            label=node.get("label"),
            head=node.get("head", ""),
            tick=node.get("tick", ""),
            marks=tuple(node.get("marks", ("☑", "☐"))),
            details=node.get("details", ""),
            key=key,
            columns=columns,
            row_height_mm=node.mm(),
            when=when,
        )

    def first_labels(self, widths: Widths) -> Iterable[str]:
        """The label beside the table."""
        return (widths.label_of(self.field, self.label),)

    def fixed_rows(self) -> tuple[str, str] | None:
        """The details and their key."""
        return (self.details, self.key) if self.details else None

    def tick_marks(self) -> tuple[str, tuple[str, str]]:
        """The field and its signs."""
        return self.field, self.marks

    def draw(self, page: Composer, span: Span) -> None:
        """A row for each option: its name, a tick, details."""
        sketch = page.sketch
        field = page.record_type.find(self.field)
        assert field is not None
        table = page.record_type.find(self.details) if self.details else None
        members = [table.member(column.field) if table else None for column in self.columns]
        label = page.widths.label_of(self.field, self.label)
        inner = span.inner if label else span.left
        headings, needs = [self.head or field.label], [_option_mm(field)]
        if self.tick:
            headings.append(self.tick)
            needs.append(metrics().width(self.tick) * EM_MM + 2 * PAD_MM)
        for column, member in zip(self.columns, members, strict=True):
            headings.append(column.heading(member))
            needs.append(page.widths.value_mm(member, headings[-1]))
        weights = [None] * (len(needs) - len(members)) + [column.width for column in self.columns]
        edges = running(inner, share_out(span.right - inner, needs, weights))
        height = self.row_height_mm or ROW_MM
        start, number = sketch.table_head(height, edges, headings)
        for option in field.options:
            row = sketch.row(height, table=number)
            contents: list[Content] = [FixedWords(label_lines(option.label, WIDEST_OPTION_EM))]
            if self.tick:
                contents.append(TickOf(self.field, option.value, self.marks))
            own = about(self.key, option.value)
            for column, member in zip(self.columns, members, strict=True):
                contents.append(ValueOf(row_path(self.details, own, column.field), column.align, is_one_line(member)))
            for content, (at, end) in zip(contents, pairwise(edges), strict=True):
                sketch.cell(SketchedCell(row, 1, at, end, content))
        sketch.beside(start, span, label)


def _option_mm(field: Field) -> float:
    widest = max(metrics().width(option.label) for option in field.options)
    return min(WIDEST_OPTION_EM, widest) * EM_MM + 2 * PAD_MM
