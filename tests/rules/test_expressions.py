"""Expressions of form files: what they give, what emptiness does to them, what they cannot reach."""

from __future__ import annotations

import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.builders import form, values_of

from danju.model.field import MISSING
from danju.rules.expressions import ExpressionFault, compile_expression, fill_text, names_in, names_of
from danju.rules.functions import FILTERS, FUNCTIONS

NAMES = {
    "n": Decimal("12.5"),
    "whole": 7,
    "word": "甲",
    "day": date(2026, 3, 18),
    "moment": datetime(2026, 3, 18, 9, 30),
    "now": datetime(2026, 3, 18, 12),
    "hour": datetime.time(datetime(2026, 3, 18, 8, 17)),
    "noon": datetime.time(datetime(2026, 3, 18, 12)),
    "rows": [{"amount": Decimal("1.10"), "name": "甲"}, {"amount": Decimal(2)}, {"name": "丙"}],
    "picked": ["甲", "乙"],
    "group": {"items": 3, "name": "张"},
}


def value(expression: str, **names: object) -> object:
    """The value over `NAMES` and these."""
    return compile_expression(expression)({**NAMES, **names})


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("n + whole", Decimal("19.5")),
        ("n * 0.1", Decimal("1.25")),
        ("0.1 + 0.2", Decimal("0.3")),
        ("0.1 + 0.2 == 0.3", True),
        ("n == 12.5", True),
        ("-0.5", Decimal("-0.5")),
        ("1 / 4", Decimal("0.25")),
        ("7 // 2", 3),
        ("whole % 4", 3),
        ("2 ** 10", 1024),
        ("'共' ~ whole", "共7"),
        ("word in picked", True),
        ("'丙' not in picked", True),
        ("'是' if n > 12 else '否'", "是"),
        ("day < moment | date", False),
        ("day.year", 2026),
        ("group.items + 1", 4),
        ("group.name", "张"),
        ("rows[1].amount", Decimal(2)),
        ("picked | join('、')", "甲、乙"),
        ("rows | map(attribute='name') | select | list | length", 2),
        ("word | default('无')", "甲"),
        ("gone | default('无')", "无"),
        ("gone or word", "甲"),
        ("not gone", True),
        ("1 if gone else 2", 2),
    ],
)
def test_expressions_give_exact_values(expression: str, result: object) -> None:
    found = value(expression)
    assert (found, type(found)) == (result, type(result))


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("workdays_after(day, 1)", date(2026, 3, 19)),
        ("workdays_after(moment, 3)", date(2026, 3, 23)),
        ("workdays_between(day, moment)", 0),
        ("days_between(day, '2026')", MISSING),
        ("days_between(day, moment)", 0),
        ("minutes_between(moment, now)", Decimal(150)),
        ("minutes_between(hour, noon)", Decimal(223)),
        ("minutes_between(hour, day)", MISSING),
        ("rmb_upper(n)", "壹拾贰元伍角"),
        ("n | rmb_upper", "壹拾贰元伍角"),
        ("grade(n, [[10, '一星'], [0, '普通'], [20, '二星']])", "一星"),
        ("grade(0.1, [[0.1, '够'], [0.2, '多']])", "够"),
        ("grade(-1, [[0, '普通']])", MISSING),
        ("lookup(word, {'甲': 1})", 1),
        ("lookup('丁', {'甲': 1})", MISSING),
        ("sum(rows, 'amount')", Decimal("3.10")),
        ("rows | sum('amount')", Decimal("3.10")),
        ("sum([1, 2])", Decimal(3)),
        ("mean(rows, 'amount')", Decimal("1.55")),
        ("[1, 2] | mean", Decimal("1.5")),
        ("mean([])", MISSING),
        ("count(rows)", 3),
        ("count(gone)", 0),
        ("filled(day)", 1),
        ("filled(gone, day, group.gone, gone.name)", 1),
        ("in_order(day, gone, moment)", True),
        ("in_order(moment, day)", True),
        ("in_order('2026-03-18', '2026-03-01')", False),
        ("in_order(gone)", True),
        ("distinct(rows, 'name')", True),
        ("distinct(['甲', '乙', '甲'])", False),
        ("distinct(gone)", True),
        ("min(n, whole)", 7),
        ("max(n, whole)", Decimal("12.5")),
        ("round(2.345, 2)", Decimal("2.35")),
        ("2.5 | round", Decimal(3)),
        ("round(word)", MISSING),
        ("day | month", "2026-03"),
        ("day | quarter", "2026年第1季度"),
        ("moment | year", "2026年"),
        ("moment | date", date(2026, 3, 18)),
        ("workdays_after(day, 0)", MISSING),
        ("1 / 0", MISSING),
        ("n / 0", MISSING),
        ("0 / 0", MISSING),
        ("n + word", MISSING),
    ],
)
def test_functions_and_filters(expression: str, result: object) -> None:
    assert value(expression) == result


def test_every_function_and_filter_has_its_example_above() -> None:
    marks = [mark for mark in test_functions_and_filters.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
    shown = " ".join(expression for expression, _ in marks[0].args[1])
    assert [name for name in FUNCTIONS if f"{name}(" not in shown] == []
    assert [name for name in FILTERS if f"| {name}" not in shown] == []


@pytest.mark.parametrize(
    "expression",
    [
        "gone",
        "gone + 1",
        "gone == 1",
        "1 == gone",
        "gone != ''",
        "gone >= day",
        "day <= gone",
        "gone.name",
        "gone.name.more",
        "group.gone",
        "gone in picked",
        "rows[9].amount",
        "sum(gone)",
        *(f"{name}(gone)" for name in sorted(FUNCTIONS.keys() - {"count", "filled", "in_order", "distinct"})),
        *(f"gone | {name}" for name in sorted(FILTERS)),
    ],
)
def test_what_needs_something_empty_has_no_value(expression: str) -> None:
    assert value(expression) is MISSING


@pytest.mark.parametrize(
    "expression",
    ["range(10**9)", "word.format(1)", "word.__class__()", "[].append(1)", "open('/etc/passwd')", "lipsum()", "n(1)"],
)
def test_nothing_but_our_functions_can_be_called(expression: str) -> None:
    with pytest.raises(ExpressionFault):
        compile_expression(expression)


@pytest.mark.parametrize("name", ["attr", "format", "center", "random", "pprint", "xmlattr", "batch", "tojson"])
def test_filters_that_reach_inside_or_blow_up_are_not_there(name: str) -> None:
    with pytest.raises(ExpressionFault, match=name):
        compile_expression(f"word | {name}")


@pytest.mark.parametrize(
    "expression", ["word.__class__", "word['__class__']", "n._exp", "rows | map(attribute='__class__') | first"]
)
def test_nothing_private_can_be_read(expression: str) -> None:
    assert value(expression) is MISSING


@pytest.mark.parametrize(
    "expression",
    [
        "10 ** 10 ** 10",
        "n ** 100000000",
        "'a' * 10 ** 9",
        "10 ** 9 * 'a'",
        "[1] * 10 ** 9",
        "'a' * 100000 * 100000",
        "'%1000000000d' % 1",
        "round(n, 10 ** 9)",
        "word * 200000",
    ],
)
def test_giant_results_are_refused_at_once(expression: str) -> None:
    start = time.process_time()
    assert value(expression) is MISSING
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "expression", ["(" * 400 + "1" + ")" * 400, "1" + " + 1" * 400, "a b", "", "1 }} {{ 2", "{% %}"]
)
def test_what_is_no_expression_is_told_as_such(expression: str) -> None:
    with pytest.raises(ExpressionFault):
        compile_expression(expression)


def test_names_leave_functions_out() -> None:
    assert names_in("sum(rows, 'amount') + 0.5 * max(n, other.n)") == {"rows", "n", "other"}


def test_choices_know_the_attributes_of_their_option(tmp_path: Path) -> None:
    fields = "{grade: {oneOf: [{const: 甲, x-score: 90.5, x-title: 头等}, {const: 乙}]}}"
    paper = form(tmp_path, fields)
    names = names_of(paper.record_type, values_of(paper, grade="甲"))
    assert compile_expression("grade.score / 2")(names) == Decimal("45.25")
    assert compile_expression("grade.title ~ grade")(names) == "头等甲"
    assert compile_expression("grade.upper")(names) is MISSING


def test_empty_fields_are_absent_at_every_depth(tmp_path: Path) -> None:
    paper = form(tmp_path, "{a: text, g: {x: text, y: text}, t: [{x: text, y: text}]}")
    names = names_of(paper.record_type, {"a": "", "g": {"x": "1", "y": None}, "t": [{"x": "1"}]})
    assert names == {"g": {"x": "1"}, "t": [{"x": "1"}]}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("兹有{{ word }}于{{ day }}来访", "兹有甲于2026年3月18日来访"),
        ("共{{ n * 100 }}元（{{ rmb_upper(n) }}）", "共1,250元（壹拾贰元伍角）"),
        ("至{{ moment }}", "至2026年3月18日 09:30"),
        ("空{{ gone }}{{ gone.more }}{{ rmb_upper(gone) }}。", "空。"),
        ("{{ lookup(word, {'甲': '一'}) }}", "一"),
        ("没有大括号\n", "没有大括号\n"),
    ],
)
def test_running_text_shows_values_as_paper_does(template: str, text: str) -> None:
    assert fill_text(template, NAMES) == text


@given(st.text("ab1.()[]{}|+-*/ '\"~<=>", max_size=30))
def test_any_text_either_compiles_to_a_value_or_is_refused(text: str) -> None:
    try:
        compiled = compile_expression(text)
    except ExpressionFault:
        return
    compiled({"a": Decimal(3), "b": "x"})
