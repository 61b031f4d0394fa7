"""docs/issues.md: the catalogue, whole and up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from danju.messages import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "issues.md").read_text(encoding="utf-8")


def test_every_code_is_listed_once_and_none_more() -> None:
    listed = re.findall(r"^\| ([A-Z]\d{3}) \|", PAGE, re.MULTILINE)
    assert sorted(listed) == sorted(CATALOGUE)


def test_the_page_is_what_the_catalogue_gives() -> None:
    """When this fails: python docs/make_issues.py"""
    command = [sys.executable, str(ROOT / "docs" / "make_issues.py"), "--check"]
    assert subprocess.run(command, check=False, capture_output=True, text=True).stderr == ""


def test_severities_and_texts_are_the_catalogues() -> None:
    for code, message in CATALOGUE.items():
        (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| {code} |")]
        assert message.severity.value in line
        plain = line.replace("&lt;", "<").replace("\\", "")
        assert all(text in plain for text in (*message.zh, *message.en))
