"""What a command imports: a cold start is mostly imports, so each takes only those that its job needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from danju.library.places import builtin_root

_RUN = """
import sys
from danju.cli.main import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sorted(sys.modules), sep="\\n")
"""

SAMPLES = builtin_root() / "samples"
HEAVY = frozenset({"openpyxl", "weasyprint", "lxml", "python_calamine", "uharfbuzz", "multiprocessing", "docx"})
OTHER_READERS = frozenset(f"danju.readers.{name}" for name in ("tabular", "structured.json_file", "word", "pdf"))
DRAWING = frozenset({"danju.layout.draw", "danju.layout.plan", "danju.ooxml.properties"})


def modules(folder: Path, *arguments: str) -> frozenset[str]:
    """Names of all modules that a run of the command imports."""
    command = [sys.executable, "-c", _RUN, *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(command, cwd=folder, check=False, capture_output=True, encoding="utf-8", env=environment)
    assert run.returncode == 0, run.stderr
    return frozenset(run.stdout.splitlines())


def test_a_yaml_record_becomes_word_without_the_libraries_of_other_formats(tmp_path: Path) -> None:
    loaded = modules(tmp_path, "render", str(SAMPLES / "客户开户申请.yaml"), "--to", "docx")
    assert {"danju.readers.structured.yaml_file", "danju.renderers.word"} <= loaded
    assert not loaded & (HEAVY | OTHER_READERS)
    assert not loaded & {"danju.renderers.pdf", "danju.renderers.excel", "danju.summary", "danju.blanks"}


def test_a_check_draws_nothing(tmp_path: Path) -> None:
    loaded = modules(tmp_path, "check", str(SAMPLES / "客户开户申请.yaml"))
    assert not loaded & (HEAVY | OTHER_READERS | DRAWING)


@pytest.mark.parametrize("target", ["docx", "xlsx", "html"])
def test_only_pdf_needs_a_shaping_library(tmp_path: Path, target: str) -> None:
    loaded = modules(tmp_path, "render", str(SAMPLES / "客户开户申请.yaml"), "--to", target)
    assert not loaded & {"uharfbuzz", "weasyprint"}


def test_a_register_is_checked_without_openpyxl(tmp_path: Path) -> None:
    loaded = modules(tmp_path, "check", str(SAMPLES / "走访台账.xlsx"))
    assert not loaded & ({"openpyxl", "uharfbuzz", "multiprocessing", "danju.readers.word"} | DRAWING)
