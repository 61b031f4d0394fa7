"""Office packages written fast and always the same: members that never change keep their deflated bytes.

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


class Member(NamedTuple):
    """One file of a package, ready to be written.

    Attributes:
        name: Path inside the package, with forward slashes.
        crc: CRC-32 of the plain content.
        size: Length of the plain content in bytes.
        data: Raw deflate stream, or the plain content.
        method: Which of the two: 8 or 0 (APPNOTE.TXT 4.4.5).
    """

    name: str
    crc: int
    size: int
    data: bytes
    method: int = 8

    @classmethod
    def deflate(cls, name: str, content: bytes, level: int = _DEFLATE_LEVEL) -> Member:
        """The member holding this content."""
        return cls(name, deflate.crc32(content), len(content), bytes(deflate.deflate_compress(content, level)))

    @classmethod
    def store(cls, name: str, content: bytes) -> Member:
        """The member holding this content as it is: to pack a few hundred bytes takes more time than it saves room."""
        return cls(name, deflate.crc32(content), len(content), content, 0)


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
    name, crc, size, data, method = member
    raw = name.encode()
    told = (20, _UTF8_FLAG, method, 0, _DOS_DATE, crc, len(data) if packed is None else packed, size, len(raw), 0)
    central = _CENTRAL.pack(0x02014B50, 20, *told, 0, 0, 0, 0)
    return _Entry(_LOCAL.pack(0x04034B50, *told) + raw, data, central, raw)


def _directory(entries: list[bytes], offset: int, count: int) -> bytes:
    """The central directory that begins at an offset, and the end of the archive."""
    central = b"".join(entries)
    return central + _END.pack(0x06054B50, 0, 0, count, count, len(central), offset, 0)
