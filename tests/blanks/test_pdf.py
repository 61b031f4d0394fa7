"""Fillable PDF forms: the printed paper, a field on every value, and back again what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.support.builders import CLOCK, form
from tests.support.pdf_forms import boxes_of, fields_of, ink, type_in
from tests.support.pdfs import font_names, page_texts
from tests.support.strategies import records

from danju.batch import find_sources, iter_items
from danju.blanks import BlankOptions, make_blank
from danju.blanks.pdf.fill import fill_blank
from danju.blanks.pdf.typeface import type_font
from danju.exchange.pdf_names import STAMP_FIELD
from danju.library import Library
from danju.model.form import Form
from danju.readers.pdf.form import FieldType
from danju.rules.checking import to_plain

FIELDS = """
number 编号: text
customer 客户*: text
day 日期*: date
seen 到访时间: datetime
count 件数: integer
price 单价: number
urgent 加急: boolean
grade 等级: choice 优 良 差
topics 内容: choices 质量 服务 No.3
way 方式: choice 电话 书面
remark 备注: lines
total 合计: {type: number, readOnly: true}
people 联系人: [{name 姓名: text, born 生日: date, role 角色: choice 经理 主管}]
review 审核: {opinion 意见: text, signed_by 签字: text, signed_on 日期: date}
"""
LAYOUT = {
    "header": {"left": ["number"], "right": ["day"]},
    "blocks": [
        {"row": ["customer", "day"]},
        {"row": ["seen", "count"]},
        {"row": ["price", "urgent"]},
        {"row": ["grade"]},
        {"row": ["topics"]},
        {"row": [{"field": "way", "draw": "text"}, "total"]},
        {"row": [{"field": "remark", "height": "30mm"}]},
        {"table": "people", "min_rows": 2},
        {"approval": ["review"]},
    ],
}
SETTINGS: Mapping[str, Any] = {"number": "A-{seq:03d}", "compute": {"total": "count * price"}}
VALUES: Mapping[str, Any] = {
    "customer": "柳州华平新材料有限公司",
    "day": date(2026, 3, 18),
    "seen": datetime(2026, 3, 18, 9, 30),
    "count": 3,
    "price": Decimal("12.50"),
    "urgent": True,
    "grade": "良",
    "topics": ["质量", "No.3"],
    "way": "书面",
    "remark": "第一行\n第二行",
    "total": Decimal("37.50"),
    "people": [{"name": "张三", "born": date(1980, 1, 2), "role": "主管"}, {"name": "李四"}],
    "review": {"opinion": "同意。", "signed_by": "王五", "signed_on": date(2026, 3, 19)},
}


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return form(tmp_path_factory.mktemp("forms"), FIELDS, LAYOUT, **SETTINGS)


@pytest.fixture(scope="module")
def blank(paper: Form) -> bytes:
    return make_blank(paper, "pdf", BlankOptions())


def read(folder: Path, content: bytes, of: Form) -> Mapping[str, Any]:
    """The record in a file, which must have no issue."""
    path = folder / "填好.pdf"
    path.write_bytes(content)
    (item,) = iter_items(find_sources([str(path)]), [of], None, CLOCK)
    assert item.record is not None, [issue.text() for issue in item.issues]
    return item.record.values


def test_every_value_has_a_field_named_by_its_path(blank: bytes) -> None:
    assert set(fields_of(blank)) == {
        STAMP_FIELD, "number", "customer", "day", "seen", "count", "price", "urgent", "grade", "way", "remark", "total",
        "topics[质量]", "topics[服务]", "topics[No․3]",
        *(f"people[{row}].{name}" for row in (0, 1) for name in ("name", "born", "role")),
        "review.opinion", "review.signed_by", "review.signed_on",
    }  # fmt: skip


def test_fields_say_what_they_are(blank: bytes) -> None:
    with pikepdf.open(BytesIO(blank)) as pdf:
        form_fields = {str(each.T): each for each in pdf.Root.AcroForm.Fields}
        hints = {name: str(each.TU) for name, each in form_fields.items() if "/TU" in each}
        flags = {name: int(each.get("/Ff", 0)) for name, each in form_fields.items()}
        assert hints["customer"] == "客户（必填）"
        assert hints["day"] == "日期（必填）：如 2026-03-18 或 2026年3月18日"
        assert hints["number"] == "编号：不填则由系统编号"
        assert hints["total"] == "合计（系统计算，不用填）"
        assert hints["topics[质量]"] == "内容：质量"
        assert flags["customer"] & 2  # required
        assert flags["total"] & 1  # read-only
        assert flags["remark"] & 1 << 12  # of several lines
        assert flags["grade"] & 1 << 15  # one of several boxes
        assert [str(each) for each in form_fields["way"].Opt] == [" ", "电话", "书面"]
        assert str(form_fields["people[0]"].Kids[0].TU) == "联系人 1 姓名"
        assert len(form_fields["day"].Kids) == 2  # above the grid and in it
        assert "/NeedAppearances" not in pdf.Root.AcroForm


def test_the_paper_is_printed_and_the_boxes_are_the_fields_own(blank: bytes) -> None:
    (text,) = page_texts(blank)
    assert {"测试单", "优", "签字："} <= {word for word in ("测试单", "优", "签字：") if word in text}
    assert "☐" not in text
    assert all(ink(blank, *box) > 0.05 for box in boxes_of(blank)["grade"])


def test_people_type_with_an_embedded_font_that_has_their_characters(blank: bytes) -> None:
    assert "NotoSansSC-Bold" in font_names(blank)  # every font of the file is embedded, or this raises
    with pikepdf.open(BytesIO(blank)) as pdf:
        (name, font), *others = pdf.Root.AcroForm.DR.Font.items()
        assert not others
        assert str(pdf.Root.AcroForm.DA).startswith(f"{name} ")
        assert str(font.BaseFont) == "/NotoSansSC-Regular"  # without the tag of a subset
        assert len(font.DescendantFonts[0].CIDToGIDMap.read_bytes()) == 2 * 0x10000
    assert all(map(type_font().has, "柳州华平ABCxyz0129，。（）：“”①㎡℃𬭎☑"))
    assert not type_font().has("😀")


def test_the_same_form_gives_the_same_bytes(paper: Form, blank: bytes) -> None:
    assert make_blank(paper, "pdf", BlankOptions()) == blank
    assert len(blank) < 1_500_000


def test_fields_stand_on_the_paper_in_reading_order(blank: bytes) -> None:
    with pikepdf.open(BytesIO(blank)) as pdf:
        page = pdf.pages[0]
        tops = [float(each.Rect[3]) for each in page.Annots if "/Parent" in each]
        assert str(page.Tabs) == "/R"
        assert all(later <= earlier + 20 for earlier, later in pairwise(tops))
    for page_number, (left, bottom, right, top) in chain.from_iterable(boxes_of(blank).values()):
        assert page_number == 0
        assert 0 < left < right < 596
        assert 0 < bottom < top < 842


def test_a_record_filled_in_comes_back(tmp_path: Path, paper: Form, blank: bytes) -> None:
    assert to_plain(read(tmp_path, fill_blank(blank, paper, VALUES), paper)) == to_plain(VALUES)


def test_what_is_filled_in_is_seen(paper: Form, blank: bytes) -> None:
    filled = fill_blank(blank, paper, VALUES)
    boxes = boxes_of(filled)
    for name in ("customer", "remark", "people[1].name", "review.signed_by", "way"):
        assert ink(filled, *boxes[name][0]) > ink(blank, *boxes[name][0]) + 0.004
    assert ink(filled, *boxes["grade"][1]) > ink(blank, *boxes["grade"][1])
    assert ink(filled, *boxes["grade"][0]) == ink(blank, *boxes["grade"][0])


def test_what_people_type_in_chrome_comes_back(tmp_path: Path, paper: Form, blank: bytes) -> None:
    typed = type_in(
        blank,
        {
            "customer": "柳州华平（测试）有限公司", "day": "2026年3月18日", "count": "3", "price": "12.5",
            "topics[服务]": None, "remark": "甲\n乙", "people[1].name": "李四", "people[1].born": "1980-1-2",
            "review.opinion": "同意",
        },
    )  # fmt: skip
    typed = type_in(typed, {"grade": None}, box=2)
    assert to_plain(read(tmp_path, typed, paper)) == {
        "customer": "柳州华平（测试）有限公司", "day": "2026-03-18", "count": 3, "price": 12.5,
        "topics": ["服务"], "grade": "差", "remark": "甲\n乙", "people": [{"name": "李四", "born": "1980-01-02"}],
        "review": {"opinion": "同意"}, "total": 37.5,
    }  # fmt: skip
    box = boxes_of(typed)["customer"][0]
    assert ink(typed, *box) > ink(blank, *box) + 0.02  # Chinese characters are drawn, whatever fonts the machine has


def test_fields_without_a_place_follow_on_a_page_of_their_own(tmp_path: Path) -> None:
    of = form(
        tmp_path, "name 姓名: text\nwhy 事由*: text\nitems 明细: [{what 品名: text}]", [{"prose": "兹有{{ name }}"}]
    )
    content = make_blank(of, "pdf", BlankOptions())
    assert {name: boxes[0][0] for name, boxes in boxes_of(content).items()} == {
        "name": 1, "why": 1, "items[0].what": 1, "items[1].what": 1, "items[2].what": 1,
    }  # fmt: skip
    values = {"name": "张三", "why": "出差", "items": [{"what": "甲"}]}
    assert to_plain(read(tmp_path, fill_blank(content, of, values), of)) == values


def test_paper_of_several_pages_has_fields_on_each(tmp_path: Path) -> None:
    of = form(tmp_path, "first 一: text\nsecond 二: text", [["first"], {"page_break": True}, ["second"]])
    content = make_blank(of, "pdf", BlankOptions())
    assert [boxes_of(content)[name][0][0] for name in ("first", "second")] == [0, 1]


@pytest.mark.parametrize("name", ["paper", "visit_report", "complaint_record", "customer_opening"])
def test_what_is_filled_in_comes_back_for_every_kind_of_field(
    name: str, paper: Form, tmp_path_factory: pytest.TempPathFactory
) -> None:
    of = paper if name == "paper" else Library(None).form(name)
    content = make_blank(of, "pdf", BlankOptions())
    folder = tmp_path_factory.mktemp(name)

    @given(values=records(of))
    @settings(
        max_examples=12, deadline=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
    )  # fmt: skip
    def law(values: Mapping[str, Any]) -> None:
        fitting = _on_paper(content, values)
        assert to_plain(read(folder, fill_blank(content, of, fitting), of)) == to_plain(fitting)

    law()


def _on_paper(content: bytes, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record without rows that the paper has no room for; rows of fixed words in the paper's order."""
    rows: dict[str, list[str]] = {}
    for name in fields_of(content):
        table, _, rest = name.partition("[")
        index = rest.partition("].")[0]
        if "]." in name and index not in rows.setdefault(table, []):
            rows[table].append(index)
    return {key: _rows(value, rows[key]) if key in rows else value for key, value in values.items()}


def _rows(given: list[dict[str, Any]], printed: list[str]) -> list[dict[str, Any]] | None:
    if "=" not in printed[0]:
        return given[: len(printed)]
    key = printed[0].partition("=")[0]
    held = [next((row for row in given if row[key] == word.partition("=")[2]), {}) for word in printed]
    return [row for row in held if len(row) > 1] or None


def test_ticks_are_ticks(blank: bytes) -> None:
    fields = fields_of(blank)
    assert fields["topics[质量]"].type is FieldType.TICK
    assert fields["grade"].type is FieldType.ONE
    assert fields["grade"].options == ("优", "良", "差")


def test_grids_of_ticks_and_fixed_rows_come_back(tmp_path: Path) -> None:
    of = form(
        tmp_path,
        {
            "speed 速度": "choice 快 慢",
            "care 细心": "choice 快 慢",
            "papers 资料": "choices 执照 No.2",
            "details 明细": [{"paper 资料": "choice 执照 No.2", "number 编号": "text"}],
        },
        [
            {"matrix": ["speed", "care"], "label": "评价"},
            {"checklist": "papers", "tick": "有无", "details": "details", "key": "paper", "columns": ["number"]},
        ],
    )
    blank = make_blank(of, "pdf", BlankOptions())
    assert {"speed", "care", "papers[No․2]", "details[paper=No․2].number"} <= set(fields_of(blank))
    assert len(boxes_of(blank)["care"]) == 2
    typed = type_in(blank, {"papers[No․2]": None, "details[paper=No․2].number": "B-2", "care": None}, box=1)
    assert to_plain(read(tmp_path, typed, of)) == {
        "care": "慢", "papers": ["No.2"], "details": [{"paper": "No.2", "number": "B-2"}],
    }  # fmt: skip


def test_english_labels_stand_in_the_hints(tmp_path: Path) -> None:
    of = form(tmp_path, {"name 姓名": {"type": "string", "title": "姓名", "x-en": "Name"}})
    content = make_blank(of, "pdf", BlankOptions(english=True))
    with pikepdf.open(BytesIO(content)) as pdf:
        assert str(pdf.Root.AcroForm.Fields[0].TU) == "姓名 · Name"
