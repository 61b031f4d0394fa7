"""PDF: a drawing by the direct road or through WeasyPrint, PDF/A-3b, with the source record attached."""

from __future__ import annotations

import html
import json
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

from danju.errors import EnvironmentFault
from danju.layout.linebreaks import broken
from danju.model.drawing import Drawing
from danju.model.form import Form
from danju.renderers.full_fonts import common_characters, configured_fonts, fetch_font
from danju.renderers.html import page_rule, stylesheet, to_markup
from danju.renderers.pdf_direct import DirectPdf
from danju.renderers.pdf_file import packed
from danju.renderers.properties import NO_DATE, Properties

_NOWHERE = "http://refused.invalid/"  # without a base, WeasyPrint leaves out what has a relative address
_PANGO_REMEDIES = {
    "darwin": "brew install pango",
    "win32": "MSYS2 (https://www.msys2.org/): pacman -S mingw-w64-x86_64-pango; "
    "set WEASYPRINT_DLL_DIRECTORIES=C:\\msys64\\mingw64\\bin",
}
_PANGO_REMEDY = "Debian/Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def pango_remedy() -> str:
    """How Pango is installed on this system."""
    return _PANGO_REMEDIES.get(sys.platform, _PANGO_REMEDY)


@lru_cache(maxsize=1)
def load_weasyprint() -> Any:
    """The library, or one clear message when Pango is missing.

    Raises:
        EnvironmentFault: E301 with what to type.
    """
    try:
        import weasyprint
    except OSError as err:
        raise EnvironmentFault("E301", {"remedy": pango_remedy()}) from err
    return weasyprint


@lru_cache(maxsize=64)
def _stylesheet(rule: str, folder: str, form_id: str, is_common: bool) -> Any:
    css_class = load_weasyprint().CSS
    configuration, _ = configured_fonts(css_class, is_common)
    css = rule + stylesheet(("document.css", "print.css"), folder, form_id)
    return css_class(string=css, font_config=configuration, url_fetcher=fetch_font)


class PdfRenderer:
    """Draws records as PDF/A-3b (ISO 19005-3) with the record as an attached JSON file.

    Two roads lead to the same page: the direct one for drawings whose lines all fit their cells, and WeasyPrint's full
    layout for everything else.

    Args:
        blank_of: Gives the drawing of a form without a record, from which the direct road is compiled.
        full_only: Take WeasyPrint's road always.
    """

    def __init__(self, blank_of: Callable[[Form], Drawing], full_only: bool = False) -> None:
        self._blank_of = blank_of
        self._full_only = full_only
        self._direct: dict[str, DirectPdf] = {}

    def render(self, form: Form, drawing: Drawing, properties: Properties, source: Mapping[str, object]) -> bytes:
        """The finished file; the same input gives the same bytes.

        Args:
            form: The form, for what is compiled once.
            drawing: The record on its paper.
            properties: What the file says about itself.
            source: The record as plain data, attached as `record.json`.
        """
        if form.templates:
            return render_full(drawing, properties, source, form.templates)
        lines = broken(drawing)
        if lines is None or self._full_only:
            return render_full(lines or drawing, properties, source)
        direct = self._direct.get(form.digest)
        if direct is None:
            direct = self._direct[form.digest] = DirectPdf(self._blank_of(form))
        return direct.render(lines, properties, source)


def render_full(drawing: Drawing, properties: Properties, source: Mapping[str, object], folder: str = "") -> bytes:
    """The file by WeasyPrint's road, whatever the drawing holds.

    Args:
        drawing: The record on its paper.
        properties: What the file says about itself.
        source: Attached as `record.json`.
        folder: Templates that replace the built-in ones.

    Raises:
        ValueError: The template asks for a file or address that is not ours to give.
    """
    weasyprint = load_weasyprint()
    from weasyprint.urls import FatalURLFetchingError

    try:
        return _write_full(weasyprint, drawing, properties, source, folder)
    except FatalURLFetchingError as err:
        raise ValueError(str(err)) from err


def _write_full(
    weasyprint: Any, drawing: Drawing, properties: Properties, source: Mapping[str, object], folder: str
) -> bytes:
    record = source.get("record")
    markup = to_markup(drawing, properties, "", folder, record if isinstance(record, Mapping) else None)
    is_common = not folder and common_characters().issuperset(html.unescape(markup))
    configuration, fonts = configured_fonts(weasyprint.CSS, is_common)
    look = _stylesheet(page_rule(drawing), folder, properties.form_id, is_common)
    document = weasyprint.HTML(string=markup, base_url=_NOWHERE, url_fetcher=fetch_font).render(
        stylesheets=[fonts, look], font_config=configuration
    )
    document.metadata.attachments.append(_attachment(weasyprint, source, properties))
    out = BytesIO()
    # in letters: pydyf leaves a carriage return in a string as it is, and readers take it for a line feed
    identifier = properties.record_digest[:32].encode() or None
    document.write_pdf(out, pdf_variant="pdf/a-3b", pdf_identifier=identifier, finisher=_finish)
    return out.getvalue()


def _attachment(weasyprint: Any, source: Mapping[str, object], properties: Properties) -> Any:
    content = json.dumps(source, ensure_ascii=False, separators=(",", ":"))
    moment = datetime.fromisoformat(properties.date or NO_DATE).replace(tzinfo=UTC)
    return weasyprint.Attachment(
        string=content,
        name="record.json",
        description=f"{properties.form_id} {properties.number}".strip(),
        created=moment,
        modified=moment,
        relationship="Source",
    )


def _finish(_document: Any, pdf: Any) -> None:
    """Deflate streams by libdeflate, several times as fast as pydyf, but for the XMP metadata, which stay as they are:
    ISO 19005 readers expect to find them so."""
    for item in pdf.objects:
        if not getattr(item, "compress", False):
            continue
        item.compress = False
        if item.extra.get("Type") != "/Metadata" and all(isinstance(part, bytes) for part in item.stream):
            item.stream = [packed(b"\n".join(item.stream))]
            item.extra["Filter"] = "/FlateDecode"
