"""Kinds of blocks: what each says about itself, and how a new one comes in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

import pytest
from tests.support.builders import form
from tests.support.pdfs import page_texts

from danju.errors import DefinitionError
from danju.layout.blocks import BLOCKS
from danju.layout.blocks.block import Composer, PaperBlock, iter_blocks, printed_rows
from danju.layout.blocks.node import TEXT, DefinitionNode, Settings
from danju.layout.draw import draw
from danju.layout.grid import FixedWords
from danju.layout.sketch import ROW_MM, SketchedCell, Span
from danju.layout.widths import Widths
from danju.model.form import Form
from danju.pipeline import TARGETS, render_document


@dataclass(frozen=True, slots=True)
class Notice(PaperBlock):
    """A toy: a label and fixed words."""

    NAME = "notice"
    SETTINGS: ClassVar[Settings] = {"notice": TEXT, "label": TEXT}

    words: str
    label: str

    @classmethod
    def read(cls, node: DefinitionNode, when: str) -> Self:
        return cls(node.get("notice"), node.get("label", ""), when=when)

    def first_labels(self, widths: Widths) -> Iterable[str]:
        return (self.label,)

    def draw(self, page: Composer, span: Span) -> None:
        row = page.sketch.row(ROW_MM)
        page.sketch.label(row, 1, span.left, span.inner, self.label)
        page.sketch.cell(SketchedCell(row, 1, span.inner, span.right, FixedWords((self.words,))))


@pytest.fixture
def with_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BLOCKS, Notice.NAME, Notice)  # type: ignore[arg-type]  # a dict underneath


def words_of(of: Form) -> dict[str, str]:
    """Everything that the document of an empty record says, by format."""
    made = {f".{target}": render_document(of, {}, target).content for target in TARGETS}
    word, excel = (zipfile.ZipFile(io.BytesIO(made[suffix])) for suffix in (".docx", ".xlsx"))
    return {
        "docx": word.read("word/document.xml").decode(),
        "xlsx": "".join(excel.read(name).decode() for name in excel.namelist() if name.endswith(".xml")),
        "html": made[".html"].decode(),
        "pdf": "".join(page_texts(made[".pdf"])),
    }


@pytest.mark.usefixtures("with_notice")
def test_a_new_block_is_one_class_and_one_line_and_prints_in_every_format(tmp_path: Path) -> None:
    of = form(tmp_path, "name 客户: text", "- {notice: 请勿折叠, label: 提示}\n- [name]")
    for format_name, text in words_of(of).items():
        assert "请勿折叠" in text, format_name


@pytest.mark.usefixtures("with_notice")
def test_a_new_block_stands_inside_others_and_takes_a_condition(tmp_path: Path) -> None:
    layout = "- {group: 组, rows: [{notice: 请勿折叠, when: name == '甲'}, [name]]}"
    of = form(tmp_path, "name 客户: text", layout)
    for name, count in (("甲", 1), ("乙", 0)):
        shown = [line.text for cell in draw(of, {"name": name}).pages[0].cells for line in cell.lines]
        assert shown.count("请勿折叠") == count


@pytest.mark.usefixtures("with_notice")
def test_a_new_block_refuses_the_settings_of_others(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        form(tmp_path, "name 客户: text", "- {notice: 请勿折叠, min_rows: 3}")
    assert (caught.value.code, caught.value.values["name"]) == ("E231", "min_rows")


def test_every_block_is_entered_under_its_own_name() -> None:
    assert all(name == kind.NAME and name in kind.SETTINGS for name, kind in BLOCKS.items())


def test_blocks_inside_others_are_found(tmp_path: Path) -> None:
    layout = """
    - {group: 外, rows: [{group: 内, rows: [{table: items, min_rows: 4}]}, [name]]}
    - {checklist: papers, details: proofs, key: paper, marks: [√, ×]}
    """
    fields = "{name: text, items: [{qty: integer}], papers: choices 甲 乙, proofs: [{paper: choice 甲 乙, id: text}]}"
    of = form(tmp_path, fields, layout)
    assert [block.NAME for block in iter_blocks(of.layout)] == ["group", "group", "table", "row", "checklist"]
    assert printed_rows(of.layout) == {"items": 4}
    *_, checklist = iter_blocks(of.layout)
    assert checklist.fixed_rows() == ("proofs", "paper")
    assert checklist.tick_marks() == ("papers", ("√", "×"))
