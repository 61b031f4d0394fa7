"""TrueType outlines as PDF files embed them: the shipped fonts' own, written anew in half as many units to the em.

Every coordinate of the shipped fonts is even (templates/fonts/build.py), so nothing is lost; and nearly every step from
point to point then fits one byte, which deflates a sixth smaller. The format: OpenType 1.9, `glyf`.
"""

from __future__ import annotations

import struct

UNITS = 500  # to the em; the shipped fonts have twice as many
BOX = (-50, -150, 550, 600)
"""The box that glyphs declare: one for all deflates to nothing, where true ones take 5 bytes each. Readers draw by the
outline, and ask a box at most to be large enough."""
_HALF = 2
_SHORT_X, _SHORT_Y, _REPEAT, _SAME_X, _SAME_Y = 2, 4, 8, 16, 32
_BYTE = 0xFF
_HALVES = bytes(number // _HALF for number in range(256))
_X_LENGTHS, _Y_LENGTHS = (  # of a step, by its flag
    bytes(1 if flag & short else 0 if flag & same else 2 for flag in range(256))
    for short, same in ((_SHORT_X, _SAME_X), (_SHORT_Y, _SAME_Y))
)


def embedded_outline(data: bytes) -> tuple[bytes, int]:
    """A glyph for a subset.

    Args:
        data: The glyph in the shipped font; empty for a blank.

    Returns:
        The glyph in `UNITS` to the em, padded to four bytes, and its left side bearing.
    """
    if not data:
        return b"", 0
    count, *box = struct.unpack_from(">5h", data)
    box = [edge // _HALF for edge in box]
    if BOX[0] <= box[0] and BOX[1] <= box[1] and box[2] <= BOX[2] and box[3] <= BOX[3]:
        box = list(BOX)
    ends = data[10 : 10 + 2 * count]
    points = struct.unpack_from(">H", ends, len(ends) - 2)[0] + 1
    at = 10 + 2 * count
    at += 2 + struct.unpack_from(">H", data, at)[0]  # instructions: none
    flags, at = _read_flags(data, at, points)
    new = bytearray(flags)
    xs, at = _halved(data, at, flags.translate(_X_LENGTHS), new, (_SHORT_X, _SAME_X))
    ys, _ = _halved(data, at, flags.translate(_Y_LENGTHS), new, (_SHORT_Y, _SAME_Y))
    outline = struct.pack(">5h", count, *box) + ends + b"\0\0" + new + xs + ys
    return outline + b"\0" * (-len(outline) % 4), box[0]


def _read_flags(data: bytes, at: int, points: int) -> tuple[bytes, int]:
    """One flag a point, repeats written out; and where the steps begin."""
    flags = bytearray()
    while len(flags) < points:
        flag = data[at]
        at += 1
        if flag & _REPEAT:
            flags += bytes((flag & ~_REPEAT,)) * (data[at] + 1)
            at += 1
        else:
            flags.append(flag)
    return bytes(flags), at


def _halved(data: bytes, at: int, lengths: bytes, flags: bytearray, bits: tuple[int, int]) -> tuple[bytes, int]:
    """The steps along an axis, halved; and where the next axis begins.

    Args:
        data: The glyph in the shipped font.
        at: Where the steps begin.
        lengths: Bytes of each step.
        flags: Set where a step of two bytes now has room in one.
        bits: Of flags: a step of one byte, and what means upwards together with it.
    """
    end = at + sum(lengths)
    out = []
    last = 0
    number = lengths.find(2)
    while number >= 0:
        long = at + sum(lengths[last:number])
        out.append(data[at:long].translate(_HALVES))
        step = int.from_bytes(data[long : long + 2], "big", signed=True) // _HALF
        if -_BYTE <= step <= _BYTE:
            flags[number] |= bits[0] | (bits[1] if step > 0 else 0)
            out.append(bytes((abs(step),)))
        else:
            out.append(struct.pack(">h", step))
        at, last = long + 2, number + 1
        number = lengths.find(2, last)
    out.append(data[at:end].translate(_HALVES))
    return b"".join(out), end
