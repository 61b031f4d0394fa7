"""Values as the paper shows them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from danju import kinds
from danju.model.field import Field, Option
from danju.values.display import display_anything, display_number

OPTIONS = (Option("优", "优（90 分）"), Option("良", "良"))


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (Field("f", kinds.TEXT, "栏"), "第一行\n第二行", "第一行\n第二行"),
        (Field("f", kinds.TEXT, "栏"), None, ""),
        (Field("f", kinds.DATE, "栏"), date(2026, 3, 8), "2026年3月8日"),
        (Field("f", kinds.DATE, "栏", words=("长期",)), "长期", "长期"),
        (Field("f", kinds.DATETIME, "栏"), datetime(2026, 3, 8, 9, 5), "2026年3月8日 09:05"),
        (Field("f", kinds.INTEGER, "栏"), 1234567, "1,234,567"),
        (Field("f", kinds.INTEGER, "栏"), 0, "0"),
        (Field("f", kinds.NUMBER, "栏", unit="万元"), Decimal("1200.50"), "1,200.5 万元"),
        (Field("f", kinds.NUMBER, "栏", decimals=2), Decimal("-0.005"), "-0.01"),
        (Field("f", kinds.NUMBER, "栏"), Decimal("3E+3"), "3,000"),
        (Field("f", kinds.BOOLEAN, "栏"), True, "是"),
        (Field("f", kinds.BOOLEAN, "栏"), False, "否"),
        (Field("f", kinds.CHOICE, "栏", options=OPTIONS), "优", "优（90 分）"),
        (Field("f", kinds.CHOICES, "栏", options=OPTIONS), ["良", "优"], "优（90 分）、良"),
    ],
)
def test_a_value_is_shown_as_offices_write_it(field: Field, value: object, text: str) -> None:
    assert field.kind.display(field, value) == text


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        ("0.10", None, "0.1"),
        ("100", None, "100"),
        ("1E-7", None, "0.0000001"),
        ("2.5", 2, "2.50"),
        ("2.665", 2, "2.67"),
    ],
)
def test_numbers_are_grouped_and_never_in_powers(number: str, decimals: int | None, text: str) -> None:
    assert display_number(Decimal(number), decimals) == text


def test_running_text_leaves_words_alone() -> None:
    assert display_anything("甲") == "甲"
