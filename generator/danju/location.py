"""Where a value came from."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text document (Word), which has no cell addresses; all counts are 0-based.

    To find it again in the part's XML: `table` counts every w:tbl in document order, nested ones too; `row` the w:tr of
    that table alone, `cell` the w:tc of that row alone, deleted ones included; `paragraph` every w:p that lies neither
    in a table nor in another w:p (a text box has the place of the paragraph that holds it).

    Attributes:
        part: Package member, e.g. `word/header1.xml`; "" for the body (`word/document.xml`).
        table, row, cell: In a table; None outside.
        paragraph: Outside tables; None inside.
        tag: Tag of the content control, or "".
    """

    part: str = ""
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    paragraph: int | None = None
    tag: str = ""

    def words(self, lang: str = "zh") -> str:
        """`表格1 第3行第2格`, counted from 1 as people do."""
        where = ""
        if self.part:
            kind = ("页眉", "header") if "header" in self.part else ("页脚", "footer")
            where = f"{kind[0] if lang == 'zh' else kind[1]} "
        if self.table is None:
            number = (self.paragraph or 0) + 1
            return where + (f"第{number}段" if lang == "zh" else f"paragraph {number}")
        table, row, cell = self.table + 1, (self.row or 0) + 1, (self.cell or 0) + 1
        return where + (
            f"表格{table} 第{row}行第{cell}格" if lang == "zh" else f"table {table}, row {row}, cell {cell}"
        )

    def to_json(self, lang: str = "zh") -> dict[str, object]:
        """The same for machines."""
        return {
            "words": self.words(lang),
            "part": self.part or None,
            "table": self.table,
            "row": self.row,
            "cell": self.cell,
            "paragraph": self.paragraph,
            "tag": self.tag or None,
        }


@dataclass(frozen=True, slots=True)
class Location:
    """Where a value came from, as a person would look it up.

    Attributes:
        source: File name as the user gave it, never a temporary path.
        sheet: Worksheet title, or None outside spreadsheets.
        cell: A1 reference of the top-left cell, or None.
        line: 1-based line in a text file, or None.
        column: 1-based column in a text line, or None.
        record: 1-based position of the record in its file, or None when it is not about one record.
        spot: Place in a text document, or None elsewhere.
    """

    source: str = ""
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None
    record: int | None = None
    spot: Spot | None = None

    def at(self, cell: str | None = None, line: int | None = None) -> Location:
        """The same place, narrowed to a cell or a line."""
        return replace(self, cell=cell if cell is not None else self.cell, line=line if line is not None else self.line)

    @property
    def row(self) -> int:
        """1-based row of the cell, 0 without one."""
        return int((self.cell or "").lstrip(_LETTERS) or 0)

    def in_column(self, letters: str) -> Location:
        """The cell of another column in the same row; only for places with a cell."""
        return self.at(cell=f"{letters}{self.row}")


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
