"""The members of a template: opened with care, those that can hold tags told from the rest by what the package says."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from danju.errors import DefinitionError
from danju.location import Location
from danju.messages import Words, phrase
from danju.ooxml.package import Package
from danju.ooxml.parts import CONTENT_TYPES, relations_name
from danju.word_template.places import BODY, WORD

__all__ = ["TemplatePackage", "open_package", "parse_member"]

_MAX_MEMBERS = 5_000
_MAX_BYTES = 300 << 20
_DOCUMENT = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument|ms-word)\..*\.?(?:document|template)\S*\+xml"
)
_MACROS = ("vbaProject", "wordVbaData")
_TEXTS = frozenset((BODY, "header", "footer", "footnotes", "endnotes", "comments"))
_OTHERS = frozenset(
    (
        "core-properties",
        "extended-properties",
        "custom-properties",
        "chart",
        "chartex",
        "diagramData",
        "diagramDrawing",
    )
)
_MAY_HOLD_TAGS = re.compile(r"[{｛]|%7b|&#12[35];|&#x7[bd];", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TemplatePackage:
    """The members of a Word file in their order, as those of a plain document: no template any more, no macros.

    Attributes:
        name: File name, for messages.
        content: The package's bytes.
        members: Plain bytes by path.
        kinds: What the parts hold that may have tags, by path; the body first.
    """

    name: str
    content: bytes
    members: Mapping[str, bytes]
    kinds: Mapping[str, str]

    def word_parts(self) -> list[str]:
        """Paths of parts with running text, the body first."""
        return [name for name, kind in self.kinds.items() if kind in _TEXTS and self._may_hold_tags(name)]

    def other_parts(self) -> list[str]:
        """Paths of parts where tags are printed as they stand."""
        return [name for name, kind in self.kinds.items() if kind in _OTHERS and self._may_hold_tags(name)]

    def relation_parts(self) -> dict[str, str]:
        """Parts that have relations with tags in their targets, and the paths of these relations."""
        found = {name: relations_name(name) for name in self.kinds}
        return {name: path for name, path in found.items() if path in self.members and self._may_hold_tags(path)}

    def _may_hold_tags(self, name: str) -> bool:
        return _MAY_HOLD_TAGS.search(self.members[name].decode("utf-8", "replace")) is not None


def open_package(content: bytes, name: str) -> TemplatePackage:
    """The members of the file.

    Raises:
        DefinitionError: T119, it is no Word document, damaged, or too large.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            _check(len(infos) <= _MAX_MEMBERS, phrase("too_many_members"), name)
            _check(sum(info.file_size for info in infos) <= _MAX_BYTES, phrase("unpacks_too_large"), name)
            _check(not any(info.flag_bits & 1 for info in infos), phrase("has_password"), name)
        with Package(BytesIO(content)) as package:
            _check(package.has(CONTENT_TYPES) and _is_document(package), phrase("no_word_body"), name)
            if _make_plain(package):
                out = BytesIO()
                package.write(out)
                content = out.getvalue()
            members = {member: package.read(member) for member in package.names}
            return TemplatePackage(name, content, members, _kinds(package))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, SyntaxError) as err:
        # lxml.etree.XMLSyntaxError is a SyntaxError
        old = content.startswith(b"\xd0\xcf\x11\xe0")
        raise _fault(name, phrase("old_word_or_password" if old else "no_docx")) from err


def _is_document(package: Package) -> bool:
    """Whether the package is about a Word document, a template of one included."""
    try:
        return _DOCUMENT.fullmatch(package.content_type(package.main)) is not None
    except KeyError:
        return False


def _make_plain(package: Package) -> bool:
    """Make the package that of a .docx; False when it is that already: desktop Word opens nothing else by that name."""
    main, kind = package.main, package.content_type(package.main)
    if kind.endswith(".wordprocessingml.document.main+xml"):
        return False
    package.set_type(main, "document")
    for macros in package.related(main, _MACROS[0]):
        for data in package.related(macros, _MACROS[1]):
            package.detach(macros, data)
        package.detach(main, macros)
    package.unset_default_type("bin")
    return True


def _kinds(package: Package) -> dict[str, str]:
    """Kinds of the parts that may hold tags, the body first: last words of their content types."""
    kinds = {package.main: BODY}
    for name in sorted(package.names):
        kind = re.split(r"[./]", package.content_type(name).removesuffix("+xml"))[-1]
        if kind in _TEXTS or kind in _OTHERS:
            kinds.setdefault(name, kind)
    return kinds


def parse_member(package: TemplatePackage, member: str) -> etree._Element:
    """The tree of a member, without comments; entities are not resolved.

    Raises:
        DefinitionError: T119, it is no XML or in a dialect that we do not know.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(package.members[member], parser)
    except etree.XMLSyntaxError as err:
        raise _fault(package.name, phrase("no_valid_xml", member=member)) from err
    _check(not getattr(root.getroottree().docinfo, "doctype", ""), phrase("has_dtd", member=member), package.name)
    if package.kinds.get(member) in _TEXTS:
        _check(etree.QName(root).namespace == WORD, phrase("strict_open_xml"), package.name)
        if root.nsmap.get("w") != WORD:
            kept = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
            renamed = etree.Element(root.tag, attrib=dict(root.attrib), nsmap={**kept, "w": WORD})
            renamed.extend(list(root))
            etree.cleanup_namespaces(renamed, keep_ns_prefixes=[*kept, "w"])
            root = renamed
    return root


def _check(is_right: bool, reason: Words, name: str) -> None:
    if not is_right:
        raise _fault(name, reason)


def _fault(name: str, reason: Words) -> DefinitionError:
    return DefinitionError("T119", {"reason": reason}, Location(name))
