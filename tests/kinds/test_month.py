"""Months: how they are read, compared, computed and shown."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.summary.builders import form as summed
from tests.summary.builders import saved, sheet_of
from tests.support.builders import check, codes, form, values_of

from danju.kinds import MONTH, TEXT
from danju.kinds.coercion import coerce
from danju.model.field import Field
from danju.rules.checking import to_plain
from danju.rules.numbering import fill_pattern
from danju.values.display import display_anything
from danju.values.months import Month

TODAY = date(2026, 11, 28)
PERIOD = Field("period", MONTH, "月份")
OCTOBER = Month(2026, 10)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("2026-10", []),
        ("2026年10月", []),
        ("2026年10月份", []),
        ("2026.10", []),
        ("2026/10", []),
        ("10/2026", []),
        ("202610", []),
        (202610, []),
        ("二〇二六年十月", []),
        (date(2026, 10, 1), []),
        (datetime(2026, 10, 1), []),
        ("2026-10-15", ["F138"]),
        (date(2026, 10, 31), ["F138"]),
        (46300, ["F138"]),
        ("２０２６年１０月", ["F138"]),
        ("10月", ["F121"]),
        ("26年10月", ["F124"]),
    ],
)
def test_a_month_is_read_in_the_ways_people_write_it(typed: object, codes: list[str]) -> None:
    outcome = coerce(typed, PERIOD, TODAY)
    assert (outcome.value, [fault.code for fault in outcome.faults]) == (OCTOBER, codes)
    assert type(outcome.value) is Month


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("十月份左右", "F149"),
        (True, "F149"),
        (datetime.min.time(), "F149"),
        ("13/2026", "F149"),
        ("2026-13", "F232"),
        (2026.1, "F236"),  # a spreadsheet may have shortened 2026.10
    ],
)
def test_what_is_no_month_is_refused(typed: object, code: str) -> None:
    outcome = coerce(typed, PERIOD, TODAY)
    assert (outcome.value, [fault.code for fault in outcome.faults]) == (None, [code])


def test_a_word_may_stand_in_its_place() -> None:
    assert coerce("长期", Field("period", MONTH, "月份", words=("长期",)), TODAY).value == "长期"


def test_it_prints_in_characters_and_is_plain_iso() -> None:
    assert MONTH.display(PERIOD, OCTOBER) == display_anything(OCTOBER) == "2026年10月"
    assert to_plain({"period": OCTOBER}) == {"period": "2026-10"}
    assert type(to_plain(OCTOBER)) is str
    assert fill_pattern("{period:%Y%m}-{period}", {"period": OCTOBER}) == "202610-2026-10"


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_months_sort_as_their_days_do(one: date, other: date) -> None:
    first, second = Month.of(one), Month.of(other)
    assert (first < second) == ((one.year, one.month) < (other.year, other.month))
    assert first.first <= one <= first.last
    assert pickle.loads(pickle.dumps(first)) == first
    assert type(pickle.loads(pickle.dumps(first))) is Month


def test_forms_compare_and_compute_with_it(tmp_path: Path) -> None:
    checks = [
        {"that": "period >= '2026-07'", "fields": ["period"], "message": "早于七月", "remedy": "改。"},
        {"that": "visited | month == period", "fields": ["visited"], "message": "不是那个月", "remedy": "改。"},
        {"that": "visited <= period.last", "fields": ["visited"], "message": "晚于月末", "remedy": "改。"},
    ]
    fields = {
        "period 月份": {"type": "string", "format": "month"},
        "visited 日期": "date",
        "booked 入账月份": {"type": "string", "format": "month", "readOnly": True},
        "year 年": {"type": "integer", "readOnly": True},
        "half 季度": {"type": "string", "readOnly": True},
    }
    compute = {"booked": "visited", "year": "period.year", "half": "period | quarter"}
    paper = form(tmp_path, fields, checks=checks, compute=compute)
    values = values_of(paper, period="2026年10月", visited="2026-10-09")
    assert (values["booked"], values["year"], values["half"]) == (OCTOBER, 2026, "2026年第4季度")
    assert codes(check(paper, period="2026-06", visited="2026-06-30")) == ["F301"]
    assert codes(check(paper, period="2026-10", visited="2026-11-01")) == ["F301", "F301"]


def test_a_report_holds_a_real_date_shown_as_a_month(tmp_path: Path) -> None:
    slip = summed(Field("customer", TEXT, "客户"), PERIOD)
    sheet = sheet_of(saved(tmp_path, slip, [{"customer": "甲", "period": OCTOBER}]), "领料单")
    assert (sheet["C2"].value, sheet["C2"].number_format) == (datetime(2026, 10, 1), "yyyy\\-mm")
