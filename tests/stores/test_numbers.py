"""Numbers are given in order, without gaps, and never twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.builders import form

from danju.model.form import Form
from danju.stores.numbers import NumberGiver


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Form:
    """A form numbered by month."""
    return form(
        tmp_path_factory.mktemp("forms"), "{number 编号: text, day 日期: date}", number="A-{day:%Y%m}-{seq:03d}"
    )


def march(day: int = 1) -> dict[str, object]:
    """A record of March 2026."""
    return {"day": date(2026, 3, day)}


def test_numbers_count_up_in_each_series(paper: Form) -> None:
    giver = NumberGiver({}, {})
    days = [date(2026, 3, 1), date(2026, 4, 1), date(2026, 3, 9)]
    assert [giver.next_number(paper, {"day": day}) for day in days] == ["A-202603-001", "A-202604-001", "A-202603-002"]


def test_a_later_run_goes_on_after_the_highest_number_ever_given(paper: Form) -> None:
    giver = NumberGiver({"paper": ["A-202603-001", "A-202603-007", "A-202604-090", "手写", "B-202603-099"]}, {})
    assert giver.next_number(paper, march()) == "A-202603-008"


def test_typed_numbers_are_skipped(paper: Form) -> None:
    giver = NumberGiver({}, {"paper": ["A-202603-001", "A-202603-003"], "other": ["A-202603-002"]})
    assert [giver.next_number(paper, march()) for _ in range(2)] == ["A-202603-002", "A-202603-004"]


def test_a_record_without_the_date_of_its_number_has_a_series_of_its_own(paper: Form) -> None:
    assert NumberGiver({}, {}).next_number(paper, {}) == "A--001"


def test_numbers_outgrow_their_digits(paper: Form) -> None:
    assert NumberGiver({"paper": ["A-202603-999"]}, {}).next_number(paper, march()) == "A-202603-1000"


def test_a_form_without_a_rule_gives_none(tmp_path: Path) -> None:
    assert NumberGiver({}, {}).next_number(form(tmp_path, "{day 日期: date}"), march()) == ""


@given(given=st.sets(st.integers(1, 30)), typed=st.sets(st.integers(1, 60)), count=st.integers(1, 20))
def test_numbers_never_repeat_and_leave_no_gap_but_typed_ones(
    paper: Form, given: set[int], typed: set[int], count: int
) -> None:
    giver = NumberGiver(
        {"paper": [f"A-202603-{n:03d}" for n in given]}, {"paper": [f"A-202603-{n:03d}" for n in typed]}
    )
    new = [int(giver.next_number(paper, march())[-3:]) for _ in range(count)]
    first = max(given, default=0) + 1
    assert new == [number for number in range(first, new[-1] + 1) if number not in typed]
