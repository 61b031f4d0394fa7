"""Working days after the State Council calendar."""

from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday as library_says
from hypothesis import given
from hypothesis import strategies as st

from danju.rules.workdays import covers, is_workday, workdays_after, workdays_between

DAYS = st.dates(date(2004, 1, 1), date(2026, 12, 31))


def test_make_up_saturdays_are_worked():
    assert is_workday(date(2026, 2, 14))


def test_national_day_week_is_free():
    assert not any(is_workday(date(2026, 10, day)) for day in range(1, 8))
    assert is_workday(date(2026, 10, 8))


def test_plain_weekends_are_free():
    assert not is_workday(date(2026, 11, 21))
    assert is_workday(date(2026, 11, 23))


def test_a_limit_runs_over_a_holiday():
    assert workdays_after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert workdays_after(date(2026, 11, 20), 3) == date(2026, 11, 25)


def test_a_complaint_on_a_free_day_counts_from_the_next_working_day():
    assert workdays_after(date(2026, 11, 21), 1) == date(2026, 11, 23)


def test_no_working_days_lie_between_a_day_and_an_earlier_one():
    assert workdays_between(date(2026, 11, 20), date(2026, 11, 20)) == 0
    assert workdays_between(date(2026, 11, 20), date(2026, 11, 2)) == 0


@pytest.mark.parametrize("count", [0, -1])
def test_counts_below_one_are_refused(count):
    with pytest.raises(ValueError, match="at least 1"):
        workdays_after(date(2026, 11, 20), count)


def test_years_without_announcement_know_weekends_only():
    assert covers(2026)
    assert covers(2004)
    assert not covers(2003)
    assert not covers(2100)
    assert is_workday(date(2100, 10, 1))
    assert not is_workday(date(2100, 10, 2))


@given(DAYS)
def test_every_announced_day_agrees_with_the_library(day):
    assert is_workday(day) == library_says(day)


@given(DAYS, st.integers(1, 60))
def test_counting_there_and_back_agrees(start, count):
    end = workdays_after(start, count)
    assert is_workday(end)
    assert workdays_between(start, end) == count


@given(DAYS, st.integers(0, 90), st.integers(0, 90))
def test_spans_add_up(start, first, second):
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    assert workdays_between(start, middle) + workdays_between(middle, end) == workdays_between(start, end)
