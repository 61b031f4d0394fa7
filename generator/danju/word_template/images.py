"""Pictures for documents: found beside the data, judged by their headers, never decoded."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Image", "ImageFault", "Picture", "load_picture"]

MAX_BYTES = 20 << 20
MAX_PIXELS = 50_000_000
_EMU_PER_MM = 36_000
_WIDEST_MM = 160.0
_PNG = b"\x89PNG\r\n\x1a\n"
_NO_FRAME = frozenset((0xC4, 0xC8, 0xCC))  # ITU T.81 table B.1: DHT, JPG, DAC lie among the SOF markers
_DATA_URI = re.compile(r"data:image/[\w.+-]+;base64,", re.IGNORECASE)


class ImageFault(Exception):
    """Why a picture cannot be used: message code, name of the picture, reason."""

    def __init__(self, code: str, path: str, reason: str = "") -> None:
        super().__init__(code, path, reason)
        self.code, self.path, self.reason = code, path, reason


@dataclass(frozen=True, slots=True)
class Image:
    """A picture to be put in, as the template asks for it.

    Attributes:
        source: File name relative to the data's folder, base64 text, or the bytes themselves.
        width_mm, height_mm: Size on paper; one given keeps the proportions, none takes the picture's own size.
        text: What it shows, for people who cannot see it.
        url: Address that a click opens.
    """

    source: str | bytes
    width_mm: float | None = None
    height_mm: float | None = None
    text: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes and what its header says.

    Attributes:
        content: The file as it is.
        kind: png or jpeg.
        width_px, height_px: Pixels.
        dpi: Pixels an inch, across and down.
    """

    content: bytes
    kind: str
    width_px: int
    height_px: int
    dpi: tuple[float, float]

    def size_emu(self, wish: Image) -> tuple[int, int]:
        """Width and height on paper in EMU (914,400 an inch)."""
        own_width, own_height = self.width_px / self.dpi[0] * 25.4, self.height_px / self.dpi[1] * 25.4
        width, height = wish.width_mm, wish.height_mm
        if width is None and height is None:
            scale = min(1.0, _WIDEST_MM / own_width)
            width, height = own_width * scale, own_height * scale
        elif width is None:
            assert height is not None
            width = height * own_width / own_height
        elif height is None:
            height = width * own_height / own_width
        return max(1, round(width * _EMU_PER_MM)), max(1, round(height * _EMU_PER_MM))


def load_picture(source: str | bytes, folder: Path | None) -> Picture:
    """The picture that a value means.

    Raises:
        ImageFault: T116 there is none, T117 it cannot be used.
    """
    if isinstance(source, bytes):
        return _judge(source, "图片数据")
    if _DATA_URI.match(source) or (len(source) > 200 and source.startswith(("iVBOR", "/9j/"))):
        try:
            return _judge(base64.b64decode(_DATA_URI.sub("", source), validate=False), "base64")
        except binascii.Error as err:
            raise ImageFault("T117", "base64", "base64 编码不完整") from err
    return _judge(_read(source, folder), source)


def _read(name: str, folder: Path | None) -> bytes:
    """The file, which must lie inside the folder: data may come from strangers."""
    plain = name.replace("\\", "/")
    if folder is None or plain.startswith("/") or ":" in plain or "\0" in plain:
        raise ImageFault("T116", name)
    path = (folder / plain).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise ImageFault("T116", name)
    if path.stat().st_size > MAX_BYTES:
        raise ImageFault("T117", name, f"大于 {MAX_BYTES >> 20} MB")
    return path.read_bytes()


def _judge(content: bytes, name: str) -> Picture:
    if len(content) > MAX_BYTES:
        raise ImageFault("T117", name, f"大于 {MAX_BYTES >> 20} MB")
    try:
        picture = _read_png(content) if content.startswith(_PNG) else _read_jpeg(content)
    except (struct.error, IndexError):
        picture = None
    if picture is None:
        raise ImageFault("T117", name, "不是完整的 PNG 或 JPEG")
    if picture.width_px * picture.height_px > MAX_PIXELS:
        raise ImageFault("T117", name, f"{picture.width_px} × {picture.height_px} 像素，超过 {MAX_PIXELS // 10_000} 万")
    return picture


def _read_png(content: bytes) -> Picture | None:
    """PNG (ISO/IEC 15948): IHDR first, IEND last, pHYs in between."""
    if content[12:16] != b"IHDR" or b"IEND" not in content[-16:]:
        return None
    width, height = struct.unpack(">II", content[16:24])
    dpi, at = (96.0, 96.0), 8
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        if kind == b"pHYs":
            across, down, unit = struct.unpack(">IIB", content[at + 8 : at + 17])
            if unit == 1 and across and down:
                dpi = (across * 0.0254, down * 0.0254)
        if kind == b"IDAT":
            break
        at += 12 + length
    return Picture(content, "png", width, height, dpi) if width and height else None


def _read_jpeg(content: bytes) -> Picture | None:
    """JPEG (ITU T.81): markers up to the start of frame, which holds the size."""
    if not content.startswith(b"\xff\xd8\xff") or b"\xff\xd9" not in content[-1024:]:
        return None
    dpi, at = (96.0, 96.0), 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        if marker == 0xE0 and content[at + 4 : at + 9] == b"JFIF\0":
            unit, across, down = struct.unpack(">BHH", content[at + 11 : at + 16])
            if unit in (1, 2) and across and down:
                factor = 1.0 if unit == 1 else 2.54
                dpi = (across * factor, down * factor)
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Picture(content, "jpeg", width, height, dpi) if width and height else None
        at += 2 + length
    return None
