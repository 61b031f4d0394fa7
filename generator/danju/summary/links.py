"""Hyperlinks from a worksheet to files beside the workbook, as relationships, so that the cell's text stays text."""

from __future__ import annotations

from collections.abc import Iterator

from danju.ooxml.parts import OFFICE
from danju.ooxml.text import attribute
from danju.summary.spool import Spool

LINK_LIMIT = 65_530
"""Hyperlinks that Excel takes on one worksheet (Excel specifications and limits)."""

_TIP_LIMIT = 255  # characters of a screen tip
# What Excel itself escapes in the target of a file link; Chinese stays as it is (the target is an anyURI, and Excel
# takes at most 2,079 characters of it). A colon would make the part before it a URL scheme.
_ESCAPED = str.maketrans({char: f"%{ord(char):02X}" for char in '% "<>[]^`{}#?:|\\'})


class Links:
    """The hyperlinks of one worksheet."""

    def __init__(self, limit: int = LINK_LIMIT) -> None:
        self._spool = Spool()
        self._limit = limit
        self.count = 0

    def add(self, cell: str, file_name: str) -> bool:
        """Link a cell to a file, named relative to the workbook with forward slashes; False when there is no room."""
        if self.count >= self._limit:
            return False
        self.count += 1
        name = " ".join(file_name.rpartition("/")[2].split())[:_TIP_LIMIT]
        self._spool.append(f"{cell}\t{attribute(link_target(file_name))}\t{attribute(name)}\n")
        return True

    def iter_elements(self) -> Iterator[bytes]:
        """The `hyperlinks` element; nothing when there are no links."""
        if not self.count:
            return
        yield f'<hyperlinks xmlns:r="{OFFICE}">'.encode()
        for number, line in enumerate(self._spool.iter_lines(), start=1):
            cell, _, name = line.split("\t")
            yield f'<hyperlink ref="{cell}" r:id="link{number}" tooltip={name}/>'.encode()
        yield b"</hyperlinks>"

    def iter_relationships(self) -> Iterator[bytes]:
        """The `Relationship` elements, in the same order."""
        for number, line in enumerate(self._spool.iter_lines(), start=1):
            target = line.split("\t")[1]
            yield (
                f'<Relationship Id="link{number}" Type="{OFFICE}/hyperlink" Target={target} TargetMode="External"/>'
            ).encode()

    def close(self) -> None:
        """Let go of the temporary file."""
        self._spool.close()


def link_target(file_name: str) -> str:
    """The file name as the target of a relationship: `2026/ZF 001.pdf` → `2026/ZF%20001.pdf`."""
    return "".join(char if char >= " " else f"%{ord(char):02X}" for char in file_name.translate(_ESCAPED))
