"""A Word page that is filled says what the page says that is written out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.support.all_kinds import form_of_all_kinds
from tests.support.builders import form
from tests.support.strategies import records

from danju.library import Library
from danju.model.drawing import Drawing
from danju.model.form import Form
from danju.pipeline import FilledForm, fill_form
from danju.renderers.word import compile_word

WORD = compile_word()
AWKWARD = (
    "&lt; <b> & > ]]>",
    " 前后有空格 ",
    "\n",
    "甲\n\n乙 ",
    "W" * 60,
    "字" * 37,
    "字" * 38,
    "长" * 400,
    "，" * 90,
    "a-b/c" * 40,
    "一\n" * 80,
)
FORMS = {form.id: form for form in Library().forms()}


def document(file: bytes) -> str:
    """word/document.xml."""
    with ZipFile(BytesIO(file)) as package:
        return package.read("word/document.xml").decode()


def unknown(drawing: Drawing) -> Drawing:
    """The drawing on a grid that no renderer knows, so that it is written out."""
    return replace(drawing, pages=tuple(replace(page, cells=(*page.cells,)) for page in drawing.pages))


def assert_same(filled: FilledForm) -> None:
    file = WORD.render(filled.drawing, filled.properties)
    assert document(file) == document(WORD.render(unknown(filled.drawing), filled.properties))


@settings(max_examples=40, phases=[Phase.generate], derandomize=True, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("name", sorted(FORMS))
def test_any_record_comes_either_way(name: str, data: Any) -> None:
    """For any record of our forms, whether it needs a page or many."""
    assert_same(fill_form(FORMS[name], data.draw(records(FORMS[name]))))


def test_every_kind_of_value_comes_either_way(tmp_path: Path) -> None:
    """A form with one field of each kind, filled and empty."""
    paper = form_of_all_kinds(tmp_path)

    @settings(max_examples=40, phases=[Phase.generate], derandomize=True, deadline=None)
    @given(records(paper))
    def holds(values: Mapping[str, Any]) -> None:
        assert_same(fill_form(paper, values))

    holds()
    assert_same(fill_form(paper, {}))


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Form:
    """A form with narrow and wide cells."""
    fields = "{name 名称: text, day 日期: date, memo 备注: lines, people 联系人: [{name 姓名: text}]}"
    return form(tmp_path_factory.mktemp("roads"), fields)


@pytest.mark.parametrize("number", range(len(AWKWARD)))
def test_awkward_texts_come_either_way(paper: Form, number: int) -> None:
    """Signs of XML, blanks at the ends, line breaks, too wide, too high, in every cell."""
    text = AWKWARD[number]
    for count in (0, 3, 40):
        values = {"name": text, "memo": text, "people": [{"name": text}] * count}
        assert_same(fill_form(paper, values))
