"""Pictures: how they are found and refused, what becomes of them on paper and in data."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image as Drawn
from PIL import Image, ImageFile
from tests.support.builders import CLOCK, form, write

from danju.batch.sources import Source
from danju.blanks import BLANKS, BlankOptions, make_blank
from danju.errors import UsageError
from danju.exchange.stamp import FileShape
from danju.issues import Issue
from danju.layout.draw import draw
from danju.model.drawing import pictures_of
from danju.model.form import Form
from danju.ooxml.package import Package
from danju.pipeline import TARGETS, check, render_document
from danju.rules.changes import list_changes
from danju.rules.checking import to_plain
from danju.values.pictures import MAX_BYTES, PictureData
from danju.work.gather import FORMATS, convert
from danju.work.inputs import Inputs

_PICTURE = {"type": "string", "format": "picture"}
_FIELDS: dict[str, Any] = {
    "name 名称*": "text",
    "photo 照片": _PICTURE,
    "steps 步骤": [{"step 步骤*": "text", "shot 照片": _PICTURE}],
}
_ROWS: list[Any] = [["name"], [{"field": "photo", "height": "40mm"}], {"table": "steps"}]


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    """A picture, blue."""
    out = BytesIO()
    Image.new("RGB", size, "blue").save(out, kind, **more)
    return out.getvalue()


def turned() -> bytes:
    """A JPEG that lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture("JPEG", exif=exif)


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def broken() -> bytes:
    """A PNG whose rows are cut off, though it ends as one does."""
    noise = Image.effect_noise((200, 200), 80)
    out = BytesIO()
    noise.save(out, "PNG")
    return out.getvalue()[:9000] + picture()[-12:]


@pytest.fixture
def paper(tmp_path: Path) -> Form:
    return form(tmp_path, _FIELDS, _ROWS)


def read(paper: Form, folder: Path, *records: dict[str, Any]) -> tuple[list[Any], list[Issue]]:
    """The values and issues of records in a file of that folder."""
    path = write(folder / "数据.yaml", {"form": "paper", "records": list(records)})
    return read_file(paper, path)


def read_file(paper: Form, path: Path) -> tuple[list[Any], list[Issue]]:
    """The same of any file."""
    found, issues = [], []
    for reading in Source(path, path.name).readings([paper], None):
        for raw in reading.records:
            checked = check(raw, paper, CLOCK)
            issues.extend(checked.issues)
            found.append(checked.record.values if checked.record else None)
        issues.extend(reading.issues)
    return found, issues


@pytest.mark.parametrize(
    ("name", "content", "size", "codes"),
    [
        ("a.png", picture(), (40, 30), []),
        ("a.JPG", picture("JPEG"), (40, 30), []),
        ("图/门 头.jpeg", picture("JPEG"), (40, 30), []),
        ("a.png", picture("JPEG"), (40, 30), ["F154"]),
        ("a.jpg", turned(), (30, 40), []),
    ],
)
def test_a_picture_beside_the_input_is_found_and_upright(
    paper: Form, tmp_path: Path, name: str, content: bytes, size: tuple[int, int], codes: list[str]
) -> None:
    path = tmp_path / "in" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    (values,), issues = read(paper, tmp_path / "in", {"name": "甲", "photo": name})
    assert [issue.code for issue in issues] == codes
    assert (values["photo"].file.width_px, values["photo"].file.height_px) == size


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("没有.png", None, "F151"),
        ("data.pdf", b"%PDF-1.7", "F152"),
        ("cut.jpg", picture("JPEG")[:-200], "F152"),
        ("cut.png", broken(), "F152"),
        ("bomb.png", bomb(), "F152"),
        ("huge.png", b"\x89PNG" + bytes(MAX_BYTES), "F152"),
        ("../a.png", picture(), "F153"),
        ("/etc/passwd", None, "F153"),
        ("https://example.com/a.png", None, "F153"),
        ("data:image/png;base64,iVBORw0KGgo=", None, "F152"),
        (12, None, "F151"),
    ],
)
def test_a_picture_that_cannot_be_used_is_one_located_error(
    paper: Form, tmp_path: Path, name: Any, content: bytes | None, code: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    if content is not None:
        (folder / name).write_bytes(content)
    (values,), issues = read(paper, folder, {"name": "甲", "photo": name})
    assert values is None
    assert [(issue.code, issue.path, issue.location.line) for issue in issues] == [(code, "photo", 4)]
    assert len(issues[0].text("zh")) < 300


def test_what_other_libraries_ask_of_pillow_makes_no_broken_picture_whole(
    paper: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    (tmp_path / "cut.png").write_bytes(broken())
    _, issues = read(paper, tmp_path, {"name": "甲", "photo": "cut.png"})
    assert [issue.code for issue in issues] == ["F152"]


def test_a_link_out_of_the_folder_is_not_followed(paper: Form, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(picture())
    (folder / "a.png").symlink_to(tmp_path / "secret.png")
    _, issues = read(paper, folder, {"name": "甲", "photo": "a.png"})
    assert [issue.code for issue in issues] == ["F153"]


def record(paper: Form, tmp_path: Path) -> dict[str, Any]:
    """A record with two pictures."""
    (tmp_path / "a.png").write_bytes(picture())
    (tmp_path / "b.jpg").write_bytes(turned())
    steps = [{"step": "一", "shot": "b.jpg"}, {"step": "二"}]
    (values,), issues = read(paper, tmp_path, {"name": "甲", "photo": "a.png", "steps": steps})
    assert issues == []
    return dict(values)


def test_it_is_fitted_to_its_cell_on_every_paper(paper: Form, tmp_path: Path) -> None:
    values = record(paper, tmp_path)
    first, second = pictures_of(draw(paper, values))
    assert (first.words, first.width_mm / first.height_mm) == ("图片", pytest.approx(4 / 3))
    assert 36 < first.height_mm < 40
    assert (second.width_mm / second.height_mm, second.height_mm < 30) == (pytest.approx(3 / 4), True)
    for target in TARGETS:
        made = render_document(paper, values, target).content
        assert made == render_document(paper, values, target).content
        assert made != render_document(paper, {"name": "甲"}, target).content


def test_a_row_is_as_high_with_and_without_its_picture(paper: Form, tmp_path: Path) -> None:
    values = record(paper, tmp_path)
    full, empty = draw(paper, values), draw(paper, {"name": "甲"})
    assert empty.pages[0].heights_mm[1] == full.pages[0].heights_mm[1] == 40
    assert pictures_of(empty) == ()


def test_our_pdf_and_data_files_give_it_back(paper: Form, tmp_path: Path) -> None:
    values = record(paper, tmp_path)
    pdf = tmp_path / "单据.pdf"
    pdf.write_bytes(render_document(paper, values, "pdf").content)
    data = tmp_path / "数据.json"
    data.write_text(json.dumps([to_plain(values)]), encoding="utf-8")
    for path in (pdf, data):
        assert read_file(paper, path) == ([values], [])


def test_our_workbook_gives_it_back(paper: Form, tmp_path: Path) -> None:
    values = record(paper, tmp_path)
    path = tmp_path / "单据.xlsx"
    path.write_bytes(render_document(paper, values, "xlsx").content)
    assert read_file(paper, path) == ([values], [])


def register(tmp_path: Path, anchors: dict[str, bytes]) -> Path:
    """A register of two customers with pictures over cells."""
    book = Workbook()
    sheet = book.active
    for row in (["名称", "照片"], ["甲"], ["乙"]):
        sheet.append(row)
    for cell, content in anchors.items():
        sheet.add_image(Drawn(BytesIO(content)), cell)
    path = tmp_path / "台账.xlsx"
    book.save(path)
    return path


def test_a_picture_over_a_cell_of_a_register_is_its_value(paper: Form, tmp_path: Path) -> None:
    (first, second), issues = read_file(paper, register(tmp_path, {"B3": turned()}))
    assert (first, second["photo"].file.height_px, issues) == ({"name": "甲"}, 40, [])


def test_a_picture_that_lies_over_no_place_for_one_is_told(paper: Form, tmp_path: Path) -> None:
    (first, second), issues = read_file(paper, register(tmp_path, {"A2": picture(), "B9": picture()}))
    assert (first, second) == ({"name": "甲"}, {"name": "乙"})
    assert [(issue.code, issue.values["count"]) for issue in issues] == [("F155", 2)]


def test_a_bad_picture_over_a_cell_is_an_error_of_that_cell(paper: Form, tmp_path: Path) -> None:
    path = register(tmp_path, {"B2": picture()})
    with Package(path) as package:
        (image,) = [name for name in package.names if package.content_type(name) == "image/png"]
        package.put(image, broken())
        out = BytesIO()
        package.write(out)
    path.write_bytes(out.getvalue())
    (first, second), issues = read_file(paper, path)
    assert (first, second) == (None, {"name": "乙"})
    assert [(issue.code, issue.location.cell) for issue in issues] == [("F152", "B2")]


@pytest.mark.parametrize("spoilt", [b"<xdr:wsDr", b"<wsDr><a><from><row>x</row></from></a></wsDr>"])
def test_a_workbook_with_damaged_drawings_is_read_without_them(paper: Form, tmp_path: Path, spoilt: bytes) -> None:
    path = register(tmp_path, {"B2": picture()})
    with Package(path) as package:
        package.put("xl/drawings/drawing1.xml", spoilt)
        out = BytesIO()
        package.write(out)
    path.write_bytes(out.getvalue())
    values, issues = read_file(paper, path)
    assert (values, [issue.code for issue in issues]) == ([{"name": "甲"}, {"name": "乙"}], ["F155"])


def test_pictures_in_a_word_file_are_told_because_they_are_not_read(paper: Form, tmp_path: Path) -> None:
    path = tmp_path / "单据.docx"
    path.write_bytes(render_document(paper, record(paper, tmp_path), "docx").content)
    _, issues = read_file(paper, path)
    assert [(issue.code, issue.values["count"]) for issue in issues] == [("F155", 2)]


@pytest.mark.parametrize("target", FORMATS)
def test_converted_data_give_it_back(paper: Form, tmp_path: Path, target: str) -> None:
    values = record(paper, tmp_path)
    made = tmp_path / "out" / f"数据.{target}"
    made.parent.mkdir()
    list(convert(Inputs((str(tmp_path / "数据.yaml"),), "paper", tmp_path), target, made))
    assert read_file(paper, made) == ([values], [])


def test_a_table_without_a_file_has_no_place_for_pictures(paper: Form, tmp_path: Path) -> None:
    record(paper, tmp_path)
    with pytest.raises(UsageError, match="E118"):
        list(convert(Inputs((str(tmp_path / "数据.yaml"),), "paper", tmp_path), "csv"))


@pytest.mark.parametrize("target", BLANKS)
def test_every_blank_has_a_place_for_it(paper: Form, target: str) -> None:
    assert make_blank(paper, target, BlankOptions())


def test_a_picture_put_over_its_cell_of_a_blank_form_is_read(paper: Form, tmp_path: Path) -> None:
    path = tmp_path / "空白.xlsx"
    path.write_bytes(make_blank(paper, "xlsx", BlankOptions(FileShape.FORM)))
    book = load_workbook(path)
    name, photo = (book.defined_names[f"danju.{each}"].attr_text.replace("$", "") for each in ("name", "photo"))
    sheet = book[name.rpartition("!")[0].strip("'")]
    sheet[name.rpartition("!")[2]] = "甲"
    sheet.add_image(Drawn(BytesIO(picture())), photo.rpartition("!")[2])
    book.save(path)
    (values,), issues = read_file(paper, path)
    assert (values["name"], values["photo"].file.width_px, issues) == ("甲", 40, [])


def test_no_message_spells_it_out(paper: Form, tmp_path: Path) -> None:
    values = record(paper, tmp_path)
    photo = values["photo"]
    assert isinstance(photo, PictureData)
    other = "data:image/png;base64," + base64.b64encode(picture(size=(5, 5))).decode()
    (change,) = list_changes(paper.record_type.fields, {"photo": str(photo)}, {"photo": other})
    assert (change.old, change.new) == ("图片", "图片")
    assert paper.record_type.fields[1].kind.cell(paper.record_type.fields[1], photo) == "图片"
