"""Tags in every part of a document; pictures, looks and links."""

from __future__ import annotations

import base64
import re
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.word_template.builders import body, docx, lines, member, saved

from danju.errors import DefinitionError, InputError
from danju.ooxml.package import Package
from danju.word_template import Image, Rich, compile_template, rich

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def png(width: int = 4, height: int = 2) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * min(width, 9) for _ in range(min(height, 9))))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_headers_footers_and_properties() -> None:
    document = Document()
    document.add_paragraph("{{ x }}")
    document.sections[0].header.paragraphs[0].text = "页眉 {{ x }}"
    document.sections[0].footer.paragraphs[0].text = "{% if x %}有{% endif %}"
    document.core_properties.title = "{{ x }} 合同"
    content = compile_template(saved(document)).fill({"x": "A&B"})
    assert lines(content, "word/header1.xml") == ["页眉 A&B"]
    assert lines(content, "word/footer1.xml") == ["有"]
    assert Document(BytesIO(content)).core_properties.title == "A&B 合同"


def test_footnotes() -> None:
    document = docx("x")
    note = '<w:footnote w:id="1"><w:p><w:r><w:t>注 {{ x }}</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
    out = BytesIO()
    with Package(BytesIO(document)) as package:
        package.put("word/footnotes.xml", notes.encode())
        package.set_type("word/footnotes.xml", "footnotes")
        package.write(out)
    assert lines(compile_template(out.getvalue()).fill({"x": "一"}), "word/footnotes.xml") == ["注 一"]


def test_text_boxes_in_both_forms() -> None:
    texts = ("{%p for r in rows %}", "{{ r }}", "{%p endfor %}")
    box = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    box = f"<w:txbxContent>{box}</w:txbxContent>"
    document = body(
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>'
        "<w:r><w:t>{{ rows|length }}</w:t></w:r></w:p>"
    )
    xml = member(compile_template(document).fill({"rows": ["甲", "乙"]}))
    assert re.findall(r">([甲乙2])<", xml) == ["甲", "乙", "甲", "乙", "2"]


def test_attributes_and_field_codes() -> None:
    document = body(
        '<w:p><w:r><w:instrText xml:space="preserve"> HYPERLINK "{{ u }}" </w:instrText></w:r>'
        '<w:fldSimple w:instr="{{ u }}"/></w:p>'
    )
    xml = member(compile_template(document).fill({"u": 'a"<b'}))
    assert ' HYPERLINK "a&#34;&lt;b" ' in xml
    assert 'w:instr="a&#34;&lt;b"' in xml


def test_targets_of_hyperlinks() -> None:
    document = Document()
    paragraph = document.add_paragraph("x")
    relation = paragraph.part.relate_to("%7B%7B%20u%20%7D%7D", HYPERLINK, is_external=True)
    paragraph._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>{{{{ u }}}}</w:t></w:r></w:hyperlink>')
    )
    content = compile_template(saved(document)).fill({"u": "https://example.com/a b?x=1&y=2"})
    assert 'Target="https://example.com/a%20b?x=1&amp;y=2"' in member(content, "word/_rels/document.xml.rels")
    assert "https://example.com/a b?x=1&amp;y=2</w:t>" in member(content)


def test_looks_are_laid_over_the_look_of_the_template() -> None:
    tag = "{{ x|rich(bold=true, color='红', size='小四') }}"
    properties = "<w:rPr><w:rFonts w:ascii='A'/><w:sz w:val='20'/></w:rPr>"
    document = body(f"<w:p><w:r>{properties}<w:t>a{tag}b</w:t></w:r></w:p>")
    content = compile_template(document).fill({"x": "甲\n乙"})
    assert lines(content) == ["a甲\n乙b"]
    looks = (
        '<w:rPr><w:rFonts w:ascii="A"/><w:b/><w:color w:val="FF0000"/><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr>'
    )
    assert looks in member(content)


def test_rich_values_of_python_callers() -> None:
    value = Rich.of("见 ") + rich("官网", underline=True, url="https://example.com/?a=1&b=2") + "。"
    content = compile_template(docx("{{ x }}", "{{r x }}", "{{p x }}", "{{ x ~ '!' }}")).fill({"x": value})
    assert lines(content) == ["见 官网。", "见 官网。", "见 官网。", "见 官网。!"]
    assert member(content, "word/_rels/document.xml.rels").count("a=1&amp;b=2") == 1


def test_pictures_by_name_by_data_and_in_headers(tmp_path: Path) -> None:
    (tmp_path / "签名.png").write_bytes(png())
    document = Document()
    document.add_paragraph("{{ a|image(width_mm=20) }} {{ b|image(height_mm=5) }} {{ c }}")
    document.sections[0].header.paragraphs[0].text = "{{ a|image(width_mm=20) }}"
    names = {"a": "签名.png", "b": base64.b64encode(png(9, 9) + b"").decode(), "c": Image(png(), 10, 10)}
    names["b"] = "data:image/png;base64," + str(names["b"])
    content = compile_template(saved(document)).fill(names, folder=tmp_path)
    xml = member(content)
    assert re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"/>', xml) == [
        ("720000", "360000"),
        ("180000", "180000"),
        ("360000", "360000"),
    ]
    assert len(set(re.findall(r'<wp:docPr id="(\d+)"', xml + member(content, "word/header1.xml")))) == 4
    assert 'Extension="png"' in member(content, "[Content_Types].xml")
    assert "media/danju-" in member(content, "word/_rels/header1.xml.rels")
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert len([name for name in package.namelist() if name.startswith("word/media/")]) == 2


@pytest.mark.parametrize(
    ("value", "code"),
    [("没有.png", "T116"), ("../x.png", "T116"), ("/etc/x.png", "T116"), ("C:\\x.png", "T116"), (b"GIF89a", "T117"),
     (png()[:-8], "T117"), (png(10_000, 10_000), "T117"), ("data:image/png;base64,AAA", "T117"),
     (b"\xff\xd8\xff\xe0", "T117")],
)  # fmt: skip
def test_a_picture_that_cannot_be_used_stops_the_record(value: object, code: str, tmp_path: Path) -> None:
    template = compile_template(docx("{{ a|image(width_mm=20) }}"))
    with pytest.raises(InputError) as caught:
        template.fill({"a": value}, folder=tmp_path)
    assert caught.value.code == code
    assert "{{ a|image(width_mm=20) }}" in str(caught.value)


def test_an_empty_picture_prints_nothing() -> None:
    assert lines(compile_template(docx("[{{ a|image(width_mm=20) }}]")).fill({"a": None})) == ["[]"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"hello"])
def test_what_is_no_word_file(content: bytes) -> None:
    with pytest.raises(DefinitionError, match="T119"):
        compile_template(content)
