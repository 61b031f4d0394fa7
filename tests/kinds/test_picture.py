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
from PIL import Image
from tests.support.builders import CLOCK, form, write

from danju.batch.sources import Source
from danju.issues import Issue
from danju.layout.draw import draw
from danju.model.drawing import pictures_of
from danju.model.form import Form
from danju.pipeline import TARGETS, check, render_document
from danju.rules.changes import list_changes
from danju.rules.checking import to_plain
from danju.values.pictures import MAX_BYTES, PictureData

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


@pytest.mark.parametrize("target", ["docx", "xlsx"])
def test_pictures_in_an_office_file_are_told_when_they_are_not_read(paper: Form, tmp_path: Path, target: str) -> None:
    path = tmp_path / f"单据.{target}"
    path.write_bytes(render_document(paper, record(paper, tmp_path), target).content)
    _, issues = read_file(paper, path)
    assert [(issue.code, issue.values["count"]) for issue in issues] == [("F155", 2)]


def test_no_message_spells_it_out(paper: Form, tmp_path: Path) -> None:
    values = record(paper, tmp_path)
    photo = values["photo"]
    assert isinstance(photo, PictureData)
    other = "data:image/png;base64," + base64.b64encode(picture(size=(5, 5))).decode()
    (change,) = list_changes(paper.record_type.fields, {"photo": str(photo)}, {"photo": other})
    assert (change.old, change.new) == ("图片", "图片")
    assert paper.record_type.fields[1].kind.cell(paper.record_type.fields[1], photo) == "图片"
