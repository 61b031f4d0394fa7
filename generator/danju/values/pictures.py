"""Picture files: PNG and JPEG, judged by their headers before anything is decoded."""

from __future__ import annotations

import base64
import binascii
import re
import struct
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Self

from danju.messages import Words, phrase

__all__ = [
    "MAX_BYTES", "MAX_PIXELS", "PictureData", "PictureFile", "data_in", "decoded", "judge_picture", "too_large",
]  # fmt: skip

MAX_BYTES = 20 << 20
MAX_PIXELS = 50_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_NO_FRAME = frozenset((0xC4, 0xC8, 0xCC))  # ITU T.81 table B.1: DHT, JPG, DAC lie among the SOF markers
_DATA_URI = re.compile(r"data:image/[\w.+-]+;base64,", re.IGNORECASE)
_OTHERS = (
    (b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"%PDF", "PDF"), (b"PK\x03\x04", "ZIP"),
)  # fmt: skip
_UPRIGHT = 1  # Exif 2.32, 4.6.4: orientation
_ORIENTATION = 0x0112
_QUALITY = 92  # of a JPEG that had to be turned


@dataclass(frozen=True, slots=True)
class PictureFile:
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

    def __str__(self) -> str:
        return f"图片（{self.kind.upper()}，{self.width_px} × {self.height_px}）"


class PictureData(str):
    """A picture as a value of a record: the `data:` URI of a PNG or JPEG that was decoded once, and is upright.

    A text, because that is what JSON, YAML and the record in a PDF have for it.
    """

    __slots__ = ()

    @classmethod
    def of(cls, picture: PictureFile) -> Self:
        """The value that a picture is."""
        return cls(f"data:image/{picture.kind};base64,{base64.b64encode(picture.content).decode()}")

    @property
    def file(self) -> PictureFile:
        """The picture."""
        picture = judge_picture(base64.b64decode(self.partition(",")[2]))
        assert isinstance(picture, PictureFile), "only what was judged becomes a value"
        return picture


def judge_picture(content: bytes) -> PictureFile | Words:
    """The picture that a file is, or why it cannot be used."""
    if len(content) > MAX_BYTES:
        return too_large()
    try:
        picture = _read_png(content) if content.startswith(_PNG) else _read_jpeg(content)
    except (struct.error, IndexError):
        picture = None
    if picture is None:
        return _no_picture(content)
    if picture.width_px * picture.height_px > MAX_PIXELS:
        size = f"{picture.width_px} × {picture.height_px}"
        return phrase("pixels_more_than", size=size, limit=Words(f"{MAX_PIXELS // 10_000} 万", f"{MAX_PIXELS:,}"))
    return picture


def too_large() -> Words:
    """Why a file is not even read."""
    return phrase("larger_than_mb", max_bytes=MAX_BYTES >> 20)


def data_in(text: str) -> bytes | Words | None:
    """The bytes that a text holds in base64, why it cannot be decoded, or None when it holds none."""
    if not _DATA_URI.match(text) and not (len(text) > 200 and text.startswith(("iVBOR", "/9j/"))):
        return None
    try:
        return base64.b64decode(_DATA_URI.sub("", text), validate=False)
    except binascii.Error:
        return phrase("base_text_cut_off")


def decoded(picture: PictureFile) -> PictureFile | Words:
    """The picture, upright and in the colours that every program knows, when all of it can be decoded; else why not.

    Call it with what `judge_picture` gave: nothing larger is decoded.
    """
    from PIL import Image, ImageFile, ImageOps

    was_lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(picture.content), formats=("PNG", "JPEG")) as image:
                image.load()
                is_upright = image.getexif().get(_ORIENTATION, _UPRIGHT) == _UPRIGHT
                if is_upright and image.mode != "CMYK":
                    return picture
                upright = ImageOps.exif_transpose(image)
                return _made_anew(upright.convert("RGB") if image.mode == "CMYK" else upright, picture)
    except (
        OSError,
        ValueError,
        SyntaxError,
        MemoryError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return _broken()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = was_lenient


def _made_anew(image: object, picture: PictureFile) -> PictureFile | Words:
    from PIL import Image

    assert isinstance(image, Image.Image)
    out = BytesIO()
    image.save(out, "PNG" if picture.kind == "png" else "JPEG", quality=_QUALITY, dpi=picture.dpi)
    return judge_picture(out.getvalue())


def _broken() -> Words:
    return phrase("no_complete_png_jpeg")


def _no_picture(content: bytes) -> Words:
    """What a file is that is no picture of ours."""
    name = next((name for start, name in _OTHERS if content.startswith(start)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        name = "WebP"
    elif content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        name = "HEIC"
    return phrase("file", name=name) if name else _broken()


def _read_png(content: bytes) -> PictureFile | None:
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
    return PictureFile(content, "png", width, height, dpi) if width and height else None


def _read_jpeg(content: bytes) -> PictureFile | None:
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
            return PictureFile(content, "jpeg", width, height, dpi) if width and height else None
        at += 2 + length
    return None
