"""Paths say where a value stands in a record; what is written is understood again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danju.exchange.paths import (
    Held,
    about,
    any_row,
    held_line,
    held_tick,
    parse_held,
    path_of,
    reader_of,
    row_path,
    steps_of,
    told_about,
    top_of,
    value_at,
    without_rows,
)

NAMES = st.from_regex(r"[a-z][a-z_0-9]{0,5}", fullmatch=True)
WORDS = st.text(st.characters(blacklist_characters="[]", blacklist_categories=("Cs",)), min_size=1, max_size=8)
ROWS = st.integers(0, 99) | st.builds(about, NAMES, WORDS)
PATHS = NAMES | st.builds(lambda one, two: f"{one}.{two}", NAMES, NAMES) | st.builds(row_path, NAMES, ROWS, NAMES)
RECORD = {
    "customer": "甲",
    "review": {"opinion": "同意"},
    "rows": [{"kind": "执照", "number": 1}, {"kind": "开户.许可?", "number": 2}],
}


@given(PATHS, WORDS)
def test_ticks_are_understood_again(path: str, option: str) -> None:
    assert parse_held(held_tick(path, option)) == Held(path, option)
    assert parse_held(path) == Held(path)


@given(st.lists(PATHS, min_size=1, max_size=3))
def test_sign_off_lines_are_understood_again(paths: list[str]) -> None:
    assert parse_held(held_line(tuple(paths))) == Held("", line=tuple(paths))


def test_a_line_without_fields_holds_nothing() -> None:
    assert held_line(()) == ""


@given(NAMES, ROWS, NAMES)
def test_a_row_is_told_by_its_number_or_by_the_option_it_is_about(table: str, row: int | str, member: str) -> None:
    path = row_path(table, row, member)
    assert steps_of(path) == ((table, str(row)), (member, ""))
    assert (top_of(path), without_rows(path)) == (table, f"{table}.{member}")
    assert any_row(path) == (row_path(table, "", member) if isinstance(row, int) else path)
    key, word = told_about(str(row))
    assert (about(key, word) if key else "") == ("" if isinstance(row, int) else row)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("customer", "甲"),
        ("review.opinion", "同意"),
        ("rows[1].number", 2),
        ("rows[kind=开户.许可?].number", 2),
        ("rows[2].number", None),
        ("rows[kind=别的].number", None),
        ("gone", None),
        ("customer.gone", None),
    ],
)
def test_values_are_found_by_their_paths(path: str, value: object) -> None:
    assert value_at(RECORD, path) == value
    assert reader_of(path)(RECORD) == value


def test_places_of_json_schema_become_paths() -> None:
    assert path_of(["rows", 3, "number"]) == "rows[3].number"
    assert path_of([]) == ""
