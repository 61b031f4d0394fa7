"""Blank Word forms: real controls, labels locked, and what people fill in is what is read."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from lxml import etree
from tests.support.all_kinds import form_of_all_kinds, shown
from tests.support.builders import form, values_of
from tests.support.strategies import records
from tests.support.word_files import (
    W14,
    W15,
    W,
    changed,
    controls,
    fill_blank,
    issues_of,
    part,
    put_text,
    read_back,
    with_document,
)

from danju.blanks import BlankOptions, make_blank
from danju.library import Library
from danju.model.form import Form
from danju.pipeline import render_document
from danju.rules.checking import to_plain

FEW = settings(max_examples=12, phases=[Phase.generate], derandomize=True, deadline=None)
VISIT = {
    "customer_name": "南宁华盛石化有限公司",
    "visit_date": "2026-03-05",
    "quality": "优良",
    "service": "良好",
    "awareness": "知名",
    "topics": ["市场信息", "服务质量"],
    "suggestion": "第一行\n第二行",
    "contacts": [{"name": f"联系人{index}", "mobile": f"1390771000{index}"} for index in range(5)],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("blank")


@pytest.fixture(scope="module")
def paper(folder: Path) -> Form:
    return form_of_all_kinds(folder)


@pytest.fixture(scope="module")
def visit() -> Form:
    return Library(None).form("visit_report")


def blank(of: Form) -> bytes:
    return make_blank(of, "docx", BlankOptions())


def same(of: Form, values: Mapping[str, Any], data: bytes, folder: Path) -> None:
    """The file holds this record and nothing else."""
    (checked,) = read_back(data, folder, [of])
    assert checked.record is not None, [issue.text() for issue in checked.issues]
    assert not [issue.text() for issue in checked.issues if issue.is_repair]
    assert to_plain(checked.record.values) == to_plain(values)


def test_every_kind_of_field_is_read_from_its_control(paper: Form, folder: Path) -> None:
    @FEW
    @given(records(paper))
    def law(values: Mapping[str, Any]) -> None:
        values = values_of(paper, **to_plain(shown(paper, values)))
        same(paper, values, fill_blank(blank(paper), paper, values), folder)

    law()


@pytest.mark.parametrize("name", ["visit_report", "complaint_record", "customer_opening"])
def test_the_built_in_forms_are_read_from_their_controls(name: str, folder: Path) -> None:
    of = Library(None).form(name)

    @settings(FEW, max_examples=6)
    @given(records(of))
    def law(values: Mapping[str, Any]) -> None:
        values = values_of(of, **to_plain(shown(of, values)))
        same(of, values, fill_blank(blank(of), of, values), folder)

    law()


def without_controls(data: bytes) -> bytes:
    """The file as a program saves it that knows no controls: their content only."""
    root = part(data)
    for control in reversed(list(root.iter(f"{W}sdt"))):
        parent = control.getparent()
        at = parent.index(control)
        parent[at : at + 1] = list(control.find(f"{W}sdtContent"))
    return with_document(data, root)


@pytest.mark.parametrize("stamped", [True, False])
def test_a_form_whose_controls_are_lost_is_read_by_its_labels(visit: Form, folder: Path, stamped: bool) -> None:
    values = values_of(visit, **VISIT)
    data = without_controls(fill_blank(blank(visit), visit, values))
    if not stamped:
        data = changed(data, **{"docProps__custom.xml": None})
    same(visit, values, data, folder)


def test_a_form_whose_stamp_is_lost_is_known_by_its_tags(visit: Form, folder: Path) -> None:
    values = values_of(visit, **VISIT)
    data = changed(fill_blank(blank(visit), visit, values), **{"docProps__custom.xml": None})
    (checked,) = read_back(data, folder, list(Library(None).forms()))
    assert to_plain(checked.record.values) == to_plain(values)


def test_a_blank_nobody_filled_in_is_one_clear_issue(visit: Form, paper: Form, folder: Path) -> None:
    for of in (visit, paper):
        assert issues_of(blank(of), folder, [of]) == [
            f"单.docx：“{of.title}”的空白表单还没有填写。请填写后再试。 [F035]"
        ]
        assert issues_of(without_controls(blank(of)), folder, [of]) == issues_of(blank(of), folder, [of])


def test_a_missing_value_is_named_at_its_control(visit: Form, folder: Path) -> None:
    data = fill_blank(blank(visit), visit, values_of(visit, **{**VISIT, "customer_name": "某某公司"}))
    root = part(data)
    for tag, control in controls(root):
        if tag == "visit_date":
            put_text(control, "")
    (checked,) = read_back(with_document(data, root), folder, [visit])
    (issue,) = checked.issues
    assert issue.text() == "单.docx › 表格1 第2行第2格「走访日期」：未填写。此项必填。 [F101]"


def test_the_same_field_filled_in_twice_differently_is_an_issue(visit: Form, folder: Path) -> None:
    data = fill_blank(blank(visit), visit, values_of(visit, **VISIT))
    root = part(data)
    second = [control for tag, control in controls(root) if tag == "visit_date"][1]
    put_text(second, "2026年3月6日")
    (checked,) = read_back(with_document(data, root), folder, [visit])
    assert [issue.code for issue in checked.issues if issue.is_error] == ["F103"]


@pytest.mark.parametrize(("typed", "read"), [("3月5日", "2026-03-05"), ("2026年3月", "2026-03-05"), ("4月6日", None)])
def test_the_date_kept_by_a_picker_completes_the_same_date_only(
    visit: Form, folder: Path, typed: str, read: str | None
) -> None:
    values = values_of(visit, **VISIT)
    root = part(fill_blank(blank(visit), visit, values))
    for tag, control in controls(root):
        if tag == "visit_date":
            put_text(control, typed, values["visit_date"])
    (checked,) = read_back(with_document(blank(visit), root), folder, [visit])
    if read is None:
        assert "F121" in [issue.code for issue in checked.issues]  # what is visible counts, with a warning
    else:
        assert to_plain(checked.record.values)["visit_date"] == read


def kinds(data: bytes) -> dict[str, set[str]]:
    """Kinds of controls by tag."""
    found: dict[str, set[str]] = {}
    for tag, control in controls(part(data)):
        names = {node.tag.rpartition("}")[2] for node in control.find(f"{W}sdtPr")}
        plain = {"rPr", "alias", "tag", "id", "lock", "placeholder", "showingPlcHdr"}
        found.setdefault(tag, set()).update(names - plain)
    return found


def test_each_field_has_the_control_that_suits_it(paper: Form) -> None:
    found = kinds(blank(paper))
    assert found["name"] == {"text"}
    assert found["day"] == found["items[].due"] == {"date"}
    assert found["until"] == {"comboBox"}  # 长期 is allowed in place of a date
    assert found["level"] == found["urgent"] == found["items[].kind"] == {"dropDownList"}
    assert found["grade=甲"] == found["topics=质量"] == found["papers=许可"] == found["box=差"] == {"checkbox"}
    assert found["details[paper=许可].cert"] == {"text"}
    assert found["items"] == {"repeatingSection"}
    assert found[""] == {"group", "repeatingSectionItem"}


def test_labels_are_locked_and_controls_stay_open(paper: Form) -> None:
    root = part(blank(paper))
    (group,) = [control for _, control in controls(root) if control.find(f"{W}sdtPr/{W}group") is not None]
    assert [node.tag for node in root.find(f"{W}body")] == [f"{W}sdt", f"{W}p", f"{W}sectPr"]
    assert group.getparent().tag == f"{W}body"
    locks = {node.get(f"{W}val") for node in root.iter(f"{W}lock")}
    assert locks == {"sdtLocked"}  # none forbids typing


def test_computed_fields_are_locked_grey_words(visit: Form) -> None:
    (score,) = [control for tag, control in controls(part(blank(visit))) if tag == "score"]
    assert score.find(f"{W}sdtPr/{W}lock").get(f"{W}val") == "sdtContentLocked"
    assert "".join(score.itertext(f"{W}t")) == "系统计算"


def test_empty_controls_show_grey_words_that_come_back_when_emptied(visit: Form) -> None:
    data = blank(visit)
    (name,) = [control for tag, control in controls(part(data)) if tag == "customer_name"]
    assert name.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    assert name.find(f"{W}sdtContent/{W}r/{W}rPr/{W}rStyle").get(f"{W}val") == "PlaceholderText"
    wanted = {node.get(f"{W}val") for node in part(data).iter(f"{W}docPart")}
    blocks = part(data, "word/glossary/document.xml")
    assert wanted <= {node.get(f"{W}val") for node in blocks.iter(f"{W}name")}


def test_tags_and_ids_are_unique_and_short(paper: Form) -> None:
    root = part(blank(paper))
    ids = [node.get(f"{W}val") for node in root.iter(f"{W}id")]
    assert len(set(ids)) == len(ids)
    assert all(len(node.get(f"{W}val")) <= 64 for node in root.iter(f"{W}tag", f"{W}alias"))
    assert root.find(f".//{W15}repeatingSection") is not None
    assert root.find(f".//{W14}checkbox") is not None


def test_equal_forms_give_equal_bytes(paper: Form) -> None:
    assert blank(paper) == blank(paper)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_saved_by_libreoffice_says_the_same(visit: Form, folder: Path) -> None:
    values = values_of(visit, **VISIT)
    (folder / "填好.docx").write_bytes(fill_blank(blank(visit), visit, values))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", f"{folder}/out"]
    subprocess.run([*command, f"{folder}/填好.docx"], check=True, capture_output=True, timeout=120)
    same(visit, values, (folder / "out" / "填好.docx").read_bytes(), folder)


def as_blocks(data: bytes, tag: str, lines: list[str]) -> bytes:
    """The file after Enter was pressed in a control: it holds paragraphs now."""
    root = part(data)
    (control,) = [each for name, each in controls(root) if name == tag]
    put_text(control, lines[0])
    content = control.find(f"{W}sdtContent")
    around = control.getparent()
    for index, line in enumerate(lines):
        paragraph = content.makeelement(f"{W}p")
        run = paragraph.makeelement(f"{W}r")
        text = run.makeelement(f"{W}t")
        text.text = line
        run.append(text)
        paragraph.append(run)
        content.insert(index, paragraph)
    content.remove(content[-1])
    around.getparent().replace(around, control)
    return with_document(data, root)


def test_paragraphs_in_a_control_are_lines(visit: Form, folder: Path) -> None:
    values = values_of(visit, **{**VISIT, "suggestion": "甲\n乙\n丙"})
    data = fill_blank(blank(visit), visit, values_of(visit, **{**VISIT, "suggestion": ""}))
    same(visit, values, as_blocks(data, "suggestion", ["甲", "乙", "丙"]), folder)


def test_words_typed_beside_an_empty_control_are_not_lost(visit: Form, folder: Path) -> None:
    data = fill_blank(blank(visit), visit, values_of(visit, **VISIT))
    root = part(data)
    (control,) = [each for name, each in controls(root) if name == "visitor"]
    run = control.makeelement(f"{W}r")
    text = run.makeelement(f"{W}t")
    text.text = "韦丽娟"
    run.append(text)
    control.addnext(run)
    same(visit, values_of(visit, **VISIT, visitor="韦丽娟"), with_document(data, root), folder)


def test_tables_and_rows_put_in_between_do_no_harm(visit: Form, folder: Path) -> None:
    values = values_of(visit, **VISIT)
    data = fill_blank(blank(visit), visit, values)
    root = part(data)
    rows = [row for row in root.iter(f"{W}tr") if "客户地址" in "".join(row.itertext())]
    extra = etree.fromstring(etree.tostring(rows[0]))
    for text, words in zip(list(extra.iter(f"{W}t")), ["行业", "化工", "备", "注", "无关"], strict=False):
        text.text = words
    for control in list(extra.iter(f"{W}sdt")):
        for run in control.find(f"{W}sdtContent"):
            control.addprevious(run)
        control.getparent().remove(control)
    rows[0].addnext(extra)
    (checked,) = read_back(with_document(data, root), folder, [visit])
    assert checked.record is not None
    assert to_plain(checked.record.values) == to_plain(values)
    assert any("化工" in issue.text() for issue in checked.issues)


def test_a_table_added_behind_the_form_is_not_dropped_in_silence(visit: Form, folder: Path) -> None:
    data = fill_blank(blank(visit), visit, values_of(visit, **VISIT))
    root = part(data)
    cells = "".join(f"<w:tc><w:tcPr/><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("行业", "化工"))
    table = f'<w:tbl xmlns:w="{W[1:-1]}"><w:tblPr/><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>'
    root.find(f"{W}body").insert(1, etree.fromstring(table))
    (issue,) = issues_of(with_document(data, root), folder, [visit])
    assert issue == "单.docx › 表格2 第1行第1格：“行业”不是本表单的栏目，其内容未使用。 [F102]"


def test_a_blank_of_another_form_or_version_is_told_apart(paper: Form, visit: Form, folder: Path) -> None:
    data = fill_blank(blank(visit), visit, values_of(visit, **VISIT))
    assert "[F021]" in issues_of(data, folder, [paper])[0]
    newer = replace(visit, version=2, digest="")
    assert "[F024]" in issues_of(data, folder, [newer])[-1]


@pytest.mark.parametrize("seed", range(25))
def test_no_damage_to_the_xml_makes_the_reader_fail(paper: Form, folder: Path, seed: int) -> None:
    """Elements lost, doubled and moved; what is read may be wrong, but it is read or refused."""
    dice = random.Random(seed)
    values = values_of(paper, name="甲公司", items=[{"goods": "乙", "qty": 3}], memo="说明\n第二行", topics=["质量"])
    root = part(fill_blank(blank(paper), paper, values))
    for _ in range(dice.randrange(1, 40)):
        nodes = [
            node for node in root.iter() if node.getparent() is not None and node.getparent().tag != f"{W}document"
        ]
        node, other = dice.choice(nodes), dice.choice(nodes)
        deed = dice.randrange(4)
        if deed == 0:
            node.getparent().remove(node)
        elif deed == 1:
            node.addnext(etree.fromstring(etree.tostring(node)))
        elif deed == 2 and other not in node.iter() and node not in other.iter():
            other.append(node)
        elif node.attrib:
            node.set(dice.choice(list(node.attrib)), dice.choice(["", "-1", "99", "x", "true"]))
    data = with_document(blank(paper), root)
    assert isinstance(read_back(data, folder, [paper]), list)
    for checked in read_back(changed(data, **{"docProps/custom.xml": None}), folder, [paper]):
        assert checked.record is not None or checked.issues


def test_running_text_has_controls_and_figures_stay_blank(folder: Path) -> None:
    fields = {
        "name 名称*": "text",
        "price 金额": {"type": "number", "x-unit": "元", "x-decimals": 2},
        "grade 等级": "choice 甲 乙",
        "why 缘由": "lines",
        "items 明细": [{"goods 品名": "text", "qty 数量": "number"}],
        "total 合计": {"type": "number", "readOnly": True},
    }
    blocks = [
        {"prose": "兹有 {{ name }} 交来 {{ price }} 元，大写 {{ price | rmb_upper }}。"},
        ["grade"],
        {"row": ["why"], "when": "grade == '甲'"},
        ["total"],
        {
            "table": "items",
            "columns": ["goods", "qty", {"expression": "qty * 2", "label": "倍数"}],
            "totals": {"qty": "count"},
        },
    ]
    of = form(folder / "prose", fields, blocks, compute={"total": "price * 2"})
    data = blank(of)
    words = "".join(part(data).itertext(f"{W}t"))
    assert words.startswith("测试单兹有 点击填写 交来 点击填写 元，大写 。等　　级☐ 甲　☐ 乙缘　　由点击填写")
    assert words.endswith("合　计")
    values = values_of(of, name="甲公司", price="1409.50", grade="甲", why="一\n二", items=[{"goods": "乙"}])
    same(of, values, fill_blank(data, of, values), folder)
    same(of, values, render_document(of, values, "docx").content, folder)


@pytest.mark.parametrize("with_controls", [True, False])
def test_fields_without_a_place_on_the_paper_stand_on_a_further_page(folder: Path, *, with_controls: bool) -> None:
    fields = {
        "name 名称*": "text",
        "memo 备忘": "lines",
        "level 级别": "choice 高 低",
        "day 日期": "date",
        "by 经手": "text",
    }
    of = form(folder / "further", fields, [["name", "by"]])
    values = values_of(of, name="甲公司", memo="一行", level="低", day="2026-03-05")
    data = fill_blank(blank(of), of, values)
    data = data if with_controls else without_controls(data)
    same(of, values, data, folder)
    assert not issues_of(data, folder, [of])
    assert "以上栏目不印在单子上" in "".join(part(blank(of)).itertext())
    assert "以上栏目不印在单子上" not in "".join(part(blank(form(folder / "all", fields))).itertext())
