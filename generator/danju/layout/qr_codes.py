"""QR codes as pictures (ISO/IEC 18004): whole pixels for each module, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO

from danju.layout.blocks.block import iter_blocks
from danju.model.drawing import Line
from danju.model.form import Form
from danju.model.picture import Picture
from danju.rules.expressions import full_text, names_of

MOST_BYTES = 300
"""Longer contents make modules that telephones cannot tell apart at the sizes of a form."""
_MARGIN = 4  # modules of light margin: ISO/IEC 18004, 6.3.8
_PIXELS = 8  # of a module
_PAD_MM = 0.2


def qr_lines(text: str, size_mm: float, align: str) -> tuple[Line, ...]:
    """One line with the code of a text."""
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


def iter_overlong(form: Form, values: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    """(field, length in bytes) of every code of the form whose content would be too long, by the first field in it."""
    templates = [block.code_text() for block in iter_blocks(form.layout)]
    names = names_of(form.record_type, values) if any(templates) else {}
    for template in filter(None, templates):
        size = len(full_text(template, names).encode())
        if size > MOST_BYTES:
            yield template, size
