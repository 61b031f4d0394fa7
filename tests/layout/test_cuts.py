"""Texts cut between two pages: paragraphs stay paragraphs, and nobody need guess where they were cut."""

from __future__ import annotations

import pytest
from tests.support.builders import form, values_of
from tests.support.drawings import paragraphs

from danju.layout.draw import draw
from danju.layout.linebreaks import limit_em, wrap
from danju.model.form import Form


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return form(tmp_path_factory.mktemp("cuts"), "memo 说明: lines")


def pieces(paper: Form, text: str) -> list[list[str]]:
    """The paragraphs of the text on each page."""
    pages = draw(paper, values_of(paper, memo=text)).pages
    return [paragraphs(line for cell in page.cells if cell.field == "memo" for line in cell.lines) for page in pages]


def test_a_paragraph_that_is_cut_is_one_paragraph_on_either_side(paper: Form) -> None:
    text = "化工品" * 1500
    first, *rest = pieces(paper, text)
    assert rest
    assert [len(piece) for piece in (first, *rest)] == [1] * (1 + len(rest))
    assert "".join(line for piece in (first, *rest) for line in piece) == text


def test_paragraphs_are_cut_between_lines_of_one_where_that_is_clear(paper: Form) -> None:
    """Every paragraph fills its last line, so that a cut between two would look like one inside one."""
    room = draw(paper, values_of(paper, memo="字" * 400)).pages[0]
    width = sum(draw(paper, {}).columns_mm[1:]) - 4.2
    line = len(wrap("字" * 400, limit_em(width, 10.5))[0])
    assert room.cells
    texts = ["字" * (3 * line)] * 40
    first, second = pieces(paper, "\n".join(texts))[:2]
    assert first[:-1] == texts[: len(first) - 1]
    assert len(first[-1]) + len(second[0]) == 3 * line  # cut inside a paragraph
    assert len(first[-1]) < 3 * line
