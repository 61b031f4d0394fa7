"""Forms that people made themselves in Word are read by their labels, and bad files are named."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from lxml import etree
from tests.readers.builders import Read
from tests.support.word_files import W, changed, part, with_document

from danju.library import Library
from danju.model.form import Form

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def forms() -> list[Form]:
    return list(Library(None).forms())


def table(document: Any, *rows: str) -> Any:
    """A table; cells are parted by |, `<` joins a cell with the one before it, `^` with the one above."""
    cells = [row.split("|") for row in rows]
    made = document.add_table(len(cells), len(cells[0]))
    for index, row in enumerate(cells):
        for column, text in enumerate(row):
            cell = made.cell(index, column)
            if text == "<":
                made.cell(index, column - 1).merge(cell)
            elif text == "^":
                made.cell(index - 1, column).merge(cell)
            else:
                cell.text = text
    return made


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def read(tmp_path: Path, forms: list[Form]) -> Callable[..., Read]:
    """Reads a document, or bytes under a name."""

    def reading(document: Any, name: str = "走访.docx", **more: Any) -> Read:
        path = tmp_path / name
        path.write_bytes(document if isinstance(document, bytes) else saved(document))
        return Read(path, *forms, **more)

    return reading


VISIT_ROWS = (
    "客户单位名称|南宁华盛石化有限公司|<|<",
    "客户地址|高新区 88 号|法人|陈建国",
    "走访日期|2026.3.18|走访人|韦丽娟",
    "质量|□非常优良 ☑优良 □良好|<|<",
    "服务态度|优良√ 良好 一般|<|<",
    "产品知名度|知名|<|<",
)
VISIT = {
    "customer_name": "南宁华盛石化有限公司",
    "customer_address": "高新区 88 号",
    "legal_representative": "陈建国",
    "visit_date": "2026.3.18",
    "visitor": "韦丽娟",
}


def test_labels_and_values_in_a_table(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访报告单")
    table(document, *VISIT_ROWS)
    found = read(document)
    (values,) = found.values
    assert {name: values[name] for name in VISIT} == VISIT
    assert values["quality"] == "□非常优良 ☑优良 □良好"
    place = found.records[0].fields["visit_date"].location
    assert place.spot.words() == "表格1 第3行第2格"
    assert place.spot.words("en") == "table 1, row 3, cell 2"
    assert place.spot.to_json() == {
        "words": "表格1 第3行第2格", "part": None, "table": 0, "row": 2, "cell": 1, "paragraph": None, "tag": None,
    }  # fmt: skip


def test_labels_and_values_in_paragraphs(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_heading("客户走访报告单")
    document.add_paragraph("客户单位名称：___南宁华盛石化有限公司___    走访日期：2026年3月18日")
    document.add_paragraph("质量：优良  服务态度：良好  产品知名度：知名")
    (values,) = read(document).values
    assert values["customer_name"] == "南宁华盛石化有限公司"
    assert (values["visit_date"], values["awareness"]) == ("2026年3月18日", "知名")


def test_a_table_of_people_beside_its_label(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访报告单")
    table(
        document,
        *VISIT_ROWS,
        "联系人|姓名|职务|手机",
        "^|莫丽|经理|13977300011",
        "^|李四|主管|13977300012",
    )
    (values,) = read(document).values
    assert [row["name"] for row in values["contacts"]] == ["莫丽", "李四"]
    assert values["contacts"][1]["mobile"] == "13977300012"


def test_parts_of_a_form_in_tables_of_their_own_are_one_record(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访报告单")
    table(document, *VISIT_ROWS)
    document.add_paragraph("二、联系人")
    table(document, "序号|姓名|职务|手机", "1|莫丽|经理|13977300011", "2|李四|主管|13977300012")
    found = read(document)
    (values,) = found.values
    assert [row["title"] for row in values["contacts"]] == ["经理", "主管"]
    assert not found.records[0].issues


def test_a_table_inside_a_cell(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访报告单")
    made = table(document, *VISIT_ROWS, "联系人||<|<")
    inner = made.cell(6, 1).add_table(2, 2)
    for cell, text in zip(inner._cells, ("姓名", "手机", "莫丽", "13977300011"), strict=True):
        cell.text = text
    found = read(document)
    (values,) = found.values
    assert values["contacts"] == [{"name": "莫丽", "mobile": "13977300011"}]
    assert found.records[0].fields["contacts"][0]["name"].location.spot.table == 1


def test_two_forms_in_one_document_are_two_records(read: Callable[..., Read]) -> None:
    document = docx.Document()
    for name in ("甲公司", "乙公司"):
        document.add_paragraph("客户走访报告单")
        table(document, f"客户单位名称|{name}|<|<", *VISIT_ROWS[1:])
    found = read(document)
    assert [values["customer_name"] for values in found.values] == ["甲公司", "乙公司"]
    assert [record.location.record for record in found.records] == [1, 2]


def test_a_register_in_a_word_table(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访台账")
    table(
        document,
        "客户单位名称|走访日期|质量|服务态度|产品知名度",
        "甲公司|2026-03-01|优良|良好|知名",
        "乙公司|2026-03-02|一般|良好|驰名",
    )
    assert [values["customer_name"] for values in read(document).values] == ["甲公司", "乙公司"]


def test_values_in_the_page_header_count(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "编号：ZF-202603-001"
    document.sections[0].footer.paragraphs[0].text = "第 1 页　共 1 页"
    document.add_paragraph("客户走访报告单")
    table(document, *VISIT_ROWS)
    found = read(document)
    assert found.values[0]["number"] == "ZF-202603-001"
    assert found.records[0].fields["number"].location.spot.words().startswith("页眉 ")
    assert not found.records[0].issues


def test_a_field_that_stands_twice_with_different_values_is_named_with_both_places(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访报告单")
    document.add_paragraph("走访人：张三")
    table(document, *VISIT_ROWS)
    (issue,) = [each for each in read(document).records[0].issues if each.code == "F103"]
    assert issue.text().startswith(
        "走访.docx › 表格1 第3行第4格「走访人」：栏目“走访人”出现了不止一次（另见 走访.docx › 第2段）。"
    )


def test_tracked_insertions_count_and_deletions_do_not(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访报告单")
    made = table(document, *VISIT_ROWS)
    paragraph = made.cell(2, 1).paragraphs[0]._p
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.append(parse_xml(f'<w:del {NS} w:id="1"><w:r><w:delText>2026-03-01</w:delText></w:r></w:del>'))
    paragraph.append(parse_xml(f'<w:ins {NS} w:id="2"><w:r><w:t>2026-03-18</w:t></w:r></w:ins>'))
    found = read(document)
    assert found.values[0]["visit_date"] == "2026-03-18"
    assert "修订" in found.issue("F034").text()


def test_text_boxes_are_read_once(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访报告单")
    table(document, *VISIT_ROWS)
    box = "<w:txbxContent><w:p><w:r><w:t>其它建议：多来</w:t></w:r></w:p></w:txbxContent>"
    document.add_paragraph()._p.append(
        parse_xml(
            f'<w:r {NS} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert read(document).values[0]["suggestion"] == "多来"


@pytest.mark.parametrize(
    "run",
    [
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        '<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr><w:t>R</w:t></w:r>',
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
            '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
    ],
)
def test_ticks_of_symbol_fonts_and_old_check_boxes(read: Callable[..., Read], run: str) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访报告单")
    made = table(document, *VISIT_ROWS)
    paragraph = made.cell(3, 1).paragraphs[0]._p
    for child in list(paragraph):
        paragraph.remove(child)
    wrapped = parse_xml(f"<w:p {NS}>{run}<w:r><w:t>优良 ☐良好</w:t></w:r></w:p>")
    for child in list(wrapped):
        paragraph.append(child)
    assert read(document).values[0]["quality"] == "☑优良 ☐良好"


def test_a_strict_document_is_read_like_any_other(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访报告单")
    table(document, *VISIT_ROWS)
    data = saved(document)
    text = etree.tostring(part(data)).replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    (values,) = read(changed(data, **{"word__document.xml": text})).values
    assert values["visitor"] == "韦丽娟"


def test_a_macro_document_is_read_and_its_macros_are_not(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访报告单")
    table(document, *VISIT_ROWS)
    assert read(document, "走访.docm").values[0]["visitor"] == "韦丽娟"


def test_an_old_word_file_is_named_with_the_remedy(read: Callable[..., Read]) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 600
    for name in ("走访.doc", "走访.docx"):
        assert "另存为 .docx" in read(old, name).issue("F031").text()


def test_an_encrypted_file_is_named(read: Callable[..., Read]) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert "密码" in read(locked).issue("F032").text()


def test_damaged_files_are_named(read: Callable[..., Read]) -> None:
    data = saved(docx.Document())
    for broken in (data[:-100], changed(data, **{"word__document.xml": b"<w:document"})):
        (issue,) = read(broken).issues
        assert issue.code in ("F033", "F002")
        assert "Word" in issue.text()


def test_files_of_another_kind_are_named(read: Callable[..., Read]) -> None:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    assert "Excel" in read(out.getvalue()).issue("F010").text()
    assert read(b"").issue("F003")


def test_hostile_packages_are_refused(read: Callable[..., Read]) -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * (300 << 20))
    assert read(out.getvalue()).issue("F005")


def test_entities_are_not_resolved(read: Callable[..., Read], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("机密", encoding="utf-8")
    xml = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{tmp_path}/secret">]>'
        f"<w:document {NS}><w:body><w:p><w:r><w:t>客户单位名称：&s;</w:t></w:r></w:p></w:body></w:document>"
    )
    found = read(changed(saved(docx.Document()), **{"word__document.xml": xml.encode()}))
    assert not any("机密" in str(value) for value in found.values)


def test_a_document_that_is_no_form_is_named(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("会议通知")
    document.add_paragraph("请各位准时参加。")
    assert read(document).issue("F004")
    assert read(docx.Document()).issue("F003")


def test_a_row_that_was_struck_out_is_not_read(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访报告单")
    made = table(document, *VISIT_ROWS)
    row = made.rows[1]._tr
    row.insert(0, parse_xml(f'<w:trPr {NS}><w:del w:id="1"/></w:trPr>'))
    found = read(document)
    assert "customer_address" not in found.values[0]
    assert found.records[0].fields["visit_date"].location.spot.row == 2  # counted as in the file


def test_values_of_any_kind_never_crash_the_reader(read: Callable[..., Read]) -> None:
    document = docx.Document()
    document.add_paragraph("客户走访报告单")
    made = table(document, *VISIT_ROWS)
    data = saved(document)
    root = part(data)
    for span in list(root.iter(f"{W}gridSpan")):
        span.set(f"{W}val", "x")
    assert made is not None
    assert read(with_document(data, root)).issue("F033")
