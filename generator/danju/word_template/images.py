"""Pictures for documents: found beside the data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from danju.messages import Words, phrase
from danju.values.pictures import MAX_BYTES, PictureFile, data_in, judge_picture, too_large

__all__ = ["Image", "ImageFault", "load_picture", "size_emu"]

_EMU_PER_MM = 36_000
_WIDEST_MM = 160.0


class ImageFault(Exception):
    """Why a picture cannot be used: message code, name of the picture, reason."""

    def __init__(self, code: str, path: str | Words, reason: Words | str = "") -> None:
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


def size_emu(picture: PictureFile, wish: Image) -> tuple[int, int]:
    """Width and height on paper in EMU (914,400 an inch)."""
    own_width, own_height = picture.width_px / picture.dpi[0] * 25.4, picture.height_px / picture.dpi[1] * 25.4
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


def load_picture(source: str | bytes, folder: Path | None) -> PictureFile:
    """The picture that a value means.

    Raises:
        ImageFault: T116 there is none, T117 it cannot be used.
    """
    if isinstance(source, bytes):
        return _judged(source, phrase("picture_data"))
    given = data_in(source)
    if isinstance(given, Words):
        raise ImageFault("T117", "base64", given)
    return _judged(_read(source, folder), source) if given is None else _judged(given, "base64")


def _judged(content: bytes, name: str | Words) -> PictureFile:
    picture = judge_picture(content)
    if isinstance(picture, Words):
        raise ImageFault("T117", name, picture)
    return picture


def _read(name: str, folder: Path | None) -> bytes:
    """The file, which must lie inside the folder: data may come from strangers."""
    plain = name.replace("\\", "/")
    if folder is None or plain.startswith("/") or ":" in plain or "\0" in plain:
        raise ImageFault("T116", name)
    path = (folder / plain).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise ImageFault("T116", name)
    if path.stat().st_size > MAX_BYTES:
        raise ImageFault("T117", name, too_large())
    return path.read_bytes()
