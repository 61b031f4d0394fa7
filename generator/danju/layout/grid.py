"""Grids: where everything stands on a form's paper, before any record is written into it. Lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass, field

from danju.exchange.paths import held_line, held_tick
from danju.model.layout import SignPart

PICTURE_MM = 30.0
"""Height of a picture's place that the form does not give."""


@dataclass(frozen=True, slots=True)
class FixedWords:
    """Fixed words: a label, a heading.

    Attributes:
        lines: One paragraph each.
    """

    lines: tuple[str, ...]
    align: str = "center"


@dataclass(frozen=True, slots=True)
class ValueOf:
    """The value at a path such as `contacts[0].name`.

    Attributes:
        one_line: Codes, dates and numbers: shrunk to 9 pt before they wrap.
        lead: Label on a small line above the value in the same cell.
        height_mm: Of a picture's place.
    """

    path: str
    align: str = "left"
    one_line: bool = False
    lead: str = ""
    height_mm: float = PICTURE_MM

    @property
    def held(self) -> str:
        """As `danju.model.drawing.Cell.field`."""
        return self.path


@dataclass(frozen=True, slots=True)
class OptionsOf:
    """An option line: `☐优良 ☑良好`.

    Attributes:
        columns: Options per line; 0: as many as fit, lines balanced.
        show: Option attribute printed small behind each option.
    """

    path: str
    columns: int = 0
    show: str = ""
    show_unit: str = ""
    align: str = "left"

    @property
    def held(self) -> str:
        """As `danju.model.drawing.Cell.field`."""
        return self.path


@dataclass(frozen=True, slots=True)
class TickOf:
    """One mark: whether the value at a path is, or contains, an option."""

    path: str
    option: str
    marks: tuple[str, str]

    @property
    def held(self) -> str:
        """As `danju.model.drawing.Cell.field`."""
        return held_tick(self.path, self.option)


@dataclass(frozen=True, slots=True)
class SignOf:
    """A sign-off line."""

    parts: tuple[SignPart, ...]

    @property
    def held(self) -> str:
        """As `danju.model.drawing.Cell.field`."""
        return held_line(tuple(part.field for part in self.parts if part.field))


@dataclass(frozen=True, slots=True)
class ProseOf:
    """Running text with values in it."""

    template: str


@dataclass(frozen=True, slots=True)
class QrOf:
    """A QR code of running text with values in it; none while one of the values is empty.

    Attributes:
        size_mm: Width and height, the light margin included.
    """

    template: str
    size_mm: float
    align: str = "left"


@dataclass(frozen=True, slots=True)
class FigureOf:
    """A computed table cell: an expression over a row, or a total over a column.

    Attributes:
        table: The table field.
        index: 0-based row, or None for a total.
        expression: Over the row's members and the record; for totals sum, mean or count.
        member: Column of a total.
    """

    table: str
    index: int | None
    expression: str
    member: str = ""
    align: str = "center"


Content = FixedWords | ValueOf | OptionsOf | TickOf | SignOf | ProseOf | QrOf | FigureOf


@dataclass(frozen=True, slots=True)
class GridCell:
    """A rectangle of the grid; see `danju.model.drawing.Cell` for the flags."""

    row: int
    column: int
    rowspan: int
    colspan: int
    content: Content
    is_label: bool = False
    valign: str = "middle"
    open_top: bool = False
    open_bottom: bool = False
    border: bool = True


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row track.

    Attributes:
        height_mm: Least height.
        grow: Share of the page's spare height.
        table: Number of the table whose row this is, or 0.
        is_head: A head row of that table, repeated on further pages.
        keep_next: Must stand on the same page as the next row.
        new_page: Begins a new page.
    """

    height_mm: float
    grow: float = 0.0
    table: int = 0
    is_head: bool = False
    keep_next: bool = False
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The structure of a form for one shape of record.

    Attributes:
        columns_mm: Column tracks.
        rows: Row tracks.
        cells: In reading order.
    """

    columns_mm: tuple[float, ...]
    rows: tuple[GridRow, ...]
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a record decides the structure of its grid; records of equal shape share one.

    Attributes:
        table_rows: Printed rows of each table field, by path.
        shown: Value of every `when:` of the layout, by expression.
    """

    table_rows: tuple[tuple[str, int], ...] = ()
    shown: tuple[tuple[str, bool], ...] = field(default_factory=tuple)
