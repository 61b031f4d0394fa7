"""Compiling: the blocks of a form's layout → its grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from danju.layout.grid import (
    Content,
    FigureOf,
    Grid,
    GridCell,
    GridRow,
    OptionsOf,
    ProseOf,
    Shape,
    SignOf,
    TickOf,
    ValueOf,
    Words,
)
from danju.layout.labels import label_lines, spread, width_em
from danju.layout.measure import MM_PER_PT, metrics
from danju.layout.tracks import share_out, shared_edges
from danju.model.field import Field, Kind
from danju.model.form import Form
from danju.model.layout import (
    ApprovalBlock,
    Band,
    Block,
    ChecklistBlock,
    Column,
    Entry,
    MatrixBlock,
    PageBreak,
    Pairs,
    ProseBlock,
    SealBlock,
    SignPart,
    TableBlock,
)

TEXT_PT = 10.5
ROW_MM = 9.0
SIGN_ROW_MM = 9.0
APPROVAL_MM = 24.0
SEAL_MM = 26.0
LABEL_PAD_MM = 1.6
PAD_MM = 2.0
_EM_MM = TEXT_PT * MM_PER_PT
_WIDEST_OPTION_LINE_EM = 17.0  # wider ones break into balanced lines when they share their row
_DEFAULT_EM = {Kind.NUMBER: 7.0, Kind.INTEGER: 5.0, Kind.DATE: 8.0, Kind.DATETIME: 10.5, Kind.BOOLEAN: 2.0}
_ONE_LINE = frozenset(_DEFAULT_EM)


@lru_cache(maxsize=256)
def lay_out(form: _FormKey, shape: Shape) -> Grid:
    """The grid of a form for records of one shape."""
    return _Compiler(form.form, shape).compile()


@dataclass(frozen=True, slots=True)
class _FormKey:
    """A form as a cache key: its digest."""

    digest: str
    form: Form

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _FormKey) and other.digest == self.digest


def form_key(form: Form) -> _FormKey:
    """The form, ready for `lay_out`."""
    return _FormKey(form.digest, form)


@dataclass(slots=True)
class _Placed:
    """A cell before columns are known: edges in millimetres from the left of the grid."""

    row: int
    rowspan: int
    left: float
    right: float
    content: Content
    is_label: bool = False
    valign: str = "middle"
    open_top: bool = False
    open_bottom: bool = False
    border: bool = True


class _Compiler:
    """Walks the blocks once, top to bottom."""

    def __init__(self, form: Form, shape: Shape) -> None:
        self._form = form
        self._type = form.record_type
        self._table_rows = dict(shape.table_rows)
        self._shown: Mapping[str, bool] = dict(shape.shown)
        self._rows: list[GridRow] = []
        self._cells: list[_Placed] = []
        self._tables = 0
        self._break_next = False
        self._side_mm = self._side_label_mm(form.layout.blocks)

    def compile(self) -> Grid:
        layout = self._form.layout
        width = layout.paper.content_width_mm
        label_mm = layout.label_width_mm or self._label_mm(layout.blocks)
        self._blocks(layout.blocks, 0.0, width, label_mm)
        return self._on_tracks(width)

    # -- widths ---------------------------------------------------------------------------------------------

    def _label(self, entry: Entry) -> str:
        if entry.label is not None:
            return entry.label
        field = self._type.find(entry.field)
        return field.label if field else ""

    def _label_mm(self, blocks: tuple[Block, ...]) -> float:
        """Width of the first label column: the longest label line in it."""
        widest = 4.0
        for block in blocks:
            for label in self._first_labels(block):
                widest = max(widest, width_em(label_lines(label)))
        return widest * _EM_MM + 2 * LABEL_PAD_MM

    def _first_labels(self, block: Block) -> list[str]:
        match block:
            case Pairs(entries=entries):
                return [self._label(entries[0])] if entries[0].label_position == "left" else []
            case Band(label=label):
                return [label]
            case TableBlock() | ChecklistBlock():
                return [self._table_label(block)]
            case ApprovalBlock(steps=steps, beside=False):
                return [self._step_label(step.label, step.field) for step in steps]
            case SealBlock(label=label) | MatrixBlock(label=label):
                return [label]
        return []

    def _side_label_mm(self, blocks: tuple[Block, ...]) -> float:
        """One width for all labels that are not first in their row, so that their edges meet."""
        widest = 4.0
        for block in blocks:
            if isinstance(block, Band):
                widest = max(widest, (self._side_label_mm(block.blocks) - 2 * LABEL_PAD_MM) / _EM_MM)
            if isinstance(block, Pairs):
                labels = [self._label(entry) for entry in block.entries[1:] if entry.label_position == "left"]
                widest = max([widest, *(width_em(label_lines(label)) for label in labels)])
        return widest * _EM_MM + 2 * LABEL_PAD_MM

    def _table_label(self, block: TableBlock | ChecklistBlock) -> str:
        if block.label is not None:
            return block.label
        field = self._type.find(block.field)
        return field.label if field else ""

    def _step_label(self, label: str | None, name: str) -> str:
        field = self._type.find(name)
        return label if label is not None else field.label if field else ""

    def _value_need_mm(self, field: Field | None, label: str = "") -> float:
        """Width that keeps a typical longest value on one line, or its heading."""
        em = 4.0
        if field is not None:
            em = field.width_em or _DEFAULT_EM.get(field.kind, 6.0)
            if field.kind is Kind.CHOICE:
                em = max(len(option.label) for option in field.options) + 1.0
        return max(em, metrics().width(label)) * _EM_MM + 2 * PAD_MM

    def _entry_need_mm(self, entry: Entry) -> float:
        """As `_value_need_mm`; an option line of few options asks to stay on one line."""
        field = self._type.find(entry.field)
        if field is None or not field.options or entry.draw == "text":
            return self._value_need_mm(field)
        widths = [len(option.label) + 1.3 + (1.6 if entry.show else 0.0) for option in field.options]
        return min(sum(widths) + len(widths) - 1, _WIDEST_OPTION_LINE_EM) * _EM_MM + 2 * PAD_MM

    # -- blocks ---------------------------------------------------------------------------------------------

    def _blocks(self, blocks: tuple[Block, ...], left: float, right: float, label_mm: float) -> None:
        for block in blocks:
            if block.when and not self._shown.get(block.when, True):
                continue
            match block:
                case Pairs():
                    self._pairs(block, left, right, label_mm)
                case Band():
                    self._band(block, left, right, label_mm)
                case TableBlock():
                    self._table(block, left, right, label_mm)
                case ChecklistBlock():
                    self._checklist(block, left, right, label_mm)
                case MatrixBlock():
                    self._matrix(block, left, right, label_mm)
                case ApprovalBlock():
                    self._approval(block, left, right, label_mm)
                case SealBlock():
                    self._signed(block.label, None, block.line, (left, right, label_mm), block.height_mm or SEAL_MM, block.grow)
                case ProseBlock():
                    row = self._row(block.height_mm or ROW_MM, block.grow)
                    prose = ProseOf(block.text)
                    self._cells.append(_Placed(row, 1, left, right, prose, valign="top", border=block.border))
                case PageBreak():
                    self._break_next = bool(self._rows)

    def _row(self, height_mm: float, grow: float = 0.0, table: int = 0, is_head: bool = False, keep_next: bool = False) -> int:
        self._rows.append(GridRow(height_mm, grow, table, is_head, keep_next, self._break_next))
        self._break_next = False
        return len(self._rows) - 1

    def _add_label(self, row: int, rowspan: int, left: float, right: float, label: str, pad_to: int = 4) -> None:
        lines = label_lines(label, max(2.0, (right - left - 2 * LABEL_PAD_MM) / _EM_MM + 0.05))
        if len(lines) == 1 or all(len(line) <= 4 for line in lines):
            lines = tuple(spread(line, pad_to) for line in lines)
        self._cells.append(_Placed(row, rowspan, left, right, Words(lines), is_label=True))

    def _pairs(self, block: Pairs, left: float, right: float, label_mm: float) -> None:
        entries = block.entries
        labels_mm = [
            0.0 if entry.label_position != "left" else label_mm if index == 0 else self._side_mm
            for index, entry in enumerate(entries)
        ]
        if len(entries) == 1 and entries[0].line:
            entry = entries[0]
            height = entry.height_mm or APPROVAL_MM
            self._signed(self._label(entry), entry.field, entry.line, (left, right, label_mm), height, entry.grow)
            return
        needs = [label + self._entry_need_mm(entry) for label, entry in zip(labels_mm, entries, strict=True)]
        needs[0] += left  # shares count from the edge of the paper, so that edges inside and outside a band meet
        widths = share_out(right, needs, [entry.width for entry in entries])
        widths[0] -= left
        heights = [entry.height_mm for entry in entries if entry.height_mm]
        tall = bool(heights) and max(heights) > ROW_MM * 1.5
        row = self._row(max([*heights, ROW_MM]) if not heights else max(heights), max(entry.grow for entry in entries))
        at = left
        for entry, label, width in zip(entries, labels_mm, widths, strict=True):
            if label:
                self._add_label(row, 1, at, at + label, self._label(entry))
            content = self._entry_content(entry)
            valign = "top" if tall and isinstance(content, ValueOf | ProseOf) else "middle"
            self._cells.append(_Placed(row, 1, at + label, at + width, content, valign=valign))
            at += width

    def _entry_content(self, entry: Entry) -> Content:
        if entry.text and not entry.field:
            return ProseOf(entry.text)
        field = self._type.find(entry.field)
        assert field is not None
        align = "left" if entry.align == "auto" else entry.align
        lead = f"{self._label(entry)}：" if entry.label_position == "above" else ""
        wants_options = entry.draw in ("options", "ticks") or (entry.draw == "auto" and bool(field.options))
        if field.options and wants_options:
            return OptionsOf(entry.field, entry.columns, entry.show, entry.show_unit, align)
        return ValueOf(entry.field, align, _is_one_line(field), lead)

    def _band(self, block: Band, left: float, right: float, label_mm: float) -> None:
        start = len(self._rows)
        inner = self._label_mm(block.blocks)
        self._blocks(block.blocks, left + label_mm, right, inner)
        count = len(self._rows) - start
        if count:
            self._add_label(start, count, left, left + label_mm, block.label)

    def _head(self, row: int, edges: list[float], labels: list[str]) -> None:
        for at, end, label in zip(edges, edges[1:], labels, strict=False):
            lines = tuple(spread(line, 3) for line in label_lines(label, (end - at - 2 * LABEL_PAD_MM) / _EM_MM + 0.05))
            self._cells.append(_Placed(row, 1, at, end, Words(lines), is_label=True))

    def _table(self, block: TableBlock, left: float, right: float, label_mm: float) -> None:
        table = self._type.find(block.field)
        assert table is not None
        label = self._table_label(block)
        start = len(self._rows)
        inner = left + label_mm if label else left
        headings, columns = self._table_columns(block, table)
        needs = [
            self._value_need_mm(table.member(column.field), heading) if column.field or column.expression else 9.0
            for column, heading in zip(columns, headings, strict=True)
        ]
        edges = _running(inner, share_out(right - inner, needs, [column.width for column in columns]))
        self._tables += 1
        number = self._tables
        height = block.row_height_mm or ROW_MM
        self._head(self._row(height, table=number, is_head=True, keep_next=True), edges, headings)
        for index in range(self._table_rows.get(block.field, block.min_rows)):
            row = self._row(height, table=number)
            for column, at, end in zip(columns, edges, edges[1:], strict=False):
                self._cells.append(_Placed(row, 1, at, end, _row_content(block.field, table, column, index)))
        if block.totals:
            self._totals(block, columns, edges, height, number)
        if label:
            self._add_label(start, len(self._rows) - start, left, inner, label)

    def _table_columns(self, block: TableBlock, table: Field) -> tuple[list[str], list[Column]]:
        columns = list(block.columns)
        headings = []
        for column in columns:
            member = table.member(column.field)
            heading = column.label if column.label is not None else member.label if member else ""
            unit = f"（{member.unit}）" if member and member.unit and column.label is None else ""
            headings.append(heading + unit)
        if block.row_numbers:
            columns.insert(0, Column())
            headings.insert(0, block.row_numbers)
        return headings, columns

    def _totals(self, block: TableBlock, columns: list[Column], edges: list[float], height: float, number: int) -> None:
        row = self._row(height, table=number)
        totals = dict(block.totals)
        first = next((i for i, column in enumerate(columns) if column.field in totals), len(columns))
        if first:
            self._cells.append(_Placed(row, 1, edges[0], edges[first], Words(("合　计",)), is_label=True))
        for index in range(first, len(columns)):
            name = columns[index].field
            content: Content = FigureOf(block.field, None, totals[name], name) if name in totals else Words(("",))
            self._cells.append(_Placed(row, 1, edges[index], edges[index + 1], content))

    def _checklist(self, block: ChecklistBlock, left: float, right: float, label_mm: float) -> None:
        field = self._type.find(block.field)
        assert field is not None
        table = self._type.find(block.details) if block.details else None
        label = self._table_label(block)
        inner = left + label_mm if label else left
        option_em = min(8.2, max(metrics().width(option.label) for option in field.options))
        headings = [block.head or field.label]
        needs = [option_em * _EM_MM + 2 * PAD_MM]
        if block.tick:
            headings.append(block.tick)
            needs.append(metrics().width(block.tick) * _EM_MM + 2 * PAD_MM)
        for column in block.columns:
            member = table.member(column.field) if table else None
            headings.append(column.label if column.label is not None else member.label if member else "")
            needs.append(self._value_need_mm(member, headings[-1]))
        weights = [None] * (len(needs) - len(block.columns)) + [column.width for column in block.columns]
        edges = _running(inner, share_out(right - inner, needs, weights))
        start = len(self._rows)
        self._tables += 1
        height = block.row_height_mm or ROW_MM
        self._head(self._row(height, table=self._tables, is_head=True, keep_next=True), edges, headings)
        for option in field.options:
            row = self._row(height, table=self._tables)
            contents: list[Content] = [Words(label_lines(option.label, 8.2))]
            if block.tick:
                contents.append(TickOf(block.field, option.value, block.marks))
            contents.extend(
                ValueOf(f"{block.details}[{block.key}={option.value}].{column.field}", column.align, _is_one_line(table and table.member(column.field)))
                for column in block.columns
            )
            for content, at, end in zip(contents, edges, edges[1:], strict=False):
                self._cells.append(_Placed(row, 1, at, end, content))
        if label:
            self._add_label(start, len(self._rows) - start, left, inner, label)

    def _matrix(self, block: MatrixBlock, left: float, right: float, label_mm: float) -> None:
        fields = [field for name in block.fields if (field := self._type.find(name)) is not None]
        inner = left + label_mm if block.label else left
        head_mm = max(metrics().width(field.label) for field in fields) * _EM_MM + 2 * PAD_MM
        options = fields[0].options
        step = (right - inner - head_mm) / len(options)
        edges = _running(inner, [head_mm, *([step] * len(options))])
        start = len(self._rows)
        self._tables += 1
        headings = [block.head, *(option.label for option in options)]
        if block.show:
            headings[1:] = [f"{option.label}|{option.attributes.get(block.show, '')}" for option in options]
        self._head(self._row(ROW_MM, table=self._tables, is_head=True, keep_next=True), edges, headings)
        for name, field in zip(block.fields, fields, strict=True):
            row = self._row(ROW_MM, table=self._tables)
            self._cells.append(_Placed(row, 1, edges[0], edges[1], Words((field.label,))))
            for option, at, end in zip(options, edges[1:], edges[2:], strict=False):
                self._cells.append(_Placed(row, 1, at, end, TickOf(name, option.value, ("☑", "☐"))))
        if block.label:
            self._add_label(start, len(self._rows) - start, left, inner, block.label)

    def _approval(self, block: ApprovalBlock, left: float, right: float, label_mm: float) -> None:
        if not block.beside:
            for step in block.steps:
                label = self._step_label(step.label, step.field)
                height = step.height_mm or APPROVAL_MM
                self._signed(label, step.opinion, step.line, (left, right, label_mm), height, block.grow)
            return
        width = (right - left) / len(block.steps)
        edges = _running(left, [width] * len(block.steps))
        head = self._row(ROW_MM, keep_next=True)
        height = max(step.height_mm or APPROVAL_MM for step in block.steps)
        opinion = self._row(height - SIGN_ROW_MM, block.grow, keep_next=True)
        signs = [self._row(SIGN_ROW_MM / 1.4, keep_next=position == 0) for position in range(2)]
        for step, at, end in zip(block.steps, edges, edges[1:], strict=False):
            label = self._step_label(step.label, step.field).replace("|", "")
            self._cells.append(_Placed(head, 1, at, end, Words(label_lines(label, (end - at) / _EM_MM - 1)), is_label=True))
            self._cells.append(_Placed(opinion, 1, at, end, ValueOf(step.opinion), valign="top", open_bottom=True))
            for position, row in enumerate(signs):
                parts = tuple(part for part in step.line if part.is_date == bool(position))
                self._cells.append(_Placed(row, 1, at, end, SignOf(parts), open_top=True, open_bottom=position == 0))

    def _signed(
        self, label: str, path: str | None, line: tuple[SignPart, ...], span: tuple[float, float, float], height: float, grow: float
    ) -> None:
        """A cell with text (or room for a seal) at its top and a sign-off line at its bottom: two rows without a rule between."""
        left, right, label_mm = span
        top = self._row(max(height - SIGN_ROW_MM, SIGN_ROW_MM), grow, keep_next=True)
        bottom = self._row(SIGN_ROW_MM)
        self._add_label(top, 2, left, left + label_mm, label)
        content: Content = ValueOf(path) if path else Words(("",))
        self._cells.append(_Placed(top, 1, left + label_mm, right, content, valign="top", open_bottom=True))
        self._cells.append(_Placed(bottom, 1, left + label_mm, right, SignOf(line), open_top=True))

    # -- tracks ---------------------------------------------------------------------------------------------

    def _on_tracks(self, width: float) -> Grid:
        places = [0.0, width]
        for cell in self._cells:
            cell.left, cell.right = round(cell.left, 2), round(cell.right, 2)
            places += (cell.left, cell.right)
        stands_for = shared_edges(places)
        edges = sorted(set(stands_for.values()))
        index = {edge: position for position, edge in enumerate(edges)}
        cells = []
        for cell in sorted(self._cells, key=lambda cell: (cell.row, cell.left)):
            first, last = index[stands_for[cell.left]], index[stands_for[cell.right]]
            cells.append(
                GridCell(
                    cell.row, first, cell.rowspan, max(1, last - first), cell.content,
                    cell.is_label, cell.valign, cell.open_top, cell.open_bottom, cell.border,
                )
            )
        columns = tuple(round(right - left, 3) for left, right in zip(edges, edges[1:], strict=False))
        return Grid(columns, tuple(self._rows), tuple(cells))


def _is_one_line(field: Field | None) -> bool:
    return field is not None and (field.kind in _ONE_LINE or field.format is not None)


def _running(start: float, widths: list[float]) -> list[float]:
    edges = [start]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges


def _row_content(path: str, table: Field, column: Column, index: int) -> Content:
    if column.expression:
        return FigureOf(path, index, column.expression)
    member = table.member(column.field)
    if member is None:
        return Words((str(index + 1),))
    return ValueOf(f"{path}[{index}].{column.field}", column.align, _is_one_line(member))
