"""Layout: the blocks of a form's paper, as its YAML file says them. Lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and a value side by side (or one above the other).

    Attributes:
        field: Dotted path, or "" for a cell that holds only `text`.
        label: Overrides the schema's label; `|` marks where it may break; None keeps the schema's.
        width: Relative width of the whole pair in its row; None: from what the field can hold.
        height_mm: Least height of the row, or None.
        grow: Share of the page's spare height; 0 for none.
        draw: `auto`, `options` (option line), `text`, `ticks`.
        label_position: `left`, `above` or `none`.
        align: `left`, `center`, `right` or `auto`.
        text: Static text or prose with `{{ values }}`, or "".
        columns: Number of columns that an option line is set in; 0: balanced lines.
        show: Name of an option attribute printed small behind each option, or "".
        show_unit: Printed behind that attribute.
        line: Extra sign-off parts printed at the bottom right of the cell.
    """

    field: str = ""
    label: str | None = None
    width: float | None = None
    height_mm: float | None = None
    grow: float = 0.0
    draw: str = "auto"
    label_position: str = "left"
    align: str = "auto"
    text: str = ""
    columns: int = 0
    show: str = ""
    show_unit: str = ""
    line: tuple[SignPart, ...] = ()


@dataclass(frozen=True, slots=True)
class SignPart:
    """A part of a sign-off line: `经办人：覃晓燕` or a date `2026 年 3 月 21 日`.

    Attributes:
        field: Dotted path, or "" for a blank to be filled by hand.
        label: Words before it, e.g. `签字：`; "" for a date.
        is_date: Whether the blank is a date (`　年　月　日`).
    """

    field: str = ""
    label: str = ""
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """A row of one to four label/value pairs."""

    entries: tuple[Entry, ...]
    when: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A label beside several rows; bands nest."""

    label: str
    blocks: tuple[Block, ...]
    when: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        field: Member name, or "" when `number` or `expression` decides the content.
        label: Heading; None keeps the schema's label.
        width: Relative width; None: from what the field can hold.
        expression: Computed per row (row members and record fields are known), or "".
        align: As in `Entry`.
    """

    field: str = ""
    label: str | None = None
    width: float | None = None
    expression: str = ""
    align: str = "center"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """The rows of a table field under a head row.

    Attributes:
        field: The table field.
        label: Beside the table; None keeps the schema's label; "" for none.
        columns: Empty: every member.
        min_rows: Rows printed at least.
        row_height_mm: Least height of a row.
        row_numbers: Heading of a leading 序号 column, or "".
        totals: (column field, function) pairs printed in a last row 合计: sum, mean, count.
    """

    field: str
    label: str | None = None
    columns: tuple[Column, ...] = ()
    min_rows: int = 1
    row_height_mm: float | None = None
    row_numbers: str = ""
    totals: tuple[tuple[str, str], ...] = ()
    when: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistBlock:
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
    """

    field: str
    label: str | None = None
    head: str = ""
    tick: str = ""
    marks: tuple[str, str] = ("☑", "☐")
    details: str = ""
    key: str = ""
    columns: tuple[Column, ...] = ()
    row_height_mm: float | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """Several choices with the same options as a grid: one row a field, one column an option."""

    fields: tuple[str, ...]
    label: str = ""
    head: str = ""
    show: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """An opinion with a sign-off line at the bottom right.

    Attributes:
        field: Group field with the step's members, or "" when `opinion` and `line` name fields.
        label: Overrides the schema's label; `|` marks where it may break.
        opinion: Dotted path of the opinion.
        line: Sign-off parts.
        height_mm: Least height.
    """

    label: str | None
    field: str
    opinion: str
    line: tuple[SignPart, ...]
    height_mm: float | None = None


@dataclass(frozen=True, slots=True)
class ApprovalBlock:
    """A chain of approval steps, one below the other, or side by side."""

    steps: tuple[ApprovalStep, ...]
    beside: bool = False
    grow: float = 1.0
    when: str = ""


@dataclass(frozen=True, slots=True)
class ProseBlock:
    """A full-width cell of running text with values in it (`兹有{{ name }}……`)."""

    text: str
    height_mm: float | None = None
    grow: float = 0.0
    border: bool = True
    when: str = ""


@dataclass(frozen=True, slots=True)
class SealBlock:
    """Room for a seal with a sign-off line at the bottom right."""

    label: str
    line: tuple[SignPart, ...]
    height_mm: float | None = None
    grow: float = 0.0
    when: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""

    when: str = ""


Block = Pairs | Band | TableBlock | ChecklistBlock | MatrixBlock | ApprovalBlock | ProseBlock | SealBlock | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet.

    Attributes:
        width_mm, height_mm: As printed (already turned when landscape).
        top_mm, right_mm, bottom_mm, left_mm: Margins; the binding edge is the left.
    """

    width_mm: float = 210.0
    height_mm: float = 297.0
    top_mm: float = 19.0
    right_mm: float = 18.0
    bottom_mm: float = 20.0
    left_mm: float = 22.0

    @property
    def content_width_mm(self) -> float:
        """Width between the margins."""
        return self.width_mm - self.left_mm - self.right_mm

    @property
    def content_height_mm(self) -> float:
        """Height between the margins."""
        return self.height_mm - self.top_mm - self.bottom_mm


@dataclass(frozen=True, slots=True)
class HeaderPart:
    """A piece of the line above the grid: `编号：ZF-202603-017`."""

    field: str = ""
    label: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole paper.

    Attributes:
        blocks: From top to bottom.
        paper: The sheet.
        unit_name: Name of the organisation above the title, or "".
        left, right: The line above the grid.
        notes: Small lines below the grid.
        label_width_mm: Width of the first label column; None: from the labels.
        fill_page: Whether growing cells share the spare height.
    """

    blocks: tuple[Block, ...]
    paper: Paper = field(default_factory=Paper)
    unit_name: str = ""
    left: tuple[HeaderPart, ...] = ()
    right: tuple[HeaderPart, ...] = ()
    notes: tuple[str, ...] = ()
    label_width_mm: float | None = None
    fill_page: bool = True
