"""Pictures: what a line of a drawing may hold in place of words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

MEDIA_SUFFIXES = {"image/png": "png", "image/jpeg": "jpeg"}
"""What pictures may be, with the suffixes of their files."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is drawn.

    Attributes:
        content: A PNG or JPEG file; upright as it is, whatever its EXIF data say.
        media_type: A key of `MEDIA_SUFFIXES`.
        width_mm, height_mm: As drawn.
        words: What it shows, for those who cannot see it.
    """

    content: bytes
    media_type: str
    width_mm: float
    height_mm: float
    words: str = ""

    @cached_property
    def key(self) -> str:
        """A short name that pictures of the same content share."""
        return "p" + hashlib.sha256(self.content).hexdigest()[:16]

    @property
    def suffix(self) -> str:
        """Of its file's name."""
        return MEDIA_SUFFIXES[self.media_type]


def fitted_mm(size_px: tuple[int, int], room_mm: tuple[float, float]) -> tuple[float, float]:
    """Width and height of a picture as large as its room allows."""
    scale = min(room_mm[0] / size_px[0], room_mm[1] / size_px[1])
    return size_px[0] * scale, size_px[1] * scale
