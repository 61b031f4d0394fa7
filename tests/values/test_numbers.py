"""Numbers as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danju.issues import Fault
from danju.values.numbers import NumberReading, decimal_from_float, parse_decimal


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("1500", None, "1500"),
        ("1500吨", "吨", "1500"),
        ("1500 T", "吨", "1500"),
        ("1500公吨", "t", "1500"),
        ("1，500", "吨", "1500"),
        ("１,５００．５", "吨", "1500.5"),
        ("1 200", None, "1200"),
        ("￥1,200.50元", "元", "1200.50"),
        ("人民币 1200元整", "元", "1200"),
        ("-¥5", "元", "-5"),
        ("−5", None, "-5"),
        ("负5", None, "-5"),
        ("3000万元", "万元", "3000"),
        ("85%", "%", "85"),
        ("８５％", "%", "85"),
        ("12㎡", "平方米", "12"),
        ("3个工作日", "工作日", "3"),
        ("95 分", "分", "95"),
        (".5", None, "0.5"),
        (7, "吨", "7"),
        (19.99, "元", "19.99"),
        (Decimal("1.10"), "元", "1.10"),
    ],
)
def test_usual_forms_are_read_in_silence(raw, unit, value):
    read = parse_decimal(raw, unit)
    assert (str(read.value), read.repaired) == (value, False)


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("200万元", "元", "2000000"),
        ("3000万", "万元", "3000"),
        ("3000万", "元", "30000000"),
        ("30000000元", "万元", "3000"),
        ("￥30,000元", "万元", "3"),
        ("1.2亿元", "万元", "12000"),
        ("3万吨", "吨", "30000"),
        ("3万", None, "30000"),
        ("3万", "千克", "30000"),
        ("200万", "百万元", "2"),
        ("3吨", "千克", "3000"),
        ("2万件", "件", "20000"),
        ("500公斤", "吨", "0.5"),
        ("85%", None, "0.85"),
        ("(1,200)", "元", "-1200"),
        ("（1，200）", "元", "-1200"),
        ("12。5", None, "12.5"),
        ("1.5E+08", "元", "150000000"),
        ("壹仟元整", "元", "1000"),
        ("叁仟万元整", "万元", "3000"),
    ],
)
def test_conversions_are_told(raw, unit, value):
    read = parse_decimal(raw, unit)
    assert (str(read.value), read.repaired) == (value, True)


@pytest.mark.parametrize(
    ("raw", "unit", "found"),
    [
        ("12吨", "元", "吨"),
        ("5件", "个", "件"),
        ("￥5", "吨", "¥"),
        ("￥30", "万元", "¥"),
        ("3w", "元", "w"),
        ("1元5角", "元", "元5角"),
    ],
)
def test_units_that_do_not_belong_are_named(raw, unit, found):
    assert parse_decimal(raw, unit) == Fault("F127", {"value": raw, "found": found, "unit": unit})


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "abc",
        "1,2000",
        "12,34",
        "12 5",
        "1.2.3",
        "12.",
        "10²",
        "٣",
        "1_000",
        "(-5)",
        "约5",
        "9" * 200,
        "5吨",
        True,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
    ],
)
def test_what_is_no_number_is_refused(raw):
    assert parse_decimal(raw, None).code == "F107"


def test_the_refusal_names_the_unit():
    assert str(parse_decimal("abc", "吨").values["unit"]) == "（单位：吨）"


@pytest.mark.parametrize(
    ("number", "seen"),
    [(19.99, "19.99"), (3000.0, "3000"), (0.1 + 0.2, "0.3"), (1e22, "1" + "0" * 22), (-0.0, "0"), (1e-7, "1E-7")],
)
def test_floats_become_what_a_person_sees(number, seen):
    assert str(decimal_from_float(number)) == seen


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_floats_that_are_no_number_are_refused(number):
    with pytest.raises(ValueError, match="finite"):
        decimal_from_float(number)


@given(st.decimals(-(10**12), 10**12, places=4))
def test_every_number_reads_back_plain_grouped_and_converted(number):
    assert parse_decimal(f"{number}", None) == NumberReading(number)
    assert parse_decimal(f"{number:,}元", "元") == NumberReading(number)
    assert parse_decimal(f"{number:,}元", "万元").value == number / 10000
    assert parse_decimal(f"{number}万元", "元").value == number * 10000


@given(st.decimals(-(10**8), 10**8, places=4))
def test_floats_of_up_to_twelve_digits_lose_nothing(number):
    assert decimal_from_float(float(number)) == number


@given(
    st.text() | st.text("0123456789,.-+()%¥eE万亿元吨 整", max_size=10),
    st.sampled_from([None, "元", "万元", "吨", "%"]),
)
def test_reading_never_raises(raw, unit):
    assert isinstance(parse_decimal(raw, unit), NumberReading | Fault)
