"""`danju template`: from files to files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.word_template.builders import docx, lines

from danju.cli.main import cli
from danju.errors import DanjuError

LOOP = "{% for 行 in 联系人 %}{{ 行.姓名 }} {{ 行.电话 }};{% endfor %}"
TEMPLATE = docx("｛｛客户名称｝｝ {{ 法人（负责人） }} {{ 金额 }}", LOOP)
RECORD = "客户名称: 甲公司\n法人（负责人）: 张三\n金额: 12000.50\n联系人: [{姓名: 李四, 电话: 0771123}]\n"


def run(*arguments: str) -> Result:
    """The command's result; our own errors come out as they are."""
    result = CliRunner().invoke(cli, ["template", *arguments], standalone_mode=False)
    if isinstance(result.exception, DanjuError):
        raise result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a template and its data."""
    (tmp_path / "模板.docx").write_bytes(TEMPLATE)
    (tmp_path / "数据.yaml").write_text(RECORD, encoding="utf-8")
    return tmp_path


def fill(folder: Path, output: str, *more: str, data: str = "数据.yaml") -> Result:
    """`danju template fill` in that folder."""
    return run("fill", str(folder / "模板.docx"), str(folder / data), "-o", str(folder / output), "--lang", "zh", *more)


def test_one_record_makes_one_file(folder: Path) -> None:
    result = fill(folder, "合同.docx")
    assert (result.return_value, "填好 1 份" in result.output) == (0, True)
    assert lines((folder / "合同.docx").read_bytes()) == ["甲公司 张三 12,000.5", "李四 0771123;"]


def test_several_records_are_counted_or_named(folder: Path) -> None:
    (folder / "数据.yaml").write_text("- 客户名称: 甲/乙\n- 客户名称: 甲/乙\n- 客户名称: 丙\n", encoding="utf-8")
    fill(folder, "合同.docx")
    assert sorted(path.name for path in folder.glob("合同*")) == ["合同-1.docx", "合同-2.docx", "合同-3.docx"]
    fill(folder, "{客户名称}.docx")
    assert sorted(path.name for path in folder.glob("[甲丙]*")) == ["丙.docx", "甲_乙 (2).docx", "甲_乙.docx"]


def test_json_and_documents_of_a_yaml_file(folder: Path) -> None:
    (folder / "数据.json").write_text(json.dumps({"客户名称": "甲", "金额": 1.50}), encoding="utf-8")
    fill(folder, "a.docx", data="数据.json")
    assert lines((folder / "a.docx").read_bytes())[0] == "甲  1.5"
    (folder / "数据.yaml").write_text("客户名称: 甲\n---\n客户名称: 乙\n", encoding="utf-8")
    fill(folder, "b{seq}.docx")
    assert lines((folder / "b2.docx").read_bytes())[0] == "乙  "


def test_a_missing_name_warns_or_with_strict_stops_its_record(folder: Path) -> None:
    (folder / "数据.yaml").write_text(
        "- 客户名: 甲\n- 客户名称: 乙\n  法人（负责人）: 丙\n  金额: 1\n  联系人: []\n", encoding="utf-8"
    )
    assert "是否指“客户名”？" in fill(folder, "a.docx").output
    result = fill(folder, "b.docx", "--strict")
    assert result.return_value == 1
    assert "填好 1 份 + 有错 1 份" in result.output
    assert [path.name for path in folder.glob("b*")] == ["b-2.docx"]


def test_the_record_in_question_is_named(folder: Path) -> None:
    (folder / "数据.yaml").write_text('- 客户名称: 甲\n- 客户名称: "乙\\u0001"\n', encoding="utf-8")
    result = fill(folder, "a.docx")
    assert result.return_value == 1
    assert "第2条" in result.output
    assert "T115" in result.output


@pytest.mark.parametrize(
    ("text", "code"),
    [("a: [", "F006"), ("- 1", "F014"), ("", "F003"), ("a: " + "[" * 60 + "]" * 60, "F007")],
)
def test_data_that_cannot_be_read(folder: Path, text: str, code: str) -> None:
    (folder / "数据.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DanjuError) as caught:
        fill(folder, "a.docx")
    assert caught.value.code == code


def test_files_that_are_not_there_or_of_another_kind(folder: Path) -> None:
    for arguments, code in (
        (("fill", str(folder / "无.docx"), str(folder / "数据.yaml"), "-o", "a.docx"), "E101"),
        (("fill", str(folder / "模板.docx"), str(folder / "无.yaml"), "-o", "a.docx"), "E101"),
        (("fill", str(folder / "模板.docx"), str(folder / "模板.docx"), "-o", "a.docx"), "E103"),
        (("fill", str(folder / "模板.docx"), str(folder / "数据.yaml"), "-o", "a.pdf"), "E108"),
    ):
        with pytest.raises(DanjuError) as caught:
            run(*arguments)
        assert caught.value.code == code


def test_check_tells_all_and_ends_with_one(folder: Path) -> None:
    assert run("check", str(folder / "模板.docx"), "--lang", "zh").return_value == 0
    (folder / "坏.docx").write_bytes(docx("{{ a", "{% endif %}"))
    result = run("check", str(folder / "坏.docx"), "--lang", "zh")
    assert result.return_value == 1
    assert "坏.docx › 正文 › 第1段" in result.output
    result = run("check", str(folder / "坏.docx"), "--json", "--form", "visit_report")
    assert [issue["code"] for issue in json.loads(result.stdout)["issues"]] == ["T101", "T123", "T106"]
