"""Pictures in cells, in every format; QR codes that a telephone reads."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import pytest
import zxingcpp
from PIL import Image
from tests.support.builders import form

from danju.errors import InputError
from danju.layout.draw import draw
from danju.model.drawing import Line, pictures_of
from danju.model.form import Form
from danju.model.picture import Picture, fitted_mm
from danju.pipeline import TARGETS, render_document
from danju.renderers.pdf_pictures import _image
from danju.renderers.word_pictures import with_pictures

FIELDS = "number 编号: text\ncustomer 客户: text\nday 日期: date"
VALUES = {"number": "ZF-202603-017", "customer": "贵港糖业有限公司"}
LAYOUT = """
- [customer]
- {qr: 'https://example.cn/d/{{ number }}', label: 扫码核验, size: 28mm}
- {qr: '{{ number }} {{ customer }}', align: right, border: false}
"""
SAID = ["https://example.cn/d/ZF-202603-017", "ZF-202603-017 贵港糖业有限公司"]


@pytest.fixture(scope="module")
def with_codes(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return form(tmp_path_factory.mktemp("form"), FIELDS, LAYOUT)


def rendered(of: Form, target: str) -> bytes:
    return render_document(of, VALUES, target).content


def codes_in(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


def test_codes_on_a_printed_page_are_read(with_codes: Form) -> None:
    page = pypdfium2.PdfDocument(rendered(with_codes, "pdf"))[0]
    assert codes_in(page.render(scale=150 / 72).to_pil()) == SAID


@pytest.mark.parametrize(("target", "folder"), [("docx", "word"), ("xlsx", "xl")])
def test_office_files_hold_the_codes_as_pictures(with_codes: Form, target: str, folder: str) -> None:
    package = zipfile.ZipFile(io.BytesIO(rendered(with_codes, target)))
    media = [name for name in package.namelist() if name.startswith(f"{folder}/media/")]
    assert sorted(text for name in media for text in codes_in(Image.open(package.open(name)))) == sorted(SAID)
    assert b'Extension="png" ContentType="image/png"' in package.read("[Content_Types].xml")


def test_a_web_page_holds_them_inside(with_codes: Form) -> None:
    page = rendered(with_codes, "html").decode()
    assert len(re.findall(r'<img src="data:image/png;base64,[\w+/=]+" alt="[^"]+"', page)) == 2


@pytest.mark.parametrize("target", TARGETS)
def test_the_same_bytes_each_time(with_codes: Form, target: str) -> None:
    assert rendered(with_codes, target) == rendered(with_codes, target)


def test_a_code_waits_until_everything_in_it_is_known(with_codes: Form) -> None:
    assert len(pictures_of(draw(with_codes, VALUES))) == 2
    assert len(pictures_of(draw(with_codes, {"number": "A-1"}))) == 1
    assert pictures_of(draw(with_codes, {})) == ()


def test_a_code_too_long_for_telephones_is_refused(with_codes: Form) -> None:
    with pytest.raises(InputError) as caught:
        draw(with_codes, {**VALUES, "customer": "糖" * 120})
    assert caught.value.code == "E244"


def test_a_row_is_as_high_as_its_picture_however_full_the_page(tmp_path: Path) -> None:
    layout = "- [{field: customer, height: 200mm}]\n- {qr: '{{ number }}', size: 50mm}"
    page = draw(form(tmp_path, FIELDS, layout), VALUES).pages[0]
    assert page.heights_mm[-1] >= 50


def test_a_picture_that_stands_twice_is_kept_once(tmp_path: Path) -> None:
    of = form(tmp_path, FIELDS, "- [customer]\n- qr: '{{ number }}'\n- qr: '{{ number }}'")
    word = zipfile.ZipFile(io.BytesIO(rendered(of, "docx")))
    assert len([name for name in word.namelist() if "media" in name]) == 1
    assert re.findall(rb'<wp:docPr id="(\d)"', word.read("word/document.xml")) == [b"1", b"2"]
    with pikepdf.open(io.BytesIO(rendered(of, "pdf"))) as pdf:
        assert len(pdf.pages[0].Resources.XObject) == 1


def test_files_without_pictures_are_left_as_they_are() -> None:
    assert with_pictures(b"no package at all", "word/document.xml", ()) == b"no package at all"


def made(mode: str, kind: str, colour: object) -> Picture:
    out = io.BytesIO()
    Image.new(mode, (6, 4), colour).save(out, kind)  # type: ignore[arg-type]  # one colour for each mode
    return Picture(out.getvalue(), f"image/{kind}", 30, 20)


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        (made("1", "png", 1), "/DeviceGray 1 bits"),
        (made("L", "png", 9), "/DeviceGray 8 bits"),
        (made("RGB", "png", "red"), "/DeviceRGB 8 bits"),
        (made("RGBA", "png", (255, 0, 0, 0)), "/DeviceRGB 8 bits"),
        (made("P", "png", 0), "/DeviceRGB 8 bits"),
        (made("LA", "png", (9, 0)), "/DeviceRGB 8 bits"),
        (made("L", "jpeg", 9), "/DeviceGray 8 bits DCT"),
        (made("RGB", "jpeg", "red"), "/DeviceRGB 8 bits DCT"),
        (made("CMYK", "jpeg", (9, 9, 9, 9)), "/DeviceRGB 8 bits"),
    ],
)
def test_every_kind_of_picture_has_a_form_that_archives_take(picture: Picture, told: str) -> None:
    head = _image(picture).split(b"stream")[0].decode()
    space, bits = re.search(r"/ColorSpace(/\w+)/BitsPerComponent (\d)", head).groups()  # type: ignore[union-attr]
    assert f"{space} {bits} bits{' DCT' if 'DCTDecode' in head else ''}" == told


def test_what_is_transparent_becomes_white() -> None:
    body = _image(made("RGBA", "png", (255, 0, 0, 0)))
    import zlib

    start = body.index(b"stream\n") + 7
    assert set(zlib.decompressobj().decompress(body[start:])) == {255}


def test_a_picture_fills_its_room_in_one_direction() -> None:
    assert fitted_mm((300, 150), (60, 60)) == (60, 30)
    assert fitted_mm((100, 400), (60, 60)) == (15, 60)


def test_a_line_with_a_picture_has_no_words() -> None:
    assert Line((), picture=made("1", "png", 1)).text == ""
