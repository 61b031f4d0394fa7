"""Addresses of cells, columns and sheets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danju.ooxml.addresses import (
    Range,
    absolute,
    cell_name,
    column_letters,
    column_number,
    parse_cell,
    parse_reference,
    sheet_title,
)
from danju.ooxml.text import units

COLUMNS = st.integers(0, 16_383)
ROWS = st.integers(0, 1_048_575)
RANGES = st.builds(lambda top, left, down, across: Range(top, left, top + down, left + across), ROWS, COLUMNS,
                   st.integers(0, 9), st.integers(0, 9))  # fmt: skip


def test_letters_go_on_after_z() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


@given(COLUMNS, ROWS)
def test_a_cell_is_read_as_it_is_named(column: int, row: int) -> None:
    assert column_number(column_letters(column)) == column_number(column_letters(column).lower()) == column
    assert parse_cell(cell_name(row, column)) == (row, column)


@given(st.text(st.sampled_from("表a '.!:$1"), min_size=1), RANGES)
def test_a_reference_is_read_as_it_is_written(title: str, place: Range) -> None:
    """Whatever the title holds; apostrophes are doubled."""
    assert parse_reference(absolute(title, place)) == (title, place)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Sheet.1!$B$3", ("Sheet.1", Range(2, 1, 2, 1))),
        ("$走访.$A$2", ("走访", Range(1, 0, 1, 0))),
        ("$走访.$A$2:.$C$4", ("走访", Range(1, 0, 3, 2))),
        ("$'a b'.A2:$'a b'.C4", ("a b", Range(1, 0, 3, 2))),
        ("#REF!", None),
        ("'走访'!#REF!", None),
        ("A1", None),
    ],
)
def test_references_of_excel_and_of_odf_are_understood(text: str, meant: object) -> None:
    """ODF parts sheet and cell by a full stop, and may name the sheet twice or leave it out."""
    assert parse_reference(text) == meant


@pytest.mark.parametrize("text", ["A0", "17", "F", "AAAA1", "A12345678", "A1:B2", ""])
def test_what_is_no_cell_is_none(text: str) -> None:
    assert parse_cell(text) is None


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("收/付款[2026]", "收_付款_2026_"),
        ("'名'", "名"),
        ("", "Sheet1"),
        ("''", "Sheet1"),
        ("History", "History 2"),
        ("概览", "概览 2"),
        ("AB", "AB 2"),
        ("长" * 40, "长" * 31),
        ("𠮷" * 20, "𠮷" * 15),
        ("甲" * 40, "甲" * 29 + " 2"),
    ],
)
def test_a_sheet_is_named_within_excel_s_rules(wanted: str, title: str) -> None:
    """31 units, none of []:*?/\\, no two alike but for case."""
    assert sheet_title(wanted, ["概览", "ab", "甲" * 31]) == title
    assert units(title) <= 31
