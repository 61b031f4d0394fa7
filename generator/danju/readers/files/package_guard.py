"""Pre-flight of a ZIP package (.xlsx, .xlsm, .ods): nothing opens it before it is known to be harmless."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from danju.issues import Fault
from danju.messages import Words, phrase

__all__ = ["LIMITS", "Limits", "Watch", "check_package", "readable_size"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a package may be.

    Attributes:
        package: Bytes of the file.
        unpacked: Bytes of all members together.
        ratio: Unpacked to packed bytes of a member larger than `ratio_from`.
        ratio_from: Bytes.
        members: Count.
    """

    package: int = 200 << 20
    unpacked: int = 1 << 30
    ratio: int = 200
    ratio_from: int = 1 << 20
    members: int = 10_000


LIMITS = Limits()

_LOCAL_HEADER = struct.Struct("<4s5H3L2H")  # APPNOTE.TXT 4.3.7
_STREAM_STEP = 1 << 20


def readable_size(count: int) -> str:
    """Bytes as people say them: `12.5 MB`."""
    return f"{count / (1 << 20):.1f} MB" if count >= 1 << 20 else f"{max(1, count >> 10)} KB"


Watch = Callable[[str, bytes], None]
"""Is shown the name and the unpacked bytes of every deflated member, piece by piece."""


def check_package(path: Path, limits: Limits = LIMITS, watch: Watch | None = None) -> Fault | None:
    """What forbids opening the package, or None: F001 encrypted, F002 damaged, F005 hostile, F015 too large."""
    size = path.stat().st_size
    if size > limits.package:
        return Fault("F015", {"size": readable_size(size), "limit": readable_size(limits.package)})
    try:
        with zipfile.ZipFile(path) as package, path.open("rb") as stream:
            members = package.infolist()
            return _check_directory(members, limits) or _check_members(members, stream, package.start_dir, watch)
    except (zipfile.BadZipFile, struct.error, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        return Fault("F002", {"reason": phrase("package_incomplete")})


def _check_directory(members: list[zipfile.ZipInfo], limits: Limits) -> Fault | None:
    """What the package says about itself."""
    if len(members) > limits.members:
        return _hostile(phrase("has_members", members=len(members)))
    if any(member.flag_bits & 0x1 for member in members):
        return Fault("F001")
    names = [member.filename.replace("\\", "/").lower() for member in members]
    if len(set(names)) != len(names):
        return _hostile(phrase("two_members_have_one_name"))
    total = sum(member.file_size for member in members)
    if total > limits.unpacked:
        return _hostile(phrase("unpacks", total=readable_size(total)))
    for member in members:
        if member.file_size > limits.ratio_from and member.file_size > limits.ratio * max(1, member.compress_size):
            return _hostile(phrase("compressed_beyond_reason"))
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return _hostile(phrase("unusual_way_compression"))
    return None


def _check_members(
    members: list[zipfile.ZipInfo], stream: BinaryIO, start_dir: int, watch: Watch | None
) -> Fault | None:
    """Whether the members lie apart from each other and unpack to what is declared."""
    end = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < end:
            return _hostile(phrase("members_overlap"))
        stream.seek(member.header_offset)
        header = _LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size))
        if header[0] != b"PK\x03\x04":
            return Fault("F002", {"reason": phrase("directory_does_not_match_content")})
        start = member.header_offset + _LOCAL_HEADER.size + header[9] + header[10]
        end = start + member.compress_size
        if end > start_dir:
            return Fault("F002", {"reason": phrase("package_cut_off")})
        stream.seek(start)
        if _actual_size(stream, member, watch) != member.file_size:
            return _hostile(phrase("member_not_as_large_as"))
    return None


def _actual_size(stream: BinaryIO, member: zipfile.ZipInfo, watch: Watch | None) -> int:
    """Bytes that the member unpacks to, counted up to one more than declared."""
    if member.compress_type == zipfile.ZIP_STORED:
        return member.compress_size
    inflater = zlib.decompressobj(-15)
    left, count = member.compress_size, 0
    while left and count <= member.file_size:
        chunk = stream.read(min(left, _STREAM_STEP))
        if not chunk:
            break
        left -= len(chunk)
        while chunk and count <= member.file_size:
            piece = inflater.decompress(chunk, _STREAM_STEP)
            count += len(piece)
            if watch is not None:
                watch(member.filename, piece)
            chunk = inflater.unconsumed_tail
    while count <= member.file_size and not inflater.eof:
        more = inflater.decompress(b"", _STREAM_STEP)
        if not more:
            break
        count += len(more)
        if watch is not None:
            watch(member.filename, more)
    return count


def _hostile(reason: Words) -> Fault:
    return Fault("F005", {"reason": reason})
