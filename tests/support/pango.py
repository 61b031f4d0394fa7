"""Pango, which a few tests need: those of PDFs drawn by HTML of a workspace's own."""

from __future__ import annotations

import pytest

from danju.errors import DocumentError
from danju.renderers.pdf_html import load_weasyprint


def _lacks_pango() -> bool:
    try:
        load_weasyprint("")
    except DocumentError:
        return True
    return False


needs_pango = pytest.mark.skipif(_lacks_pango(), reason="the Pango library is not installed")
