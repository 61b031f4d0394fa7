"""Fonts for WeasyPrint's road: configurations that are kept for all documents.

WeasyPrint and HarfBuzz walk through every glyph of a font for each document. Nearly all documents get along with the
characters of GB 2312, so these are cut out of the shipped fonts once; a document with any other has the whole fonts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from danju.layout.fonts import FAMILY, font_path

_COMMON = ".common"  # behind the address of a font: its common characters
_SIGNS = "☐☑☒☓✓✗—…·“”‘’¥￥€℃㎡①②③④⑤⑥⑦⑧⑨⑩"


@lru_cache(maxsize=1)
def common_characters() -> frozenset[str]:
    """ASCII, GB 2312 and signs of forms."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset("".join(pair.decode("gb2312", "ignore") for pair in pairs)) | set(map(chr, range(128))) | {*_SIGNS}


@lru_cache(maxsize=2)
def configured_fonts(weasyprint_css: Any, is_common: bool) -> tuple[Any, Any]:
    """The font configuration and the stylesheet that registers our fonts.

    Args:
        weasyprint_css: The class `weasyprint.CSS`.
        is_common: Only the common characters.
    """
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; src: url('{_address(bold, is_common)}'); }}"
        for weight, bold in (("normal", False), ("bold", True))
    )
    return configuration, weasyprint_css(string=faces, font_config=configuration, url_fetcher=fetch_font)


def _address(is_bold: bool, is_common: bool) -> str:
    return font_path(is_bold).as_uri() + (_COMMON if is_common else "")


def fetch_font(url: str, *_args: Any, **_options: Any) -> Any:
    """Our own fonts and nothing else: no other file, no network, no redirects."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

    for is_bold in (False, True):
        for is_common in (False, True):
            if url == _address(is_bold, is_common):
                body = _common_font(is_bold) if is_common else font_path(is_bold).read_bytes()
                return URLFetcherResponse(url, body=body, headers={"Content-Type": "font/ttf"})
    raise FatalURLFetchingError(f"refused: {url}")  # after any other exception WeasyPrint leaves a gap


def _common_font(is_bold: bool) -> bytes:
    """A shipped font with its common characters only."""
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, common_characters()))
    blob: bytes = hb.subset(hb.Face(hb.Blob.from_file_path(str(font_path(is_bold)))), wanted).blob.data
    return blob
