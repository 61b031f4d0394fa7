"""Numbers of papers and names of files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danju.rules.numbering import (
    fields_in_pattern,
    fill_pattern,
    number_in_series,
    safe_file_name,
    sequence_in,
    series_of,
)

PATTERN = "ZF-{day:%Y%m}-{seq:03d}"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (PATTERN, "ZF-202603-"),
        ("{number} {customer}", "A-1 甲公司"),
        ("{group.name}", "张"),
        ("{gone}{group.gone}{customer.gone}", ""),
        ("{count:04d}", "0007"),
        ("{until:%Y}", "长期"),
        ("{rows:%Y}", "[]"),
        ("{{括号}}", "{括号}"),
    ],
)
def test_patterns_are_filled_and_what_is_missing_leaves_nothing(pattern: str, text: str) -> None:
    values = {
        "day": date(2026, 3, 18), "number": "A-1", "customer": "甲公司", "group": {"name": "张"}, "count": 7,
        "until": "长期", "rows": [],
    }  # fmt: skip
    assert fill_pattern(pattern, values) == text


def test_the_fields_of_a_pattern_are_known() -> None:
    assert fields_in_pattern("ZF-{day:%Y}-{group.name}{{x}}-{seq:03d}") == ("day", "group.name", "seq")


@given(st.dates(date(1000, 1, 1)), st.integers(1, 10**6))
def test_a_number_tells_its_place_in_its_series_and_in_no_other(day: date, sequence: int) -> None:
    series = series_of(PATTERN, {"day": day})
    number = number_in_series(PATTERN, series, sequence)
    assert sequence_in(number, PATTERN, series) == sequence
    other = series_of(PATTERN, {"day": date(day.year, day.month % 12 + 1, 1)})
    assert sequence_in(number, PATTERN, other) is None


@pytest.mark.parametrize("number", ["", "ZF-202603-", "ZF-202603-x", "ZF-202603-１", "TS-202603-001", "ZF-202603-1-2"])
def test_a_foreign_number_has_no_place(number: str) -> None:
    assert sequence_in(number, PATTERN, series_of(PATTERN, {"day": date(2026, 3, 1)})) is None


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("ZF-001 甲公司", "ZF-001 甲公司.pdf"),
        ("../../etc/passwd", "_.._etc_passwd.pdf"),
        ("C:\\甲\\乙", "C_甲_乙.pdf"),
        ("甲/乙:丙*丁?", "甲_乙_丙_丁_.pdf"),
        ("CON", "_CON.pdf"),
        ("con.甲", "_con.甲.pdf"),
        ("lpt1 .x", "_lpt1 .x.pdf"),
        ("CONOUT$", "_CONOUT$.pdf"),
        ("COM²", "_COM².pdf"),
        ("甲公司...", "甲公司.pdf"),
        (" . 甲 . ", "甲.pdf"),
        ("甲\n乙\t丙", "甲 乙_丙.pdf"),
        ("甲\u200b\u202e乙", "甲_乙.pdf"),
        ("e\u0301", "\u00e9.pdf"),
        ("喜😀", "喜😀.pdf"),
        ("", "_.pdf"),
        ("...", "_.pdf"),
    ],
)
def test_file_names_are_accepted_by_every_system(stem: str, name: str) -> None:
    assert safe_file_name(stem, ".pdf") == name


NAMES = st.text(max_size=300) | st.text("./\\ 甲😀aNUL", max_size=120)


@given(NAMES)
def test_every_file_name_is_short_safe_and_stable(stem: str) -> None:
    stem = stem.encode("utf-8", "ignore").decode()
    name = safe_file_name(stem, ".docx")
    assert len(name.encode()) <= 200
    assert Path(name).name == name
    assert name.endswith(".docx")
    kept = name.removesuffix(".docx")
    assert kept
    assert kept == kept.strip(" .")
    assert safe_file_name(kept, ".docx") == name
