"""Compiling: the blocks of a form's layout → its grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from danju.layout.grid import Content, Grid, OptionsOf, ProseOf, Shape, SignOf, ValueOf, Words
from danju.layout.labels import label_lines
from danju.layout.sketch import EM_MM, ROW_MM, Placed, Sketch, Span, running
from danju.layout.tables import TableMaker
from danju.layout.tracks import share_out
from danju.layout.widths import Widths, is_one_line
from danju.model.form import Form
from danju.model.layout import (
    ApprovalBlock,
    Band,
    Block,
    ChecklistBlock,
    Entry,
    MatrixBlock,
    PageBreak,
    Pairs,
    ProseBlock,
    SealBlock,
    SignPart,
    TableBlock,
)

SIGN_ROW_MM = 9.0
APPROVAL_MM = 24.0
SEAL_MM = 26.0
_TALL = 1.5  # text starts at the top of cells that are this many rows tall


@dataclass(frozen=True, slots=True)
class FormKey:
    """A form as a cache key: its digest."""

    digest: str
    form: Form

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FormKey) and other.digest == self.digest


_keys: dict[int, FormKey] = {}
_KEPT_KEYS = 256


def form_key(form: Form) -> FormKey:
    """The form as a cache key, the same object each time: its identity answers most comparisons."""
    found = _keys.get(id(form))
    if found is None or found.form is not form:
        found = FormKey(form.digest, form)
        if len(_keys) >= _KEPT_KEYS:
            _keys.clear()
        _keys[id(form)] = found
    return found


@lru_cache(maxsize=256)
def lay_out(form: FormKey, shape: Shape) -> Grid:
    """The grid of a form for records of one shape."""
    return _Compiler(form.form, shape).compile()


class _Compiler:
    """Walks the blocks once, top to bottom."""

    def __init__(self, form: Form, shape: Shape) -> None:
        self._layout = form.layout
        self._type = form.record_type
        self._table_rows = dict(shape.table_rows)
        self._shown: Mapping[str, bool] = dict(shape.shown)
        self._sketch = Sketch()
        self._widths = Widths(form.record_type)
        self._tables = TableMaker(self._sketch, form.record_type, self._widths)
        self._side_mm = self._widths.side_labels_mm(form.layout.blocks)

    def compile(self) -> Grid:
        """The finished grid."""
        width = self._layout.paper.content_width_mm
        label_mm = self._layout.label_width_mm or self._widths.first_labels_mm(self._layout.blocks)
        self._blocks(self._layout.blocks, Span(0.0, width, label_mm))
        return self._sketch.on_tracks(width)

    def _blocks(self, blocks: tuple[Block, ...], span: Span) -> None:
        for block in blocks:
            if not block.when or self._shown.get(block.when, True):
                self._block(block, span)

    def _block(self, block: Block, span: Span) -> None:  # noqa: C901  # one case for each kind of block
        match block:
            case Pairs():
                self._pairs(block, span)
            case Band():
                self._band(block, span)
            case TableBlock():
                self._tables.table(block, span, self._table_rows.get(block.field, block.min_rows))
            case ChecklistBlock():
                self._tables.checklist(block, span)
            case MatrixBlock():
                self._tables.matrix(block, span)
            case ApprovalBlock(beside=True):
                self._approval_beside(block, span)
            case ApprovalBlock(steps=steps):
                for step in steps:
                    label = self._widths.label_of(step.field, step.label)
                    self._signed(label, step.opinion, step.line, span, (step.height_mm or APPROVAL_MM, block.grow))
            case SealBlock():
                self._signed(block.label, "", block.line, span, (block.height_mm or SEAL_MM, block.grow))
            case ProseBlock():
                row = self._sketch.row(block.height_mm or ROW_MM, block.grow)
                prose = ProseOf(block.text)
                self._sketch.cell(Placed(row, 1, span.left, span.right, prose, valign="top", border=block.border))
            case PageBreak():
                self._sketch.break_next = bool(self._sketch.rows)

    def _pairs(self, block: Pairs, span: Span) -> None:
        entries = block.entries
        if len(entries) == 1 and entries[0].line:
            only = entries[0]
            label = self._widths.label_of(only.field, only.label)
            self._signed(label, only.field, only.line, span, (only.height_mm or APPROVAL_MM, only.grow))
            return
        labels_mm = [span.label_mm, *([self._side_mm] * (len(entries) - 1))]
        labels_mm = [
            width if entry.label_position == "left" else 0.0 for width, entry in zip(labels_mm, entries, strict=True)
        ]
        needs = [width + self._widths.entry_mm(entry) for width, entry in zip(labels_mm, entries, strict=True)]
        weights = [entry.width for entry in entries]
        if sum(needs) > span.right - span.left:
            edges = running(span.left, share_out(span.right - span.left, needs, weights))
        else:
            needs[0] += span.left  # shares count from the edge of the paper, so that edges in and outside a band meet
            edges = running(0.0, share_out(span.right, needs, weights))
            edges[0] = span.left
        height = max((entry.height_mm for entry in entries if entry.height_mm), default=ROW_MM)
        row = self._sketch.row(height, max(entry.grow for entry in entries))
        for entry, label_mm, (at, end) in zip(entries, labels_mm, pairwise(edges), strict=True):
            label_mm = min(label_mm, (end - at) / 2)  # on a paper too narrow for all of them
            if label_mm:
                self._sketch.label(row, 1, at, at + label_mm, self._widths.label_of(entry.field, entry.label))
            content = self._entry_content(entry)
            is_tall = height > ROW_MM * _TALL and isinstance(content, ValueOf | ProseOf)
            self._sketch.cell(Placed(row, 1, at + label_mm, end, content, valign="top" if is_tall else "middle"))

    def _entry_content(self, entry: Entry) -> Content:
        if entry.text and not entry.field:
            return ProseOf(entry.text)
        field = self._type.find(entry.field)
        assert field is not None
        align = "left" if entry.align == "auto" else entry.align
        if field.options and entry.draw != "text":
            return OptionsOf(entry.field, entry.columns, entry.show, entry.show_unit, align)
        lead = (
            self._widths.label_of(entry.field, entry.label).replace("|", "") if entry.label_position == "above" else ""
        )
        return ValueOf(entry.field, align, is_one_line(field), lead)

    def _band(self, block: Band, span: Span) -> None:
        start = len(self._sketch.rows)
        inner_label_mm = self._widths.first_labels_mm(block.blocks)
        self._blocks(block.blocks, Span(span.inner, span.right, inner_label_mm))
        count = len(self._sketch.rows) - start
        if count:
            self._sketch.label(start, count, span.left, span.inner, block.label)

    def _approval_beside(self, block: ApprovalBlock, span: Span) -> None:
        """Steps side by side: a head, an opinion, and under it a line for the name and one for the date."""
        sketch = self._sketch
        edges = running(span.left, [(span.right - span.left) / len(block.steps)] * len(block.steps))
        head = sketch.row(ROW_MM, keep_next=True)
        height = max(step.height_mm or APPROVAL_MM for step in block.steps)
        opinion = sketch.row(max(ROW_MM, height - SIGN_ROW_MM), block.grow, keep_next=True)
        name_row = sketch.row(SIGN_ROW_MM / 1.4, keep_next=True)
        date_row = sketch.row(SIGN_ROW_MM / 1.4)
        for step, (at, end) in zip(block.steps, pairwise(edges), strict=True):
            label = self._widths.label_of(step.field, step.label).replace("|", "")
            sketch.cell(Placed(head, 1, at, end, Words(label_lines(label, (end - at) / EM_MM - 1)), is_label=True))
            sketch.cell(Placed(opinion, 1, at, end, ValueOf(step.opinion), valign="top", open_bottom=True))
            names = SignOf(tuple(part for part in step.line if not part.is_date))
            dates = SignOf(tuple(part for part in step.line if part.is_date))
            sketch.cell(Placed(name_row, 1, at, end, names, open_top=True, open_bottom=True))
            sketch.cell(Placed(date_row, 1, at, end, dates, open_top=True))

    def _signed(self, label: str, path: str, line: tuple[SignPart, ...], span: Span, size: tuple[float, float]) -> None:
        """Text (or room for a seal) at the top, a sign-off line at the bottom: two rows without a rule between."""
        height, grow = size
        top = self._sketch.row(max(height - SIGN_ROW_MM, SIGN_ROW_MM), grow, keep_next=True)
        bottom = self._sketch.row(SIGN_ROW_MM)
        self._sketch.label(top, 2, span.left, span.inner, label)
        content: Content = ValueOf(path) if path else Words(("",))
        self._sketch.cell(Placed(top, 1, span.inner, span.right, content, valign="top", open_bottom=True))
        self._sketch.cell(Placed(bottom, 1, span.inner, span.right, SignOf(line), open_top=True))
