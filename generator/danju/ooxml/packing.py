"""Office packages written fast and always the same: constant members, or stretches of them, keep their deflated bytes.

An Office file is a ZIP archive (ECMA-376 part 2). Members carry the fixed time 1980-01-01 00:00 (the ZIP epoch), so
that the same content gives the same bytes. Whole contents are deflated by libdeflate, several times as fast as zlib.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import takewhile
from typing import BinaryIO, NamedTuple
from zipfile import ZipFile

import deflate

_LOCAL = struct.Struct("<IHHHHHIIIHH")  # APPNOTE.TXT 4.3.7
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHI")  # APPNOTE.TXT 4.3.12
_OFFSET = struct.Struct("<I")
_END = struct.Struct("<IHHHHIIH")  # APPNOTE.TXT 4.3.16
_DOS_DATE = 0x21  # 1980-01-01
_UTF8_FLAG = 0x800
_DEFLATE_LEVEL = 6
_STORED = struct.Struct("<HH")  # length of a stored block and its complement, RFC 1951 §3.2.4
_MOST_STORED = 0xFFFF
_STORED_NEXT = b"\0"  # head of a further stored block, on a byte boundary
_NOTHING_STORED = _STORED.pack(0, _MOST_STORED)
_LAST_BLOCK = b"\x03\0"  # an empty block that ends the stream


@dataclass(frozen=True, slots=True)
class Stretch:
    """A constant piece of a member, deflated so that it can stand between any others.

    Attributes:
        plain: What it says.
        data: Raw deflate blocks without references to what stands before, up to the lengths of a stored block.
    """

    plain: bytes
    data: bytes

    @classmethod
    def deflate(cls, plain: bytes) -> Stretch:
        """The stretch that says this."""
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        data = packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)  # it ends in an empty stored block
        return cls(plain, data[: -_STORED.size])


Piece = Stretch | bytes
"""A constant stretch, or changing bytes, which are stored as they are."""


class Member(NamedTuple):
    """One file of a package, already deflated.

    Attributes:
        name: Path inside the package, with forward slashes.
        crc: CRC-32 of the plain content.
        size: Length of the plain content in bytes.
        data: Raw deflate stream.
    """

    name: str
    crc: int
    size: int
    data: bytes

    @classmethod
    def deflate(cls, name: str, content: bytes, level: int = _DEFLATE_LEVEL) -> Member:
        """The member holding this content."""
        return cls(name, deflate.crc32(content), len(content), bytes(deflate.deflate_compress(content, level)))

    @classmethod
    def join(cls, name: str, pieces: Iterable[Piece]) -> Member:
        """The member made of these pieces; only the constant ones are compressed."""
        plain: list[bytes] = []
        data: list[bytes] = [_STORED_NEXT]
        stored = b""
        for piece in pieces:
            if isinstance(piece, bytes):
                stored += piece
            else:
                plain += (stored, piece.plain)
                data += (_stored(stored) if stored else _NOTHING_STORED, piece.data)
                stored = b""
        plain.append(stored)
        data += (_stored(stored), _LAST_BLOCK)
        content = b"".join(plain)
        return cls(name, deflate.crc32(content), len(content), b"".join(data))


def _stored(content: bytes) -> bytes:
    """Stored blocks with all of a content, but for the head of the first."""
    size = len(content)
    if size <= _MOST_STORED:
        return _STORED.pack(size, size ^ _MOST_STORED) + content
    return _stored(content[:_MOST_STORED]) + _STORED_NEXT + _stored(content[_MOST_STORED:])


class PackageWriter:
    """Writes members one after the other to a seekable binary file; `close` ends the archive."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._central: list[bytes] = []
        self._offset = 0

    def add(self, member: Member) -> None:
        """Append a member."""
        entry = _entry(member)
        self._file.write(entry.header)
        self._file.write(entry.data)
        self._remember(entry, len(entry.data))

    def add_stream(self, name: str, chunks: Iterable[bytes], level: int = _DEFLATE_LEVEL) -> None:
        """Append a member whose content comes in pieces; memory stays flat."""
        self._file.write(_entry(Member(name, 0, 0, b"")).header)
        packer = zlib.compressobj(level, zlib.DEFLATED, -15)
        crc = size = packed = 0
        for chunk in chunks:
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
            packed += self._file.write(packer.compress(chunk))
        packed += self._file.write(packer.flush())
        entry = _entry(Member(name, crc, size, b""), packed)
        self._file.seek(self._offset)
        self._file.write(entry.header)
        self._file.seek(0, 2)
        self._remember(entry, packed)

    def close(self) -> None:
        """Write the central directory; the underlying file stays open."""
        self._file.write(_directory(self._central, self._offset, len(self._central)))

    def _remember(self, entry: _Entry, packed: int) -> None:
        self._central.append(entry.central + _OFFSET.pack(self._offset) + entry.name)
        self._offset += len(entry.header) + packed


@dataclass(frozen=True, slots=True)
class CompiledPackage:
    """The unchanging part of an Office file: constant members in package order, with gaps for the changing ones.

    Attributes:
        members: Each entry is a deflated constant, or the name of a member that `fill` supplies.
        lead: The constants that stand before the first changing member, and the directory of these.
        entries: What follows, the constants ready to be copied.
    """

    members: tuple[Member | str, ...]
    lead: tuple[bytes, tuple[bytes, ...]] = field(init=False, repr=False, compare=False)
    entries: tuple[_Entry | str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        entries = [given if isinstance(given, str) else _entry(given) for given in self.members]
        lead = [*takewhile(lambda entry: isinstance(entry, _Entry), entries)]
        directory: list[bytes] = []
        data = b""
        for entry in lead:
            assert isinstance(entry, _Entry)
            directory += (entry.central, _OFFSET.pack(len(data)), entry.name)
            data += entry.header + entry.data
        object.__setattr__(self, "lead", (data, tuple(directory)))
        object.__setattr__(self, "entries", tuple(entries[len(lead) :]))

    @classmethod
    def compile(cls, package: bytes, changing: Iterable[str]) -> CompiledPackage:
        """Keep every member of a finished package deflated, except the changing ones; names new to it are appended."""
        names = list(changing)
        with ZipFile(BytesIO(package)) as source:
            known = source.namelist()
            members = [name if name in names else Member.deflate(name, source.read(name), 9) for name in known]
        return cls((*members, *(name for name in names if name not in known)))

    def fill(self, contents: Mapping[str, bytes | Member]) -> bytes:
        """The finished package. Changing members without content are left out."""
        pieces = [self.lead[0]]
        directory = [*self.lead[1]]
        offset = len(pieces[0])
        for given in self.entries:
            if isinstance(given, str):
                content = contents.get(given)
                if content is None:
                    continue
                entry = _entry(content if isinstance(content, Member) else Member.deflate(given, content))
            else:
                entry = given
            header, data, central, name = entry
            pieces += (header, data)
            directory += (central, _OFFSET.pack(offset), name)
            offset += len(header) + len(data)
        return b"".join((*pieces, _directory(directory, offset, len(directory) // 3)))


class _Entry(NamedTuple):
    """A member in its package: header and data, its entry in the central directory before and behind the offset."""

    header: bytes
    data: bytes
    central: bytes
    name: bytes


def _entry(member: Member, packed: int | None = None) -> _Entry:
    """The entry of a member, or of one that was written already, by its packed length."""
    name, crc, size, data = member
    raw = name.encode()
    told = (20, _UTF8_FLAG, 8, 0, _DOS_DATE, crc, len(data) if packed is None else packed, size, len(raw), 0)
    central = _CENTRAL.pack(0x02014B50, 20, *told, 0, 0, 0, 0)
    return _Entry(_LOCAL.pack(0x04034B50, *told) + raw, data, central, raw)


def _directory(entries: list[bytes], offset: int, count: int) -> bytes:
    """The central directory that begins at an offset, and the end of the archive."""
    central = b"".join(entries)
    return central + _END.pack(0x06054B50, 0, 0, count, count, len(central), offset, 0)
