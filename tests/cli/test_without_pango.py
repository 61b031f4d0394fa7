"""A machine with Python and wheels alone: nothing but PDFs of a workspace's own HTML needs WeasyPrint and Pango."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.builders import write_form

from danju.library.places import builtin_root
from danju.renderers import pdf_html

WITHOUT_PACKAGE = """
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("weasyprint", "cffi", "pydyf"):
            raise ImportError(name)

sys.meta_path.insert(0, Hidden())
"""
WITHOUT_LIBRARY = """
import cffi

def dlopen(self, name, flags=0):
    raise OSError(f"cannot load library {name}")

cffi.FFI.dlopen = dlopen
"""
RUN = """
import sys
{hide}
from danju.cli.main import main
try:
    main()
finally:
    assert not any(name.startswith("weasyprint.") for name in sys.modules) or {may_try}
"""
SAMPLES = builtin_root() / "samples"
FORMATS = "docx,pdf,xlsx,html"


def danju(folder: Path, *arguments: str, hide: str = WITHOUT_PACKAGE, may_try: bool = False) -> tuple[int, str]:
    """Exit code and everything printed by a command on such a machine."""
    command = [sys.executable, "-c", RUN.format(hide=hide, may_try=may_try), *arguments, "--lang", "zh"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(command, cwd=folder, check=False, capture_output=True, encoding="utf-8", env=environment)
    return run.returncode, run.stdout + run.stderr


def names(folder: Path, suffix: str) -> list[str]:
    return sorted(path.name for path in folder.glob(f"*{suffix}"))


def test_the_demo_is_made(tmp_path: Path) -> None:
    code, printed = danju(tmp_path, "demo")
    assert code == 0, printed
    assert all(names(tmp_path / "demo", suffix) for suffix in (".docx", ".pdf", ".xlsx"))


def test_doctor_finds_nothing_to_attend_to(tmp_path: Path) -> None:
    code, printed = danju(tmp_path, "doctor", hide=WITHOUT_LIBRARY, may_try=True)
    assert code == 0, printed
    assert "Pango" in printed
    assert "用不着" in printed
    assert "WeasyPrint could not import" not in printed


@pytest.mark.parametrize("target", ["xlsx", "docx", "pdf", "yaml", "schema"])
def test_blanks_are_made(tmp_path: Path, target: str) -> None:
    code, printed = danju(tmp_path, "blank", "customer_opening", "--to", target, "-o", f"空白.{target}")
    assert code == 0, printed
    assert (tmp_path / f"空白.{target}").stat().st_size > 1000


def test_all_formats_and_the_summary_are_made_and_read_back(tmp_path: Path) -> None:
    code, printed = danju(
        tmp_path, "render", str(SAMPLES / "客户开户申请.yaml"), "--to", FORMATS, "-o", "出", "--summary"
    )
    assert code == 0, printed
    made = [len(names(tmp_path / "出", suffix)) for suffix in (".docx", ".pdf", ".html", ".xlsx")]
    assert made == [3, 3, 3, 4]
    code, printed = danju(tmp_path, "check", *map(str, (tmp_path / "出").glob("*.pdf")))
    assert code == 0, printed


@pytest.mark.parametrize("hide", [WITHOUT_PACKAGE, WITHOUT_LIBRARY], ids=["no package", "no library"])
def test_only_the_pdf_of_a_form_with_its_own_html_is_refused(tmp_path: Path, hide: str) -> None:
    """With what to do; its other formats, and every other record, are made."""
    write_form(tmp_path, "a: text")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "paper.html.j2").write_text("<html><body>{{ record.a }}</body></html>", encoding="utf-8")
    (tmp_path / "1.yaml").write_text("form: paper\na: 甲\n", encoding="utf-8")
    arguments = ("render", "1.yaml", str(SAMPLES / "客户开户申请.yaml"), "-w", ".", "--to", FORMATS, "-o", "出")
    code, printed = danju(tmp_path, *arguments, hide=hide, may_try=True)
    assert code == 1, printed
    assert printed.count("[E301]") == 1
    assert "表单“paper”用工作区自己的 HTML、CSS 排 PDF，需要 Pango 库；这台机器上没有。" in printed
    assert "--to html" in printed
    assert len(names(tmp_path / "出", ".pdf")) == 3
    assert [len(names(tmp_path / "出", suffix)) for suffix in (".docx", ".xlsx", ".html")] == [4, 4, 4]
    code, printed = danju(tmp_path, "doctor", "-w", ".", hide=hide, may_try=True)
    assert code == 3
    assert "表单“paper”" in printed


@pytest.mark.parametrize(
    ("platform", "words"), [("linux", "apt-get install"), ("darwin", "brew install pango"), ("win32", "windows")]
)
def test_the_remedy_is_that_of_the_platform(monkeypatch: pytest.MonkeyPatch, platform: str, words: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert words in pdf_html.pango_remedy()
