"""Word files: comments where the issues are, gone again when they are mended."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from docx import Document
from lxml import etree
from tests.returns.builders import members

from danju.issues import Issue
from danju.location import Location, Spot
from danju.returns.findings import Findings
from danju.returns.word import clean_document, mark_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_file(path: Path, comment: str = "") -> Path:
    """A title, a table of two rows with another table inside, perhaps with the author's own comment."""
    document = Document()
    title = document.add_paragraph("客户走访报告单")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "质量"
    table.cell(0, 1).text = "很好"
    table.cell(1, 0).add_table(1, 1).cell(0, 0).text = "内"
    table.cell(1, 1).text = "末"
    document.add_paragraph("注")
    if comment:
        document.add_comment(title.runs, comment, author="小王", initials="王")
    document.save(str(path))
    return path


def issue(spot: Spot | None, code: str = "F104") -> Issue:
    """An issue at a spot."""
    return Issue(code, Location("a.docx", spot=spot), "质量", values={"value": "很好", "options": "优良", "hint": ""})


def marked(path: Path, *issues: Issue) -> bytes:
    """The returned copy."""
    result = mark_document(Findings(path, path.name, list(issues)), "zh")
    assert result is not None
    return result[0]


def comments(content: bytes) -> list[tuple[str, str, str]]:
    """Author, words and the paragraph of every comment."""
    parts = members(content)
    body = etree.fromstring(parts["word/document.xml"])
    found = []
    for comment in etree.fromstring(parts["word/comments.xml"]):
        number = comment.get(f"{W}id")
        start = next(each for each in body.iter(f"{W}commentRangeStart") if each.get(f"{W}id") == number)
        assert [each.get(f"{W}id") for each in body.iter(f"{W}commentReference")].count(number) == 1
        paragraph = next(start.iterancestors(f"{W}p"))
        found.append((str(comment.get(f"{W}author")), _text(comment.iter(f"{W}t")), _text(paragraph.iter(f"{W}t"))))
    return found


def _text(elements: Iterable[etree._Element]) -> str:
    return "|".join(each.text or "" for each in elements)


def test_comments_stand_in_the_cell_of_the_issue(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx")
    content = marked(
        path,
        issue(Spot(table=0, row=0, cell=1)),
        issue(Spot(table=1, row=0, cell=0)),
        issue(Spot(table=0, row=1, cell=1)),
    )
    words = "【错误】质量：“很好”不在选项中。|→ 可填：优良。"
    assert comments(content) == [("单据检查", words, place) for place in ("很好", "内", "末")]


def test_issues_of_the_file_or_of_a_header_stand_at_the_top(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx")
    content = marked(path, issue(None), issue(Spot("word/header1.xml", paragraph=3)), issue(Spot(paragraph=1)))
    assert [place for _, _, place in comments(content)] == ["客户走访报告单", "客户走访报告单", "注"]


def test_the_authors_own_comments_stay(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", comment="客户要求尽快")
    before = members(path.read_bytes())
    content = marked(path, issue(Spot(table=0, row=0, cell=1)))
    assert [author for author, _, _ in comments(content)] == ["小王", "单据检查"]
    path.write_bytes(content)
    cleaned = clean_document(path)
    assert cleaned is not None
    assert members(cleaned) == before


def test_marks_come_off_and_leave_what_was_there(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx")
    before = members(path.read_bytes())
    path.write_bytes(marked(path, issue(Spot(table=0, row=0, cell=1)), issue(None, "F016")))
    cleaned = clean_document(path)
    assert cleaned is not None
    assert members(cleaned) == before
    assert clean_document(word_file(tmp_path / "b.docx")) is None


def test_the_second_return_replaces_the_first(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx")
    first = marked(path, issue(Spot(table=0, row=0, cell=1)))
    path.write_bytes(first)
    assert members(marked(path, issue(Spot(table=0, row=0, cell=1)))) == members(first)


def test_a_returned_file_opens_in_other_programs(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx")
    document = Document(io.BytesIO(marked(path, issue(Spot(table=0, row=0, cell=1)))))
    assert [comment.author for comment in document.comments] == ["单据检查"]


def test_a_broken_file_is_not_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    assert mark_document(Findings(path, "a.docx", [issue(None)]), "zh") is None
