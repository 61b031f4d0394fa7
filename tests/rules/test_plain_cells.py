"""What is taken for plainly right is what coercion gives without a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import NOW

from danju import kinds
from danju.kinds.coercion import coerce
from danju.model.field import Field, Kind, Option
from danju.readers.table.sheets import BrokenCell
from danju.rules.plain_cells import Gathered, PlainColumn
from danju.values.codes import EXACT_CODES

TODAY = NOW.date()
TEXT = Field("text", kinds.TEXT, "文字", min_length=2, max_length=9)
LINES = Field("text", kinds.TEXT, "文字", multiline=True)
NOTHING = Field("text", kinds.TEXT, "文字", empty_words=("未办结",))
KINDS = Field("kinds", kinds.CHOICES, "种类", options=(Option("红", "红"), Option("绿", "绿")), max_items=1)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.data())
@pytest.mark.parametrize("name", EXACT_CODES)
def test_exact_codes_are_right_and_in_the_form_that_is_kept(name: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(EXACT_CODES[name], fullmatch=True))
    outcome = coerce(text, Field("code", kinds.TEXT, "号码", format=name), TODAY)
    assert (outcome.value, outcome.faults) == (text, [])


LETTERS = "没有暂空甲公司,，。（）()Nn/Aa-—=+@_x000D 3\t\n\r\u00a0\u3000\u200b\u202e\u2028\ufeff未办结无😀Ａ１："


@settings(max_examples=600, derandomize=True, deadline=None)
@given(st.text(st.sampled_from(LETTERS), max_size=12))
@pytest.mark.parametrize("target", [TEXT, LINES, NOTHING])
def test_a_column_gives_what_coercion_gives_or_a_doubt(target: Field, text: str) -> None:
    gathered = Gathered()
    values = PlainColumn(target, TODAY).read([text], gathered)
    outcome = coerce(text, target, TODAY)
    assert (values, gathered.doubtful) == (([None], {0}) if outcome.faults else ([outcome.value], set()))


def test_broken_cells_and_too_many_options_are_doubtful() -> None:
    gathered = Gathered()
    assert PlainColumn(KINDS, TODAY).read(["红", BrokenCell("#N/A"), "红、绿", "", "红"], gathered) == [
        ["红"], None, None, None, ["红"],
    ]  # fmt: skip
    assert gathered.doubtful == {1, 2}


@pytest.mark.parametrize("kind", [kinds.TEXT, kinds.BOOLEAN, kinds.NUMBER])
def test_equal_cells_of_different_types_are_not_mixed_up(kind: Kind) -> None:
    cells, target = ["1", 1, True, 1.0, False, 0, "0"], Field("value", kind, "值")
    outcomes = [coerce(cell, target, TODAY) for cell in cells]
    expected = [None if outcome.faults else outcome.value for outcome in outcomes]
    found = PlainColumn(target, TODAY).read(cells, Gathered())
    assert list(map(repr, found)) == list(map(repr, expected))
