"""Cleaning, folding and searching text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danju.values.text import bidi_controls, clean, first_illegal, fold, half_width, nearest, remove_bidi


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  广西化工 ", "广西化工"),
        ("\u3000广西\u3000化工\u3000", "广西\u3000化工"),
        ("\ufeff\u200b张三\u00a0\u200d", "张三"),
        ("第一行  \r\n第二行\t\r\n", "第一行\n第二行"),
        ("第一行_x000D_\n第二行_x000d_第三行", "第一行\n第二行\n第三行"),
        ("a\rb\n\nc", "a\nb\n\nc"),
        ("a\u2028b", "a\nb"),
        ("", ""),
        (" \u3000\n", ""),
    ],
)
def test_clean_removes_blanks_at_ends_but_keeps_inner_lines(typed, kept):
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("客户名称：", "客户名称"),
        ("* 客户 名称 *:", "客户名称"),
        ("客户名称★", "客户名称"),
        ("注册资本（万元）", "注册资本(万元)"),
        ("注册资本【万元】", "注册资本〔万元〕"),
        ("EMAIL", "ｅｍａｉｌ"),
        ("姓\n名", "姓名"),
        ("电话／手机", "电话/手机"),
        ("甲——乙", "甲-乙"),
        ("e\u0301", "é"),
    ],
)
def test_labels_typed_differently_fold_to_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("电话/手机", "电话、手机"), ("优良", "良好"), ("★", "★★")])
def test_labels_that_differ_in_meaning_stay_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_half_width_leaves_superscripts_and_circled_digits():
    assert half_width("１２（ｍ²）①\u3000￥") == "12(m²)① ¥"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("正常\t文字\r\n😀", None),
        ("甲\x07乙", (2, "\x07")),
        ("\ud800", (1, "\ud800")),
        ("ab\ufffe", (3, "\ufffe")),
        ("ab\uffff", (3, "\uffff")),
        ("\x00", (1, "\x00")),
    ],
)
def test_first_illegal_names_place_and_character(text, found):
    assert first_illegal(text) == found


def test_hidden_direction_marks_are_found_once_each_and_removed():
    text = "甲\u202e乙\u200f丙\u202e丁"
    assert bidi_controls(text) == ("\u202e", "\u200f")
    assert remove_bidi(text) == "甲乙丙丁"
    assert bidi_controls("plain") == ()
    assert remove_bidi("plain") == "plain"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("客户名", "客户名称"),
        ("客户名称 *", "客户名称"),
        ("电话", "联系电话"),
        ("统一信用代码", "统一社会信用代码"),
        ("xyz", None),
        ("", None),
        ("话", None),
    ],
)
def test_nearest_offers_what_was_probably_meant(word, meant):
    assert nearest(word, ["客户名称", "联系电话", "统一社会信用代码"]) == meant


def test_nearest_prefers_the_equal_one_to_the_one_that_contains_it():
    assert nearest("电话", ["联系电话", "电 话"]) == "电 话"
