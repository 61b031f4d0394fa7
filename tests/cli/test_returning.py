"""`danju check --return`: what is written where, and what is said about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cli.test_commands import BAD, DAY, GOOD, ROWS, Shell
from tests.returns.builders import register


@pytest.fixture
def danju(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """The command line."""
    return Shell(tmp_path, monkeypatch, capsys)


def test_faulty_files_are_returned_and_good_ones_named(danju: Shell) -> None:
    (danju.folder / "走访.xlsx").write_bytes(register())
    danju.records({**GOOD, "customer_name": "丁公司"}, name="好.json")
    result = danju("check", "走访.xlsx", "好.json", "--return", "退回", *DAY)
    assert result.code == 1
    assert "已退回：退回/走访.xlsx（3 个错误，1 个提醒）" in result.out
    assert "没有问题，未退回：好.json" in result.out
    assert result.last.endswith("danju check 退回")
    assert sorted(each.name for each in (danju.folder / "退回").iterdir()) == ["走访.xlsx"]


def test_a_returned_file_goes_straight_back_in_with_the_same_result(danju: Shell) -> None:
    (danju.folder / "走访.xlsx").write_bytes(register())
    first = json.loads(danju("check", "走访.xlsx", "--return", "退回", "--json", *DAY).out)
    again = json.loads(danju("check", "退回/走访.xlsx", "--json", *DAY).out)
    assert first.pop("returned") == [
        {"file": "走访.xlsx", "path": "退回/走访.xlsx", "kind": "marked", "errors": 3, "warnings": 1}
    ]
    assert again == first


def test_a_mended_file_comes_back_clean(danju: Shell) -> None:
    rows = [ROWS[0], [*ROWS[1][:2], "很好", *ROWS[1][3:]]]
    (danju.folder / "走访.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    danju("check", "走访.csv", "--return", "退回", *DAY)
    path = danju.folder / "退回" / "走访（检查结果）.xlsx"
    book = load_workbook(path)
    book["走访"]["C2"] = "优良"
    book.save(path)
    result = danju("check", path, "--return", "再退", *DAY)
    assert result.code == 0
    assert "已退回：再退/走访（检查结果）.xlsx（标记已去除）" in result.out
    assert load_workbook(danju.folder / "再退" / path.name).sheetnames == ["走访"]


def test_two_inputs_of_one_name_are_kept_apart(danju: Shell) -> None:
    for folder in ("一", "二"):
        (danju.folder / folder).mkdir()
        danju.records({**BAD, "customer_name": f"{folder}公司"}, name=f"{folder}/走访.json")
    result = danju("check", "一/走访.json", "二/走访.json", "--return", "退回", "--json", *DAY)
    returned = json.loads(result.out)["returned"]
    assert [(each["file"], each["path"], each["errors"]) for each in returned] == [
        ("一/走访.json", "退回/走访.json.检查结果.txt", 1),
        ("二/走访.json", "退回/走访.json.检查结果 (2).txt", 1),
    ]


def test_what_is_in_the_folder_already_is_not_replaced_by_something_else(danju: Shell) -> None:
    (danju.folder / "走访.xlsx").write_bytes(register())
    danju("check", "走访.xlsx", "--return", "退回", *DAY)
    danju("check", "走访.xlsx", "--return", "退回", *DAY)
    assert [each.name for each in (danju.folder / "退回").iterdir()] == ["走访.xlsx"]
    (danju.folder / "退回" / "走访.xlsx").write_bytes(b"being mended")
    danju("check", "走访.xlsx", "--return", "退回", *DAY)
    assert (danju.folder / "退回" / "走访.xlsx").read_bytes() == b"being mended"
    assert (danju.folder / "退回" / "走访 (2).xlsx").exists()


@pytest.mark.parametrize("folder", [".", "数据", "数据/退回"])
def test_nothing_is_returned_into_the_inputs(danju: Shell, folder: str) -> None:
    (danju.folder / "数据").mkdir()
    (danju.folder / "数据" / "走访.xlsx").write_bytes(register())
    inputs = ("数据/走访.xlsx", ".") if folder == "." else ("数据",)
    result = danju("check", *inputs, "--return", folder, *DAY)
    assert result.code == 2
    assert "[E115]" in result.err
    assert [each.name for each in danju.folder.rglob("*.xlsx")] == ["走访.xlsx"]


def test_the_input_itself_is_never_changed(danju: Shell) -> None:
    path = danju.folder / "走访.xlsx"
    path.write_bytes(register())
    danju("check", "走访.xlsx", "--return", "退回", *DAY)
    assert path.read_bytes() == register()
