"""PDF files put together from ready parts: PDF/A-3b (ISO 19005-3), deterministic."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from functools import lru_cache

import deflate

from danju import __version__
from danju.layout.fonts import templates_folder
from danju.ooxml.properties import NO_DATE, Properties
from danju.ooxml.text import escape

_PRODUCER = f"Danju {__version__}"
_XMP = (  # what PDF/A-3b asks for, said once and in few words: this stream is never deflated
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
    ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' pdfaid:part="3" pdfaid:conformance="B" pdf:Producer="{producer}" xmp:CreatorTool="Danju"'
    ' xmp:CreateDate="{date}T00:00:00Z" xmp:ModifyDate="{date}T00:00:00Z">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{author}'
    '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="r"?>'
)
_RANGE = 0x100
_XREF_ENTRY = struct.Struct(">BIB")
_AUTHOR = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"


@lru_cache(maxsize=1)
def colour_profile() -> bytes:
    """The sRGB profile (templates/sRGB.icc: 588 bytes, from Little CMS) as a stream object's body."""
    return stream(packed((templates_folder() / "sRGB.icc").read_bytes(), 12), "/N 3")


def packed(data: bytes, level: int = 6) -> bytes:
    """The data as a zlib stream, by libdeflate."""
    return bytes(deflate.zlib_compress(data, level))


def stream(content: bytes, entries: str = "", length1: int | None = None) -> bytes:
    """A stream object's body holding deflated data."""
    length = f"/Length1 {length1}" if length1 is not None else ""
    return (
        f"<<{entries}/Filter/FlateDecode/Length {len(content)}{length}>>\nstream\n".encode()
        + content
        + b"\r\nendstream"
    )


def plain_stream(data: bytes, entries: str) -> bytes:
    """A stream object's body holding data as it is."""
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\r\nendstream"


def text_string(text: str) -> str:
    """A text string object: UTF-16BE with a byte order mark, in hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


class PdfWriter:
    """Collects objects and writes them: streams one by one, everything else together in a compressed object stream.

    Object numbers are given by `reserve`, `add` and `add_stream`, counting from 1.
    """

    def __init__(self) -> None:
        self._bodies: list[bytes] = []
        self._streams: set[int] = set()

    def reserve(self) -> int:
        """A number for an object whose body comes later."""
        self._bodies.append(b"")
        return len(self._bodies)

    def add(self, body: str) -> int:
        """A new object that is not a stream; returns its number."""
        self._bodies.append(body.encode())
        return len(self._bodies)

    def put(self, number: int, body: str) -> None:
        """The body of a reserved object."""
        self._bodies[number - 1] = body.encode()

    def add_stream(self, body: bytes) -> int:
        """A new stream object; returns its number."""
        self._bodies.append(body)
        self._streams.add(len(self._bodies))
        return len(self._bodies)

    def write(self, root: int, info_number: int, identifier: bytes) -> bytes:
        """The finished file (object stream and cross-reference stream: ISO 32000-1, 7.5.7 and 7.5.8)."""
        inside = [number for number in range(1, len(self._bodies) + 1) if number not in self._streams]
        container = self.add_stream(self._object_stream(inside))
        place_in = {number: place for place, number in enumerate(inside)}
        out = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        position = len(out[0])
        table = bytearray(b"\0\0\0\0\0\xff")
        for number, body in enumerate(self._bodies, 1):
            if number in place_in:
                table += _XREF_ENTRY.pack(2, container, place_in[number])
                continue
            table += _XREF_ENTRY.pack(1, position, 0)
            out.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
            position += len(out[-1])
        number = len(self._bodies) + 1
        table += _XREF_ENTRY.pack(1, position, 0)
        mark = identifier.hex().upper()
        entries = f"/Type/XRef/Size {number + 1}/W[1 4 1]/Root {root} 0 R/Info {info_number} 0 R/ID[<{mark}><{mark}>]"
        out.append(b"%d 0 obj\n%b\nendobj\n" % (number, stream(packed(bytes(table)), entries)))
        out.append(b"startxref\n%d\n%%%%EOF\n" % position)
        return b"".join(out)

    def _object_stream(self, numbers: Sequence[int]) -> bytes:
        offset = 0
        index = []
        for number in numbers:
            index.append(f"{number} {offset}")
            offset += len(self._bodies[number - 1]) + 1
        head = (" ".join(index) + "\n").encode()
        content = head + b"\n".join(self._bodies[number - 1] for number in numbers)
        return stream(packed(content), f"/Type/ObjStm/N {len(numbers)}/First {len(head)}")


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
    title, subject = text_string(document_title(properties)), text_string(document_subject(properties))
    return (
        f"<< /Title {title}{author} /Subject {subject}"
        f" /Creator (Danju) /Producer ({_PRODUCER}) /CreationDate (D:{day}000000Z) /ModDate (D:{day}000000Z) >>"
    )


def add_attachment(pdf: PdfWriter, name: str, content: bytes, properties: Properties) -> int:
    """An embedded JSON file that is the document's source (ISO 19005-3, annex E); returns its file specification."""
    day = (properties.date or NO_DATE).replace("-", "")
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest().upper()
    moment = f"(D:{day}000000Z)"
    params = f"/Params << /Size {len(content)} /CheckSum <{digest}> /CreationDate {moment} /ModDate {moment} >>"
    body = stream(packed(content), f"/Type /EmbeddedFile /Subtype /application#2Fjson {params}")
    file = pdf.add_stream(body)
    description = text_string(document_subject(properties))
    return pdf.add(
        f"<< /Type /Filespec /F ({name}) /UF ({name}) /Desc {description} /AFRelationship /Source"
        f" /EF << /F {file} 0 R /UF {file} 0 R >> >>"
    )


CMAP = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{}"
    "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
)
"""A ToUnicode map without its sections (ISO 32000-1, 9.10.3)."""


def to_unicode(chars: Sequence[str], first: int) -> str:
    """`bfrange` sections for glyphs numbered from `first` (ISO 32000-1, 9.10.3); none runs past a first byte."""
    sections = []
    start, end = first, first + len(chars)
    while start < end:
        stop = min(end, (start // _RANGE + 1) * _RANGE)
        signs = "".join([_utf16(char) for char in chars[start - first : stop - first]])
        sections.append(f"1 beginbfrange\n<{start:04X}> <{stop - 1:04X}> [{signs}]\nendbfrange\n")
        start = stop
    return "".join(sections)


@lru_cache(maxsize=32768)
def _utf16(char: str) -> str:
    return f"<{char.encode('utf-16-be').hex().upper()}>"
