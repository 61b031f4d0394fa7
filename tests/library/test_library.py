"""Forms are found, a workspace's first, and identified by what decides their output."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.builders import form, write, write_form

import danju
from danju.errors import UsageError
from danju.library import Library
from danju.library.places import builtin_root, is_workspace

BUILT_IN = ("complaint_record", "customer_opening", "visit_report")


def test_the_built_in_forms_load() -> None:
    assert tuple(each.id for each in Library().forms()) == BUILT_IN


@pytest.mark.parametrize("name", ["visit_report", "客户走访报告单", "Customer visit report", "走访台账"])
def test_a_form_answers_to_its_id_title_and_aliases(name: str) -> None:
    assert Library().form(name).id == "visit_report"


@pytest.mark.parametrize("name", ["../forms/visit_report", "forms/visit_report", "", "/etc/passwd"])
def test_a_form_name_is_no_path(name: str) -> None:
    with pytest.raises(UsageError, match="E104"):
        Library().form(name)


def test_an_unknown_form_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        Library().form("visit_reprot")
    assert "visit_report" in str(caught.value.values["hint"])
    assert "complaint_record" in str(caught.value.values["known"])


def test_a_workspace_wins_over_the_built_in_forms(tmp_path: Path) -> None:
    source = (builtin_root() / "forms" / "visit_report.form.yaml").read_text(encoding="utf-8")
    write(tmp_path / "forms" / "visit_report.form.yaml", source.replace("title: 客户走访报告单", "title: 我的走访单"))
    own, built_in = Library(tmp_path).form("visit_report"), Library().form("visit_report")
    assert (own.title, built_in.title) == ("我的走访单", "客户走访报告单")
    assert own.record_type == built_in.record_type


def test_a_workspace_adds_to_the_built_in_forms(tmp_path: Path) -> None:
    assert Library(write_form(tmp_path, "customer: text")).form_ids() == tuple(sorted((*BUILT_IN, "paper")))
    assert is_workspace(tmp_path)


def test_a_workspace_schema_may_use_the_built_in_common_parts(tmp_path: Path) -> None:
    paper = form(tmp_path, "{phone: {$ref: 'common.schema.yaml#/$defs/mobile', title: 手机号}}")
    (field,) = paper.record_type.fields
    assert (field.label, field.format) == ("手机号", "mobile")


def digest(folder: Path, fields: str = "customer: text", css: str = "", **settings: object) -> str:
    """Digest of a form in a workspace of its own."""
    if css:
        write(folder / "templates" / "document.css", css)
    return form(folder, fields, **settings).digest


def test_the_digest_changes_with_form_schema_and_templates_and_with_nothing_else(tmp_path: Path) -> None:
    first = digest(tmp_path / "a")
    write(tmp_path / "b" / "forms" / "leaf.form.yaml", "id: leaf")
    write(tmp_path / "b" / "notes.txt", "x")
    assert digest(tmp_path / "b") == first
    changed = {
        digest(tmp_path / "c", title="另一张"),
        digest(tmp_path / "d", fields="customer 客户: text"),
        digest(tmp_path / "e", css="p {}"),
        digest(tmp_path / "f", css="p { color: red }"),
    }
    assert len(changed - {first}) == 4


def test_content_is_not_code() -> None:
    """No Python file names a form, by id, title, alias or label; the names of business types are common words."""
    forms = Library().forms()
    words = {word for each in forms for word in (each.id, each.title, *each.aliases)}
    words |= {
        field.label
        for each in forms
        for _, field in each.record_type.iter_paths()
        if len(field.label) > 4 and field.format is None
    }
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words))
    found = [
        (path.name, text)
        for path in Path(danju.__file__).parent.rglob("*.py")
        for text in iter_words(path)
        if pattern.search(text)
    ]
    assert found == []


def iter_words(path: Path) -> Iterator[str]:
    """Names and texts in a module; docstrings and comments may give examples."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value
        elif isinstance(node, ast.Name):
            yield node.id


def test_headings_of_a_summary_may_be_in_two_languages(tmp_path: Path) -> None:
    """A single label serves both."""
    paper = write_form(tmp_path, "customer: text")
    path = paper / "forms" / "paper.form.yaml"
    summary = "summary: {by: [{label: [客户, Customer], field: customer}], measures: [{label: 件数, function: count}]}"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{summary}\n", encoding="utf-8")
    counted = Library(paper).form("paper").summary
    assert [(each.label, each.english) for each in counted.by] == [("客户", "Customer")]
    assert [(each.label, each.english) for each in counted.measures] == [("件数", "件数")]


def test_every_heading_of_a_built_in_summary_has_an_english_one() -> None:
    """`--lang en` gives an overview without Chinese headings."""
    summaries = [each.summary for each in Library().forms()]
    headings = [each.english for summary in summaries for each in (*summary.by, *summary.measures)]
    assert headings
    assert all(heading.isascii() and heading for heading in headings)
