"""Dates and times in all the ways people write them, read without guessing in silence."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from danju.issues import Fault
from danju.values.text import clean, half_width

__all__ = [
    "NO_DAY", "TIME", "DateReading", "DatetimeReading", "from_serial", "hour_of", "in_china", "is_date_part",
    "parse_date", "parse_datetime", "split_time", "tidy",
]  # fmt: skip

# Warnings of the message catalogue that tell what was taken for granted.
_NO_YEAR = "F121"
NO_DAY = "F122"
_READ_AS = "F124"
_WRONG_WEEKDAY = "F235"

# Excel 1900 date system (ECMA-376 part 1, 18.17.4.1): day 1 is 1900-01-01 and 1900-02-29 is counted as day 60.
_SERIAL_EPOCH = datetime(1899, 12, 30)
_LEAP_BUG = 60
_LAST_SERIAL = 2958465  # 9999-12-31
_SERIAL_RANGE = (20000, 80000)  # 1954 to 2119: bare numbers outside it are not taken for dates

_CENTURY_AHEAD = 20  # years after today that two digits may still mean
_CHINA_OFFSET = timedelta(hours=8)

_PUNCTUATION = str.maketrans("‐‑–—−。｡、∕⁄", "-----...//")
_DIGIT_CHARS = ("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_NUMERALS = {char: value for value, chars in enumerate(_DIGIT_CHARS) for char in chars}
_LONGEST = 80  # characters; no date is longer
_CHINESE_NUMBER = re.compile(f"[{''.join(_NUMERALS)}十拾廿卅]+(?=\\s*[年月日号时点分秒])")
_WEEKDAY = re.compile(r"\s*\(?(?:星期|礼拜|周)([一二三四五六日天])\)?\s*")
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_GAPS = re.compile(r"\s*([年月日./-])\s*")

_FULL = re.compile(r"([0-9]{4}|[0-9]{2})(?:年([0-9]{1,2})月|[-/.]([0-9]{1,2})[-/.])([0-9]{1,2})日?")
_COMPACT = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
_MONTH_ONLY = re.compile(r"([0-9]{4}|[0-9]{2})年([0-9]{1,2})月份?|([0-9]{4})[-/.]([0-9]{1,2})")
_DAY_ONLY = re.compile(r"([0-9]{1,2})(?:月([0-9]{1,2})日?|[-/.]([0-9]{1,2}))")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")

_PERIODS = "上午|中午|下午|傍晚|晚上|夜里|凌晨|早上|早晨"
_TIME_START = re.compile(
    rf"(?:{_PERIODS}|[ap]\.?m\.?\s*(?=[0-9])|(?<![0-9])[0-9]{{1,2}}\s*(?:[:时点]|[ap]\.?m(?!\.?\s*[0-9]))).*",
    re.IGNORECASE,
)
TIME = re.compile(
    rf"(?P<before>{_PERIODS}|am|pm)?(?P<hour>[0-9]{{1,2}})"
    r"(?:[:时点](?:(?P<minute>[0-9]{1,2})(?:分|[:分](?P<second>[0-9]{1,2})(?:\.[0-9]+)?秒?)?|(?P<half>半)|整)?)?"
    r"(?P<after>am|pm)?(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})?"
)
_MORNING = frozenset({"上午", "凌晨", "早上", "早晨", "am"})
_EVENING = frozenset({"晚上", "夜里"})


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date as read.

    Attributes:
        value: The date.
        assumed: Code of the warning (placeholders value, result) that tells what was taken for granted, or None.
    """

    value: date
    assumed: str | None = None


@dataclass(frozen=True, slots=True)
class DatetimeReading:
    """A moment as read, without zone: the wall clock in China.

    Attributes:
        value: Date and time to the second.
        assumed: Code of the warning (placeholders value, result) that tells what was taken for granted, or None.
    """

    value: datetime
    assumed: str | None = None


def parse_date(raw: str | float | Decimal, *, today: date) -> DateReading | Fault:
    """The date that the text or Excel number stands for; a time of day is dropped with a warning.

    Args:
        raw: Text as typed, or a number from a cell: a serial number, 20261121 or 2026.11.
        today: Gives the year of dates without one and the century of two-digit years.
    """
    if isinstance(raw, str) and (plain := _iso(raw)) is not None:
        return DateReading(plain)
    read = parse_datetime(raw, today=today)
    if isinstance(read, Fault):
        return read
    return DateReading(read.value.date(), read.assumed or (_READ_AS if read.value.time() != time.min else None))


def parse_datetime(raw: str | float | Decimal, *, today: date) -> DatetimeReading | Fault:
    """The moment that the text or Excel number stands for; a date alone means 00:00.

    Args:
        raw: Text as typed, or a number from a cell.
        today: Gives the year of dates without one and the century of two-digit years.
    """
    if not isinstance(raw, str):
        return _read_number(raw, today)
    if (plain := _iso(raw)) is not None:
        return DatetimeReading(_midnight(plain))
    if (found := _FULL.fullmatch(raw)) is not None:  # 2026年11月21日 needs no tidying
        day = _build(found[1], found[2] or found[3], found[4], raw, today)
        return day if isinstance(day, Fault) else DatetimeReading(_midnight(day.value), day.assumed)
    text, weekday = tidy(raw)
    if len(text) > _LONGEST:
        return Fault("F105", {"value": raw})
    date_text, time_text = split_time(text)
    read = _read_day(date_text, raw, today)
    if isinstance(read, datetime):
        return DatetimeReading(read) if not time_text else Fault("F105", {"value": raw})
    if isinstance(read, Fault):
        return read
    assumed = read.assumed
    if weekday is not None and read.value.weekday() != weekday:
        assumed = _WRONG_WEEKDAY
    moment = _midnight(read.value)
    if not time_text:
        return DatetimeReading(moment, assumed)
    return _add_time(moment, time_text, raw, assumed)


def from_serial(number: float | Decimal) -> date | datetime:
    """The date of an Excel serial number (1900 system), or the moment, to the second, if it has a fraction.

    Raises:
        ValueError: The number is not between 1 and 2958465, or is 60, the 29 February 1900 that never was.
    """
    if not 1 <= number < _LAST_SERIAL + 1 or int(number) == _LEAP_BUG:
        raise ValueError(f"not a serial number of a date: {number}")
    whole = int(number)
    seconds = round((number - whole) * 86400)
    if whole == _LAST_SERIAL:
        seconds = min(seconds, 86399)
    moment = _SERIAL_EPOCH + timedelta(days=whole + (whole < _LEAP_BUG), seconds=seconds)
    return moment if number != whole else moment.date()


def is_date_part(text: str, before: str) -> bool:
    """Whether a cell goes on with a date whose parts stand in cells of their own: 2026 年 3 月 5 日.

    Args:
        before: What the cell before it holds.
    """
    return text in ("年", "月", "日") or (text.isdecimal() and before.strip() in ("年", "月"))


def in_china(moment: datetime) -> datetime:
    """The moment without zone, as the wall clock in China shows it; one without a zone is taken for that already."""
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(timezone(_CHINA_OFFSET)).replace(tzinfo=None)
    except OverflowError:  # at the ends of the calendar
        return moment.replace(tzinfo=None)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _iso(text: str) -> date | None:
    """The date of a plain 2026-11-21, which most values are; None for anything else."""
    if len(text) == 10 and text[4] == "-" and text[7] == "-" and text[0] in "12" and text.isascii():
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return None


def _read_number(number: float | Decimal, today: date) -> DatetimeReading | Fault:
    """What a number from a cell means: a serial number, 20261121, or year and month of 2026.11."""
    is_number = not isinstance(number, bool) and (not isinstance(number, Decimal) or number.is_finite())
    if not is_number or not 1 <= number < 10**8:
        return Fault("F105", {"value": number})
    if _SERIAL_RANGE[0] <= number <= _SERIAL_RANGE[1]:
        value = from_serial(number)
        return DatetimeReading(value if isinstance(value, datetime) else _midnight(value))
    return parse_datetime(format(number, ".15g"), today=today)


def tidy(raw: str) -> tuple[str, int | None]:
    """The text in half width with digits for Chinese numerals, and the weekday (0 is Monday) that stood in it."""
    text = half_width(clean(raw)).translate(_PUNCTUATION)
    weekday = None
    if not text.isascii() and len(text) <= _LONGEST:
        if (found := _WEEKDAY.search(text)) is not None:
            weekday = _WEEKDAYS[found[1]]
            text = (text[: found.start()] + " " + text[found.end() :]).strip()
        text = _CHINESE_NUMBER.sub(_digits, text).replace("号", "日")
    return text, weekday


def _digits(found: re.Match[str]) -> str:
    """二〇二六 → 2026, 十一 → 11, 贰拾壹 → 21; nonsense such as 十十 is left as it stands."""
    text = found[0].replace("拾", "十").replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return "".join(str(_NUMERALS[char]) for char in text)
    tens, _, ones = text.partition("十")
    tens, ones = tens.lstrip("零〇○"), ones.lstrip("零〇○")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return found[0]
    return str((_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0))


def split_time(text: str) -> tuple[str, str]:
    """The date part without blanks around its signs, and the time part in lower case without blanks."""
    found = _TIME_START.search(text)
    if found is None:
        return _GAPS.sub(r"\1", text).strip(), ""
    date_text = text[: found.start()].rstrip(" ,").removesuffix("T").removesuffix("t")
    time_text = "".join(found[0].lower().split()).replace("a.m.", "am").replace("p.m.", "pm")
    return _GAPS.sub(r"\1", date_text).strip(), time_text


def _read_day(text: str, raw: str, today: date) -> DateReading | datetime | Fault:
    """The date in a tidied text; a moment only for serial numbers with a fraction."""
    if (found := _FULL.fullmatch(text)) is not None:
        return _build(found[1], found[2] or found[3], found[4], raw, today)
    if (found := _COMPACT.fullmatch(text)) is not None:
        return _build(found[1], found[2], found[3], raw, today)
    if (found := _MONTH_ONLY.fullmatch(text)) is not None:
        return _read_month(text, found, raw, today)
    if (found := _DAY_ONLY.fullmatch(text)) is not None:
        return _read_month_and_day(text, found, raw, today)
    if _SERIAL.fullmatch(text) is not None and _SERIAL_RANGE[0] <= Decimal(text) <= _SERIAL_RANGE[1]:
        value = from_serial(Decimal(text))
        return value if isinstance(value, datetime) else DateReading(value)
    return Fault("F105", {"value": raw})


def _read_month(text: str, found: re.Match[str], raw: str, today: date) -> DateReading | Fault:
    """The first of a month; 2026.1 may be a 2026.10 that a spreadsheet shortened."""
    year, month = found[1] or found[3], found[2] or found[4]
    if "." in text and month == "1":
        return Fault("F236", {"value": raw, "first": f"{year}-01", "second": f"{year}-10"})
    day = _build(year, month, "1", raw, today)
    return day if isinstance(day, Fault) else DateReading(day.value, NO_DAY)


def _read_month_and_day(text: str, found: re.Match[str], raw: str, today: date) -> DateReading | Fault:
    """A day of this year; 3.1 may be a shortened 3.10, and 26/3 a year and a month."""
    month, day = found[1], found[2] or found[3]
    if "." in text and day in ("1", "2", "3"):
        first, second = f"{today.year}-{month:0>2}-{day:0>2}", f"{today.year}-{month:0>2}-{day:0<2}"
        return Fault("F236", {"value": raw, "first": first, "second": second})
    if found[3] and int(month) > 12 and 1 <= int(day) <= 12:
        first, second = f"{_full_year(int(month), today)}-{day:0>2}", f"{today.year}-{day:0>2}-{month:0>2}"
        return Fault("F236", {"value": raw, "first": first, "second": second})
    read = _build(str(today.year), month, day, raw, today)
    return read if isinstance(read, Fault) else DateReading(read.value, _NO_YEAR)


def _build(year_text: str, month_text: str, day_text: str, raw: str, today: date) -> DateReading | Fault:
    """The date of three numbers, or the reason why there is none."""
    year, month, day = int(year_text), int(month_text), int(day_text)
    is_short = len(year_text) == 2
    if is_short:
        year = _full_year(year, today)
    if not 1000 <= year <= 2999:
        return Fault("F105", {"value": raw})
    if not 1 <= month <= 12:
        return Fault("F232", {"value": raw, "month": month})
    if not 1 <= day <= 31:
        return Fault("F233", {"value": raw, "day": day})
    days = calendar.monthrange(year, month)[1]
    if day > days:
        return Fault("F231", {"value": raw, "year": year, "month": month, "days": days})
    return DateReading(date(year, month, day), _READ_AS if is_short else None)


def _full_year(short: int, today: date) -> int:
    year = today.year // 100 * 100 + short
    return year if year <= today.year + _CENTURY_AHEAD else year - 100


def _add_time(day: datetime, text: str, raw: str, assumed: str | None) -> DatetimeReading | Fault:
    """The day with the time of a compact lower-case text; a zone other than China's is converted."""
    fault = Fault("F234", {"value": raw})
    found = TIME.fullmatch(text)
    if found is None:
        return fault
    hour = hour_of(int(found["hour"]), found["before"] or found["after"])
    minute = 30 if found["half"] else int(found["minute"] or 0)
    second = int(found["second"] or 0)
    if hour is None or hour > 23 or minute > 59 or second > 59:
        return fault
    moment = day.replace(hour=hour, minute=minute, second=second)
    shift = _CHINA_OFFSET - _offset(found["zone"])
    if not shift:
        return DatetimeReading(moment, assumed)
    return DatetimeReading(moment + shift, assumed or _READ_AS)


def hour_of(hour: int, period: str | None) -> int | None:
    """The hour of the 24-hour clock; None where the part of the day contradicts it or leaves the date open."""
    if period is None or (hour > 12 and period not in _MORNING):
        return hour
    if period in _MORNING:
        return hour % 12 if hour <= 12 else None
    if period in _EVENING and (hour == 12 or hour < 5):
        return None
    if period == "中午" and hour >= 11:
        return hour
    return hour % 12 + 12


def _offset(zone: str | None) -> timedelta:
    """Hours east of UTC of `z` or `+08:00`; China's where no zone is written."""
    if zone is None:
        return _CHINA_OFFSET
    if zone == "z":
        return timedelta()
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return timedelta(minutes=-minutes if zone[0] == "-" else minutes)
