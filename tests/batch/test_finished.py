"""Finished documents found in folders: read only when nothing else is there, and once for each name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.support.builders import CLOCK, form

from danju.batch import find_sources, iter_items
from danju.blanks import BlankOptions, make_blank
from danju.blanks.pdf.fill import fill_blank
from danju.model.form import Form
from danju.pipeline import render_document

VALUES: Mapping[str, Any] = {"number": "A-7", "customer": "柳州华平"}


@pytest.fixture
def paper(tmp_path: Path) -> Form:
    return form(tmp_path / "forms", "number 编号: text\ncustomer 客户*: text", number="A-{seq}")


def test_finished_documents_beside_their_source_are_left_out_with_one_note(tmp_path: Path, paper: Form) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, target in (("甲", "pdf"), ("乙", "pdf"), ("甲", "xlsx")):
        (folder / f"{name}.{target}").write_bytes(render_document(paper, VALUES, target).content)
    (folder / "台账.json").write_text(json.dumps([VALUES]), encoding="utf-8")
    filled = fill_blank(make_blank(paper, "pdf", BlankOptions()), paper, {**VALUES, "number": "A-8"})
    (folder / "填好.pdf").write_bytes(filled)
    found = list(iter_items(find_sources([str(folder)]), [paper], None, CLOCK))
    assert sorted(str(item.record.values["number"]) for item in found if item.record) == ["A-7", "A-8"]
    (note,) = [issue for item in found for issue in item.issues]
    assert (note.code, note.values["count"]) == ("F049", 3)


def test_a_document_that_is_named_is_read(tmp_path: Path, paper: Form) -> None:
    (tmp_path / "甲.pdf").write_bytes(render_document(paper, VALUES, "pdf").content)
    (tmp_path / "台账.json").write_text(json.dumps([VALUES]), encoding="utf-8")
    assert not find_sources([str(tmp_path / "甲.pdf")])[0].is_left_out


def test_a_folder_of_nothing_but_documents_is_read_once_for_each_name(tmp_path: Path, paper: Form) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for target in ("docx", "pdf", "xlsx"):
        (out / f"甲.{target}").write_bytes(render_document(paper, VALUES, target).content)
    (out / "乙.xlsx").write_bytes(render_document(paper, VALUES, "xlsx").content)
    assert {source.name for source in find_sources([str(out)]) if not source.is_left_out} == {"甲.pdf", "乙.xlsx"}


@pytest.mark.parametrize("target", ["xlsx", "docx", "pdf"])
def test_blanks_that_come_back_are_never_taken_for_documents(target: str, tmp_path: Path, paper: Form) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / f"填好.{target}").write_bytes(make_blank(paper, target, BlankOptions()))
    (folder / "台账.json").write_text(json.dumps([VALUES]), encoding="utf-8")
    assert not any(source.is_left_out for source in find_sources([str(folder)]))


def test_a_letter_in_a_folder_is_only_mentioned_but_refused_when_named(tmp_path: Path, paper: Form) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "台账.json").write_text(json.dumps([VALUES]), encoding="utf-8")
    letter = docx.Document()
    letter.add_paragraph("各部门：请于本周五前报送。")
    letter.save(str(folder / "通知.docx"))
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    def codes(path: Path) -> list[str]:
        return [
            issue.code for item in iter_items(find_sources([str(path)]), [paper], None, CLOCK) for issue in item.issues
        ]

    assert codes(folder) == ["F050", "F050"]
    assert codes(folder / "通知.docx") == ["F004"]
