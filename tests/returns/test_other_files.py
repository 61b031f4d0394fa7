"""Inputs that are no Excel workbook: copies, comment lines, lists."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook
from tests.readers.builders import VISIT

from danju.issues import Issue
from danju.location import Location
from danju.readers import SUFFIXES, iter_readings
from danju.returns import ReturnedFile, ReturnKind, make_return
from danju.returns.findings import Findings

YAML = """\
form: visit_report
records:
  - customer_name: 甲公司
    suggestion: |
      第一行
      # 不是注释
    quality: 很好   # 客户原话
"""


def fault(line: int | None = None, cell: str | None = None, code: str = "F104") -> Issue:
    """An issue at a line or cell."""
    values = {"value": "很好", "options": "优良、良好", "hint": ""}
    return Issue(code, Location("数据", cell=cell, line=line), "质量", values=values)


def returned(path: Path, issues: Iterable[Issue]) -> ReturnedFile | None:
    """What goes back for a file."""
    readings = iter_readings(path, "数据", [VISIT], VISIT) if path.suffix in SUFFIXES else ()
    headers = {place.sheet: header for reading in readings for place, header in reading.headers.items()}
    return make_return(Findings(path, "数据", list(issues), headers), "zh")


def test_a_csv_file_goes_back_as_an_excel_copy_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "走访.csv"
    path.write_text("客户单位名称,走访日期,质量\n甲公司,2026-03-18,很好\n007,2026-03-19,优良\n", encoding="gb18030")
    back = returned(path, [fault(cell="C2")])
    assert back is not None
    told = (back.name, back.kind, [note.code for note in back.notes])
    assert told == ("走访（检查结果）.xlsx", ReturnKind.COPY, ["F052"])
    sheet = load_workbook(io.BytesIO(back.content))["走访"]
    assert [cell.value for cell in sheet[3]] == ["007", "2026-03-19", "优良", None]
    assert (sheet["C2"].fill.fgColor.rgb, sheet["D1"].value) == ("FFFFC4BE", "错误（单据检查）")


def test_faulty_lines_of_yaml_get_a_comment_above_them(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(YAML, encoding="utf-8")
    back = returned(path, [fault(line=7), fault(code="F016")])
    assert back is not None
    text = back.content.decode()
    assert "    # ✗ 质量：“很好”不在选项中。可填：优良、良好。 [F104] 〔单据检查〕\n    quality: 很好" in text
    assert text.startswith("# ! ")
    assert yaml.safe_load(text) == yaml.safe_load(YAML)


def test_comments_of_an_earlier_return_are_replaced_and_go_when_nothing_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(YAML, encoding="utf-8")
    first = returned(path, [fault(line=7)])
    assert first is not None
    path.write_bytes(first.content)
    again = returned(path, [fault(line=8)])
    assert again is not None
    assert again.content == first.content
    clean = returned(path, [])
    assert clean is not None
    assert (clean.kind, clean.content) == (ReturnKind.CLEAN, YAML.encode())


def test_encoding_and_line_ends_of_yaml_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(YAML.replace("\n", "\r\n").encode("gb18030"))
    back = returned(path, [fault(line=7)])
    assert back is not None
    text = back.content.decode("gb18030")
    assert "\n" not in text.replace("\r\n", "")
    assert text.count("〔单据检查〕") == 1


@pytest.mark.parametrize("name", ["a.json", "a.pdf", "a.xlsx"])
def test_what_cannot_be_marked_goes_back_as_a_list(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("{}", encoding="utf-8")
    back = returned(path, [fault(line=7), fault(code="F016")])
    assert back is not None
    lines = back.content.decode("utf-8-sig").splitlines()
    assert (back.name, back.kind) == (f"{name}.检查结果.txt", ReturnKind.TEXT)
    assert lines[1] == "错误 1 处　提醒 1 处　说明 0 条"
    assert lines[3] == "✗  第7行  质量：“很好”不在选项中。可填：优良、良好。 [F104]"
    assert len(lines) == 5


def test_nothing_goes_back_without_error_or_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(YAML, encoding="utf-8")
    assert returned(path, [Issue("F012", Location("数据"), values={"text": "注"})]) is None
