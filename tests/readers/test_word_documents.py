"""Finished Word files say exactly what is printed in them, on any number of pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.support.all_kinds import form_of_all_kinds, shown
from tests.support.builders import values_of
from tests.support.strategies import records
from tests.support.word_files import W, fill_blank, issues_of, part, read_back, with_document

from danju.blanks import BlankOptions, make_blank
from danju.library import Library
from danju.model.form import Form
from danju.pipeline import render_document
from danju.rules.checking import to_plain

FEW = settings(max_examples=12, phases=[Phase.generate], derandomize=True, deadline=None)
LONG = st.text("甲乙丙丁戊己庚辛，。、（）ABC 123\n", min_size=900, max_size=2600)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("word")


@pytest.fixture(scope="module")
def paper(folder: Path) -> Form:
    return form_of_all_kinds(folder)


def again(of: Form, values: Mapping[str, Any], folder: Path) -> Any:
    """The record after a turn through Word, as plain data."""
    (checked,) = read_back(render_document(of, values, "docx").content, folder, [of])
    assert checked.record is not None, [issue.text() for issue in checked.issues]
    assert not [issue.text() for issue in checked.issues if issue.is_repair]
    return to_plain(checked.record.values)


@pytest.mark.parametrize("name", ["visit_report", "complaint_record", "customer_opening"])
def test_a_record_comes_back_from_word_as_it_was(name: str, folder: Path) -> None:
    of = Library(None).form(name)

    @FEW
    @given(records(of))
    def law(values: Mapping[str, Any]) -> None:
        values = values_of(of, **to_plain(shown(of, values)))
        assert again(of, values, folder) == to_plain(values)

    law()


def test_every_kind_of_field_comes_back(paper: Form, folder: Path) -> None:
    @FEW
    @given(records(paper))
    def law(values: Mapping[str, Any]) -> None:
        values = values_of(paper, **to_plain(shown(paper, values)))
        assert again(paper, values, folder) == to_plain(values)

    law()


@pytest.mark.parametrize("where", ["memo", "reply", "items"])
def test_a_text_cut_between_pages_is_joined_again(where: str, paper: Form, folder: Path) -> None:
    @FEW
    @given(LONG)
    def law(long: str) -> None:
        given: dict[str, Any] = {"name": "甲", "topics": ["质量"], "items": [{"goods": "乙", "qty": 1}]}
        if where == "items":
            given["items"] = [{"goods": "甲", "note": long[:700]}, *given["items"]]
        else:
            given[where] = long
        values = values_of(paper, **given)
        assert again(paper, values, folder) == to_plain(values)

    law()


def test_a_long_table_repeats_its_head_and_is_one_table(paper: Form, folder: Path) -> None:
    rows = [{"goods": f"货{index}", "qty": index, "kind": "散装"} for index in range(90)]
    values = values_of(paper, name="甲", items=rows)
    assert again(paper, values, folder) == to_plain(values)


def edited(of: Form, values: Mapping[str, Any], folder: Path, **texts: str) -> Any:
    """The record after somebody replaced words in the finished file."""
    data = render_document(of, values, "docx").content
    root = part(data)
    for old, new in texts.items():
        found = [node for node in root.iter(f"{W}t") if node.text == old]
        assert found, old
        for node in found:
            node.text = new
    (checked,) = read_back(with_document(data, root), folder, [of])
    return checked


def test_what_somebody_changed_in_the_finished_file_counts(paper: Form, folder: Path) -> None:
    values = values_of(paper, name="甲公司", memo="旧的说明", count=3)
    checked = edited(paper, values, folder, 甲公司="乙公司", 旧的说明="新的说明", **{"3": "四"})
    assert checked.record is None
    (issue,) = checked.issues
    assert (issue.code, issue.location.spot.words()) == ("F107", "表格1 第3行第4格")
    assert issue.text().startswith("单.docx › 表格1 第3行第4格「件数」：“四”不是数。")
    checked = edited(paper, values, folder, 甲公司="乙公司", 旧的说明="新的说明")
    assert checked.record.values["name"] == "乙公司"
    assert checked.record.values["memo"] == "新的说明"


def test_two_finished_files_pasted_together_are_two_records(folder: Path) -> None:
    of = Library(None).form("visit_report")
    given = {"visit_date": "2026-03-05", "quality": "良好", "service": "一般", "awareness": "知道"}
    first, second = (
        render_document(of, values_of(of, customer_name=name, contacts=[{"name": person}], **given), "docx").content
        for name, person in (("甲公司", "张三"), ("乙公司", "李四"))
    )
    root = part(first)
    body = root.find(f"{W}body")
    for node in list(part(second).find(f"{W}body"))[:-1]:
        body.insert(len(body) - 1, node)
    found = read_back(with_document(first, root), folder, [of])
    assert [(each.record.values["customer_name"], each.record.values["contacts"][0]["name"]) for each in found] == [
        ("甲公司", "张三"),
        ("乙公司", "李四"),
    ]


def test_two_filled_blanks_pasted_together_are_two_records(paper: Form, folder: Path) -> None:
    both = [values_of(paper, name=name, items=[{"goods": name, "qty": 2}]) for name in ("甲", "乙")]
    first, second = (fill_blank(make_blank(paper, "docx", BlankOptions()), paper, values) for values in both)
    root = part(first)
    body = root.find(f"{W}body")
    for node in list(part(second).find(f"{W}body"))[:-1]:
        body.insert(len(body) - 1, node)
    found = read_back(with_document(first, root), folder, [paper])
    assert [to_plain(each.record.values) for each in found] == [to_plain(values) for values in both]


def test_words_that_somebody_added_are_named(paper: Form, folder: Path) -> None:
    data = render_document(paper, values_of(paper, name="甲"), "docx").content
    root = part(data)
    last = [node for node in root.iter(f"{W}p") if not list(node.iterancestors(f"{W}tbl"))][-1]
    run = last.makeelement(f"{W}r")
    text = run.makeelement(f"{W}t")
    text.text = "请总经理过目"
    run.append(text)
    last.append(run)
    assert issues_of(with_document(data, root), folder, [paper]) == [
        "单.docx › 第1段：不是记录，未读取：请总经理过目 [F012]"
    ]
