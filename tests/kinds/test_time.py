"""Times of day: how they are read, compared, computed and shown."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.summary.builders import form as summed
from tests.summary.builders import saved, sheet_of
from tests.support.builders import check, codes, form, values_of

from danju.kinds import TEXT, TIME
from danju.kinds.coercion import coerce
from danju.model.field import Field
from danju.rules.checking import to_plain

TODAY = date(2026, 11, 28)
HOUR = Field("hour", TIME, "时间")
MORNING = time(8, 17)


@pytest.mark.parametrize(
    ("typed", "value", "codes"),
    [
        ("8:17", MORNING, []),
        ("08:17:00", MORNING, []),
        ("8点17分", MORNING, []),
        ("8时17分", MORNING, []),
        ("上午八点十七分", MORNING, []),
        ("8:17:05", time(8, 17, 5), []),
        ("下午2点", time(14), []),
        ("2:30 p.m.", time(14, 30), []),
        ("8点半", time(8, 30), []),
        ("8点整", time(8), []),
        (MORNING, MORNING, []),
        (0.3451388889, MORNING, []),
        (timedelta(hours=8, minutes=17), MORNING, []),
        (datetime(1899, 12, 30, 8, 17), MORNING, []),
        ("８：１７", MORNING, ["F138"]),
        (datetime(2026, 3, 1, 8, 17), MORNING, ["F124"]),
        ("2026-03-01 8:17", MORNING, ["F124"]),
        (46082.3451388889, MORNING, ["F124"]),
    ],
)
def test_a_time_is_read_in_the_ways_people_write_it(typed: object, value: time, codes: list[str]) -> None:
    outcome = coerce(typed, HOUR, TODAY)
    assert (outcome.value, [fault.code for fault in outcome.faults]) == (value, codes)


@pytest.mark.parametrize(
    "typed",
    [
        "14",
        "1417",
        "25:00",
        "8:61",
        "晚上12点",
        "8:17+09:00",
        "2026-03-01",
        "早",
        46082,
        -0.5,
        float("nan"),
        Decimal("sNaN"),
        True,
        timedelta(2),
    ],
)
def test_what_is_no_time_of_day_is_refused(typed: object) -> None:
    outcome = coerce(typed, HOUR, TODAY)
    assert (outcome.value, [fault.code for fault in outcome.faults]) == (None, ["F150"])


@given(st.times().map(lambda moment: moment.replace(microsecond=0)))
def test_what_is_shown_and_what_is_kept_are_read_back(moment: time) -> None:
    for written in (TIME.display(HOUR, moment), to_plain(moment), moment):
        assert coerce(written, HOUR, TODAY).value == moment
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    assert coerce(seconds / 86400, HOUR, TODAY).value == moment


def test_forms_compare_and_compute_with_it(tmp_path: Path) -> None:
    fields = {
        "came 到达": {"type": "string", "format": "time"},
        "left 离开": {"type": "string", "format": "time"},
        "stay 停留": {"type": "integer", "x-unit": "分钟", "readOnly": True},
    }
    checks = [{"that": "left >= came", "fields": ["left"], "message": "先于到达", "remedy": "改。"}]
    paper = form(tmp_path, fields, checks=checks, compute={"stay": "minutes_between(came, left)"})
    assert values_of(paper, came="8:17", left="下午2点")["stay"] == 343
    assert codes(check(paper, came="8:17", left="8:16")) == ["F301"]


def test_a_report_holds_a_real_time(tmp_path: Path) -> None:
    slip = summed(Field("customer", TEXT, "客户"), HOUR)
    sheet = sheet_of(saved(tmp_path, slip, [{"customer": "甲", "hour": MORNING}]), "领料单")
    assert (sheet["C2"].value, sheet["C2"].number_format) == (MORNING, "hh:mm")
