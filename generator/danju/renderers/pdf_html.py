"""PDF of a workspace's own HTML and CSS, laid out by WeasyPrint: PDF/A-3b, with the source record attached.

Our own paper needs nothing of this (`danju.renderers.pdf`); WeasyPrint and the Pango library behind it are looked for
when a form has such templates, and nowhere else.
"""

from __future__ import annotations

import atexit
import json
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO, StringIO
from typing import Any

from danju.errors import DocumentError
from danju.layout.fonts import FAMILY, font_path
from danju.model.drawing import Drawing
from danju.ooxml.properties import NO_DATE, Properties
from danju.renderers.html import page_rule, stylesheet, to_markup
from danju.renderers.pdf_file import packed

_NOWHERE = "http://refused.invalid/"  # without a base, WeasyPrint leaves out what has a relative address
_PANGO_REMEDIES = {
    "darwin": "brew install pango",
    "win32": "https://doc.courtbouillon.org/weasyprint/stable/first_steps.html#windows",
}
_PANGO_REMEDY = "Debian/Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"


def load_weasyprint(form_id: str) -> Any:
    """The library, or one clear message when Pango is missing.

    Raises:
        DocumentError: E301 with what to do.
    """
    try:
        with redirect_stdout(StringIO()):  # it prints advice of its own
            import weasyprint
    except (ImportError, OSError) as err:
        raise DocumentError("E301", {"form": form_id, "remedy": pango_remedy()}) from err
    return weasyprint


def pango_remedy() -> str:
    """How Pango is installed on this system."""
    return _PANGO_REMEDIES.get(sys.platform, _PANGO_REMEDY)


def render_html_pdf(drawing: Drawing, properties: Properties, source: Mapping[str, object], folder: str) -> bytes:
    """The finished file; the same input gives the same bytes.

    Args:
        drawing: The record on its paper.
        properties: What the file says about itself.
        source: The record as plain data, attached as `record.json`.
        folder: Templates that replace the built-in ones.

    Raises:
        DocumentError: E301, Pango is missing.
        ValueError: The template asks for a file or address that is not ours to give.
    """
    weasyprint = load_weasyprint(properties.form_id)
    from weasyprint.urls import FatalURLFetchingError

    try:
        return _write(weasyprint, drawing, properties, source, folder)
    except FatalURLFetchingError as err:
        raise ValueError(str(err)) from err


def _write(
    weasyprint: Any, drawing: Drawing, properties: Properties, source: Mapping[str, object], folder: str
) -> bytes:
    record = source.get("record")
    markup = to_markup(drawing, properties, "", folder, record if isinstance(record, Mapping) else None)
    configuration, fonts = _fonts()
    look = _stylesheet(page_rule(drawing), folder, properties.form_id)
    document = weasyprint.HTML(string=markup, base_url=_NOWHERE, url_fetcher=_fetch_font).render(
        stylesheets=[fonts, look], font_config=configuration
    )
    document.metadata.attachments.append(_attachment(weasyprint, source, properties))
    out = BytesIO()
    # in letters: pydyf leaves a carriage return in a string as it is, and readers take it for a line feed
    identifier = properties.record_digest[:32].encode() or None
    document.write_pdf(out, pdf_variant="pdf/a-3b", pdf_identifier=identifier, finisher=_finish)
    return out.getvalue()


@lru_cache(maxsize=64)
def _stylesheet(rule: str, folder: str, form_id: str) -> Any:
    from weasyprint import CSS

    css = rule + stylesheet(("document.css", "print.css"), folder, form_id)
    return CSS(string=css, font_config=_fonts()[0], url_fetcher=_fetch_font)


@lru_cache(maxsize=1)
def _fonts() -> tuple[Any, Any]:
    """The font configuration of all documents and the stylesheet that registers our fonts."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_forget)  # its fonts cannot be let go of once modules are taken down
    configuration = FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; src: url('{font_path(bold).as_uri()}'); }}"
        for weight, bold in (("normal", False), ("bold", True))
    )
    return configuration, CSS(string=faces, font_config=configuration, url_fetcher=_fetch_font)


def _forget() -> None:
    _stylesheet.cache_clear()
    _fonts.cache_clear()


def _fetch_font(url: str, *_args: Any, **_options: Any) -> Any:
    """Our own fonts and nothing else: no other file, no network, no redirects."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

    for bold in (False, True):
        if url == font_path(bold).as_uri():
            return URLFetcherResponse(url, body=font_path(bold).read_bytes(), headers={"Content-Type": "font/ttf"})
    raise FatalURLFetchingError(f"refused: {url}")  # after any other exception WeasyPrint leaves a gap


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
