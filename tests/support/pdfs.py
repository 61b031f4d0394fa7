"""PDF files read back."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped, unused-ignore]


def page_texts(content: bytes) -> list[str]:
    """The text of each page, in reading order."""
    document = pypdfium2.PdfDocument(content)
    try:
        texts = []
        for index in range(len(document)):
            page = document[index]
            words = page.get_textpage()
            texts.append(words.get_text_range().replace("\r\n", "\n"))
            words.close()
            page.close()
        return texts
    finally:
        document.close()


def attached_record(content: bytes) -> Any:
    """The JSON attached as record.json."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return json.loads(pdf.attachments["record.json"].get_file().read_bytes())


def font_names(content: bytes) -> set[str]:
    """Names of the fonts on the pages, without their subset tags; every one must be embedded."""
    names = set()
    with pikepdf.open(BytesIO(content)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                assert any(key in item for key in ("/FontFile2", "/FontFile3"))
                names.add(str(item["/FontName"]).lstrip("/").partition("+")[2])
    return names


def metadata_stream(content: bytes) -> tuple[bool, str]:
    """Whether the XMP stream lies there uncompressed, and its text."""
    with pikepdf.open(BytesIO(content)) as pdf:
        stream = pdf.Root.Metadata
        return "/Filter" not in stream, stream.read_bytes().decode()
