"""Labels: broken at sense boundaries, short ones spread."""

from __future__ import annotations

from danju.layout.measure import metrics

LONGEST_LINE_EM = 6.0
_SPREAD_EM = 4
_BREAK_BEFORE = "（("
_BREAK_AFTER = "、，/／）)"


def label_lines(label: str, limit_em: float = LONGEST_LINE_EM) -> tuple[str, ...]:
    """The lines of a label: where the author wrote `|`, else before brackets and after signs, else balanced halves."""
    if "|" in label:
        return tuple(part for piece in label.split("|") for part in label_lines(piece.strip(), limit_em + 2))
    if metrics().width(label) <= limit_em:
        return (label,)
    pieces = _sense_pieces(label)
    if len(pieces) > 1:
        return tuple(line for line in _join(pieces, limit_em) for line in _halves(line, limit_em))
    return _halves(label, limit_em)


def spread(label: str, em: int = _SPREAD_EM) -> str:
    """A label of two ideographs spread to a width: 质　　量."""
    if len(label) == 2 and all(ord(char) >= 0x2E80 for char in label):
        return label[0] + "　" * (em - 2) + label[1]
    return label


def width_em(lines: tuple[str, ...]) -> float:
    """Width of the longest line."""
    return max((metrics().width(line) for line in lines), default=0.0)


def _sense_pieces(label: str) -> list[str]:
    pieces = [""]
    for char in label:
        if char in _BREAK_BEFORE and pieces[-1]:
            pieces.append("")
        pieces[-1] += char
        if char in _BREAK_AFTER:
            pieces.append("")
    return [piece for piece in pieces if piece]


def _join(pieces: list[str], limit_em: float) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        if lines and metrics().width(lines[-1] + piece) <= limit_em:
            lines[-1] += piece
        else:
            lines.append(piece)
    return lines


def _halves(text: str, limit_em: float) -> tuple[str, ...]:
    width = metrics().width(text)
    if width <= limit_em + 0.01:
        return (text,)
    for count in range(int(-(-width // limit_em)), len(text) + 1):
        size = -(-len(text) // count)
        lines = tuple(text[start : start + size] for start in range(0, len(text), size))
        if width_em(lines) <= limit_em + 0.01:
            return lines
    return tuple(text)
