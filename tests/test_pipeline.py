"""From raw record to document: what cannot be printed is told, equal input gives equal bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.builders import CLOCK, form, raw, texts, values_of

from danju.errors import UsageError
from danju.pipeline import TARGETS, check, digest_of, record_date, render_document

FIELDS = """
number 编号: text
name 名称*: text
day 日期: date
people 联系人: [{name 姓名: text}]
by 审批: {name 签字: text}
"""


def test_characters_without_a_glyph_are_told_with_their_place(tmp_path: Path) -> None:
    paper = form(tmp_path, FIELDS)
    checked = check(
        raw({"name": "喜😀", "people": [{"name": "甲"}, {"name": "𠮷野"}], "by": {"name": "\u200d"}}), paper, CLOCK
    )
    assert checked.record is None
    assert texts(checked.issues) == [
        "数据.yaml › 第2行「名称」：字体中没有“😀”（U+1F600）这个字，无法打印。请换用通行写法的字。 [F120]",
        "数据.yaml › 第4行「联系人2·姓名」：字体中没有“𠮷”（U+20BB7）这个字，无法打印。请换用通行写法的字。 [F120]",
    ]


def test_a_good_record_passes(tmp_path: Path) -> None:
    checked = check(raw({"name": "甲公司（南宁）①㎡"}), form(tmp_path, FIELDS), CLOCK, position=7)
    assert checked.record is not None
    assert (checked.record.position, checked.record.form_id) == (7, "paper")


def test_a_digest_tells_content_not_order() -> None:
    assert digest_of({"a": 1, "b": {"c": "甲"}}) == digest_of({"b": {"c": "甲"}, "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2}) != digest_of({"a": "2"})


def test_the_date_of_a_record_is_where_its_retention_begins(tmp_path: Path) -> None:
    fields = "{name: text, first: date, second: date}"
    plain = form(tmp_path / "a", fields)
    kept = form(tmp_path / "b", fields, retention={"years": 10, "from": "second"})
    values = values_of(plain, first="2026-01-02", second="2026-03-04")
    assert (record_date(plain, values), record_date(kept, values)) == ("2026-01-02", "2026-03-04")
    assert (record_date(kept, {"first": values["first"]}), record_date(kept, {})) == ("2026-01-02", "")


@pytest.mark.parametrize("target", TARGETS)
def test_equal_records_give_equal_bytes_in_every_format(tmp_path: Path, target: str) -> None:
    paper = form(tmp_path, FIELDS)
    values = values_of(paper, number="A-1", name="甲 <&> 公司", day="2026-03-18")
    first = render_document(paper, values, target)
    assert first == render_document(paper, dict(values), target)
    assert first.content != render_document(paper, {**values, "name": "乙"}, target).content


def test_an_unknown_format_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="E105"):
        render_document(form(tmp_path, FIELDS), {"name": "甲"}, "odt")
