"""What plans and line breaking remember from record to record is never another record's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.support.builders import form

from danju.layout.draw import draw
from danju.model.drawing import Drawing
from danju.model.form import Form

FIELDS = """
{name 名称: text, kinds 种类: choices 甲 乙 丙, grade 等级: choice 甲 乙, amount 金额: {type: number},
 day 日期: date, signed 签字: text, people 联系人: [{name 姓名: text}]}"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Form:
    """A form with values, options, and a table."""
    return form(tmp_path_factory.mktemp("remembered"), FIELDS)


def words(drawing: Drawing) -> list[str]:
    return [line.text for page in drawing.pages for cell in page.cells for line in cell.lines]


def drawn(paper: Form, **values: object) -> list[str]:
    return words(draw(paper, values))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"amount": Decimal(1)}, {"amount": True}),
        ({"amount": Decimal(1)}, {"amount": Decimal("1.00")}),
        ({"kinds": ["甲", "乙"]}, {"kinds": ["甲,乙"]}),
        ({"kinds": ["甲"]}, {"kinds": []}),
        ({"day": date(2026, 3, 18)}, {"day": datetime(2026, 3, 18)}),
        ({"name": "2026-03-18"}, {"name": date(2026, 3, 18)}),
        ({"people": [{"name": "甲"}, {"name": "乙"}]}, {"people": [{"name": "乙"}, {"name": "甲"}]}),
    ],
)
def test_equal_or_similar_values_are_shown_as_what_they_are(
    paper: Form, tmp_path: Path, first: Mapping[str, object], second: Mapping[str, object]
) -> None:
    """Drawn after the other one, a record looks as it does on a form that has never seen it."""
    for before, after in ((first, second), (second, first)):
        drawn(paper, **before)
        (tmp_path / "fresh").mkdir(exist_ok=True)
        fresh = form(tmp_path / "fresh", FIELDS)
        assert drawn(paper, **after) == drawn(replace(fresh, digest=repr(after)), **after)
