"""Values as cells."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from danju.ooxml.cells import CellError, CellValue, Formula, RichText, text_tail, value_tail
from danju.ooxml.styles import Typeface
from danju.ooxml.text import TextTooLongError
from danju.values.text import is_formula_like

TRICKY = "=+-@ &<>_x0Aa1\n\t\r\x01\ud800\uffff\u3000中，"


@given(st.text(alphabet=TRICKY, min_size=1, max_size=12))
def test_any_text_stays_that_text(value: str) -> None:
    """Blanks are kept, what looks like a formula is marked, what Excel would read as an escape is escaped."""
    cell = etree.fromstring(f'<c r="A1{text_tail(value, 3, 4)}')
    shown = cell.find("is/t")
    assert cell.get("s") == ("4" if is_formula_like(value) else "3")
    read = re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found.group(1), 16)), shown.text or "")
    lost = re.compile("[\x00-\x08\ud800-\udfff\uffff]")
    assert read == lost.sub(lambda found: f"\\u{ord(found.group()):04x}", value)
    if value != value.strip(" ") or "  " in value:
        assert shown.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


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
        (True, ' t="b"><v>1</v></c>'),
        (0.5, "><v>0.5</v></c>"),
        (Decimal("1E+3"), "><v>1000</v></c>"),
        (10**15, ' t="inlineStr"><is><t>1000000000000000</t></is></c>'),
        (Decimal("NaN"), ' t="inlineStr"><is><t>NaN</t></is></c>'),
        (float("inf"), ' t="inlineStr"><is><t>inf</t></is></c>'),
        (datetime(2026, 8, 24, tzinfo=UTC), ' t="inlineStr"><is><t>2026-08-24 00:00</t></is></c>'),
        (Formula("SUM(A1:A2)&1"), "><f>SUM(A1:A2)&amp;1</f></c>"),
        (CellError("#N/A"), ' t="e"><v>#N/A</v></c>'),
    ],
)
def test_a_value_becomes_a_cell_of_its_kind(value: CellValue, tail: str) -> None:
    """Fifteen digits, days as Excel counts them, no empty texts; what Excel would change is a text."""
    assert value_tail(value, 3, 4) == f'" s="3"{tail}'


@pytest.mark.parametrize("value", ["字" * 32_768, "𠮷" * 16_384, RichText(((Typeface(), "字" * 32_768),))])
def test_too_much_text_is_refused_not_cut(value: CellValue) -> None:
    """As Excel counts: signs beyond U+FFFF are two."""
    with pytest.raises(TextTooLongError, match="32,767"):
        value_tail(value, 1, 1)
    assert value_tail("𠮷" * 16_383, 1, 1)


def test_stretches_of_a_rich_text_have_their_own_type() -> None:
    runs = RichText(((Typeface(9, bold=True), "a_x0041_"), (Typeface(8, colour="FF0000"), " <b>")))
    cell = etree.fromstring(f'<c r="A1{value_tail(runs, 7, 7)}')
    assert [(run.findtext("t"), run.find("rPr/sz").get("val")) for run in cell.iter("r")] == [
        ("a_x005F_x0041_", "9"),
        (" <b>", "8"),
    ]
