"""PDFs of a workspace's own HTML and CSS: laid out by WeasyPrint, told when Pango is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.support.builders import form
from tests.support.pango import needs_pango
from tests.support.pdfs import attached_record, font_names, metadata_stream, page_texts
from tests.support.strategies import records

from danju.layout.fonts import templates_folder
from danju.library import Library
from danju.model.form import Form
from danju.pipeline import render_document

pytestmark = needs_pango

LIBRARY = Library()
BUILT_IN = str(templates_folder())
DPI = 150
DARK = 96  # grey levels that count as a difference
SHARE = 0.0002  # of a page's pixels that may differ


def pdf(paper: Form, values: Mapping[str, object]) -> bytes:
    """The file of a record."""
    return render_document(paper, values, "pdf").content


def own_form(folder: Path, markup: str) -> Form:
    """A form of one text, drawn by this template."""
    (folder / "templates").mkdir()
    (folder / "templates" / "paper.html.j2").write_text(markup, encoding="utf-8")
    return form(folder, "a: text")


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
    paper = own_form(tmp_path, f"<html><body>{markup}</body></html>")
    with pytest.raises(ValueError, match="refused"):
        pdf(paper, {"a": "甲"})


def test_a_workspace_draws_a_form_in_a_way_of_its_own(tmp_path: Path) -> None:
    paper = own_form(
        tmp_path, "<html><head><style>{{ css }}</style></head><body><p>自有样式：{{ record.a }}</p></body></html>"
    )
    content = pdf(paper, {"a": "甲 & 乙"})
    assert "自有样式：甲 & 乙" in page_texts(content)[0]
    assert content == pdf(paper, {"a": "甲 & 乙"})
    assert attached_record(content)["record"] == {"a": "甲 & 乙"}
    is_plain, xmp = metadata_stream(content)
    assert is_plain
    assert 'pdfaid:part="3"' in xmp
    assert all("NotoSansSC" in name.replace("-", "").replace(" ", "") for name in font_names(content))


@pytest.mark.parametrize("form_id", LIBRARY.form_ids())
@settings(max_examples=3, phases=[Phase.generate], derandomize=True)  # shrinking would lay out hundreds of pages
@given(data=st.data())
def test_the_built_in_template_prints_the_page_that_we_draw_without_it(form_id: str, data: st.DataObject) -> None:
    """Whoever copies the built-in HTML and CSS to change a little begins with our own page, as browsers show it too."""
    paper = LIBRARY.form(form_id)
    values = data.draw(records(paper))
    ours, theirs = pdf(paper, values), pdf(replace(paper, templates=BUILT_IN), values)
    assert words(ours) == words(theirs)
    for one, other in zip(rasters(ours), rasters(theirs), strict=True):
        assert one.shape == other.shape
        assert max(difference(one, other), difference(other, one)) < SHARE


def test_a_shifted_word_would_be_seen() -> None:
    """The tolerance is tight enough: moving the text of one cell by half a millimetre fails the comparison."""
    paper = LIBRARY.form(LIBRARY.form_ids()[0])
    field = next(each for each in paper.record_type.fields if each.multiline)
    plain, shifted = (pdf(paper, {field.name: text}) for text in ("质量稳定服务热情" * 6, " 质量稳定服务热情" * 6))
    pages = zip(rasters(plain), rasters(shifted), strict=True)
    assert any(difference(one, other) > SHARE for one, other in pages)


def words(content: bytes) -> list[str]:
    """The text of each page without the blanks and line ends that extraction guesses."""
    return ["".join(text.split()) for text in page_texts(content)]


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
