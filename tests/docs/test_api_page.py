"""docs/api.md: its examples run as they stand, it names everything that is offered."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import danju
from danju.api import How

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One after the other, as a reader types them."""
    for name in ("samples", "docs/examples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    examples = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    for example in examples:
        exec(example, names)  # the page's own code
    assert len(examples) >= 8
    told = capsys.readouterr().out
    assert "F104" in told
    assert "ZF-202603-001" in told


def test_every_function_and_option_is_named() -> None:
    functions = {name for name in danju.__all__ if name[0].islower()}
    named = set(re.findall(r"`(\w+)\(", PAGE.partition("## English")[2]))
    assert functions - named == {"read"} - named
    for option in How.__annotations__:
        assert f"`{option}=" in PAGE
