"""docs/architecture.md: the house as it stands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generator" / "danju"
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def parts() -> set[str]:
    """Packages and top-level modules of danju."""
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return packages | {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}


def test_every_package_has_its_row() -> None:
    rows = re.findall(r"^\| `danju\.(\w+)` \|", TEXT, re.MULTILINE)
    assert sorted(rows) == sorted(parts())


def enforced_layers(container: str) -> list[str]:
    """Layers of the contract that keeps the parts of a package apart, from the top."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    (layers,) = [each["layers"] for each in contracts if each.get("containers") == [container]]
    return list(layers)


def test_the_layers_are_those_that_are_enforced() -> None:
    shown = re.search(r"```layers\n(.*?)```", TEXT, re.DOTALL)
    assert shown is not None
    assert shown.group(1).splitlines() == enforced_layers("danju")


def test_the_rooms_of_the_readers_stand_as_they_are_enforced() -> None:
    section = TEXT.partition("## Readers")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", section, re.MULTILINE)
    shown = [" | ".join(re.findall(r"`(\w+)`", row)) for row in rows]
    assert shown == ["iter_readings", *enforced_layers("danju.readers")]


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_every_file_named_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for name in re.findall(r"`([\w/.]+\.(?:py|yaml|md))`", text):
        if "X." in name:
            continue
        assert any((base / name).exists() for base in (PACKAGE, ROOT, ROOT / "docs", ROOT / "schemas")), name


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_every_table_named_is_there(page: str) -> None:
    """Names in capitals are tables of the code."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    text = (ROOT / page).read_text(encoding="utf-8")
    for name in re.findall(r"`(_?[A-Z]{4,})`", text):
        assert re.search(rf"^{name}\b", source, re.MULTILINE), name


def test_a_class_name_is_used_once_in_the_house() -> None:
    found: dict[str, list[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for name in re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            found.setdefault(name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 400} == {}
