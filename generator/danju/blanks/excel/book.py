"""The workbook under construction: sheets, names and stamp; its bytes depend on nothing but its content."""

from __future__ import annotations

from danju.exchange.stamp import STAMP_NAME, FileShape, stamp_of
from danju.model.form import Form
from danju.ooxml.addresses import Range, absolute
from danju.ooxml.parts import compile_parts
from danju.ooxml.properties import Properties, core_xml, custom_xml, property_parts
from danju.ooxml.styles import StyleTable
from danju.ooxml.workbook import workbook_part, workbook_xml
from danju.ooxml.worksheet import AUTHOR, Worksheet

__all__ = ["BlankBook"]


class BlankBook:
    """A blank workbook.

    Attributes:
        form: What it is for.
        sheets: In the order of the tabs.
        styles: The looks of all cells.
    """

    def __init__(self, form: Form, shape: FileShape, drawn: Worksheet | None = None) -> None:
        """A workbook without sheets, or with one that has been drawn already."""
        self.form = form
        self.sheets = [] if drawn is None else [drawn]
        self.styles = StyleTable() if drawn is None else drawn.styles
        self._stamp = stamp_of(form, shape)
        self._names: dict[str, str] = {}
        self.name_text(STAMP_NAME, self._stamp.line)

    def add_sheet(self, title: str, state: str = "") -> Worksheet:
        """A further sheet at the end; a very hidden one cannot be unhidden from the menu."""
        sheet = Worksheet(title, self.styles, state=state)
        self.sheets.append(sheet)
        return sheet

    def name(self, name: str, target: str) -> None:
        """A hidden defined name for a reference or a constant."""
        self._names[name] = target

    def name_text(self, name: str, text: str) -> None:
        """A hidden defined name for a text constant."""
        quoted = text.replace('"', '""')
        self.name(name, f'"{quoted}"')

    def name_cell(self, name: str, sheet: Worksheet, place: Range) -> None:
        """A hidden defined name for the first cell of a range."""
        self.name(name, absolute(sheet.title, Range.cell(place.top, place.left)))

    def finish(self) -> bytes:
        """The file."""
        form = self.form
        about = Properties(form.title, "", form.id, form.version, form.digest, "", form.layout.unit_name or AUTHOR, "")
        sheets = [sheet.finish(number) for number, sheet in enumerate(self.sheets, start=1)]
        xml = workbook_xml(sheets, tuple(self._names.items()), calculates=True)
        properties = property_parts(core_xml(about), custom_xml(self._stamp.properties()))
        return compile_parts((workbook_part(sheets, self.styles.xml(), xml), *properties)).fill({})
