"""Looks and cells of streamed sheets."""

import re
from pathlib import Path

from tests.summary.builders import form, part, saved, sheet_of, text

from danju.ooxml.styles import CellStyle, StyleTable
from danju.summary.streamed_cells import STREAMED, Style


def test_streamed_looks_have_the_numbers_their_cells_name() -> None:
    """Rows are written before the style table is."""
    styles = StyleTable(STREAMED.values())
    assert {style: styles.number(look) for style, look in STREAMED.items()} == {style: int(style) for style in Style}
    assert styles.number(CellStyle(indent=3)) == styles.number(CellStyle(indent=3)) == max(Style) + 1


def test_table_styles_name_formats_that_exist(tmp_path: Path) -> None:
    """A table style that points nowhere is dropped by Excel, and the workbook with it declared broken."""
    styles = part(saved(tmp_path, form(text("note"))), "xl/styles.xml")
    named = {int(each) for each in re.findall(r'dxfId="(\d+)"', styles)}
    assert named == set(range(styles.count("<dxf>")))


def test_formulas_in_drawn_sheets_and_headings_are_texts(tmp_path: Path) -> None:
    """A label of a form may begin with an equals sign."""
    path = saved(tmp_path, form(text("note", "=备注"), title="=表"))
    heading, title = sheet_of(path, "=表")["B1"], sheet_of(path, "概览")["A5"]
    assert (heading.value, heading.quotePrefix, heading.font.b) == ("=备注", True, True)
    assert (title.value, title.data_type, title.quotePrefix) == ("=表", "s", True)
