"""Document properties of Office files: who, what number, which form and record (ECMA-376 part 2 §8, part 1 §22.3)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from danju.exchange.stamp import DIGEST, FORM, VERSION
from danju.ooxml.packing import Member
from danju.ooxml.parts import Part
from danju.ooxml.text import DECLARATION, escape

NO_DATE = "2000-01-01"
"""Stands in for a date that is not known, so that equal input gives equal bytes."""

_CORE = (
    f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:identifier>{number}</dc:identifier>"
    "<dc:language>zh-CN</dc:language><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:modified></cp:coreProperties>'
)
_CUSTOM_HEAD = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
)
# fmtid of user-defined properties and the first free pid: [MS-OSHARED] 2.3.3.2.3
_CUSTOM = (
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
    "<vt:{kind}>{value}</vt:{kind}></property>"
)

_GAP = "\0"  # no XML holds it

CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"
APP_XML = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Danju</Application></Properties>"
).encode()


class Properties(NamedTuple):
    """What an Office file says about itself.

    Attributes:
        title: Title as printed.
        number: Number of the record.
        form_id: The form's name.
        form_version: The form's version.
        form_digest: Digest of the form's definition.
        record_digest: Digest of the record.
        author: Organisation or person; may be empty.
        date: ISO date of the record, or "".
    """

    title: str
    number: str
    form_id: str
    form_version: int
    form_digest: str
    record_digest: str
    author: str
    date: str


def core_xml(properties: Properties) -> bytes:
    """docProps/core.xml."""
    text = _CORE.format(
        title=escape(properties.title),
        author=escape(properties.author),
        number=escape(properties.number),
        date=properties.date or NO_DATE,
    )
    return text.encode()


def custom_xml(said: Mapping[str, str | int]) -> bytes:
    """docProps/custom.xml."""
    return _custom(said).encode()


def property_parts(core: bytes | None, custom: bytes | None = b"") -> tuple[Part, ...]:
    """The parts of the document properties: None for those that are supplied later, no custom ones when empty."""
    own = () if custom == b"" else (Part(CUSTOM, "custom", custom),)
    return Part(CORE, "core", core), Part("docProps/app.xml", "app", APP_XML), *own


def property_members(properties: Properties) -> dict[str, bytes | Member]:
    """docProps/core.xml and docProps/custom.xml, by name; the latter traces a file back to its form and record."""
    number = escape(properties.number)
    day = properties.date or NO_DATE
    core, custom = _shared(
        properties.title, properties.author, properties.form_id, properties.form_version, properties.form_digest
    )
    own = {
        CORE: f"{core[0]}{number}{core[1]}{day}{core[2]}{day}{core[3]}",
        CUSTOM: f"{custom[0]}{escape(properties.record_digest)}{custom[1]}{number}{custom[2]}",
    }
    return {name: Member.store(name, xml.encode()) for name, xml in own.items()}


@lru_cache(maxsize=64)
def _shared(title: str, author: str, form_id: str, version: int, digest: str) -> tuple[list[str], list[str]]:
    """What the properties of one form's records share: before number, date, date; before record digest and number."""
    core = _CORE.format(title=escape(title), author=escape(author), number=_GAP, date=_GAP)
    said: dict[str, str | int] = {
        FORM: form_id,
        VERSION: version,
        DIGEST: digest,
        "DanjuRecordDigest": _GAP,
        "DanjuNumber": _GAP,
    }
    return core.split(_GAP), _custom(said).split(_GAP)


def _custom(said: Mapping[str, str | int]) -> str:
    entries = (
        _CUSTOM.format(pid=pid, name=name, kind="i4" if isinstance(value, int) else "lpwstr", value=escape(str(value)))
        for pid, (name, value) in enumerate(said.items(), start=2)
    )
    return f"{_CUSTOM_HEAD}{''.join(entries)}</Properties>"
