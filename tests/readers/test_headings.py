"""Headings as people write them."""

from __future__ import annotations

import pytest
from tests.readers.builders import OPENING, VISIT, day, form, group, number, table, text

from danju.readers.meaning.headings import compile_headings, is_counter

VISITS = compile_headings(VISIT.record_type)
OPENINGS = compile_headings(OPENING.record_type)


def paths(headings: object, heading: str, group: str = "") -> list[str]:
    """Property paths that a heading means."""
    return [target.path() for target in headings.resolve(heading, group)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("客户单位名称", "customer_name"),
        ("客户 单位\n名称：", "customer_name"),
        ("＊客户名称", "customer_name"),
        ("customer_name", "customer_name"),
        ("法人(负责人)", "legal_representative"),
        ("质量（必填）", "quality"),
        ("1、客户名称", "customer_name"),
        ("一、客户名称", "customer_name"),
        ("联系人", "contacts"),
        ("联系人电话", "contacts[0].phone"),
        ("联系人的手机", "contacts[0].mobile"),
        ("联系人-职务", "contacts[0].title"),
        ("职务", "contacts[0].title"),
        ("联系人1", "contacts"),
        ("手机2", "contacts[1].mobile"),
        ("姓名(3)", "contacts[2].name"),
        ("姓名（二）", "contacts[1].name"),
        ("第二联系人电话", "contacts[1].phone"),
        ("联系人3手机", "contacts[2].mobile"),
        ("contacts.name", "contacts[0].name"),
        ("contacts[0].phone", "contacts[0].phone"),
        ("contacts.1.name", "contacts[1].name"),
    ],
)
def test_a_heading_names_its_field(heading: str, path: str) -> None:
    assert paths(VISITS, heading) == [path]


@pytest.mark.parametrize("heading", ["", "天气", "客户", "contacts.weather", "联系人0", "合计", "2026", "名" * 100])
def test_other_words_name_nothing(heading: str) -> None:
    assert paths(VISITS, heading) == []


def test_a_composite_heading_names_every_part() -> None:
    assert paths(VISITS, "手机/电话") == ["contacts[0].mobile", "contacts[0].phone"]
    assert paths(VISITS, "电话、手机") == ["contacts[0].phone", "contacts[0].mobile"]
    assert paths(VISITS, "联系人手机/电话") == ["contacts[0].mobile", "contacts[0].phone"]


def test_a_group_heading_that_is_a_table_decides_the_member() -> None:
    assert paths(OPENINGS, "电话") == ["invoice_phone"]
    assert paths(OPENINGS, "电话", "联系人") == ["contacts[0].phone"]
    assert paths(OPENINGS, "电话", "联系人2") == ["contacts[1].phone"]


def test_a_group_heading_that_is_no_field_is_ignored() -> None:
    assert paths(VISITS, "质量", "用户意见") == ["quality"]


def test_a_member_unknown_to_its_table_is_unknown() -> None:
    assert paths(VISITS, "走访人", "联系人") == []


def test_a_group_takes_a_plain_value_as_its_value_member() -> None:
    assert paths(OPENINGS, "销售部审核意见") == ["sales_review.opinion"]
    assert paths(OPENINGS, "销售部审核日期") == ["sales_review.date"]
    assert paths(OPENINGS, "签名", "财务部审核") == ["finance_review.signer"]


def test_a_member_name_shared_by_several_groups_names_nothing_alone() -> None:
    assert paths(OPENINGS, "签名") == []


def test_the_exact_label_wins_over_an_alias() -> None:
    both = form("x", "X", text("code", "信用代码", "税号"), text("tax_id", "税号"))
    assert paths(compile_headings(both.record_type), "税号") == ["tax_id"]


def test_a_differing_unit_is_kept() -> None:
    (same,) = OPENINGS.resolve("注册资本（万元）")
    (other,) = OPENINGS.resolve("注册资本（元）")
    assert (same.unit, other.unit) == ("", "元")


def test_a_unit_below_its_heading_belongs_to_it() -> None:
    (target,) = OPENINGS.resolve("（元）".strip("（）"), "注册资本")
    assert (target.path(), target.unit) == ("registered_capital", "元")


@pytest.mark.parametrize("heading", ["序号", "No.", "行号", "ＮＯ", "# "])
def test_counters_are_known(heading: str) -> None:
    assert is_counter(heading)


def test_the_nearest_label_is_the_hint() -> None:
    assert str(VISITS.hint("客户单位名")) == "是否指“客户单位名称”？"
    assert VISITS.hint("天气") == ""


def test_two_tables_with_the_same_member_need_their_own_name() -> None:
    twice = form(
        "x", "X", table("goods", "货物", [text("name", "名称")]), table("people", "人员", [text("name", "名称")])
    )
    headings = compile_headings(twice.record_type)
    assert paths(headings, "名称") == []
    assert paths(headings, "人员名称") == ["people[0].name"]
    assert paths(headings, "名称", "货物") == ["goods[0].name"]


def test_a_group_does_not_hide_a_field_of_the_record() -> None:
    record = form("x", "X", day("made_on", "日期"), group("review", "审核"), number("amount", "金额", unit="元"))
    assert paths(compile_headings(record.record_type), "日期") == ["made_on"]
