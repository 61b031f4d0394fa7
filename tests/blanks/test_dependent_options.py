"""Options that go with another choice: offered accordingly, checked when they are read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from tests.blanks.filling import fill_register, read_back
from tests.support.builders import check, form, texts

from danju.blanks import BlankOptions, make_blank
from danju.errors import DefinitionError
from danju.exchange.stamp import FileShape
from danju.model.form import Form

PROVINCES = """
name 客户*: text
province 省份: choice 广西 湖南
city 城市:
  x-depends: province
  oneOf: [{const: 南宁, x-for: 广西}, {const: 长沙, x-for: [湖南]}, {const: 其它}]
stops 行程: [{area 片区: {x-depends: province, oneOf: [{const: 北海, x-for: 广西}, {const: 株洲, x-for: 湖南}]}}]
"""


@pytest.fixture
def trips(tmp_path: Path) -> Form:
    return form(tmp_path, PROVINCES)


def test_an_option_that_does_not_go_with_the_other_choice_is_an_error_at_its_place(trips: Form) -> None:
    checked = check(trips, name="甲", province="湖南", city="南宁")
    assert checked.record is None
    assert texts(checked.issues) == [
        "数据.yaml › 第4行「城市」：“城市”与所选的“省份”不相配。请核对“省份”和“城市”。 [F301]"
    ]


@pytest.mark.parametrize(
    "values", [{"province": "广西", "city": "南宁"}, {"city": "南宁"}, {"province": "湖南", "city": "其它"}, {}]
)
def test_options_that_go_together_or_stand_alone_pass(trips: Form, values: dict[str, str]) -> None:
    assert check(trips, name="甲", **values).record is not None


def test_rows_of_a_table_are_checked_against_the_record(trips: Form) -> None:
    assert check(trips, name="甲", province="广西", stops=[{"area": "北海"}]).record is not None
    assert "行程1·片区" in texts(check(trips, name="甲", province="湖南", stops=[{"area": "北海"}]).issues)[0]


def test_the_drop_down_offers_what_goes_with_the_cell_of_the_other_choice(trips: Form) -> None:
    book = openpyxl.load_workbook(BytesIO(make_blank(trips, "xlsx", BlankOptions(FileShape.REGISTER, rows=5))))
    rules = [rule for rule in book.active.data_validations.dataValidation if rule.type == "list"]
    (city,) = [rule for rule in rules if rule.formula1.startswith("IF(") and "list.city" in rule.formula1]
    assert "$C5" in city.formula1  # the first row's cell of the province
    assert len(city.formula1) <= 255
    words = book["选项"]
    owners = book.defined_names["danju._list.city.owners"].attr_text.rpartition("!")[2]
    pairs = [(cell.value, cell.offset(column=1).value) for (cell,) in words[owners]]
    assert pairs == [("广西", "南宁"), ("广西", "其它"), ("湖南", "长沙"), ("湖南", "其它")]


def test_what_was_chosen_is_read_back(trips: Form, tmp_path: Path) -> None:
    record = {"name": "甲公司", "province": "广西", "city": "南宁", "stops": [{"area": "北海"}]}
    blank = make_blank(trips, "xlsx", BlankOptions(FileShape.REGISTER, rows=5))
    assert read_back(fill_register(blank, trips, [record], tmp_path / "表.xlsx"), trips) == [record]


@pytest.mark.parametrize(
    ("city", "said"),
    [
        ("{x-depends: street, oneOf: [{const: 南宁}]}", "street"),
        ("{x-depends: name, oneOf: [{const: 南宁}]}", "x-depends"),
        ("{x-depends: province, oneOf: [{const: 南宁, x-for: 广东}]}", "广东"),
        ("{oneOf: [{const: 南宁, x-for: 广西}]}", "x-depends"),
    ],
)
def test_a_dependence_that_cannot_be_is_a_definition_error(tmp_path: Path, city: str, said: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        form(tmp_path, f"name 客户: text\nprovince 省份: choice 广西 湖南\ncity 城市: {city}")
    assert said in str(caught.value) + str(caught.value.values)
