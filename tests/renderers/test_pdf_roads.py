"""Both roads to PDF lead to the same page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.support.builders import form
from tests.support.pdfs import page_texts
from tests.support.strategies import records

from danju.layout.draw import draw
from danju.layout.linebreaks import broken
from danju.library import Library
from danju.model.form import Form
from danju.pipeline import fill_form, render_document
from danju.renderers.pdf import render_full
from danju.renderers.pdf_direct import DirectPdf

DPI = 150
DARK = 96  # grey levels that count as a difference
SHARE = 0.0002  # of a page's pixels that may differ
LIBRARY = Library()
DIRECT = {form.id: DirectPdf(draw(form, {})) for form in LIBRARY.forms()}


def both_roads(form: Form, values: Mapping[str, Any]) -> tuple[bytes, bytes]:
    filled = fill_form(form, values)
    lines = broken(filled.drawing)
    assert lines is not None
    return (
        DIRECT[form.id].render(lines, filled.properties, filled.source),
        render_full(lines, filled.properties, filled.source),
    )


def rasters(content: bytes) -> list[Any]:
    """Grey pixels of each page."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.render(scale=DPI / 72, grayscale=True).to_numpy().astype("int16") for page in document]
    finally:
        document.close()


def difference(one: Any, other: Any) -> float:
    """Share of pixels unlike every pixel next to their place on the other page.

    The rasteriser puts glyphs on whole pixels, so a hundredth of a point may move a word by one pixel.
    """
    height, width = other.shape
    padded = np.pad(other, 1, mode="edge")
    around = [padded[y : y + height, x : x + width] for y in range(3) for x in range(3)]
    darkest, lightest = np.minimum.reduce(around), np.maximum.reduce(around)
    return float(np.mean((one < darkest - DARK) | (one > lightest + DARK)))


def words(content: bytes) -> list[str]:
    """The text of each page without the blanks and line ends that extraction guesses."""
    return ["".join(text.split()) for text in page_texts(content)]


@pytest.mark.parametrize("form_id", LIBRARY.form_ids())
@settings(max_examples=6, phases=[Phase.generate], derandomize=True)  # shrinking would lay out hundreds of pages
@given(data=st.data())
def test_same_text_in_the_same_order_and_the_same_picture(form_id: str, data: st.DataObject) -> None:
    form = LIBRARY.form(form_id)
    direct, full = both_roads(form, data.draw(records(form)))
    assert words(direct) == words(full)
    for ours, theirs in zip(rasters(direct), rasters(full), strict=True):
        assert ours.shape == theirs.shape
        assert max(difference(ours, theirs), difference(theirs, ours)) < SHARE


def test_a_shifted_word_would_be_seen() -> None:
    """The tolerance is tight enough: moving the text of one cell by half a millimetre fails the comparison."""
    form = LIBRARY.form(LIBRARY.form_ids()[0])
    field = next(each for each in form.record_type.fields if each.multiline)
    texts = ("质量稳定服务热情" * 6, " 质量稳定服务热情" * 6)
    plain, shifted = (both_roads(form, {field.name: text})[0] for text in texts)
    pages = zip(rasters(plain), rasters(shifted), strict=True)
    assert any(difference(one, other) > SHARE for one, other in pages)


def test_records_leave_nothing_behind_for_the_next() -> None:
    form = LIBRARY.form(LIBRARY.form_ids()[0])
    field = next(each for each in form.record_type.fields if each.multiline)
    first, second = ({field.name: text} for text in ("甲乙丙丁", "一条很长的意见，" * 40))
    alone = [both_roads(form, values)[0] for values in (first, second)]
    again = [both_roads(form, values)[0] for values in (second, first)]
    assert alone == again[::-1]


def test_blocks_that_only_some_records_show_are_printed_right_for_each(tmp_path: Path) -> None:
    """Their glyphs get the right codes in every document, whichever came first."""
    fields = "{a 名称: text, kind 种类: {oneOf: [{const: 汽车}, {const: 轮船}, {const: 飞机}]}, more 附记: text}"
    blocks = "[[a], {row: [kind], when: a}, {row: [more], when: a == '显示'}]"
    paper = form(tmp_path, fields, blocks)
    texts = ("甲乙丙丁", "显示", "戊己庚辛")
    for text in texts * 2:
        values = {"a": text, "kind": "轮船", "more": "其他内容"}
        shown = words(render_document(paper, values, "pdf").content)[0]
        assert text in shown
        assert "☐汽车☑轮船☐飞机" in shown
        assert ("其他内容" in shown) == (text == "显示")


def test_codes_and_names_shrunk_to_nine_points_break_alike() -> None:
    """Their lines are as high as any other line of the form, on both roads."""
    form = LIBRARY.form("complaint_record")
    table = next(field for field in form.record_type.fields if field.members)
    texts = [member for member in table.members if not member.options and member.kind.value == "text"]
    row = {member.name: "，B桂一量z三；三；时甲务）公定丁柳桂理"[:20] for member in texts}
    row |= {member.name: member.options[0].value for member in table.members if member.options}
    direct, full = both_roads(form, {table.name: [row]})
    for ours, theirs in zip(rasters(direct), rasters(full), strict=True):
        assert max(difference(ours, theirs), difference(theirs, ours)) < SHARE
