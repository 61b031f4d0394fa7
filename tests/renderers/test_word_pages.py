"""Word tables made once for a grid: nothing passes from record to record, what is kept is bounded, any text fits."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.support.all_kinds import form_of_all_kinds
from tests.support.builders import form, values_of
from tests.support.strategies import records

from danju.layout import slots
from danju.layout.linebreaks import wrap
from danju.layout.measure import metrics
from danju.layout.pages import GridCells
from danju.library import Library
from danju.model.drawing import Drawing, Line, Run
from danju.model.form import Form
from danju.pipeline import FilledForm, fill_form
from danju.renderers import word as word_module
from danju.renderers import word_page
from danju.renderers.word import WordRenderer, compile_word

WORD = compile_word()
FORMS = {form.id: form for form in Library().forms()}
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
FIELDS = """
{name 名称: text, day 日期: date, grade 等级: choice 甲 乙 丙, memo 备注: lines, people 联系人: [{name 姓名: text}]}"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Form:
    """A form with a choice, a table and free text."""
    return form(tmp_path_factory.mktemp("word"), FIELDS)


def record(paper: Form, number: int) -> Mapping[str, object]:
    """One of many different records; some have no value, some need a second page."""
    values = {
        "name": f"第 {number} <公司> & 其它" * (1 + number % 5),
        "day": f"2026-03-{1 + number % 28:02}",
        "grade": "甲乙丙"[number % 3],
        "memo": "\n".join(f"第{line}行，记录 {number}" * (number % 4) for line in range(number % 7)),
        "people": [{"name": f"张{number}-{row}"} for row in range(number % 50 if number % 9 == 0 else number % 4)],
    }
    return values_of(paper, **{name: value for name, value in values.items() if value and number % 11})


def file_of(word: WordRenderer, paper: Form, values: Mapping[str, object]) -> bytes:
    """The Word file of a record."""
    filled = fill_form(paper, values)
    return word.render(filled.drawing, filled.properties)


def words_in(data: bytes, name: str = "word/document.xml") -> str:
    """A member of a package, its checksum verified."""
    with ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        return package.read(name).decode()


def test_records_do_not_touch_each_other(paper: Form) -> None:
    """A, B, A: the first file is the third, and B is what it is from a renderer that never saw A."""
    word = compile_word()
    for number in range(12):
        first, second = record(paper, number), record(paper, number + 1)
        before, between, after = (file_of(word, paper, values) for values in (first, second, first))
        assert before == after
        assert between == file_of(compile_word(), paper, second)
        assert f"第 {number} " not in words_in(between)


def test_what_is_kept_is_bounded_and_changes_no_byte(paper: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for one or a few, the files are the same and no more are kept."""
    wanted = [file_of(compile_word(), paper, record(paper, number)) for number in range(40)]
    for room in (1, 3):
        monkeypatch.setattr(word_module, "_KEPT_TABLES", room)
        monkeypatch.setattr(word_page, "_KEPT_HEIGHTS", room)
        monkeypatch.setattr(word_page, "_KEPT_CONTENTS", room)
        word = compile_word()
        assert [file_of(word, paper, record(paper, number)) for number in range(40)] == wanted
        assert 1 <= len(word.kept) <= room
        assert all(len(table.ready) <= room for table, _ in word.kept.values())
        assert len(word_page._contents) <= room
    info = slots._remembered.cache_info()
    assert info.maxsize is not None
    assert info.currsize <= info.maxsize


def test_threads_share_a_renderer(paper: Form) -> None:
    """The files are those of one thread alone."""
    word = compile_word()
    records = [record(paper, number) for number in range(60)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda values: file_of(word, paper, values), records))
    assert together == [file_of(compile_word(), paper, values) for values in records[:5]] + together[5:]
    assert together == [file_of(word, paper, values) for values in records]


def plain(drawing: Drawing) -> Drawing:
    """The drawing on a grid that no renderer knows, so that nothing of its tables is kept."""
    return replace(drawing, pages=tuple(replace(page, cells=(*page.cells,)) for page in drawing.pages))


def assert_same(filled: FilledForm) -> None:
    known, fresh = (WORD.render(each, filled.properties) for each in (filled.drawing, plain(filled.drawing)))
    assert words_in(known) == words_in(fresh)


@settings(max_examples=20, phases=[Phase.generate], derandomize=True, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_kept_table_filled_says_what_one_made_for_the_record_says(name: str, data: Any) -> None:
    """For any record of our forms, whether it needs a page or many."""
    assert_same(fill_form(FORMS[name], data.draw(records(FORMS[name]))))


def test_so_does_it_for_every_kind_of_value(tmp_path: Path) -> None:
    """A form with one field of each kind, filled and empty."""
    paper = form_of_all_kinds(tmp_path)

    @settings(max_examples=20, phases=[Phase.generate], derandomize=True, deadline=None)
    @given(records(paper))
    def holds(values: Mapping[str, Any]) -> None:
        assert_same(fill_form(paper, values))

    holds()
    assert_same(fill_form(paper, {}))


@pytest.mark.parametrize("number", range(len(AWKWARD)))
def test_so_does_it_for_awkward_texts(paper: Form, number: int) -> None:
    """Signs of XML, blanks at the ends, line breaks, too wide, too high, in every cell."""
    text = AWKWARD[number]
    for count in (0, 3, 40):
        assert_same(fill_form(paper, {"name": text, "memo": text, "people": [{"name": text}] * count}))


def test_unusual_lines_stand_in_a_kept_table_too(paper: Form) -> None:
    """Small, grey, bold, several runs, several lines, none, and one of 200,000 characters, in any order of records."""
    word = compile_word()
    contents: list[tuple[Line, ...]] = [
        (Line((Run("字", 9.0),), "right"), Line(())),
        (Line((Run("灰", 8.5, grey=True),)), Line((Run("黑", bold=True),))),
        (Line((Run("☑", symbol=True), Run(" 甲"))),),
        (),
        (Line((Run("长" * 200_000),)),),
    ]
    filled = fill_form(paper, {"name": "甲公司"})
    (page,) = filled.drawing.pages
    assert isinstance(page.cells, GridCells)
    for lines in contents * 2:
        cells = GridCells([cell._replace(lines=lines) if cell.field == "name" else cell for cell in page.cells])
        cells.grid = page.cells.grid
        gapped = replace(filled.drawing, pages=(replace(page, cells=cells),))
        document = words_in(word.render(gapped, filled.properties))
        assert document == words_in(word.render(plain(gapped), filled.properties))
        assert all(run.text in document for line in lines for run in line.runs)
    assert len(word.kept) == 1


@pytest.mark.parametrize(
    ("text", "limit_em", "lines"),
    [
        ("甲乙丙，丁", 3, ["甲乙", "丙，丁"]),
        ("甲（乙丙", 2, ["甲", "（乙", "丙"]),
        ("甲 Danju 乙", 3.4, ["甲 ", "Danju ", "乙"]),
        ("ABCDEFGHIJ", 2, ["ABC", "DEF", "GHI", "J"]),
        ("", 2, [""]),
    ],
)
def test_lines_break_by_chinese_rules(text: str, limit_em: float, lines: list[str]) -> None:
    """Signs cling, words stay whole while they fit, long ones break anywhere; nothing is lost."""
    found = wrap(text, limit_em)
    assert "".join(found) == text
    assert found == lines
    assert all(metrics().width(line) <= limit_em or len(line) == 1 or not line.isalnum() for line in found)
