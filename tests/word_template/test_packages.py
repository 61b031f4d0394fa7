"""Templates as other programs pack them: parts are found by what the package says, not by their names."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from tests.word_template.builders import docx, lines, member, saved
from tests.word_template.test_parts import png

from danju.ooxml.package import Package
from danju.readers.files.kinds import FileKind, sniff_kind
from danju.readers.word.package import open_word
from danju.word_template import compile_template

DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = "[Content_Types].xml"
KINDS = {
    "dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
    "dotm": "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
}
MACROS = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"


def repacked(content: bytes, names: dict[str, str] | None = None, **texts: tuple[str, str]) -> bytes:
    """The package with other names of members, and with some text of a member (`types`, `links`) in other words."""
    out = BytesIO()
    short = {TYPES: "types", "word/_rels/document.xml.rels": "links", "_rels/.rels": "root"}
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name in source.namelist():
            text = source.read(name)
            if replace := texts.get(short.get(name, "")):
                assert replace[0].encode() in text
                text = text.replace(*(each.encode() for each in replace))
            package.writestr((names or {}).get(name, name), text)
    return out.getvalue()


def prefixed(content: bytes) -> bytes:
    """The package with every element of its index under a prefix."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name in source.namelist():
            text = source.read(name)
            if name == TYPES or name.endswith(".rels"):
                text = re.sub(rb"<(/?)([A-Z])", rb"<\1p:\2", text).replace(b"xmlns=", b"xmlns:p=")
            package.writestr(name, text)
    return out.getvalue()


def renamed(content: bytes) -> bytes:
    """The package as Word Online saves it: the body is word/document2.xml."""
    names = {"word/document.xml": "word/document2.xml", "word/_rels/document.xml.rels": "word/_rels/document2.xml.rels"}
    words = ("word/document.xml", "word/document2.xml")
    return repacked(content, names, types=words, root=words)


def check(content: bytes) -> None:
    """Nothing: the package is whole, its index says everything once."""
    with ZipFile(BytesIO(content)) as package:
        assert package.testzip() is None
        assert len(package.namelist()) == len(set(package.namelist()))
    extensions = [each.lower() for each in re.findall(r'Extension="(\w+)"', member(content, TYPES))]
    assert len(extensions) == len(set(extensions))
    with Package(BytesIO(content)) as package:
        for name in package.names:
            if not name.endswith(".rels"):
                relations = package.relations(name)
                assert len({each.id for each in relations}) == len(relations)
                assert all(package.has(each.part) for each in relations if each.part)
    Document(BytesIO(content))


def test_a_body_of_another_name_is_filled_and_read(tmp_path: Path) -> None:
    content = compile_template(renamed(docx("甲 {{ x }}"))).fill({"x": "乙"})
    assert lines(content, "word/document2.xml")[0] == "甲 乙"
    check(content)
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert sniff_kind(path) is FileKind.WORD
    text = open_word(path)
    assert "甲 乙" in str(getattr(text, "blocks", text))


@pytest.mark.parametrize("pack", [renamed, prefixed])
def test_pictures_find_their_way_into_any_index(pack: object) -> None:
    document = docx("{{ a|image(width_mm=20) }}", "{{ b|image(width_mm=20) }}")
    content = compile_template(pack(document)).fill({"a": png(), "b": png(8)})  # type: ignore[operator]
    check(content)
    assert len(Document(BytesIO(content)).inline_shapes) == 2


def test_an_extension_in_capitals_is_known() -> None:
    document = Document()
    document.add_picture(BytesIO(png()))
    document.add_paragraph("{{ a|image(width_mm=20) }}")
    loud = repacked(
        saved(document), {"word/media/image1.png": "word/media/image1.PNG"},
        types=('Extension="png"', 'Extension="PNG"'), links=("image1.png", "image1.PNG"),
    )  # fmt: skip
    content = compile_template(loud).fill({"a": png(8)})
    check(content)
    assert len(Document(BytesIO(content)).inline_shapes) == 2


@pytest.mark.parametrize("suffix", KINDS)
def test_what_comes_out_is_a_plain_document(suffix: str) -> None:
    content = repacked(docx("{{ x }}"), types=(DOCUMENT, KINDS[suffix]))
    out = BytesIO()
    with Package(BytesIO(content)) as package:
        package.put("word/vbaProject.bin", b"macros")
        links = package.edit("word/_rels/document.xml.rels")
        link = links.makeelement(links[0].tag, {"Id": "rId99", "Type": MACROS, "Target": "vbaProject.bin"})
        links.append(link)
        package.write(out)
    filled = compile_template(out.getvalue()).fill({"x": "乙"})
    check(filled)
    with Package(BytesIO(filled)) as package:
        assert package.content_type(package.main) == DOCUMENT
        assert not package.has("word/vbaProject.bin")
    assert lines(filled)[0] == "乙"


def test_our_own_output_is_a_template_again() -> None:
    document = docx("{{ a|image(width_mm=20) }}{{ '{{ b|image(width_mm=20) }}' }}{{ c|rich(url='http://a.example') }}")
    first = compile_template(document).fill({"a": png(), "c": "甲"})
    again = compile_template(first).fill({"b": png(8)})
    check(again)
    assert len(Document(BytesIO(again)).inline_shapes) == 2


def test_a_workbook_is_no_template() -> None:
    from openpyxl import Workbook

    from danju.errors import DefinitionError

    out = BytesIO()
    Workbook().save(out)
    with pytest.raises(DefinitionError) as fault:
        compile_template(out.getvalue())
    assert fault.value.code == "T119"
