"""Amounts in capitals after 《正确填写票据和结算凭证的基本规定》."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danju.values.amounts import parse_rmb_upper, rmb_upper

VECTORS = [
    ("1409.50", "壹仟肆佰零玖元伍角"),
    ("6007.14", "陆仟零柒元壹角肆分"),
    ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
    ("107000.53", "壹拾万柒仟元零伍角叁分"),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
    ("325.04", "叁佰贰拾伍元零肆分"),
    ("100000", "壹拾万元整"),
    ("309825", "叁拾万玖仟捌佰贰拾伍元整"),
    ("0", "零元整"),
    ("0.05", "伍分"),
    ("0.5", "伍角"),
    ("0.53", "伍角叁分"),
    ("10", "壹拾元整"),
    ("100.05", "壹佰元零伍分"),
    ("100000001", "壹亿零壹元整"),
    ("100005000", "壹亿零伍仟元整"),
    ("105000000", "壹亿零伍佰万元整"),
    ("1050000000", "壹拾亿伍仟万元整"),
    ("1000000000000", "壹万亿元整"),
    ("1000100000000", "壹万零壹亿元整"),
    ("-12.30", "负壹拾贰元叁角"),
    ("12345.60", "壹万贰仟叁佰肆拾伍元陆角"),
]


@pytest.mark.parametrize(("amount", "capitals"), VECTORS)
def test_amounts_are_written_as_the_rule_says(amount, capitals):
    assert rmb_upper(Decimal(amount)) == capitals


@pytest.mark.parametrize(("amount", "capitals"), VECTORS)
def test_what_is_written_can_be_read(amount, capitals):
    assert parse_rmb_upper(capitals) == Decimal(amount)


@pytest.mark.parametrize(
    ("capitals", "amount"),
    [
        ("壹仟陆佰捌拾元叁角贰分", "1680.32"),
        ("壹拾万零柒仟元伍角叁分", "107000.53"),
        ("壹拾万零柒仟元零伍角叁分", "107000.53"),
        ("人民币壹万贰仟叁佰肆拾伍圆陆角正", "12345.60"),
        ("人民币（大写）：叁仟万元整", "30000000"),
        ("貳萬陸仟圓整", "26000"),
        ("零元零伍分", "0.05"),
        ("零元伍角", "0.5"),
        ("拾万元整", "100000"),
        ("壹佰元零角伍分", "100.05"),
        ("壹佰元零角零分", "100"),
        ("壹佰元伍角零分", "100.5"),
        ("壹 佰 元 整", "100"),
    ],
)
def test_the_other_allowed_forms_are_read_too(capitals, amount):
    assert parse_rmb_upper(capitals) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "整",
        "元整",
        "壹仟",
        "壹仟伍元",
        "壹零仟元",
        "壹佰仟元",
        "壹壹元",
        "负零元整",
        "壹亿亿元",
        "壹万万元",
        "1000元",
        "壹元贰分叁角",
    ],
)
def test_malformed_capitals_are_no_amount(text):
    assert parse_rmb_upper(text) is None


@pytest.mark.parametrize("amount", ["1.005", "1E16", "-10000000000000000", "NaN", "Infinity", "壹元"])
def test_what_capitals_cannot_say_is_refused(amount):
    with pytest.raises(ValueError, match=r"amount|decimals"):
        rmb_upper(amount)


def test_integers_texts_and_the_other_yuan_are_accepted():
    assert rmb_upper(8) == "捌元整"
    assert rmb_upper("8.500") == "捌元伍角"
    assert rmb_upper(8, yuan="圆") == "捌圆整"


@given(st.integers(-(10**18) + 1, 10**18 - 1) | st.integers(-(10**7), 10**7))
def test_every_amount_reads_back_from_its_capitals(cents):
    amount = Decimal(cents) / 100
    assert parse_rmb_upper(rmb_upper(amount)) == amount
    assert parse_rmb_upper("人民币" + rmb_upper(amount, yuan="圆")) == amount


@given(st.text("零壹贰叁拾佰仟万亿元角分整负", max_size=12))
def test_reading_any_capitals_never_raises_and_never_invents(text):
    amount = parse_rmb_upper(text)
    if amount is not None:
        written = rmb_upper(amount)
        assert set(written.replace("零", "")) - set("壹整") <= set(text)
