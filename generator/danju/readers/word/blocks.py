"""What a Word file says: paragraphs, tables and content controls, free of XML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from danju.location import Spot

__all__ = ["Block", "Paragraph", "Table", "WordCell", "WordControl", "WordText"]


@dataclass(slots=True)
class WordControl:
    """A content control that holds no other one.

    Attributes:
        tag: Its tag; may be "".
        text: What can be seen in it; "" while it shows its placeholder.
        spot: Where it stands.
        item: Number of the repeated part that it lies in, or None outside of any.
        is_checked: State of a check box; None for any other control.
        full_date: ISO moment that a date picker keeps, or "".
    """

    tag: str
    text: str
    spot: Spot
    item: int | None = None
    is_checked: bool | None = None
    full_date: str = ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph outside tables; line breaks as LF."""

    text: str
    spot: Spot


@dataclass(slots=True)
class WordCell:
    """A cell of a table.

    Attributes:
        column: First column of the table's grid, 0-based.
        colspan: Columns covered.
        text: Paragraphs joined by LF; without the text of tables inside.
        spot: Where it stands.
        is_continued: Whether it only goes on with the merged cell above.
        rowspan: Rows covered.
    """

    column: int
    colspan: int
    text: str
    spot: Spot
    is_continued: bool = False
    rowspan: int = 1


@dataclass(slots=True)
class Table:
    """A table; those inside its cells follow it as blocks of their own."""

    rows: list[list[WordCell]] = field(default_factory=list)

    def merge(self) -> None:
        """Gives every cell that others continue its height."""
        above: dict[int, WordCell] = {}
        for row in self.rows:
            for cell in row:
                top = above.get(cell.column)
                if cell.is_continued and top is not None and top.colspan == cell.colspan:
                    top.rowspan += 1
                else:
                    cell.is_continued = False
                    above[cell.column] = cell


Block = Paragraph | Table


@dataclass(slots=True)
class WordText:
    """A Word file as read.

    Attributes:
        blocks: Of the body, in order; text boxes and inner tables follow what they lie in.
        margins: Paragraphs and tables of headers and footers.
        controls: Content controls in order, those of the body first.
        properties: Custom document properties.
        deleted: Whether there is text that somebody has struck out with changes tracked.
        inserted: Whether there is text that somebody has put in so.
    """

    blocks: list[Block] = field(default_factory=list)
    margins: list[Block] = field(default_factory=list)
    controls: list[WordControl] = field(default_factory=list)
    properties: Mapping[str, str] = field(default_factory=dict)
    deleted: bool = False
    inserted: bool = False
