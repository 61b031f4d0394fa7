"""The members of a template: opened with care, those that can hold tags told from the rest."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from danju.errors import DefinitionError
from danju.location import Location
from danju.word_template.places import WORD

__all__ = ["TemplatePackage", "open_package", "parse_member"]

_MAX_MEMBERS = 5_000
_MAX_BYTES = 300 << 20
_WORD_PART = re.compile(r"word/(?:document|header|footer|footnotes|endnotes|comments)\d*\.xml")
_OTHER_PART = re.compile(
    r"docProps/(?:core|app|custom)\.xml|word/charts/chart\d*\.xml|word/diagrams/(?:data|drawing)\d*\.xml"
)
_RELATIONS = re.compile(r"word/_rels/[\w.]+\.xml\.rels")
_MAY_HOLD_TAGS = re.compile(r"[{｛]|%7b|&#12[35];|&#x7[bd];", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TemplatePackage:
    """The members of a .docx in their order.

    Attributes:
        name: File name, for messages.
        content: The package's bytes.
        members: Plain bytes by path.
    """

    name: str
    content: bytes
    members: dict[str, bytes]

    def word_parts(self) -> list[str]:
        """Paths of parts with running text, the body first."""
        found = [name for name in self.members if _WORD_PART.fullmatch(name) and self._may_hold_tags(name)]
        return sorted(found, key=lambda name: (name != "word/document.xml", name))

    def other_parts(self) -> list[str]:
        """Paths of parts where tags are printed as they stand."""
        return [name for name in self.members if _OTHER_PART.fullmatch(name) and self._may_hold_tags(name)]

    def relation_parts(self) -> list[str]:
        """Paths of relations that may have tags in their targets."""
        return [name for name in self.members if _RELATIONS.fullmatch(name) and self._may_hold_tags(name)]

    def _may_hold_tags(self, name: str) -> bool:
        return _MAY_HOLD_TAGS.search(self.members[name].decode("utf-8", "replace")) is not None


def open_package(content: bytes, name: str) -> TemplatePackage:
    """The members of the file.

    Raises:
        DefinitionError: T119, it is no Word document, damaged, or too large.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            infos = package.infolist()
            _check(len(infos) <= _MAX_MEMBERS, "成员过多", name)
            _check(sum(info.file_size for info in infos) <= _MAX_BYTES, "解压后过大", name)
            _check(not any(info.flag_bits & 1 for info in infos), "文件有密码", name)
            members = {info.filename: package.read(info) for info in infos if not info.is_dir()}
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as err:
        old = content.startswith(b"\xd0\xcf\x11\xe0")
        raise _fault(name, "是旧的 .doc 格式或有密码" if old else "不是 .docx，或已损坏") from err
    _check("word/document.xml" in members and "[Content_Types].xml" in members, "里面没有 Word 正文", name)
    return TemplatePackage(name, content, members)


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
        raise _fault(package.name, f"{member} 不是有效的 XML") from err
    _check(not getattr(root.getroottree().docinfo, "doctype", ""), f"{member} 含有 DTD", package.name)
    if _WORD_PART.fullmatch(member):
        _check(etree.QName(root).namespace == WORD, "是“Strict Open XML”格式", package.name)
        if root.nsmap.get("w") != WORD:
            kept = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
            renamed = etree.Element(root.tag, attrib=dict(root.attrib), nsmap={**kept, "w": WORD})
            renamed.extend(list(root))
            etree.cleanup_namespaces(renamed, keep_ns_prefixes=[*kept, "w"])
            root = renamed
    return root


def _check(is_right: bool, reason: str, name: str) -> None:
    if not is_right:
        raise _fault(name, reason)


def _fault(name: str, reason: str) -> DefinitionError:
    return DefinitionError("T119", {"reason": reason}, Location(name))
