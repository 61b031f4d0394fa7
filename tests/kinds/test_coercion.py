"""What people type becomes a typed value, or a fault that says why not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danju import kinds
from danju.issues import Fault
from danju.kinds.coercion import coerce, default_of
from danju.model.field import MISSING, Field, Kind, Option
from danju.model.kind_answers import Coerced
from danju.values.months import Month
from danju.values.numbers import HeadedNumber

TODAY = date(2026, 6, 30)
GRADES = (
    Option("优良", "优良", ("优",), {"score": Decimal(90)}),
    Option("良好", "良好"),
    Option("一般", "一般（普通）"),
)


def typed(raw: object, kind: Kind = kinds.TEXT, **more: object) -> Coerced:
    """The outcome for a field of that kind."""
    options = GRADES if kind in (kinds.CHOICE, kinds.CHOICES) else ()
    return coerce(raw, Field("f", kind, "栏", options=options, **more), TODAY)  # type: ignore[arg-type]


def shown(outcome: Coerced) -> object:
    """The value, or the codes of the errors that prevent it."""
    return outcome.value if outcome.value is not None else [fault.code for fault in outcome.faults] or None


DAY = date(2026, 3, 18)
MOMENT = datetime(2026, 3, 18, 9, 30)


@pytest.mark.parametrize(
    ("kind", "raw", "result"),
    [
        (kinds.TEXT, "  甲　", "甲"),
        (kinds.TEXT, "甲\n乙", "甲 乙"),
        (kinds.TEXT, "甲\t乙", "甲 乙"),
        (kinds.TEXT, 85, "85"),
        (kinds.TEXT, 85.0, "85"),
        (kinds.TEXT, 0.1, "0.1"),
        (kinds.TEXT, Decimal("1.50"), "1.50"),
        (kinds.TEXT, True, "是"),
        (kinds.TEXT, DAY, "2026-03-18"),
        (kinds.TEXT, MOMENT, "2026-03-18 09:30"),
        (kinds.TEXT, datetime(2026, 3, 18), "2026-03-18"),
        (kinds.TEXT, time(9, 30), "09:30:00"),
        (kinds.TEXT, float("inf"), "inf"),
        (kinds.TEXT, ["甲"], ["F116"]),
        (kinds.TEXT, {"a": 1}, ["F116"]),
        (kinds.TEXT, "无", "无"),
        (kinds.INTEGER, "3", 3),
        (kinds.INTEGER, "１，２００", 1200),
        (kinds.INTEGER, 3.0, 3),
        (kinds.INTEGER, 3.5, ["F111"]),
        (kinds.INTEGER, "三个", ["F107"]),
        (kinds.INTEGER, True, ["F107"]),
        (kinds.INTEGER, DAY, ["F107"]),
        (kinds.INTEGER, timedelta(1), ["F107"]),
        (kinds.INTEGER, [3], ["F116"]),
        (kinds.NUMBER, 19.99, Decimal("19.99")),
        (kinds.NUMBER, Decimal("1.10"), Decimal("1.10")),
        (kinds.NUMBER, "0", Decimal(0)),
        (kinds.NUMBER, "无", ["F130"]),
        (kinds.NUMBER, float("nan"), ["F107"]),
        (kinds.DATE, DAY, DAY),
        (kinds.DATE, MOMENT, DAY),
        (kinds.DATE, "2026.3.18", DAY),
        (kinds.DATE, 46099, DAY),
        (kinds.DATE, "2026-02-30", ["F231"]),
        (kinds.DATE, "随时", ["F105"]),
        (kinds.DATE, True, ["F105"]),
        (kinds.DATE, time(9), ["F105"]),
        (kinds.DATE, [DAY], ["F116"]),
        (kinds.DATETIME, MOMENT, MOMENT),
        (kinds.DATETIME, DAY, datetime(2026, 3, 18)),
        (kinds.DATETIME, "2026年3月18日 9:30", MOMENT),
        (kinds.DATETIME, "2026-03-18T09:30", MOMENT),
        (kinds.DATETIME, False, ["F105"]),
        (kinds.DATETIME, "随时", ["F105"]),
        (kinds.BOOLEAN, True, True),
        (kinds.BOOLEAN, "√", True),
        (kinds.BOOLEAN, "Ｙ", True),
        (kinds.BOOLEAN, 1, True),
        (kinds.BOOLEAN, 0.0, False),
        (kinds.BOOLEAN, "无", False),
        (kinds.BOOLEAN, "×", False),
        (kinds.BOOLEAN, "也许", ["F126"]),
        (kinds.BOOLEAN, DAY, ["F126"]),
        (kinds.CHOICE, "优良", "优良"),
        (kinds.CHOICE, "优", "优良"),
        (kinds.CHOICE, "一般（普通）", "一般"),
        (kinds.CHOICE, "□优良 ☑良好 □一般（普通）", "良好"),
        (kinds.CHOICE, "优良√ 良好□", "优良"),
        (kinds.CHOICE, "□优良 □良好", None),
        (kinds.CHOICE, "☑优良 ☑良好", ["F125"]),
        (kinds.CHOICE, "优良、良好", ["F125"]),
        (kinds.CHOICE, "很好", ["F104"]),
        (kinds.CHOICE, 85, ["F104"]),
        (kinds.CHOICES, "良好、优良", ["优良", "良好"]),
        (kinds.CHOICES, ["良好", "优良", "良好"], ["优良", "良好"]),
        (kinds.CHOICES, "☑优良 □良好", ["优良"]),
        (kinds.CHOICES, "☐优良", None),
        (kinds.CHOICES, [], None),
        (kinds.CHOICES, ["很好"], ["F104"]),
        (kinds.CHOICES, "优良，很好", ["F104"]),
    ],
)
def test_every_kind_reads_every_raw_type(kind: Kind, raw: object, result: object) -> None:
    found = shown(typed(raw, kind))
    assert (found, type(found)) == (result, type(result))


@pytest.mark.parametrize("kind", [kind for kind in kinds.KINDS.values() if kind.is_single])
@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000\n"])
def test_nothing_stays_nothing(kind: Kind, raw: object) -> None:
    assert typed(raw, kind) == Coerced()


@pytest.mark.parametrize("kind", [kind for kind in kinds.KINDS.values() if kind.is_single])
@pytest.mark.parametrize("raw", ["—", "/", "N/A"])
def test_a_sign_for_nothing_is_empty_and_told(kind: Kind, raw: str) -> None:
    assert typed(raw, kind) == Coerced(None, [Fault("F130", {"value": raw})])


@pytest.mark.parametrize(
    ("raw", "more", "result"),
    [
        ("未办结", {"kind": kinds.DATE, "empty_words": ("未办结",)}, None),
        ("未 办结：", {"kind": kinds.DATE, "empty_words": ("未办结",)}, None),
        ("无", {"empty_words": ("无",)}, ["F130"]),
        ("长期", {"kind": kinds.DATE, "words": ("长期",)}, "长期"),
        ("-", {"words": ("-",)}, "-"),
    ],
)
def test_words_for_nothing_and_words_that_are_kept(raw: str, more: dict[str, object], result: object) -> None:
    assert shown(typed(raw, **more)) == result  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "more", "code"),
    [
        ("甲乙丙丁", {"max_length": 3}, "F108"),
        ("甲" * 32_768, {}, "F108"),
        ("甲", {"min_length": 2}, "F109"),
        ("11", {"kind": kinds.NUMBER, "maximum": Decimal(10)}, "F110"),
        ("-1", {"kind": kinds.NUMBER, "minimum": Decimal(0)}, "F110"),
        ("1.234", {"kind": kinds.NUMBER, "decimals": 2}, "F128"),
        ("12345678901234567.5", {"kind": kinds.NUMBER}, "F148"),
        ("3件", {"kind": kinds.NUMBER, "unit": "吨"}, "F127"),
        ("甲\x07乙", {}, "F112"),
        ("\ud800", {}, "F112"),
        ("12345", {"format": "mobile"}, "F210"),
        (DAY, {"format": "mobile"}, "F117"),
        (True, {"format": "credit-code"}, "F117"),
    ],
)
def test_limits_are_kept(raw: object, more: dict[str, object], code: str) -> None:
    outcome = typed(raw, **more)  # type: ignore[arg-type]
    assert outcome.value is None
    assert [fault.code for fault in outcome.faults] == [code]


@pytest.mark.parametrize(
    ("raw", "more", "code", "value"),
    [
        ("=1+1", {}, "F123", "=1+1"),
        ("+86 甲", {}, "F123", "+86 甲"),
        ("甲\u202e乙", {}, "F113", "甲乙"),
        ("甲\n乙\t丙", {}, "F140", "甲 乙 丙"),
        (True, {}, "F138", "是"),
        (DAY, {}, "F144", "2026-03-18"),
        ("１，２００", {"kind": kinds.INTEGER}, "F138", 1200),
        ("1500吨", {"kind": kinds.NUMBER, "unit": "吨"}, "F138", Decimal(1500)),
        ("￥12.50", {"kind": kinds.NUMBER, "unit": "元"}, "F138", Decimal("12.50")),
        ("200万元", {"kind": kinds.NUMBER, "unit": "元"}, "F124", Decimal(2000000)),
        ("—5", {"kind": kinds.NUMBER}, "F124", Decimal(-5)),
        ("２０２６．３．１８", {"kind": kinds.DATE}, "F138", DAY),
        (MOMENT, {"kind": kinds.DATE}, "F124", DAY),
        (datetime(2026, 3, 18, 1, 30, tzinfo=UTC), {"kind": kinds.DATETIME}, "F124", MOMENT),
        (datetime(2026, 3, 17, 16, tzinfo=UTC), {"kind": kinds.DATE}, "F124", DAY),
        ("有", {"kind": kinds.BOOLEAN}, "F138", True),
        ("1", {"kind": kinds.BOOLEAN}, "F138", True),
        (" 优良", {"kind": kinds.CHOICE}, "F138", "优良"),
        ("☑优良", {"kind": kinds.CHOICE}, "F138", "优良"),
        ("优良√", {"kind": kinds.CHOICE}, "F138", "优良"),
        ("優良", {"kind": kinds.CHOICE}, "F139", "优良"),
        ("优良√ 很满意", {"kind": kinds.CHOICE}, "F143", "优良"),
        ("优良（60分）", {"kind": kinds.CHOICE}, "F124", "优良"),
        ("优、良好", {"kind": kinds.CHOICES}, "F124", ["优良", "良好"]),
        ("９１１１００００６０００３７３４１Ｌ", {"format": "credit-code"}, "F138", "91110000600037341L"),
        ("91110000600O37341L", {"format": "credit-code"}, "F141", "91110000600037341L"),
        ("1101O519491231002X", {"format": "resident-id"}, "F141", "11010519491231002X"),
        ("771-3210088", {"format": "phone"}, "F142", "0771-3210088"),
        ("（771）3210088", {"format": "phone"}, "F142", "0771-3210088"),
        ("7713210088", {"format": "phone"}, "F142", "0771-3210088"),
        (10000.0, {"format": "postcode"}, "F220", "010000"),
        ("3/18", {"kind": kinds.DATE}, "F121", DAY),
        ("2026年3月", {"kind": kinds.DATE}, "F122", date(2026, 3, 1)),
        ("3000万", {"kind": kinds.NUMBER, "unit": "万元"}, "F124", Decimal(3000)),
        ("优", {"kind": kinds.CHOICE}, "F124", "优良"),
        (7713210088, {"format": "phone"}, "F220", "0771-3210088"),
    ],
)
def test_what_was_assumed_is_told(raw: object, more: dict[str, object], code: str, value: object) -> None:
    outcome = typed(raw, **more)  # type: ignore[arg-type]
    assert (outcome.value, [fault.code for fault in outcome.faults]) == (value, [code])


@pytest.mark.parametrize(
    ("raw", "more", "value"),
    [
        (" 甲 ", {}, "甲"),
        ("1,500", {"kind": kinds.NUMBER, "unit": "吨"}, Decimal(1500)),
        ("1,500 吨", {"kind": kinds.NUMBER, "unit": "吨"}, Decimal(1500)),
        (HeadedNumber("200万元"), {"kind": kinds.NUMBER, "unit": "元"}, Decimal(2000000)),
        ("2026.3.18", {"kind": kinds.DATE}, DAY),
        ("二〇二六年三月十八日", {"kind": kinds.DATE}, DAY),
        (46099, {"kind": kinds.DATE}, DAY),
        (datetime(2026, 3, 18), {"kind": kinds.DATE}, DAY),
        (
            datetime(2026, 3, 18, 1, 30, tzinfo=timezone(timedelta(hours=8))),
            {"kind": kinds.DATETIME},
            MOMENT.replace(hour=1),
        ),
        ("√", {"kind": kinds.BOOLEAN}, True),
        ("优良", {"kind": kinds.CHOICE}, "优良"),
        ("☐优良 ☑良好 ☐一般（普通）", {"kind": kinds.CHOICE}, "良好"),
        ("☐优良 90　☑良好　☐一般（普通）", {"kind": kinds.CHOICE}, "良好"),
        ("良好、优良", {"kind": kinds.CHOICES}, ["优良", "良好"]),
        ("9111 0000 6000 37341l", {"format": "credit-code"}, "91110000600037341L"),
        ("+86 139-0771-0001", {"format": "mobile"}, "13907710001"),
        ("(0771) 3210088", {"format": "phone"}, "0771-3210088"),
    ],
)
def test_mere_notation_is_read_in_silence(raw: object, more: dict[str, object], value: object) -> None:
    assert typed(raw, **more) == Coerced(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [914500000600037341.0, Decimal(914500000600037000)])
def test_a_text_that_a_spreadsheet_shortened_as_a_number_is_refused(number: object) -> None:
    assert shown(typed(number)) == ["F219"]


def test_line_breaks_stay_in_texts_that_have_lines() -> None:
    assert typed("甲 \r\n乙", multiline=True).value == "甲\n乙"


def test_the_nearest_option_is_offered() -> None:
    (fault,) = typed("良好的", kinds.CHOICE).faults
    assert ("良好" in str(fault.values["hint"]), fault.values["options"]) == (True, "优良、良好、一般（普通）")


@pytest.mark.parametrize(
    ("kind", "default", "value"),
    [
        (kinds.TEXT, "", ""),
        (kinds.TEXT, "无", "无"),
        (kinds.NUMBER, 1.5, Decimal("1.5")),
        (kinds.INTEGER, 3, 3),
        (kinds.DATE, "2026-03-18", DAY),
        (kinds.BOOLEAN, False, False),
        (kinds.CHOICE, "优良", "优良"),
        (kinds.TEXT, MISSING, None),
    ],
)
def test_defaults_are_typed(kind: Kind, default: object, value: object) -> None:
    options = GRADES if kind is kinds.CHOICE else ()
    found = default_of(Field("f", kind, "栏", default=default, options=options))
    assert (found, type(found)) == (value, type(value))


ANYTHING = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.dates() | st.datetimes() | st.times()
    | st.text() | st.lists(st.text(max_size=3), max_size=3)
)  # fmt: skip


@given(raw=ANYTHING, kind=st.sampled_from([kind for kind in kinds.KINDS.values() if kind.is_single]))
def test_reading_never_raises_and_gives_a_value_of_its_kind(raw: object, kind: Kind) -> None:
    python = {
        kinds.TEXT: str, kinds.CHOICE: str, kinds.CHOICES: list, kinds.INTEGER: int, kinds.NUMBER: Decimal,
        kinds.DATE: date, kinds.DATETIME: datetime, kinds.BOOLEAN: bool, kinds.MONTH: Month, kinds.TIME: time,
    }  # fmt: skip
    value = typed(raw, kind).value
    assert value is None or type(value) is python[kind]
