"""Lines of text: broken where Chinese typesetting breaks them, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from danju.layout.labels import label_lines, spread
from danju.layout.linebreaks import wrap
from danju.layout.measure import metrics

NO_START = "，。、；：！？）》」』】〕〉”’％‰℃"
NO_END = "（《「『【〔〈“‘"


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("甲乙丙", 3, ["甲乙丙"]),
        ("甲乙丙丁", 3, ["甲乙丙", "丁"]),
        ("甲乙丙，丁", 3, ["甲乙", "丙，丁"]),
        ("甲乙（丙丁）", 3, ["甲乙", "（丙", "丁）"]),
        ("见 danju.forms 甲", 7, ["见 danju.forms ", "甲"]),
        ("共1,200元整", 4, ["共1,200", "元整"]),
        ("aaaaaaaaaa", 3, ["aaaaa", "aaaaa"]),
        ("", 3, [""]),
    ],
)
def test_lines_break_where_readers_expect(text: str, limit: float, lines: list[str]) -> None:
    assert wrap(text, limit) == lines


TEXT = st.text("甲乙丙丁，。（）“”《》、：abcXYZ019 .-/%℃", max_size=80)


@given(TEXT, st.floats(3, 30))
def test_wrapping_loses_no_character_and_keeps_the_width(text: str, limit: float) -> None:
    lines = wrap(text, limit)
    assert "".join(lines) == text
    assert all(metrics().width(line.rstrip(" ")) <= limit + 1e-6 for line in lines)  # blanks reach beyond the edge


@given(
    st.lists(st.sampled_from(["甲", "乙丙", "，", "。", "（丁）", "《戊》"]), max_size=30).map("".join),
    st.floats(5, 30),
)
def test_no_line_begins_or_ends_with_a_sign_that_must_not(text: str, limit: float) -> None:
    clinging = any(run in text for run in ("，，", "。。", "，。", "。，"))
    lines = wrap(text, limit)
    if not clinging:
        assert not any(line[0] in NO_START for line in lines[1:])
        assert not any(line[-1] in NO_END for line in lines[:-1])


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("质量", ("质量",)),
        ("客户单位名称", ("客户单位名称",)),
        ("法人（负责人）", ("法人", "（负责人）")),
        ("主要负责人、业务主办联系方式", ("主要负责人、", "业务主办", "联系方式")),
        ("统一社会信用代码", ("统一社会", "信用代码")),
        ("统一|社会信用代码", ("统一", "社会信用代码")),
        ("意见/建议", ("意见/建议",)),
        ("是否符合客户准入条件", ("是否符合客", "户准入条件")),
    ],
)
def test_labels_break_at_sense_boundaries(label: str, lines: tuple[str, ...]) -> None:
    assert label_lines(label) == lines


@example("丁丁丁丁丁丁、", 3.5)
@given(st.text("甲乙丙丁（）、/，", min_size=1, max_size=24), st.floats(3, 8))
def test_labels_lose_no_character(label: str, limit: float) -> None:
    lines = label_lines(label, limit)
    assert "".join(lines) == label
    assert all(metrics().width(line) <= limit + 0.02 for line in lines if len(line) > 1)


@pytest.mark.parametrize(("label", "text"), [("质量", "质　　量"), ("电话号", "电话号"), ("No", "No"), ("甲", "甲")])
def test_labels_of_two_ideographs_are_spread(label: str, text: str) -> None:
    assert spread(label) == text
