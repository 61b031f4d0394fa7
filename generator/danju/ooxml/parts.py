"""New Office packages: parts with what they are and what they lead to; content types and relationships follow.

ECMA-376 part 2, 6.5 (relationships) and 7.2.3 (content types).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from posixpath import dirname, join, relpath, split
from typing import BinaryIO

from danju.model.picture import MEDIA_SUFFIXES
from danju.ooxml.packing import CompiledPackage, Member, PackageWriter
from danju.ooxml.text import DECLARATION, attribute

__all__ = [
    "CONTENT_TYPES",
    "OFFICE",
    "PACKAGE",
    "STRICT_OFFICE",
    "Part",
    "compile_parts",
    "content_type",
    "relations_name",
    "relationship_type",
    "write_parts",
]  # fmt: skip

CONTENT_TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_FORMATS = "application/vnd.openxmlformats-"
_SHEETS, _WORDS = "officedocument.spreadsheetml.", "officedocument.wordprocessingml."
_TYPES = {
    "rels": "package.relationships+xml",
    "core": "package.core-properties+xml",
    "app": "officedocument.extended-properties+xml",
    "custom": "officedocument.custom-properties+xml",
    "workbook": f"{_SHEETS}sheet.main+xml",
    "sheetStyles": f"{_SHEETS}styles+xml",
    "worksheet": f"{_SHEETS}worksheet+xml",
    "table": f"{_SHEETS}table+xml",
    "sheetComments": f"{_SHEETS}comments+xml",
    "sheetDrawing": "officedocument.drawing+xml",
    "chart": "officedocument.drawingml.chart+xml",
    "vml": "officedocument.vmlDrawing",
    "document": f"{_WORDS}document.main+xml",
    "glossary": f"{_WORDS}document.glossary+xml",
    "header": f"{_WORDS}header+xml",
    "footer": f"{_WORDS}footer+xml",
    "footnotes": f"{_WORDS}footnotes+xml",
    "styles": f"{_WORDS}styles+xml",
    "settings": f"{_WORDS}settings+xml",
    "fontTable": f"{_WORDS}fontTable+xml",
    "comments": f"{_WORDS}comments+xml",
}
_PICTURES = {suffix: media_type for media_type, suffix in MEDIA_SUFFIXES.items()}
_LEADS = {
    "core": f"{PACKAGE}/relationships/metadata/core-properties",
    "app": f"{OFFICE}/extended-properties",
    "custom": f"{OFFICE}/custom-properties",
    "workbook": f"{OFFICE}/officeDocument",
    "document": f"{OFFICE}/officeDocument",
    "sheetStyles": f"{OFFICE}/styles",
    "sheetComments": f"{OFFICE}/comments",
    "sheetDrawing": f"{OFFICE}/drawing",
    "vml": f"{OFFICE}/vmlDrawing",
    "glossary": f"{OFFICE}/glossaryDocument",
}

Content = bytes | Callable[[], Iterable[bytes]]
"""Of a part: its bytes, or what gives them piece by piece."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a new package.

    Attributes:
        name: Of the member, without the slash at its start.
        kind: What it is: a key of the table of content types.
        content: None for one that is supplied later.
        leads: Parts that it leads to by relationships rId1, rId2 …
        links: Further `Relationship` elements, piece by piece.
    """

    name: str
    kind: str
    content: Content | None = None
    leads: tuple[Part, ...] = ()
    links: Callable[[], Iterable[bytes]] | None = None

    def members(self) -> Iterator[tuple[str, Content | None]]:
        """The part, its relationships, and all that it leads to."""
        yield self.name, self.content
        if self.links is not None:
            yield relations_name(self.name), self._iter_relations
        elif self.leads:
            yield relations_name(self.name), self._relations()
        for part in self.leads:
            yield from part.members()

    def types(self) -> dict[str, str]:
        """Kinds of the part and of all that it leads to, by name."""
        found = {self.name: self.kind}
        for part in self.leads:
            found |= part.types()
        return found

    def _relations(self) -> bytes:
        entries = "".join(
            f'<Relationship Id="rId{number}" Type="{relationship_type(part.kind)}" Target={_target(self.name, part)}/>'
            for number, part in enumerate(self.leads, start=1)
        )
        return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'.encode()

    def _iter_relations(self) -> Iterator[bytes]:
        head, end, _ = self._relations().partition(b"</Relationships>")
        yield head
        yield from self.links() if self.links is not None else ()
        yield end


def content_type(kind: str) -> str:
    """Content type of a kind of part, or of pictures of a suffix."""
    return _PICTURES.get(kind) or _FORMATS + _TYPES[kind]


def relationship_type(kind: str) -> str:
    """Type of the relationships that lead to a kind of part."""
    return _LEADS.get(kind) or f"{OFFICE}/{kind}"


def relations_name(part: str) -> str:
    """Member that holds the relationships of a part; of the package for ""."""
    folder, name = split(part)
    return join(folder, "_rels", f"{name}.rels")


def _target(base: str, part: Part) -> str:
    """Where a relationship of a part leads, relative as most programs write it."""
    return attribute(relpath(f"/{part.name}", f"/{dirname(base)}"))


def write_parts(file: BinaryIO, parts: Sequence[Part], level: int) -> None:
    """Write a package to a seekable file, piece by piece what is given so.

    Args:
        file: Receives it.
        parts: What the package leads to; the main part first.
        level: Of deflate, for what comes in pieces.
    """
    writer = PackageWriter(file)
    for name, content in _members(parts):
        assert content is not None
        if isinstance(content, bytes):
            writer.add(Member.deflate(name, content))
        else:
            writer.add_stream(name, content(), level)
    writer.close()


def compile_parts(parts: Sequence[Part]) -> CompiledPackage:
    """The package with all that does not change packed; parts without content are supplied when it is filled."""
    members = sorted(_members(parts), key=lambda member: member[1] is None)
    return CompiledPackage(tuple(_compiled(name, content) for name, content in members))


def _compiled(name: str, content: Content | None) -> Member | str:
    if content is None:
        return name
    return Member.deflate(name, content if isinstance(content, bytes) else b"".join(content()), 9)


def _members(parts: Sequence[Part]) -> Iterator[tuple[str, Content | None]]:
    """All members in the order of the package: readers look for the content types first."""
    package = Part("", "rels", leads=tuple(parts))
    yield CONTENT_TYPES, _content_types_xml(package.types())
    for name, content in package.members():
        if name:
            yield name, content


def _content_types_xml(kinds: dict[str, str]) -> bytes:
    entries = "".join(
        f'<Override PartName={attribute("/" + name)} ContentType="{content_type(kind)}"/>'
        for name, kind in kinds.items()
        if name and kind != "vml"
    )
    vml = f'<Default Extension="vml" ContentType="{content_type("vml")}"/>' if "vml" in kinds.values() else ""
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{content_type("rels")}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{vml}{entries}</Types>'
    ).encode()
