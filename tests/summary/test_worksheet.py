"""Sheets, looks and cells as XML."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.summary.builders import form, part, saved, sheet_of, text

from danju.summary.cell_looks import STREAMED, CellLook, Style
from danju.summary.cell_xml import text_tail
from danju.summary.style_table import StyleTable
from danju.summary.worksheet import ShortSheet, frozen_xml
from danju.values.text import is_formula_like

TRICKY = "=+-@ &<>_x0Aa1\n\t\r\x01\ud800\uffff\u3000中，"


@given(st.text(alphabet=TRICKY, min_size=1, max_size=12))
def test_any_text_stays_that_text(value: str) -> None:
    """Blanks are kept, what looks like a formula is marked, what Excel would read as an escape is escaped."""
    cell = etree.fromstring(f'<c r="A1{text_tail(value)}')
    shown = cell.find("is/t")
    assert cell.get("s") == str(int(Style.QUOTED if is_formula_like(value) else Style.TEXT))
    read = re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found.group(1), 16)), shown.text or "")
    lost = re.compile("[\x00-\x08\ud800-\udfff\uffff]")
    assert read == lost.sub(lambda found: f"\\u{ord(found.group()):04x}", value)
    if value != value.strip(" ") or "  " in value:
        assert shown.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_streamed_looks_have_the_numbers_their_cells_name() -> None:
    """Rows are written before the style table is."""
    styles = StyleTable()
    assert {style: styles.number(look) for style, look in STREAMED.items()} == {style: int(style) for style in STREAMED}
    assert styles.number(CellLook(size_pt=30)) == styles.number(CellLook(size_pt=30)) == max(STREAMED) + 1


def test_table_styles_name_formats_that_exist(tmp_path: Path) -> None:
    """A table style that points nowhere is dropped by Excel, and the workbook with it declared broken."""
    styles = part(saved(tmp_path, form(text("note"))), "xl/styles.xml")
    named = {int(each) for each in re.findall(r'dxfId="(\d+)"', styles)}
    assert named == set(range(styles.count("<dxf>")))


@pytest.mark.parametrize(
    ("value", "tail"),
    [
        ("合计", ' t="inlineStr"><is><t>合计</t></is></c>'),
        (Decimal(1) / 3, "><v>0.333333333333333</v></c>"),
        (12, "><v>12</v></c>"),
        (date(2026, 8, 24), "><v>46258</v></c>"),
        (datetime(2026, 8, 24, 12), "><v>46258.5</v></c>"),
        (date(1899, 1, 1), ' t="inlineStr"><is><t>1899-01-01</t></is></c>'),
        (None, "/>"),
    ],
)
def test_values_of_drawn_sheets(value: str | int | Decimal | date | None, tail: str) -> None:
    """Fifteen digits, days as Excel counts them, no empty texts."""
    sheet = ShortSheet("概览", StyleTable(), "")
    sheet.put(1, 1, value, STREAMED[Style.TEXT])
    assert f'<c r="A1" s="3"{tail}' in sheet.xml().decode()


def test_formulas_in_drawn_sheets_and_headings_are_texts(tmp_path: Path) -> None:
    """A label of a form may begin with an equals sign."""
    path = saved(tmp_path, form(text("note", "=备注"), title="=表"))
    heading, title = sheet_of(path, "=表")["B1"], sheet_of(path, "概览")["A5"]
    assert (heading.value, heading.quotePrefix, heading.font.b) == ("=备注", True, True)
    assert (title.value, title.data_type, title.quotePrefix) == ("=表", "s", True)


def test_panes_without_frozen_columns_have_no_left_part() -> None:
    """Excel refuses a split at column 0."""
    assert "xSplit" not in frozen_xml(1, 0)
    assert 'topLeftCell="A2"' in frozen_xml(1, 0)
    assert 'xSplit="2"' in frozen_xml(1, 2)
