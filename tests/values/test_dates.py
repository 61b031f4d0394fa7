"""Dates and times in all the ways people write them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danju.issues import Fault
from danju.messages import CATALOGUE
from danju.values.dates import DateReading, from_serial, parse_date, parse_datetime

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
DIGITS = "〇一二三四五六七八九"


def day_of(raw):
    read = parse_date(raw, today=TODAY)
    return (read.value.isoformat(), read.assumed) if isinstance(read, DateReading) else read.code


def moment_of(raw):
    read = parse_datetime(raw, today=TODAY)
    return read.code if isinstance(read, Fault) else read.value.isoformat(" ")


def chinese(number):
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else DIGITS[tens] if tens else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


HABITS = [
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    lambda d: f"{d.year}．{d.month}．{d.day}",
    lambda d: f"{d.year}。{d.month}。{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f" {d.year} 年 {d.month} 月 {d.day} 号 ",
    lambda d: f"{d:%Y%m%d}",
    lambda d: "".join(chr(ord(c) + 0xFEE0) for c in d.isoformat()),
    lambda d: f"{d.isoformat()} 星期{'一二三四五六日'[d.weekday()]}",
    lambda d: f"{d.year}年{d.month}月{d.day}日（周{'一二三四五六日'[d.weekday()]}）",
    lambda d: f"{''.join(DIGITS[int(c)] for c in str(d.year))}年{chinese(d.month)}月{chinese(d.day)}日",
    lambda d: f"{d.isoformat()} 00:00:00",
    lambda d: f"{d.isoformat()}T00:00:00",
    lambda d: (d - date(1899, 12, 30)).days,
    lambda d: float((d - date(1899, 12, 30)).days),
    lambda d: str((d - date(1899, 12, 30)).days),
]


@pytest.mark.parametrize("habit", range(len(HABITS)))
@given(day=st.dates(date(1960, 1, 1), date(2099, 12, 31)))
def test_every_date_reads_back_from_every_habit(habit, day):
    assert parse_date(HABITS[habit](day), today=TODAY) == DateReading(day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26.3.5", ("2026-03-05", "F124")),
        ("26年3月5日", ("2026-03-05", "F124")),
        ("96-3-5", ("1996-03-05", "F124")),
        ("2026年11月", ("2026-11-01", "F122")),
        ("2026年11月份", ("2026-11-01", "F122")),
        ("2026-11", ("2026-11-01", "F122")),
        ("2026.11", ("2026-11-01", "F122")),
        ("11/21", ("2026-11-21", "F121")),
        ("11月21日", ("2026-11-21", "F121")),
        ("3.18", ("2026-03-18", "F121")),
        ("2026-11-21 周日", ("2026-11-21", "F235")),
        ("2026-11-21 14:35", ("2026-11-21", "F124")),
        ("贰零贰陆年零壹拾壹月贰拾壹日", ("2026-11-21", None)),
        ("2026年十一月廿一日", ("2026-11-21", None)),
        (2026.11, ("2026-11-01", "F122")),
        (20260816, ("2026-08-16", None)),
        (Decimal(46347), ("2026-11-21", None)),
    ],
)
def test_what_was_taken_for_granted_is_told(text, expected):
    assert day_of(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-30", "F231"),
        ("20260431", "F231"),
        ("2/29", "F231"),
        ("2026年13月", "F232"),
        ("2026-00-01", "F232"),
        ("2026-01-32", "F233"),
        ("2026-01-00", "F233"),
        ("2026-01-01 25:00", "F234"),
        ("2026-01-01 晚上12点", "F234"),
        ("2026-01-01 上午14:00", "F234"),
        ("2026-01-01 下午", "F234"),
        ("2026.1", "F236"),
        ("3.1", "F236"),
        ("26/3", "F236"),
    ],
)
def test_dates_that_cannot_be_are_refused_with_the_reason(text, code):
    fault = parse_date(text, today=TODAY)
    assert fault.code == code
    for lang in ("zh", "en"):
        fact, remedy = CATALOGUE[code].fill(fault.values, lang)
        assert text in fact
        assert "?" not in fact + remedy


def test_the_reason_names_the_length_of_the_month():
    fault = parse_date("2026-02-30", today=TODAY)
    fact, _ = CATALOGUE[fault.code].fill(fault.values, "zh")
    assert fact == "“2026-02-30”不存在：2026年2月只有 28 天。"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "待定",
        "长期",
        "2026",
        "99999",
        "0026-03-05",
        "14:35",
        "5/3/26",
        "2026-11-21至2026-11-25",
        "十十月一日",
        "2026-11-21" + " " * 90 + "x",
        True,
        0,
        -5,
        10**9,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        "46347.5 14:00",
    ],
)
def test_anything_else_is_not_a_date(raw):
    assert day_of(raw) == "F105"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-20", "2026-03-20 00:00:00"),
        ("2026-03-20 14:35", "2026-03-20 14:35:00"),
        ("2026/3/20 14：35：06", "2026-03-20 14:35:06"),
        ("2026年3月20日14时35分", "2026-03-20 14:35:00"),
        ("2026年3月20日 14点35分06秒", "2026-03-20 14:35:06"),
        ("2026年3月20日 14时", "2026-03-20 14:00:00"),
        ("2026-3-20 下午2:35", "2026-03-20 14:35:00"),
        ("2026年3月20日下午三点半", "2026-03-20 15:30:00"),
        ("2026-3-20 上午9:05", "2026-03-20 09:05:00"),
        ("2026-3-20 上午12:05", "2026-03-20 00:05:00"),
        ("2026-3-20 中午12:05", "2026-03-20 12:05:00"),
        ("2026-3-20 晚上8点", "2026-03-20 20:00:00"),
        ("2026-3-20 下午14:35", "2026-03-20 14:35:00"),
        ("2026-03-20 2:35 PM", "2026-03-20 14:35:00"),
        ("2026-03-20 2:35 a.m.", "2026-03-20 02:35:00"),
        ("2026-03-20 PM 2:35", "2026-03-20 14:35:00"),
        ("2026-03-20T14:35:00", "2026-03-20 14:35:00"),
        ("2026-03-20T14:35:00+08:00", "2026-03-20 14:35:00"),
        ("2026-03-20T16:00:00.000Z", "2026-03-21 00:00:00"),
        ("2026-03-20 星期五 14:35", "2026-03-20 14:35:00"),
        (46347.607708333337, "2026-11-21 14:35:06"),
        ("46347.5", "2026-11-21 12:00:00"),
    ],
)
def test_times_are_read_in_all_habits(text, moment):
    assert moment_of(text) == moment


@given(st.datetimes(datetime(1960, 1, 1), datetime(2099, 12, 31)))
def test_every_moment_reads_back(moment):
    moment = moment.replace(microsecond=0)
    period = "上午" if moment.hour < 12 else "下午"
    for text in (f"{moment:%Y-%m-%d %H:%M:%S}", f"{moment:%Y年%m月%d日}{period}{moment:%I}：{moment:%M：%S}"):
        assert parse_datetime(text, today=TODAY).value == moment
    days = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    assert parse_datetime(days, today=TODAY).value == moment


def test_serial_numbers_count_the_leap_day_that_never_was():
    assert from_serial(1) == date(1900, 1, 1)
    assert from_serial(59) == date(1900, 2, 28)
    assert from_serial(61) == date(1900, 3, 1)
    assert from_serial(2958465) == date(9999, 12, 31)
    assert from_serial(46347.25) == datetime(2026, 11, 21, 6)


@pytest.mark.parametrize("number", [0, 60, 60.5, -1, 2958466, float("nan")])
def test_serial_numbers_of_no_day_are_refused(number):
    with pytest.raises(ValueError, match="serial"):
        from_serial(number)


@given(
    st.text()
    | st.text("0123456789年月日/-.: T上午下十一二周", max_size=14)
    | st.floats()
    | st.integers()
    | st.decimals()
)
def test_reading_never_raises_and_every_fault_can_be_printed(raw):
    for parse in (parse_date, parse_datetime):
        read = parse(raw, today=TODAY)
        code = read.code if isinstance(read, Fault) else read.assumed
        assert code is None or code in CATALOGUE
