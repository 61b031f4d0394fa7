"""Word files (.docx, .docm): opened only when harmless; macros are never run, links never followed."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from danju.issues import Fault
from danju.ooxml.package import Package
from danju.readers.files.kinds import FileKind, sniff_kind
from danju.readers.files.package_guard import check_package, readable_size
from danju.readers.word.blocks import WordText
from danju.readers.word.markup import read_part

__all__ = ["open_word"]

MAX_PART = 64 << 20
"""Bytes of XML in one part."""

_IN_WORD = {"F001": "F032", "F002": "F033"}
_MARGINS = (".header+xml", ".footer+xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # ISO/IEC 29500-1 strict
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def open_word(path: Path) -> WordText | Fault:
    """What a harmless Word file says, or what forbids reading it."""
    kind = sniff_kind(path)
    if kind is FileKind.EMPTY:
        return Fault("F003")
    if kind is FileKind.ENCRYPTED:
        return Fault("F032")
    if kind is FileKind.DOC or path.suffix.lower() == ".doc":
        return Fault("F031") if kind in (FileKind.DOC, FileKind.OLE) else _misnamed(path, kind)
    if kind not in (FileKind.WORD, FileKind.BROKEN_ZIP):
        return _misnamed(path, kind)
    if fault := check_package(path):
        return Fault(_IN_WORD.get(fault.code, fault.code), fault.values)
    try:
        with Package(path) as package:
            return _read(package)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, RecursionError):
        # lxml.etree.XMLSyntaxError is a SyntaxError
        return Fault("F033")


def _misnamed(path: Path, kind: FileKind) -> Fault:
    return Fault("F010", {"suffix": path.suffix.lower(), "actual": kind.value})


def _read(package: Package) -> WordText | Fault:
    text = WordText()
    margins = sorted(name for name in package.names if package.content_type(name).endswith(_MARGINS))
    for name in (package.main, *margins):
        size = package.size(name)
        if size > MAX_PART:
            return Fault("F015", {"size": readable_size(size), "limit": readable_size(MAX_PART)})
        root = _parse(package.read(name))
        if name != package.main:
            text.margins += read_part(root, text, name)
            continue
        body = root.find(f"{_W}body")
        if body is None:
            return Fault("F033")
        text.blocks = read_part(body, text)
    for name in package.related("", "custom-properties"):
        if package.size(name) <= MAX_PART:
            text.properties = _properties(_parse(package.read(name)))
    return text


def _parse(content: bytes) -> Any:
    """The root of a part; no entities, no network, no trees of absurd depth."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(content.replace(_STRICT, _TRANSITIONAL), parser)


def _properties(root: Any) -> dict[str, str]:
    return {str(each.get("name")): "".join(each.itertext()) for each in root if each.get("name")}
