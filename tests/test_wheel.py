"""The wheel carries everything: forms, schemas, templates, fonts, samples."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built once."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "-q", "-w", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_holds_content_and_fonts(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("forms", "schemas", "templates", "samples"):
        for path in (ROOT / folder).iterdir():
            if path.is_file():
                assert f"danju/builtin/{folder}/{path.name}" in names
    assert "danju/builtin/templates/fonts/NotoSansSC-Regular.ttf" in names
    assert "danju/builtin/templates/fonts/OFL.txt" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_installed_wheel_makes_the_demo_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    """A clean environment gets danju from the wheel only; the libraries it needs are lent by this one."""
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    site = next((venv / "lib").glob("python*/site-packages")) if os.name != "nt" else venv / "Lib" / "site-packages"
    zipfile.ZipFile(wheel).extractall(site)
    (site / "lent.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    python = venv / ("Scripts" if os.name == "nt" else "bin") / "python"
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(python), *arguments]
        return subprocess.run(command, cwd=elsewhere, env=environment, capture_output=True, text=True, encoding="utf-8")

    assert str(site) in call("-c", "import danju; print(danju.__file__)").stdout
    run = call("-m", "danju", "demo", "out")
    assert run.returncode == 0, run.stderr
    made = {path.suffix for path in (elsewhere / "out").iterdir()}
    assert {".docx", ".pdf", ".xlsx"} <= made
    assert (elsewhere / "out" / "汇总.xlsx").is_file()
