"""Picture files are judged by their headers."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest
from PIL import Image

from danju.messages import Words
from danju.values.pictures import MAX_BYTES, PictureFile, data_in, judge_picture


def picture(kind: str, size: tuple[int, int] = (30, 20)) -> bytes:
    """A grey picture."""
    out = BytesIO()
    Image.new("L", size).save(out, kind, dpi=(300, 300))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_its_size_and_resolution_are_known(kind: str) -> None:
    found = judge_picture(picture(kind))
    assert isinstance(found, PictureFile)
    assert (found.kind, found.width_px, found.height_px) == (kind.lower(), 30, 20)
    assert [round(each) for each in found.dpi] == [300, 300]
    assert str(found) == f"图片（{kind}，30 × 20）"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "不是完整的 PNG 或 JPEG"),
        (picture("PNG")[:-20], "不是完整的 PNG 或 JPEG"),
        (picture("JPEG")[:-20], "不是完整的 PNG 或 JPEG"),
        (picture("WEBP"), "其实是 WebP 文件"),
        (picture("GIF"), "其实是 GIF 文件"),
        (b"\0\0\0\x18ftypheic", "其实是 HEIC 文件"),
        (b"%PDF-1.7", "其实是 PDF 文件"),
        (b"\x89PNG" + bytes(MAX_BYTES), "大于 20 MB"),
    ],
)
def test_what_cannot_be_used_says_why(content: bytes, reason: str) -> None:
    found = judge_picture(content)
    assert isinstance(found, Words)
    assert found.zh == reason


def test_a_bomb_is_known_by_its_header_alone() -> None:
    content = picture("PNG")
    bomb = content[:16] + (100_000).to_bytes(4, "big") * 2 + content[24:]
    found = judge_picture(bomb)
    assert isinstance(found, Words)
    assert found.zh == "100000 × 100000 像素，超过 5000 万"


def test_bytes_may_stand_in_a_text() -> None:
    text = base64.b64encode(picture("PNG", (300, 300))).decode()
    assert data_in(f"data:image/png;base64,{text}") == picture("PNG", (300, 300))
    assert data_in("照片.png") is None
    assert isinstance(data_in("data:image/png;base64,AAA"), Words)
