"""Superseded papers: put away byte for byte, under names that say what they were, and listed.

A paper that was issued is evidence, so it is never altered: no mark is written into it, its bytes and time stay. That
it no longer holds is said by its folder, by its name, and by the list beside it, which anybody can open.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from danju.stores.lines import Voided
from danju.values.text import is_formula_like

__all__ = ["VOID_FOLDER", "VOID_LIST", "free_name", "void_list"]

VOID_FOLDER = "作废"
VOID_LIST = "作废登记.csv"
_HEAD = ("编号", "版本", "作废文件", "原文件名", "取代它的", "作废日期", "SHA-256")


def free_name(folder: Path, stem: str, version: int, suffix: str) -> str:
    """The name under which a file is put away: `甲 第1版.pdf`, with a count when there is one already."""
    name, count = f"{stem} 第{version}版{suffix}", 1
    while (folder / name).exists():
        count += 1
        name = f"{stem} 第{version}版 ({count}){suffix}"
    return name


def void_list(papers: Iterable[Voided]) -> bytes:
    """The list of superseded papers, one line a file, as Excel and WPS open it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for paper in papers:
        by = f"第{paper.by}版" if paper.by > paper.version else "同版重做（表单或模板已改）"
        for name, (put_away, digest) in paper.files.items():
            writer.writerow(
                [_text(paper.number), f"第{paper.version}版", _text(put_away), _text(name), by, paper.on, digest]
            )
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _text(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if is_formula_like(value) else value
