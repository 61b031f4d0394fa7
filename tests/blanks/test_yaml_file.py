"""Blank YAML files and the schemas that editors check them with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from hypothesis import Phase, given, settings
from tests.support.all_kinds import form_of_all_kinds
from tests.support.builders import CLOCK, form
from tests.support.strategies import records

from danju.blanks import BlankOptions, companions, make_blank
from danju.blanks.json_schema import schema_of
from danju.library import Library
from danju.model.form import Form
from danju.pipeline import check
from danju.readers import iter_readings
from danju.rules.checking import Checked, to_plain

FEW = settings(max_examples=15, phases=[Phase.generate], derandomize=True, deadline=None)
BUILT_IN = ("visit_report", "complaint_record", "customer_opening")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("yaml")


@pytest.fixture(scope="module", params=["all kinds", *BUILT_IN])
def of(request: pytest.FixtureRequest, folder: Path) -> Form:
    return form_of_all_kinds(folder) if request.param == "all kinds" else Library(None).form(request.param)


def blank(of: Form) -> str:
    return make_blank(of, "yaml", BlankOptions()).decode()


def read(text: str, folder: Path, of: Form) -> tuple[list[Checked], list[str]]:
    path = folder / "单.yaml"
    path.write_text(text, encoding="utf-8")
    found, issues = [], []
    for reading in iter_readings(path, path.name, [of], None):
        found += [check(raw, of, CLOCK) for raw in reading.records]
        issues += [issue.text() for issue in reading.issues]
    return found, issues


def filled(of: Form, values: Mapping[str, Any]) -> str:
    """The blank with values typed behind their names; the sample rows are replaced."""
    plain = to_plain(values)
    names = {each.name for each in of.record_type.fields if not each.computed}
    lines, skipping = [], False
    for line in blank(of).splitlines():
        name = line.partition(":")[0]
        skipping = skipping and (line.startswith(" ") or not line.strip())
        if name in names and name in plain:
            lines.append(f"{name}: {json.dumps(plain[name], ensure_ascii=False)}")
            skipping = True
        elif not skipping:
            lines.append(line)
    return "\n".join(lines)


def validator(of: Form) -> Any:
    return jsonschema_rs.Draft202012Validator(schema_of(of), validate_formats=True)


def test_a_filled_blank_is_the_record(of: Form, folder: Path) -> None:
    @FEW
    @given(records(of))
    def law(values: Mapping[str, Any]) -> None:
        (checked,), issues = read(filled(of, values), folder, of)
        assert not issues
        assert checked.record is not None, [issue.text() for issue in checked.issues]
        assert to_plain(checked.record.values) == to_plain(values)

    law()


def test_a_blank_nobody_filled_in_is_one_clear_issue(of: Form, folder: Path) -> None:
    found, issues = read(blank(of), folder, of)
    assert not found
    assert issues == [f"单.yaml › 第6行：“{of.title}”的空白表单还没有填写。请填写后再试。 [F035]"]


def test_uncommented_sample_rows_hold_no_data(of: Form, folder: Path) -> None:
    text = "\n".join(line.removeprefix("#") if line.startswith("#  ") else line for line in blank(of).splitlines())
    assert text != blank(of).rstrip("\n")
    assert read(text, folder, of)[1] == read(blank(of), folder, of)[1]


def test_every_field_is_explained(folder: Path) -> None:
    fields = {
        "name 名称*": "text",
        "grade 等级*": "choice 优 良",
        "topics 事项": "choices 质量 价格",
        "price 单价": {"type": "number", "x-unit": "元", "description": "不含税"},
        "until 有效期": {"type": "string", "format": "date", "x-words": ["长期"]},
        "total 合计": {"type": "number", "readOnly": True},
        "people 联系人": [{"name 姓名*": "text", "mobile 手机": {"type": "string", "format": "mobile"}}],
        "review 审核": {"by 签字": "text"},
    }
    text = blank(form(folder / "small", fields, compute={"total": "price"}))
    assert text.splitlines()[:2] == ["# yaml-language-server: $schema=测试单.schema.json", "# 测试单（paper 第 1 版）"]
    assert text.partition("version: 1\n\n")[2] == (
        "# * 名称\nname:\n\n"
        "# * 等级：选一个：优、良\ngrade:\n\n"
        "# 事项：可多选，用顿号隔开：质量、价格\ntopics: []\n\n"
        "# 单价：不含税；只填数字，单位元\nprice:\n\n"
        "# 有效期：如 2026-03-18 或 2026年3月18日；也可填“长期”\nuntil:\n\n"
        "# 合计：系统计算，不必填写\n\n"
        "# 联系人\n# 每行以“- ”开头；去掉下面各行的 # 填写，再有一行就照样再抄一份。\n"
        "people:\n#  - name:    # * 姓名\n#    mobile:  # 手机：11 位手机号；如 '13900000000'\n\n"
        "# 审核\nreview:\n  # 签字\n  by:\n"
    )


def test_a_file_of_an_older_version_is_read_with_a_warning(folder: Path) -> None:
    of = form(folder / "second", "name 名称: text", version=2)
    found, issues = read("form: paper\nversion: 1\nname: 甲\n---\nform: paper\nversion: 2\nname: 乙\n", folder, of)
    assert [checked.record.values["name"] for checked in found if checked.record] == ["甲", "乙"]
    assert issues == ["单.yaml › 第1行：文件按第 1 版制作，现为第 2 版；已按现版读取。请核对新增或改动的栏目。 [F024]"]


def test_a_field_called_version_is_a_field(folder: Path) -> None:
    of = form(folder / "own", "name 名称: text\nversion 版本: text")
    (checked,), issues = read("form: paper\nname: 甲\nversion: 3\n", folder, of)
    assert not issues
    assert checked.record is not None
    assert checked.record.values == {"name": "甲", "version": "3"}


def test_the_schema_lies_beside_the_file_that_names_it(of: Form) -> None:
    (name,) = companions(of, "yaml", BlankOptions())
    assert blank(of).startswith(f"# yaml-language-server: $schema={name}\n")
    assert not companions(of, "docx", BlankOptions())


def test_the_schema_accepts_what_we_accept(of: Form) -> None:
    judge = validator(of)

    @FEW
    @given(records(of))
    def law(values: Mapping[str, Any]) -> None:
        record = {"form": of.id, "version": of.version, **to_plain(values)}
        for document in (record, to_plain(values), [record, record], {"form": of.id, "records": [to_plain(values)]}):
            judge.validate(document)

    law()


def test_an_untouched_blank_lacks_only_what_is_required(of: Form) -> None:
    document = yaml.safe_load(blank(of))
    required = {each.name for each in of.record_type.fields if each.required}
    record = validator_of_record(of)
    wrong = {str(error.instance_path[0]) for error in record.iter_errors(document)}
    assert wrong == required


def validator_of_record(of: Form) -> Any:
    return jsonschema_rs.Draft202012Validator(schema_of(of)["$defs"]["record"])


@pytest.mark.parametrize(
    "change",
    [
        {"qualty": "优良"},
        {"quality": "很好"},
        {"visit_date": "三月五日"},
        {"contacts": [{"nmae": "甲"}]},
        {"form": "别的"},
    ],
)
def test_the_schema_finds_slips(change: Mapping[str, Any]) -> None:
    of = Library(None).form("visit_report")
    given = {"visit_date": "2026-03-05", "quality": "良好", "service": "一般", "awareness": "知道"}
    record = {"customer_name": "某某公司", **given}
    assert validator(of).is_valid(record)
    assert not validator(of).is_valid({**record, **change})


def test_the_schema_stands_alone_in_chinese_without_our_extensions(of: Form) -> None:
    text = make_blank(of, "schema", BlankOptions()).decode()
    assert '"x-' not in text
    assert {part.split('"')[0] for part in text.split('"$ref": "')[1:]} == {"#/$defs/record"}
    properties = json.loads(text)["$defs"]["record"]["properties"]
    for each in of.record_type.fields:
        assert properties[each.name]["title"] == each.label


def test_equal_forms_give_equal_bytes(of: Form) -> None:
    for target in ("yaml", "schema"):
        assert make_blank(of, target, BlankOptions()) == make_blank(of, target, BlankOptions())
