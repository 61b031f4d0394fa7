"""QR codes as pictures (ISO/IEC 18004): whole pixels for each module, the same bytes each time."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from danju.errors import InputError
from danju.model.drawing import Line
from danju.model.picture import Picture

MOST_BYTES = 300
"""Longer contents make modules that telephones cannot tell apart at the sizes of a form."""
_MARGIN = 4  # modules of light margin: ISO/IEC 18004, 6.3.8
_PIXELS = 8  # of a module
_PAD_MM = 0.2


def qr_lines(text: str, size_mm: float, align: str) -> tuple[Line, ...]:
    """One line with the code of a text.

    Raises:
        InputError: E244, the text is longer than a telephone can read at this size.
    """
    size = len(text.encode())
    if size > MOST_BYTES:
        raise InputError("E244", {"size": size, "most": MOST_BYTES})
    picture = Picture(_png(text), "image/png", size_mm, size_mm, text)
    return (Line((), align, size_mm + _PAD_MM, picture=picture),)


@lru_cache(maxsize=256)
def _png(text: str) -> bytes:
    """The code with its light margin; damage to 15 % of it can be made good."""
    import segno

    out = BytesIO()
    code = segno.make_qr(text, error="m", encoding="utf-8", boost_error=True)
    code.save(out, kind="png", scale=_PIXELS, border=_MARGIN)
    return out.getvalue()
