"""How a worksheet is printed: paper, margins, head and foot (ECMA-376 part 1, 18.3.1.46, .62 and .63)."""

from __future__ import annotations

from dataclasses import dataclass

from danju.ooxml.look import TEXT_FONT
from danju.ooxml.text import escape

__all__ = ["PrintSetup", "print_text", "print_xml"]

_PAPER_SIZES = {(297, 420): 8, (210, 297): 9, (148, 210): 11}  # A3, A4, A5: 18.3.1.63
_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class PrintSetup:
    """How a sheet is printed.

    Attributes:
        paper_mm: Width and height.
        margins_mm: Left, right, top, bottom, header, footer.
        fit: Sheets of paper across and down, 0 for as many as needed; None prints at full size.
        centred: Whether the sheet stands in the middle of the paper's width.
        head, foot: Codes of 18.3.1.39, or "".
    """

    paper_mm: tuple[float, float] = (210.0, 297.0)
    margins_mm: tuple[float, float, float, float, float, float] = (12.0, 12.0, 14.0, 16.0, 8.0, 8.0)
    fit: tuple[int, int] | None = (1, 0)
    centred: bool = False
    head: str = ""
    foot: str = ""


def print_xml(setup: PrintSetup) -> str:
    """From printOptions to headerFooter."""
    width, height = setup.paper_mm
    size = _PAPER_SIZES.get((round(min(width, height)), round(max(width, height))), 9)
    sides = zip(("left", "right", "top", "bottom", "header", "footer"), setup.margins_mm, strict=True)
    margins = "".join(f' {side}="{max(0.0, mm) / _MM_PER_INCH:.6g}"' for side, mm in sides)
    fit = ' scale="100"' if setup.fit is None else f' fitToWidth="{setup.fit[0]}" fitToHeight="{setup.fit[1]}"'
    lines = (
        f"<{name}>{escape(codes)}</{name}>"
        for name, codes in (("oddHeader", setup.head), ("oddFooter", setup.foot))
        if codes
    )
    return (
        ('<printOptions horizontalCentered="1"/>' if setup.centred else "")
        + f'<pageMargins{margins}/><pageSetup paperSize="{size}"{fit}'
        + f' orientation="{"landscape" if width > height else "portrait"}"/>'
        + (f"<headerFooter>{''.join(lines)}</headerFooter>" if setup.head or setup.foot else "")
    )


def print_text(text: str, size_pt: float, colour: str, weight: str = "") -> str:
    """Codes of a text in a head or foot, page number `&P` and count `&N` in it.

    The colour stands last before the text, so that its digits cannot be taken for a type size.
    """
    font = f"{TEXT_FONT},{weight}" if weight else TEXT_FONT
    return f'&"{font}"&{size_pt:g}&K{colour}{text}'
