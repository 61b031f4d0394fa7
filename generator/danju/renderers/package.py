"""Office packages written fast and always the same: constant members keep their deflated bytes.

An Office file is a ZIP archive (ECMA-376 part 2). Members carry the fixed time 1980-01-01 00:00 (the ZIP epoch), so
that the same content gives the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO
from zipfile import ZipFile

_LOCAL = struct.Struct("<IHHHHHIIIHH")  # APPNOTE.TXT 4.3.7
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")  # APPNOTE.TXT 4.3.12
_END = struct.Struct("<IHHHHIIH")  # APPNOTE.TXT 4.3.16
_DOS_DATE = 0x21  # 1980-01-01
_UTF8_FLAG = 0x800
_DEFLATE_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Member:
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
        packer = zlib.compressobj(level, zlib.DEFLATED, -15)
        return cls(name, zlib.crc32(content), len(content), packer.compress(content) + packer.flush())


class PackageWriter:
    """Writes members one after the other to a seekable binary file; `close` ends the archive."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._central: list[bytes] = []
        self._offset = 0

    def add(self, member: Member) -> None:
        """Append a member."""
        self._file.write(_local_header(member.name, member.crc, len(member.data), member.size))
        self._file.write(member.data)
        self._remember(member.name, member.crc, len(member.data), member.size)

    def add_stream(self, name: str, chunks: Iterable[bytes], level: int = _DEFLATE_LEVEL) -> None:
        """Append a member whose content comes in pieces; memory stays flat."""
        self._file.write(_local_header(name, 0, 0, 0))
        packer = zlib.compressobj(level, zlib.DEFLATED, -15)
        crc = size = packed = 0
        for chunk in chunks:
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
            packed += self._file.write(packer.compress(chunk))
        packed += self._file.write(packer.flush())
        self._file.seek(self._offset)
        self._file.write(_local_header(name, crc, packed, size))
        self._file.seek(0, 2)
        self._remember(name, crc, packed, size)

    def close(self) -> None:
        """Write the central directory; the underlying file stays open."""
        central = b"".join(self._central)
        count = len(self._central)
        self._file.write(central)
        self._file.write(_END.pack(0x06054B50, 0, 0, count, count, len(central), self._offset, 0))

    def _remember(self, name: str, crc: int, packed: int, size: int) -> None:
        raw = name.encode()
        self._central.append(
            _CENTRAL.pack(
                0x02014B50,
                20,
                20,
                _UTF8_FLAG,
                8,
                0,
                _DOS_DATE,
                crc,
                packed,
                size,
                len(raw),
                0,
                0,
                0,
                0,
                0,
                self._offset,
            )
            + raw
        )
        self._offset += _LOCAL.size + len(raw) + packed


@dataclass(frozen=True, slots=True)
class CompiledPackage:
    """The unchanging part of an Office file: constant members in package order, with gaps for the changing ones.

    Attributes:
        members: Each entry is a deflated constant, or the name of a member that `fill` supplies.
    """

    members: tuple[Member | str, ...]

    @classmethod
    def compile(cls, package: bytes, changing: Iterable[str]) -> CompiledPackage:
        """Keep every member of a finished package deflated, except the changing ones; names new to it are appended."""
        names = list(changing)
        with ZipFile(BytesIO(package)) as source:
            known = source.namelist()
            members = [name if name in names else Member.deflate(name, source.read(name), 9) for name in known]
        return cls((*members, *(name for name in names if name not in known)))

    def fill(self, contents: Mapping[str, bytes]) -> bytes:
        """The finished package. Changing members without content are left out."""
        out = BytesIO()
        writer = PackageWriter(out)
        for member in self.members:
            if isinstance(member, Member):
                writer.add(member)
            elif member in contents:
                writer.add(Member.deflate(member, contents[member]))
        writer.close()
        return out.getvalue()


def _local_header(name: str, crc: int, packed: int, size: int) -> bytes:
    raw = name.encode()
    return _LOCAL.pack(0x04034B50, 20, _UTF8_FLAG, 8, 0, _DOS_DATE, crc, packed, size, len(raw), 0) + raw
