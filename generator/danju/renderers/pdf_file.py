"""PDF files put together from ready parts: PDF/A-3b (ISO 19005-3), classic cross-reference table, deterministic."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from xml.sax.saxutils import escape

from danju import __version__
from danju.renderers.properties import NO_DATE, Properties

_PRODUCER = f"Danju {__version__}"
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
    ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
    '<rdf:Description rdf:about="" pdfaid:part="3" pdfaid:conformance="B"/>'
    '<rdf:Description rdf:about=""><pdf:Producer>{producer}</pdf:Producer><xmp:CreatorTool>Danju</xmp:CreatorTool>'
    "<xmp:CreateDate>{date}T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>{date}T00:00:00Z</xmp:ModifyDate>"
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{author}'
    '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
    '<?xpacket end="r"?>'
)
_AUTHOR = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"


@lru_cache(maxsize=1)
def colour_profile() -> bytes:
    """The sRGB profile as a deflated stream object's body (it ships with WeasyPrint, CC0)."""
    data = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    return stream(zlib.compress(data, 9), "/N 3")


def stream(packed: bytes, entries: str = "", length1: int | None = None) -> bytes:
    """A stream object's body holding deflated data."""
    length = f" /Length1 {length1}" if length1 is not None else ""
    gap = " " if entries else ""
    return f"<<{gap}{entries} /Filter /FlateDecode /Length {len(packed)}{length} >>\nstream\n".encode() + packed + b"\nendstream"


def plain_stream(data: bytes, entries: str) -> bytes:
    """A stream object's body holding data as it is."""
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def text_string(text: str) -> str:
    """A text string object: UTF-16BE with a byte order mark, in hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


class PdfFile:
    """Collects objects and writes them with a cross-reference table.

    Object numbers are given by `reserve` and `add`, counting from 1.
    """

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def reserve(self) -> int:
        """A number for an object whose body comes later."""
        self._bodies.append(b"")
        return len(self._bodies)

    def add(self, body: bytes | str) -> int:
        """A new object; returns its number."""
        self._bodies.append(body.encode() if isinstance(body, str) else body)
        return len(self._bodies)

    def put(self, number: int, body: bytes | str) -> None:
        """The body of a reserved object."""
        self._bodies[number - 1] = body.encode() if isinstance(body, str) else body

    def write(self, root: int, info: int, identifier: bytes) -> bytes:
        """The finished file."""
        out = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        position = len(out[0])
        table = [b"0000000000 65535 f \n"]
        for number, body in enumerate(self._bodies, 1):
            piece = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            table.append(b"%010d 00000 n \n" % position)
            out.append(piece)
            position += len(piece)
        count = len(self._bodies) + 1
        out.append(b"xref\n0 %d\n" % count + b"".join(table))
        mark = identifier.hex().upper().encode()
        out.append(b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>] >>\n" % (count, root, info, mark, mark))
        out.append(b"startxref\n%d\n%%%%EOF\n" % position)
        return b"".join(out)


def metadata(properties: Properties) -> bytes:
    """The XMP packet, uncompressed so that any reader of archives finds it (ISO 19005-1, 6.7.2)."""
    packet = _XMP.format(
        producer=_PRODUCER,
        date=properties.date or NO_DATE,
        title=escape(document_title(properties)),
        author=_AUTHOR.format(escape(properties.author)) if properties.author else "",
        subject=escape(document_subject(properties)),
    )
    return plain_stream(packet.encode(), "/Type /Metadata /Subtype /XML")


def document_title(properties: Properties) -> str:
    """Title with number."""
    return f"{properties.title} {properties.number}".strip()


def document_subject(properties: Properties) -> str:
    """Form, version and number."""
    return f"{properties.form_id} v{properties.form_version} {properties.number}".strip()


def info(properties: Properties) -> str:
    """The document information dictionary, saying what the XMP packet says."""
    day = (properties.date or NO_DATE).replace("-", "")
    author = f" /Author {text_string(properties.author)}" if properties.author else ""
    return (
        f"<< /Title {text_string(document_title(properties))}{author} /Subject {text_string(document_subject(properties))}"
        f" /Creator (Danju) /Producer ({_PRODUCER}) /CreationDate (D:{day}000000Z) /ModDate (D:{day}000000Z) >>"
    )


def add_attachment(pdf: PdfFile, name: str, content: bytes, properties: Properties) -> int:
    """An embedded JSON file that is the document's source (AFRelationship, ISO 19005-3 annex E); returns its file specification."""
    day = (properties.date or NO_DATE).replace("-", "")
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest().upper()
    moment = f"(D:{day}000000Z)"
    params = f"/Params << /Size {len(content)} /CheckSum <{digest}> /CreationDate {moment} /ModDate {moment} >>"
    body = stream(zlib.compress(content, 6), f"/Type /EmbeddedFile /Subtype /application#2Fjson {params}")
    file = pdf.add(body)
    description = text_string(document_subject(properties))
    return pdf.add(
        f"<< /Type /Filespec /F ({name}) /UF ({name}) /Desc {description} /AFRelationship /Source"
        f" /EF << /F {file} 0 R /UF {file} 0 R >> >>"
    )


def to_unicode(chars: Sequence[str], first: int) -> str:
    """`bfchar` sections for glyphs numbered from `first` (ISO 32000-1, 9.10.3)."""
    entries = [f"<{first + at:04X}> <{char.encode('utf-16-be').hex().upper()}>" for at, char in enumerate(chars)]
    sections = (entries[start : start + 100] for start in range(0, len(entries), 100))
    return "".join(f"{len(section)} beginbfchar\n" + "\n".join(section) + "\nendbfchar\n" for section in sections)
