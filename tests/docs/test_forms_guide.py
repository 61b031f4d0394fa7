"""docs/forms.md: its worked form works, its tables are complete."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from tests.support.pdfs import page_texts

from danju.cli.main import cli
from danju.layout.blocks import BLOCKS
from danju.library import library as library_module
from danju.library import schema_loader
from danju.rules.expressions import environment
from danju.rules.functions import FILTERS, FUNCTIONS
from danju.values.codes import CHECKS

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
META: dict[str, Any] = yaml.safe_load(
    Path(library_module.__file__).with_name("form.meta.yaml").read_text(encoding="utf-8")
)
CODE_WORDS = frozenset(re.findall(r"[\w-]+", " ".join(re.findall(r"```yaml\n.*?```|`[^`\n]+`", GUIDE, re.DOTALL))))


def worked_files() -> dict[str, str]:
    """The files of the worked example: a code span with the path, then its content."""
    found = re.findall(r"^`([\w/.]+\.yaml)`\n\n```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    return dict(found)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    for name, content in worked_files().items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def danju(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, [*arguments, "--lang", "zh"], standalone_mode=False, catch_exceptions=False)
    return result.return_value or 0, result.output


def test_the_worked_form_makes_all_four_formats(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(worked_files()) == {"schemas/loan_slip.schema.yaml", "forms/loan_slip.form.yaml", "loans.yaml"}
    monkeypatch.chdir(workspace)
    command = re.search(r"^danju (render loans\.yaml .*)$", GUIDE, re.MULTILINE)
    assert command is not None
    code, output = danju(*command.group(1).split())
    assert code == 0, output
    made = {path.name for path in (workspace / "out").iterdir() if path.is_file()}
    assert made == {f"JK-2026-001.{suffix}" for suffix in ("docx", "pdf", "xlsx", "html")}
    page = (workspace / "out" / "JK-2026-001.html").read_text(encoding="utf-8")
    for words in ("借款单", "韦丽娟", "1,409.50 元", "壹仟肆佰零玖元伍角", "陆国华", "2026年3月18日"):
        assert words in page


def test_the_worked_form_takes_a_register_too(workspace: Path) -> None:
    register = workspace / "台账.csv"
    register.write_text('姓名,借款日期,金额\n韦丽娟,2026.3.18,"1,409.50"\n', encoding="utf-8")
    code, output = danju("convert", str(register), "--form", "loan_slip", "-w", str(workspace), "--computed")
    assert code == 0, output
    (record,) = json.loads(output[output.index("[\n") :])
    assert record["amount"] == 1409.5
    assert record["in_words"] == "壹仟肆佰零玖元伍角"


def test_the_receipt_is_printed_as_the_guide_shows_it(tmp_path: Path) -> None:
    folder = ROOT / "docs" / "examples" / "receipt"
    shown = re.search(r"^layout:\n  copies: .*?(?=^```$)", GUIDE, re.MULTILINE | re.DOTALL)
    assert shown is not None
    assert shown[0] in (folder / "forms" / "receipt.form.yaml").read_text(encoding="utf-8")
    code, output = danju(
        "render", str(folder / "收据.yaml"), "-w", str(folder), "--to", "pdf,docx,xlsx,html", "-o", str(tmp_path)
    )
    assert code == 0, output
    (page,) = page_texts((tmp_path / "SJ-202603-0001.pdf").read_bytes())
    assert page.index("存根联") < page.index("客户联")
    assert page.count("壹万贰仟捌佰元整") == 2


def test_a_misspelt_field_is_reported_as_the_guide_says(workspace: Path, tmp_path: Path) -> None:
    for name, content in worked_files().items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content.replace("[borrower, amount]", "[borower, amount]"), encoding="utf-8")
    from danju.errors import DefinitionError

    with pytest.raises(DefinitionError) as caught:
        danju("forms", "loan_slip", "-w", str(tmp_path))
    assert caught.value.code == "E203"
    assert "是否指“borrower”" in str(caught.value)


def table_names(column: str) -> set[str]:
    """Names in the first cells of the table whose head begins with a word."""
    table = re.search(rf"^\| {column}.*?\n\|[ -|]+\n((?:\|.*\n)+)", GUIDE, re.MULTILINE)
    assert table is not None
    firsts = [row.split(" | ")[0] for row in table.group(1).replace("\\|", "¦").splitlines()]
    return {name for cell in firsts if (name := _name_in(cell))}


def _name_in(cell: str) -> str:
    """`round(数, 位数)` → round; `数 ¦ round(位数)` → round."""
    text = cell.strip("|` ").split("¦")[-1].strip(" `")
    return re.split(r"[^a-z_]", text)[0]


def test_the_function_table_is_complete() -> None:
    assert table_names("函数") == set(FUNCTIONS)


def test_the_filter_table_and_list_are_complete() -> None:
    assert table_names("过滤器") == set(FILTERS)
    listed = re.search(r"Jinja2's own: (.*?)\.\n", GUIDE, re.DOTALL)
    assert listed is not None
    assert set(re.findall(r"`(\w+)`", listed.group(1))) | set(FILTERS) == set(environment().filters)


def test_every_layout_block_has_an_example() -> None:
    for kind in BLOCKS:
        assert f"**`{kind}`**" in GUIDE, kind
        assert re.search(rf"^- {kind}:", GUIDE, re.MULTILINE), kind


def keys_of(node: Any) -> Iterator[str]:
    """Every property name that a JSON Schema names, at any depth."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "properties":
                yield from value
            yield from keys_of(value)
    elif isinstance(node, list):
        for item in node:
            yield from keys_of(item)


def words_of(node: Any) -> Iterator[str]:
    """Every fixed word that a JSON Schema allows."""
    if isinstance(node, Mapping):
        yield from (word for word in node.get("enum", ()) if isinstance(word, str))
        for value in node.values():
            yield from words_of(value)
    elif isinstance(node, list):
        for item in node:
            yield from words_of(item)


def test_every_key_and_word_of_the_form_language_is_explained() -> None:
    schemas = [META, *(kind.meta_schema() for kind in BLOCKS.values())]
    unexplained = (set(keys_of(schemas)) | set(words_of(schemas))) - CODE_WORDS
    assert not unexplained


def test_every_schema_key_that_the_code_reads_is_explained() -> None:
    source = Path(schema_loader.__file__).read_text(encoding="utf-8")
    keys = set(re.findall(r'"(x-[a-z]+)"', source)) | set(re.findall(r'node\.get\("(\w+)"', source))
    assert {"x-en", "x-aliases", "x-width", "readOnly"} <= keys
    assert not keys - CODE_WORDS


def test_every_checked_format_is_named() -> None:
    assert set(CHECKS) <= CODE_WORDS


def test_every_planned_command_is_really_missing() -> None:
    from danju.cli.main import _COMMANDS

    planned = re.search(r"^## .*Planned$(.*)", GUIDE, re.MULTILINE | re.DOTALL)
    assert planned is not None
    commands = re.search(r"命令 (.*?)。", planned.group(1))
    assert commands is not None
    assert not set(re.findall(r"`(\w+)`", commands.group(1))) & set(_COMMANDS)


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL))
def test_every_yaml_example_is_yaml(block: str) -> None:
    assert yaml.safe_load(block)
