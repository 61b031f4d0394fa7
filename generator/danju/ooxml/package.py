"""An Office file as its members: what is not changed is copied as it lies there."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, BinaryIO, Self
from urllib.parse import quote, unquote

from lxml import etree

from danju.ooxml.packing import Member, PackageWriter
from danju.ooxml.parts import CONTENT_TYPES, OFFICE, PACKAGE, STRICT_OFFICE, content_type, relations_name

__all__ = ["Package", "Relation", "free_name", "parse_xml", "remove_element", "serialise"]

_TYPES = f"{{{PACKAGE}/content-types}}"
_RELATIONS = f"{PACKAGE}/relationships"
_LOCAL = struct.Struct("<4s5H3L2H")  # APPNOTE.TXT 4.3.7
_SIGNATURES = "_xmlsignatures/"
_ORIGIN = "/digital-signature/origin"  # OPC relationship that leads to signatures


def parse_xml(content: bytes) -> etree._Element:
    """The root of a member; entities stay closed."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def serialise(root: etree._Element) -> bytes:
    """The member that a root stands for."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def free_name(package: Package, pattern: str) -> str:
    """`xl/comments{}.xml` with the first number that no member has."""
    number = 1
    while package.has(pattern.format(number)):
        number += 1
    return pattern.format(number)


class Relation:
    """One relationship of a part.

    Attributes:
        id: Its key within the part.
        kind: Last word of its type: `comments`, `vmlDrawing`, `table`.
        part: The member it leads to; "" outside the package.
    """

    __slots__ = ("element", "id", "kind", "part")

    def __init__(self, element: etree._Element, base: str) -> None:
        self.element = element
        self.id = element.get("Id", "")
        self.kind = element.get("Type", "").rpartition("/")[2]
        target = unquote(element.get("Target", ""))
        inside = element.get("TargetMode") != "External"
        path = target if target.startswith("/") else posixpath.join("/", posixpath.dirname(base), target)
        self.part = posixpath.normpath(path).lstrip("/") if inside else ""


class Package:
    """The members of an Office file, with changes that stand beside it until `write`. Use as a context.

    Raises:
        zipfile.BadZipFile: It is no package.
    """

    def __init__(self, source: Path | BinaryIO) -> None:
        self._file: IO[bytes] = source.open("rb") if isinstance(source, Path) else source
        try:
            self._zip = zipfile.ZipFile(self._file)
        except BaseException:
            self._file.close()
            raise
        self._infos = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        self._known = {name.lower(): name for name in self._infos}
        self._trees: dict[str, etree._Element] = {}
        self._new: dict[str, bytes] = {}
        self._streams: dict[str, Callable[[], Iterable[bytes]]] = {}
        self._dropped: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._file.close()

    @property
    def names(self) -> list[str]:
        """Members as they will be written, in the order of the file; new ones last."""
        names = dict.fromkeys([*self._infos, *sorted({*self._new, *self._trees, *self._streams})])
        return [name for name in names if name not in self._dropped]

    def has(self, name: str) -> bool:
        """Whether there is such a member, in whatever case."""
        known = self._known.get(name.lower(), name)
        there = (self._infos, self._new, self._trees, self._streams)
        return known not in self._dropped and any(known in each for each in there)

    def read(self, name: str) -> bytes:
        """The member as it will be written, streams left aside.

        Raises:
            KeyError: There is none.
        """
        name = self._known.get(name.lower(), name)
        if name in self._trees:
            return serialise(self._trees[name])
        return self._new[name] if name in self._new else self._zip.read(name)

    def size(self, name: str) -> int:
        """Bytes of a member of the file as it came.

        Raises:
            KeyError: There is none.
        """
        return self._infos[self._known.get(name.lower(), name)].file_size

    def open(self, name: str) -> IO[bytes]:
        """The member to be read piece by piece, streams left aside."""
        name = self._known.get(name.lower(), name)
        return io.BytesIO(self._new[name]) if name in self._new else self._zip.open(name)

    def tree(self, name: str) -> etree._Element:
        """The root of a member, to look at."""
        name = self._known.get(name.lower(), name)
        return self._trees[name] if name in self._trees else parse_xml(self.read(name))

    def edit(self, name: str, otherwise: bytes = b"") -> etree._Element:
        """The root of a member, to change; made from `otherwise` when there is none."""
        name = self._known.get(name.lower(), name)
        if name not in self._trees:
            self._trees[name] = parse_xml(self.read(name) if self.has(name) else otherwise)
            self._keep(name)
        return self._trees[name]

    def put(self, name: str, content: bytes) -> None:
        """A member with new content."""
        name = self._known.get(name.lower(), name)
        self._new[name] = content
        self._keep(name)

    def put_stream(self, name: str, chunks: Callable[[], Iterable[bytes]]) -> None:
        """A member, new or not, whose content is made while the package is written, before any tree is serialised."""
        name = self._known.get(name.lower(), name)
        self._streams[name] = chunks
        self._keep(name)

    def drop(self, name: str) -> None:
        """Take a member away, with its content type and its relationships."""
        for each in (name, relations_name(name)):
            known = self._known.get(each.lower(), each)
            self._dropped.add(known)
            self._new.pop(known, None)
            self._trees.pop(known, None)
        self._drop_type(name)

    def _drop_type(self, name: str) -> None:
        for override in self.edit(CONTENT_TYPES).findall(f"{_TYPES}Override"):
            if override.get("PartName", "").lstrip("/").lower() == name.lower():
                remove_element(override)

    def relations(self, part: str) -> list[Relation]:
        """What a part leads to."""
        name = relations_name(part)
        if not self.has(name):
            return []
        return [Relation(each, part) for each in self.tree(name) if isinstance(each.tag, str)]

    @property
    def main(self) -> str:
        """The part that the package is about: workbook, document.

        Raises:
            KeyError: There is none.
        """
        found = self.related("", "officeDocument")
        if not found:
            raise KeyError("officeDocument")
        return found[0]

    @property
    def office(self) -> str:
        """Namespace of Office's relationships: the transitional one or, in strict packages, that of ISO/IEC 29500."""
        kinds = (each.element.get("Type", "") for each in self.relations(""))
        return STRICT_OFFICE if any(kind.startswith(STRICT_OFFICE) for kind in kinds) else OFFICE

    def related(self, part: str, kind: str) -> list[str]:
        """Members that a part leads to by relationships of a kind."""
        return [each.part for each in self.relations(part) if each.kind == kind and self.has(each.part)]

    def content_type(self, name: str) -> str:
        """What the package says that a member holds, or ""."""
        root, suffix = self.tree(CONTENT_TYPES), name.rpartition(".")[2].lower()
        for each in root.iterfind(f"{_TYPES}Override"):
            if each.get("PartName", "").lstrip("/").lower() == name.lower():
                return each.get("ContentType", "")
        defaults = (each for each in root.iterfind(f"{_TYPES}Default") if each.get("Extension", "").lower() == suffix)
        return next((each.get("ContentType", "") for each in defaults), "")

    def relate(self, part: str, kind: str, target: str, key: str = "") -> str:
        """Lead from a part to a member by a relationship of a kind; gives the key, a new one unless it is given."""
        empty = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
        root = self.edit(relations_name(part), empty)
        taken = {each.get("Id") for each in root}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        key = key or f"rId{number}"
        etree.SubElement(
            root,
            f"{{{_RELATIONS}}}Relationship",
            {"Id": key, "Type": f"{self.office}/{kind}", "Target": quote(f"/{target}", safe="/%")},
        )
        return key

    def unrelate(self, part: str, key: str) -> None:
        """Take a relationship away; a member of relationships that is empty then goes too."""
        name = relations_name(part)
        root = self.edit(name)
        for each in root:
            if each.get("Id") == key:
                remove_element(each)
        if not len(root):
            self.drop(name)

    def detach(self, part: str, target: str) -> None:
        """Take a member away, and what leads to it from a part."""
        for each in self.relations(part):
            if each.part == target:
                self.unrelate(part, each.id)
        self.drop(target)

    def set_type(self, name: str, kind: str) -> None:
        """Say what a member holds, whatever was said before: a kind of `danju.ooxml.parts`."""
        self._drop_type(name)
        etree.SubElement(
            self.edit(CONTENT_TYPES), f"{_TYPES}Override", {"PartName": f"/{name}", "ContentType": content_type(kind)}
        )

    def set_default_type(self, suffix: str) -> bool:
        """Say what members of a suffix hold, a kind of `danju.ooxml.parts`; False when that is said already."""
        root = self.edit(CONTENT_TYPES)
        if any(each.get("Extension", "").lower() == suffix for each in root):
            return False
        root.insert(0, etree.Element(f"{_TYPES}Default", {"Extension": suffix, "ContentType": content_type(suffix)}))
        return True

    def unset_default_type(self, suffix: str) -> None:
        """The contrary, unless a member of that suffix is there."""
        live = {*self._infos, *self._new} - self._dropped
        if any(name.lower().endswith(f".{suffix}") for name in live):
            return
        for each in self.edit(CONTENT_TYPES).findall(f"{_TYPES}Default"):
            if each.get("Extension", "").lower() == suffix:
                remove_element(each)

    def drop_signatures(self) -> bool:
        """Take digital signatures away, which no changed file can keep; False when there are none."""
        origin = [each for each in self.relations("") if each.element.get("Type", "").endswith(_ORIGIN)]
        signed = [name for name in self._infos if name.lower().startswith(_SIGNATURES)]
        for name in signed:
            self.drop(name)
        for relation in origin:
            self.unrelate("", relation.id)
        return bool(signed or origin)

    def write(self, file: BinaryIO, finish: Callable[[], None] = lambda: None) -> None:
        """The package with its changes, to a seekable file; `finish` may change trees once all streams have run."""
        writer = PackageWriter(file)
        later = []
        for name, info in self._infos.items():
            if name in self._streams:
                writer.add_stream(name, self._streams[name]())
            elif name.lower() == CONTENT_TYPES.lower():
                writer.add(Member.deflate(name, self.read(name)))
            elif name in self._dropped:
                continue
            elif name in self._new or name in self._trees:
                later.append(name)
            else:
                writer.add(self._copy(info))
        for name in self._streams.keys() - self._infos.keys():
            writer.add_stream(name, self._streams[name]())
        finish()
        added = sorted(name for name in {*self._new, *self._trees} if name not in self._infos)
        for name in (*later, *added):
            writer.add(Member.deflate(name, self.read(name)))
        writer.close()

    def _copy(self, info: zipfile.ZipInfo) -> Member:
        """A member as it lies in the file; one that is stored there is deflated."""
        if info.compress_type != zipfile.ZIP_DEFLATED:
            return Member.deflate(info.filename, self._zip.read(info))
        self._file.seek(info.header_offset)
        header = _LOCAL.unpack(self._file.read(_LOCAL.size))
        self._file.seek(header[9] + header[10], io.SEEK_CUR)
        return Member(info.filename, info.CRC, info.file_size, self._file.read(info.compress_size))

    def _keep(self, name: str) -> None:
        self._dropped.discard(name)
        self._known.setdefault(name.lower(), name)


def remove_element(element: etree._Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
