"""Text kept aside until the workbook is saved: in memory while small, in an unnamed temporary file when large."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

_IN_MEMORY_BYTES = 8 << 20
_PIECES = 16
_CHUNK_BYTES = 1 << 18


class Spool:
    """Pieces of text in the order they came."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115  # lives until close
        self._pending: list[str] = []

    def append(self, piece: str) -> None:
        """Add a piece at the end."""
        self._pending.append(piece)
        if len(self._pending) >= _PIECES:
            self._flush()

    def iter_chunks(self) -> Iterator[bytes]:
        """Everything, as UTF-8, cut anywhere."""
        self._flush()
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK_BYTES):
            yield chunk
        self._file.seek(0, 2)

    def iter_lines(self) -> Iterator[str]:
        """Everything, line by line, without line ends."""
        self._flush()
        self._file.seek(0)
        for line in self._file:
            yield line.decode().rstrip("\n")
        self._file.seek(0, 2)

    def close(self) -> None:
        """Let go of the temporary file."""
        self._file.close()

    def _flush(self) -> None:
        self._file.write("".join(self._pending).encode())
        self._pending.clear()
