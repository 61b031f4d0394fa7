"""Text with a look of its own, for the filter `rich` and for Python callers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape

from lxml import etree

__all__ = ["Look", "Rich", "rich", "run_properties"]

# CT_RPr / EG_RPrBase, ECMA-376 part 1, 17.3.2.28: the order Word and its validator expect.
_ORDER = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
          "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
          "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em",
          "lang", "eastAsianLayout", "specVanish", "oMath")  # fmt: skip
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})")
_HIGHLIGHTS = frozenset(
    ("yellow", "green", "cyan", "magenta", "blue", "red", "darkBlue", "darkCyan", "darkGreen", "darkMagenta", "darkRed",
     "darkYellow", "darkGray", "lightGray", "black", "white")
)  # fmt: skip
_UNDERLINES = frozenset(("single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave", "words"))
_SIZES_PT = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15,
    "四号": 14, "小四": 12, "五号": 10.5, "小五": 9, "六号": 7.5, "小六": 6.5, "七号": 5.5, "八号": 5,
}  # fmt: skip
_COLOURS = {
    "红": "FF0000", "绿": "00B050", "蓝": "0070C0", "黄": "FFFF00", "橙": "FFC000", "紫": "7030A0", "灰": "808080",
    "黑": "000000", "白": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF", "yellow": "FFFF00",
    "orange": "FFA500", "purple": "800080", "gray": "808080", "grey": "808080", "black": "000000", "white": "FFFFFF",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of text looks; None and False leave the template's look.

    Attributes:
        bold, italic, strike: On or off.
        underline: True for a single line, or a kind such as `double`.
        color: Six hexadecimal digits or the name of a common colour.
        size: Points, or a Chinese size such as 小四.
        font: Family, for all scripts; `eastAsia:微软雅黑` for one.
        highlight: One of Word's marker colours, or six hexadecimal digits.
        vertical: `superscript` or `subscript`.
        style: Id of a character style.
        url: Address that a click opens.
    """

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | str = False
    strike: bool | None = None
    color: str | None = None
    size: float | str | None = None
    font: str | None = None
    highlight: str | None = None
    vertical: str | None = None
    style: str | None = None
    url: str | None = None

    def properties(self) -> dict[str, str]:
        """Children of w:rPr by name.

        Raises:
            ValueError: A colour, size or kind of line is none.
        """
        found = {name: f"<w:{name}/>" if on else f'<w:{name} w:val="0"/>' for name, on in self._switches()}
        if self.style:
            found["rStyle"] = f'<w:rStyle w:val="{escape(self.style)}"/>'
        if self.font:
            found["rFonts"] = _fonts(self.font)
        if self.size:
            half_points = round(float(_SIZES_PT.get(str(self.size), 0) or self.size) * 2)
            found["sz"], found["szCs"] = f'<w:sz w:val="{half_points}"/>', f'<w:szCs w:val="{half_points}"/>'
        if self.color:
            found["color"] = f'<w:color w:val="{colour(self.color)}"/>'
        return found | self._lines()

    def _switches(self) -> list[tuple[str, bool]]:
        given = (("b", self.bold), ("i", self.italic), ("strike", self.strike))
        return [(name, on) for name, on in given if on is not None]

    def _lines(self) -> dict[str, str]:
        """Marker, underline and raised or lowered letters."""
        found: dict[str, str] = {}
        if self.highlight in _HIGHLIGHTS:
            found["highlight"] = f'<w:highlight w:val="{self.highlight}"/>'
        elif self.highlight:
            found["shd"] = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour(self.highlight)}"/>'
        if self.underline:
            kind = "single" if self.underline is True else self.underline
            if kind not in _UNDERLINES:
                raise ValueError(f"underline={kind}")
            found["u"] = f'<w:u w:val="{kind}"/>'
        if self.vertical:
            if self.vertical not in ("superscript", "subscript"):
                raise ValueError(f"vertical={self.vertical}")
            found["vertAlign"] = f'<w:vertAlign w:val="{self.vertical}"/>'
        return found


@dataclass(frozen=True, slots=True)
class Rich:
    """Pieces of text, each with its look; `+` puts them one after the other."""

    pieces: tuple[tuple[str, Look], ...]

    @classmethod
    def of(cls, text: str, look: Look | None = None) -> Rich:
        """One piece."""
        return cls(((text, look or Look()),))

    def __add__(self, other: Rich | str) -> Rich:
        return Rich((*self.pieces, *(other.pieces if isinstance(other, Rich) else Rich.of(str(other)).pieces)))

    def __radd__(self, other: str) -> Rich:
        return Rich.of(str(other)) + self

    def __bool__(self) -> bool:
        return any(text for text, _ in self.pieces)

    def __str__(self) -> str:
        return "".join(text for text, _ in self.pieces)


def rich(value: Rich | str, **look: object) -> Rich:
    """The text with a look added.

    Raises:
        TypeError: An argument is unknown.
        ValueError: A colour, size or kind of line is none.
    """
    base = value if isinstance(value, Rich) else Rich.of(value)
    # unknown arguments are told by the TypeError
    added = Rich(tuple((text, replace(old, **look)) for text, old in base.pieces))  # type: ignore[arg-type]
    for _, each in added.pieces:
        each.properties()
    return added


def colour(value: str) -> str:
    """Six hexadecimal digits of a colour.

    Raises:
        ValueError: It is none.
    """
    found = _HEX.fullmatch(value)
    if found:
        return found.group(1).upper()
    name = value.lower().removesuffix("色")
    if name in _COLOURS:
        return _COLOURS[name]
    raise ValueError(value)


def _fonts(font: str) -> str:
    region, _, family = font.rpartition(":")
    if region and region not in ("ascii", "hAnsi", "eastAsia", "cs"):
        raise ValueError(f"font={font}")
    regions = (region,) if region else ("ascii", "hAnsi", "eastAsia", "cs")
    return "<w:rFonts " + " ".join(f'w:{each}="{escape(family)}"' for each in regions) + "/>"


@lru_cache(maxsize=1024)
def run_properties(base: str, look: Look) -> str:
    """w:rPr of a run: the template's own with the look over it."""
    merged: dict[str, str] = dict(_children(base))
    merged.update(look.properties())
    children = sorted(merged, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))
    return f"<w:rPr>{''.join(merged[name] for name in children)}</w:rPr>" if merged else ""


def _children(properties: str) -> Iterator[tuple[str, str]]:
    if not properties:
        return
    declared = " ".join(f'xmlns:{prefix}="{_WORD if prefix == "w" else prefix}"' for prefix in _prefixes(properties))
    root = etree.fromstring(f"<root {declared}>{properties}</root>")
    for child in root[0]:
        text = etree.tostring(child, encoding="unicode", with_tail=False)
        yield etree.QName(child).localname, re.sub(r' xmlns:\w+="[^"]*"', "", text)


def _prefixes(xml: str) -> set[str]:
    return {"w", *re.findall(r"[<\s/](\w+):\w", xml)} - {"xml"}
