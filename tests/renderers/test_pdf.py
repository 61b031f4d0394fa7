"""Records as PDF/A files, by both roads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.builders import form, values_of
from tests.support.pdfs import attached_record, font_names, metadata_stream, page_texts

from danju.layout.draw import draw
from danju.library import Library
from danju.model.form import Form
from danju.pipeline import fill_form, render_document
from danju.renderers import full_fonts, pdf

VISIT = {
    "number": "ZF-202603-001", "customer_name": "南宁华盛石化有限公司", "visit_date": "2026-03-18",
    "quality": "优良", "service": "良好", "awareness": "驰名", "suggestion": "价格 <优惠> & “及时”。",
    "contacts": [{"name": "陈建国", "mobile": "13907710001"}],
}  # fmt: skip


def full(paper: Form, values: dict[str, object]) -> bytes:
    """By WeasyPrint's road."""
    filled = fill_form(paper, values)
    return pdf.render_full(filled.drawing, filled.properties, filled.source)


def usual(paper: Form, values: dict[str, object]) -> bytes:
    """By the road that the renderer chooses."""
    return render_document(paper, values, "pdf").content


@pytest.fixture(scope="module", params=[usual, full], ids=["usual", "full"])
def road(request: pytest.FixtureRequest) -> Callable[[Form, dict[str, object]], bytes]:
    """Both ways to a PDF."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def visit() -> Form:
    """The visit report."""
    return Library().form("visit_report")


@pytest.fixture(scope="module")
def made(road: Callable[[Form, dict[str, object]], bytes], visit: Form) -> bytes:
    """A visit report as PDF."""
    return road(visit, dict(values_of(visit, **VISIT)))


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


def test_equal_records_give_equal_bytes(
    road: Callable[[Form, dict[str, object]], bytes], made: bytes, visit: Form
) -> None:
    assert road(visit, dict(values_of(visit, **VISIT))) == made


@pytest.mark.parametrize("number", ['A"1', "A\\1", "A'); x", "<b>&amp;", "甲{{1}}"])
def test_any_sign_in_the_number_is_printed_as_it_is(
    tmp_path: Path, road: Callable[[Form, dict[str, object]], bytes], number: str
) -> None:
    (text,) = page_texts(road(form(tmp_path, "{number 编号: text, a: text}", "[[a]]"), {"number": number, "a": "甲"}))
    assert number in text


def test_long_text_is_on_the_pages_to_the_last_character(visit: Form) -> None:
    text = "".join(f"第{number}条，" for number in range(1, 601))
    pages = page_texts(usual(visit, {**values_of(visit, **VISIT), "suggestion": text}))
    assert len(pages) > 1
    printed = "".join(pages)
    assert (printed.count("条"), printed.count("条，")) >= (600, 590)
    assert [number for number in range(1, 601) if str(number) not in printed] == []


@pytest.mark.parametrize(
    "markup",
    [
        "<img src='http://example.invalid/x.png'>",
        "<img src='file:///etc/passwd'>",
        "<img src='//example.invalid/x.png'>",
        "<img src='x.png'>",
        "<a rel=attachment href='file:///etc/passwd'>甲</a>",
        "<img src='ftp://example.invalid/x'>",
        "<p style='background: url(http://example.invalid/x.png)'>甲</p>",
        "<link rel=stylesheet href='file:///etc/hostname'>",
        "<link rel=attachment href='file:///etc/passwd'>",
        "<style>@import url(http://example.invalid/x.css);</style>",
        "<style>@font-face { font-family: x; src: url(file:///etc/passwd) } p { font-family: x }</style><p>甲</p>",
    ],
)
def test_a_template_that_asks_for_anything_else_is_refused(tmp_path: Path, markup: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "document.html.j2").write_text(f"<html><body>{markup}</body></html>", encoding="utf-8")
    paper = form(tmp_path, "a: text")
    with pytest.raises(ValueError, match="refused"):
        usual(paper, {"a": "甲"})


def test_a_workspace_draws_a_form_in_a_way_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "paper.html.j2").write_text(
        "<html><head><style>{{ css }}</style></head><body><p>自有样式：{{ record.a }}</p></body></html>",
        encoding="utf-8",
    )
    assert "自有样式：甲 & 乙" in page_texts(usual(form(tmp_path, "a: text"), {"a": "甲 & 乙"}))[0]


def test_the_drawing_of_a_form_without_record_can_be_printed(tmp_path: Path) -> None:
    paper = form(tmp_path, "{number 编号: text, a 名称: text}", "[[a]]")
    assert "名" in page_texts(usual(paper, {}))[0]
    assert draw(paper, {}).footer == ""


def test_more_characters_than_a_range_may_hold_are_read_back(tmp_path: Path) -> None:
    """Glyph codes of one range share their first byte (ISO 32000-1, 9.10.3); a text may have thousands."""
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 700)))
    paper = form(tmp_path, "{text 文字: lines}")
    pages = page_texts(usual(paper, {"text": text}))
    assert text in "".join(pages).replace("\n", "").replace("\r", "")


@pytest.mark.parametrize(("char", "is_common"), [("国", True), ("☑", True), ("镕", False), ("㎡", True), ("ж", True)])
def test_common_characters_are_laid_out_with_small_fonts(tmp_path: Path, char: str, is_common: bool) -> None:
    """A rare one brings the whole fonts; on paper it looks the same."""
    assert (char in full_fonts.common_characters()) == is_common
    paper = form(tmp_path, "{text 文字: text}")
    content = full(paper, {"text": f"甲{char}乙"})
    assert f"甲{char}乙" in page_texts(content)[0]
    assert all("NotoSansSC" in name.replace("-", "").replace(" ", "") for name in font_names(content))
