"""Records as web pages."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from tests.support.builders import form

from danju.model.form import Form
from danju.pipeline import render_document

HOSTILE = "<script>alert(1)</script> & \"甲\" 'x' </style><img src=x onerror=y>"


class Reader(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside = tag
        self.links += [value or "" for name, value in attrs if name in ("src", "href") or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self._inside != "style":
            self.text += data


def page_of(paper: Form, **values: object) -> str:
    """The page of a record."""
    return render_document(paper, values, "html").content.decode()


def test_data_never_becomes_markup(tmp_path: Path) -> None:
    paper = form(tmp_path, "{number 编号: text, name 名称: text}", {"header": {"left": ["name"]}, "blocks": [["name"]]})
    read = Reader(page_of(paper, number=HOSTILE, name=HOSTILE))
    assert {"script", "img"} & set(read.tags) == set()
    assert read.links == []
    assert read.text.count(HOSTILE) >= 4  # head, cell, footer, title


def test_a_page_stands_alone(tmp_path: Path) -> None:
    page = page_of(form(tmp_path, "name 名称: text"), name="甲公司")
    assert 'lang="zh-CN"' in page
    assert "url(" not in page
    assert "@import" not in page
    assert Reader(page).tags.count("style") == 1


def test_pages_are_counted_and_numbered(tmp_path: Path) -> None:
    paper = form(tmp_path, "{number 编号: text, a: text}", [["a"], {"page_break": True}, ["a"]])
    text = Reader(page_of(paper, number="A-1")).text
    assert "第 1 页　共 2 页" in text
    assert "第 2 页　共 2 页" in text
    assert text.count("A-1") == 3  # title, two footers


def test_equal_records_give_equal_bytes(tmp_path: Path) -> None:
    paper = form(tmp_path, "name 名称: text")
    assert page_of(paper, name="甲") == page_of(paper, name="甲") != page_of(paper, name="乙")
