"""A kind is one object and one entry in a table: this one, entered by a test, works everywhere."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.blanks.filling import fill_register, read_back
from tests.summary.builders import row, saved, sheet_of, shown
from tests.support.builders import check, codes, form, values_of
from tests.support.pdfs import page_texts

from danju.blanks import BLANKS, BlankOptions, make_blank
from danju.exchange.stamp import FileShape
from danju.issues import Fault
from danju.kinds import KINDS
from danju.messages import Words
from danju.model.field import Field, Kind
from danju.model.form import Form
from danju.model.kind_answers import Coerced
from danju.pipeline import TARGETS, render_document

_WRITTEN = re.compile(r"(?:(\d+)小时)?(?:(\d+)分)?")


class _Duration(Kind):
    """Hours and minutes, kept as minutes."""

    name = "duration"
    words = Words("时长", "duration")
    formats = ("duration",)

    def declares(self, node: Mapping[str, Any]) -> bool:
        return node.get("type") == "integer" and node.get("format") == "duration"

    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        found = _WRITTEN.fullmatch(raw) if isinstance(raw, str) else None
        if isinstance(raw, int):
            return Coerced(raw)
        if found is None or not found[0]:
            return Coerced(None, [Fault("F117", {"value": raw, "hint": self.note(field)})])
        return Coerced(60 * int(found[1] or 0) + int(found[2] or 0))

    def display(self, field: Field, value: object) -> str:
        return f"{value // 60}小时{value % 60}分" if isinstance(value, int) else ""

    def json_schema(self, field: Field) -> dict[str, Any]:
        return {"type": ["string", "integer"]}

    def note(self, field: Field) -> str:
        return "如 1小时30分"


DURATION = _Duration()


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Form]:
    """A form with such a field; the kind is one line of the table."""
    known = dict(KINDS)
    KINDS.clear()
    KINDS.update({DURATION.name: DURATION, **known})
    duration = {"type": "integer", "format": "duration"}
    summary = {"by": [{"label": "用时", "expression": "spent"}], "measures": [{"label": "件数", "function": "count"}]}
    yield form(
        tmp_path,
        {"name 名称*": "text", "spent 用时*": duration, "steps 步骤": [{"step 步骤*": "text", "took 耗时": duration}]},
        compute={},
        summary=summary,
    )
    KINDS.clear()
    KINDS.update(known)


def test_it_is_read_and_refused(paper: Form) -> None:
    values = values_of(paper, name="甲", spent="1小时30分", steps=[{"step": "一", "took": "5分"}])
    assert (values["spent"], values["steps"]) == (90, [{"step": "一", "took": 5}])
    assert codes(check(paper, name="甲", spent="很久")) == ["F117"]


def test_it_is_printed_in_every_format(paper: Form) -> None:
    values = values_of(paper, name="甲", spent="1小时30分", steps=[{"step": "一", "took": "5分"}])
    found = {target: render_document(paper, values, target).content for target in TARGETS}
    assert "1小时30分" in "".join(page_texts(found["pdf"]))
    assert "1小时30分" in found["html"].decode()
    assert all(found.values())


def test_every_blank_has_a_place_for_it(paper: Form, tmp_path: Path) -> None:
    for target in BLANKS:
        assert make_blank(paper, target, BlankOptions())
    schema = json.loads(make_blank(paper, "schema", BlankOptions()))
    assert schema["$defs"]["record"]["properties"]["spent"]["type"] == ["string", "integer"]
    assert "# * 用时：如 1小时30分" in make_blank(paper, "yaml", BlankOptions()).decode()
    register = make_blank(paper, "xlsx", BlankOptions(FileShape.REGISTER, rows=3))
    path = fill_register(register, paper, [{"name": "甲", "spent": 90}], tmp_path / "台账.xlsx")
    assert read_back(path, paper) == [{"name": "甲", "spent": 90}]


def test_a_summary_shows_it(paper: Form, tmp_path: Path) -> None:
    sheet = sheet_of(saved(tmp_path, paper, [row({"name": "甲", "spent": 90}, form_id="paper")]), "测试单")
    assert shown(sheet)[1][:3] == [1, "甲", "1小时30分"]


def test_there_is_one_of_each_kind() -> None:
    for kind in (*KINDS.values(), DURATION):
        assert pickle.loads(pickle.dumps(kind)) is kind
