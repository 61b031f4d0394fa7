"""The workbook under construction: names, stamp and notes; finished, its bytes depend on nothing but its content."""

from __future__ import annotations

from copy import copy
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast
from zipfile import ZipFile

from danju.exchange.stamp import STAMP_NAME, Shape, stamp_of
from danju.model.form import Form
from danju.ooxml.packing import CompiledPackage, Member
from danju.ooxml.properties import APP_XML, CORE, Properties, core_xml

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["AUTHOR", "Book", "cell_at", "dress_like", "reference"]

AUTHOR = "Danju"
_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "rFont",
    "family", "charset", "scheme",
)  # fmt: skip
"""Children of CT_Font and CT_RPrElt as Excel writes them; strict validators accept no other order."""
_NOTE_EM_PX = 15.0
_NOTE_WIDTH_EM = 18


class Book:
    """A blank workbook.

    Attributes:
        form: What it is for.
        sheet: Its first sheet.
        drawn_names: Defined names of the workbook as it was drawn: references by name.
    """

    def __init__(self, form: Form, shape: Shape, drawn: bytes = b"") -> None:
        """A new workbook, or one that has been drawn already, without its names and properties."""
        from openpyxl import Workbook, load_workbook
        from openpyxl.packaging.custom import CustomPropertyList
        from openpyxl.workbook.defined_name import DefinedNameDict

        self.form = form
        self._stamp = stamp_of(form, shape)
        self._book = load_workbook(BytesIO(drawn), rich_text=True) if drawn else Workbook()
        self._book.custom_doc_props = CustomPropertyList()  # type: ignore[attr-defined]  # unknown to its stubs
        self.drawn_names = {name: each.attr_text for name, each in self._book.defined_names.items()}
        self._book.defined_names = DefinedNameDict()
        sheet = self._book.active
        assert sheet is not None
        self.sheet = cast("Worksheet", sheet)
        self.name_text(STAMP_NAME, self._stamp.line)

    def add_sheet(self, title: str, hidden: bool = False) -> Worksheet:
        """A further sheet at the end; a hidden one cannot be unhidden from the menu."""
        sheet: Worksheet = self._book.create_sheet(title)
        if hidden:
            sheet.sheet_state = "veryHidden"
        return sheet

    def name(self, name: str, target: str) -> None:
        """A hidden defined name for a reference or a constant."""
        from openpyxl.workbook.defined_name import DefinedName

        self._book.defined_names[name] = DefinedName(name, attr_text=target, hidden=True)

    def name_text(self, name: str, text: str) -> None:
        """A hidden defined name for a text constant."""
        quoted = text.replace('"', '""')
        self.name(name, f'"{quoted}"')

    def name_cell(self, name: str | None, cell: Cell) -> None:
        """A hidden defined name for a cell; nothing for None."""
        if name:
            self.name(name, reference(cast("Worksheet", cell.parent), cell.row, cell.column))

    def note(self, cell: Cell, text: str) -> None:
        """A note at a cell, large enough to be read whole."""
        from openpyxl.comments import Comment

        lines = sum(max(1, -(-len(line) // _NOTE_WIDTH_EM)) for line in text.split("\n"))
        width = int(_NOTE_EM_PX * (min(_NOTE_WIDTH_EM, max(map(len, text.split("\n")))) + 1.5))
        cell.comment = Comment(text, AUTHOR, height=int(lines * 21 + 14), width=max(width, 110))

    def finish(self) -> bytes:
        """The file."""
        from openpyxl.packaging.custom import StringProperty

        for name, value in self._stamp.properties().items():
            # its stubs do not know it
            self._book.custom_doc_props.append(StringProperty(name=name, value=value))  # type: ignore[attr-defined]
        raw = BytesIO()
        self._book.save(raw)
        form = self.form
        about = Properties(form.title, "", form.id, form.version, form.digest, "", form.layout.unit_name or AUTHOR, "")
        members = []
        with ZipFile(raw) as package:
            for name in sorted(package.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
                content = package.read(name)
                if name == CORE:
                    content = core_xml(about)
                elif name == "docProps/app.xml":
                    content = APP_XML
                elif name in ("xl/styles.xml", "xl/sharedStrings.xml") or name.startswith("xl/worksheets/sheet"):
                    content = _with_ordered_fonts(content)
                members.append(Member.deflate(name, content, 9))
        return CompiledPackage(tuple(members)).fill({})


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell, 1-based; also one that others are merged into, whose looks may be set all the same."""
    return cast("Cell", sheet.cell(row, column))


def dress_like(cell: Any, model: Any) -> None:
    """Gives a cell the whole look of another."""
    cell._style = copy(model._style)  # noqa: SLF001  # setting fonts, fills and rules one by one takes 20 times as long


def reference(sheet: Worksheet, row: int, column: int, last_row: int = 0, last_column: int = 0) -> str:
    """Absolute reference of a cell or range, 1-based, with its sheet."""
    from openpyxl.utils import get_column_letter, quote_sheetname

    first = f"{quote_sheetname(sheet.title)}!${get_column_letter(column)}${row}"
    if not last_row:
        return first
    return f"{first}:${get_column_letter(last_column or column)}${last_row}"


def _with_ordered_fonts(content: bytes) -> bytes:
    """openpyxl writes the children of fonts in an order of its own."""
    from lxml import etree

    root = etree.fromstring(content)
    for font in root.iter("{*}font", "{*}rPr"):
        font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(etree.QName(child).localname))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
