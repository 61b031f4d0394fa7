"""docs/templates.md: its example works, its tables are complete."""

from __future__ import annotations

import re
from pathlib import Path

from tests.word_template.builders import docx, lines

from danju.rules.functions import FUNCTIONS
from danju.word_template import compile_template, plain_names
from danju.word_template.data_file import read_data
from danju.word_template.filters import FILTER_NAMES
from danju.word_template.reading import _ALLOWED

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")


def test_every_filter_and_function_is_listed() -> None:
    listed = set(re.findall(r"`(\w+)`", GUIDE.partition("## 过滤器和函数")[2].partition("\n## ")[0]))
    assert listed == {*FILTER_NAMES, *FUNCTIONS, "range", "namespace", "dict", "cycler", "joiner"}


def test_every_argument_of_rich_and_image_is_named() -> None:
    for name in {*_ALLOWED["rich"], *_ALLOWED["image"]}:
        assert re.search(rf"`{name}=?`", GUIDE), name


def test_the_example_works(tmp_path: Path) -> None:
    data = tmp_path / "数据.yaml"
    data.write_text(re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[0], encoding="utf-8")
    text = re.findall(r"```text\n(.*?)```", GUIDE, re.DOTALL)[0]
    rows = [[cell.strip() for cell in row.split("│")[1:3]] for row in text.splitlines() if row.startswith("│")]
    paragraphs = [line for line in text.splitlines() if line and line[0] not in "┌│├└"]
    names = plain_names(read_data(data)[0])
    assert isinstance(names, dict)
    assert lines(compile_template(docx(*paragraphs, rows)).fill(names)) == [
        "甲方：上海某某有限公司　　签订日期：2026年3月18日",
        "合同金额（大写）：壹万贰仟元零伍角",
        "联系人 | 电话",
        "张三 | 13800000000",
        "李四 | 13900000000",
    ]
