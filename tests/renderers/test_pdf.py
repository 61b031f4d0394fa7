"""Records as PDF/A files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.support.builders import form, values_of
from tests.support.pdfs import attached_record, font_names, metadata_stream, page_texts

from danju.layout.draw import draw
from danju.library import Library
from danju.model.form import Form
from danju.pipeline import fill_form, render_document

VISIT = {
    "number": "ZF-202603-001", "customer_name": "南宁华盛石化有限公司", "visit_date": "2026-03-18",
    "quality": "优良", "service": "良好", "awareness": "驰名", "suggestion": "价格 <优惠> & “及时”。",
    "contacts": [{"name": "陈建国", "mobile": "13907710001"}],
}  # fmt: skip


def pdf(paper: Form, values: Mapping[str, object]) -> bytes:
    """The file of a record."""
    return render_document(paper, values, "pdf").content


@pytest.fixture(scope="module")
def visit() -> Form:
    """The visit report."""
    return Library().form("visit_report")


@pytest.fixture(scope="module")
def made(visit: Form) -> bytes:
    """A visit report as PDF."""
    return pdf(visit, values_of(visit, **VISIT))


def test_the_text_can_be_read_in_order(made: bytes) -> None:
    (text,) = page_texts(made)
    words = ["客户走访报告单", "编号：ZF-202603-001", "走访日期：2026年3月18日", "客户单位名称", "南宁华盛石化有限公司",
             "用户意见", "价格 <优惠> & “及时”。", "陈建国", "13907710001", "（盖章）", "2026年3月18日"]  # fmt: skip
    places = [text.find(word) for word in words]
    assert -1 not in places
    assert "☑ 优良" in text.replace("\n", " ").replace("  ", " ")
    ordered = places[3:10]
    assert ordered == sorted(ordered)


def test_number_and_page_stand_at_the_foot(made: bytes) -> None:
    (text,) = page_texts(made)
    assert text.count("ZF-202603-001") == 2
    assert "第 1 页" in text
    assert "共 1 页" in text


def test_the_record_is_attached_as_it_is(made: bytes, visit: Form) -> None:
    source = attached_record(made)
    assert source == fill_form(visit, values_of(visit, **VISIT)).source
    assert (source["form"], source["record"]["contacts"][0]["name"]) == ("visit_report", "陈建国")


def test_it_says_that_it_is_pdf_a_3b_in_metadata_anyone_can_read(made: bytes) -> None:
    is_plain, xmp = metadata_stream(made)
    assert is_plain
    assert "<pdfaid:part>3</pdfaid:part>" in xmp or 'pdfaid:part="3"' in xmp
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp or 'pdfaid:conformance="B"' in xmp


def test_only_our_fonts_are_embedded(made: bytes) -> None:
    names = font_names(made)
    assert names
    assert all("NotoSansSC" in name.replace("-", "").replace(" ", "") for name in names)


def test_equal_records_give_equal_bytes(made: bytes, visit: Form) -> None:
    assert pdf(visit, values_of(visit, **VISIT)) == made


@pytest.mark.parametrize("number", ['A"1', "A\\1", "A'); x", "<b>&amp;", "甲{{1}}"])
def test_any_sign_in_the_number_is_printed_as_it_is(tmp_path: Path, number: str) -> None:
    (text,) = page_texts(pdf(form(tmp_path, "{number 编号: text, a: text}", "[[a]]"), {"number": number, "a": "甲"}))
    assert number in text


def test_long_text_is_on_the_pages_to_the_last_character(visit: Form) -> None:
    text = "".join(f"第{number}条，" for number in range(1, 601))
    pages = page_texts(pdf(visit, {**values_of(visit, **VISIT), "suggestion": text}))
    assert len(pages) > 1
    printed = "".join(pages)
    assert (printed.count("条"), printed.count("条，")) >= (600, 590)
    assert [number for number in range(1, 601) if str(number) not in printed] == []


def test_the_drawing_of_a_form_without_record_can_be_printed(tmp_path: Path) -> None:
    paper = form(tmp_path, "{number 编号: text, a 名称: text}", "[[a]]")
    assert "名" in page_texts(pdf(paper, {}))[0]
    assert draw(paper, {}).footer == ""


def test_more_characters_than_a_range_may_hold_are_read_back(tmp_path: Path) -> None:
    """Glyph codes of one range share their first byte (ISO 32000-1, 9.10.3); a text may have thousands."""
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 700)))
    paper = form(tmp_path, "{text 文字: lines}")
    pages = page_texts(pdf(paper, {"text": text}))
    assert text in "".join(pages).replace("\n", "").replace("\r", "")


def test_records_leave_nothing_behind_for_the_next(visit: Form) -> None:
    first, second = (
        values_of(visit, **{**VISIT, "suggestion": text}) for text in ("甲乙丙丁", "一条很长的意见，" * 40)
    )
    alone = [pdf(visit, values) for values in (first, second)]
    again = [pdf(visit, values) for values in (second, first)]
    assert alone == again[::-1]


def test_blocks_that_only_some_records_show_are_printed_right_for_each(tmp_path: Path) -> None:
    """Their glyphs get the right codes in every document, whichever came first."""
    fields = "{a 名称: text, kind 种类: {oneOf: [{const: 汽车}, {const: 轮船}, {const: 飞机}]}, more 附记: text}"
    paper = form(tmp_path, fields, "[[a], {row: [kind], when: a}, {row: [more], when: a == '显示'}]")
    for text in ("甲乙丙丁", "显示", "戊己庚辛") * 2:
        (shown,) = page_texts(pdf(paper, {"a": text, "kind": "轮船", "more": "其他内容"}))
        shown = "".join(shown.split())
        assert text in shown
        assert "☐汽车☑轮船☐飞机" in shown
        assert ("其他内容" in shown) == (text == "显示")


def test_an_option_wider_than_its_cell_goes_on_in_the_next_line(tmp_path: Path) -> None:
    words = "本单位对所供产品的质量、数量、交货期和售后服务均表示满意并愿意长期合作" * 2
    paper = form(tmp_path, "{kind 意见: {oneOf: [{const: " + words + "}, {const: 其他}]}}", "[[kind]]")
    (text,) = page_texts(pdf(paper, {"kind": words}))
    lines = [line for line in text.splitlines() if line]
    assert "☑" + words + "☐其他" in "".join(text.split())
    assert any(line.startswith("☑") and len(line) < len(words) for line in lines)
