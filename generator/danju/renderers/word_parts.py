"""WordprocessingML of cells, paragraphs and runs: pure functions from a value to its XML (ECMA-376 part 1 §17)."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from xml.sax.saxutils import escape

from danju.model.drawing import Cell, Line, Run
from danju.renderers.grid import BARE, Rules
from danju.renderers.look import (
    CELL_MARGIN_MM,
    GREY,
    LABEL_FILL,
    LABEL_PAD_MM,
    PAGE_WORDS,
    SMALL_PT,
    SYMBOL_FONT,
    TEXT_FONT,
)
from danju.renderers.package import Stretch

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_SIDES = ("top", "left", "bottom", "right")  # order of CT_TcBorders, §17.4.66
_WEIGHTS = (
    'w:val="nil"',
    'w:val="single" w:sz="4" w:space="0" w:color="000000"',
    'w:val="single" w:sz="9" w:space="0" w:color="000000"',
)
_V_ALIGN = {"top": "top", "middle": "center", "bottom": "bottom"}
_V_MERGE = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}
_EMPTY_LINE_PT = 10.5

LINE_END = "</w:t></w:r></w:p>"
"""What follows the words of a line of one run."""
TINY_PARAGRAPH = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
"""A paragraph 1 pt high, for where Word demands one."""
BREAK_PARAGRAPH = TINY_PARAGRAPH.replace("<w:pPr>", "<w:pPr><w:pageBreakBefore/>")
"""The same, beginning a new page; it also keeps two tables from growing together."""


def twips(mm: float) -> int:
    """Twentieths of a point, rounded half up."""
    return int(mm * 1440 / 25.4 + 0.5)


@lru_cache(maxsize=512)
def track_twips(tracks_mm: tuple[float, ...]) -> tuple[int, ...]:
    """Each track in twips, rounded so that every edge is right and the sum is exact."""
    edges = [0]
    reach = 0.0
    for track in tracks_mm:
        reach += track
        edges.append(twips(reach))
    return tuple([end - start for start, end in pairwise(edges)])


@lru_cache(maxsize=512)
def run_properties(
    size_pt: float, bold: bool = False, grey: bool = False, symbol: bool = False, space_pt: float = 0.0
) -> str:
    """w:rPr of a look. Every run names its font for all scripts: programs differ in what they take from styles."""
    font = SYMBOL_FONT if symbol else TEXT_FONT
    half_points = int(size_pt * 2 + 0.5)
    return (
        f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        + ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{GREY}"/>' if grey else "")
        + (f'<w:spacing w:val="{int(space_pt * 20 + 0.5)}"/>' if space_pt else "")
        + f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
        + '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr>'
    )


@lru_cache(maxsize=512)
def paragraph_properties(
    size_pt: float, line_height: float, align: str, before_mm: float = 0.0, indent_mm: float = 0.0
) -> str:
    """w:pPr with the exact distance of lines, so that heights do not depend on the font at hand."""
    line = int(size_pt * line_height * 20 + 0.5)
    return (
        f'<w:pPr><w:spacing w:before="{twips(before_mm)}" w:after="0" w:line="{line}" w:lineRule="exact"/>'
        + (f'<w:ind w:left="{twips(indent_mm)}" w:right="{twips(indent_mm)}"/>' if indent_mm else "")
        + (f'<w:jc w:val="{align}"/>' if align != "left" else "")
        + "</w:pPr>"
    )


def run_xml(run: Run, space_pt: float = 0.0) -> str:
    """w:r. `keep` needs no mark here: settings.xml forbids a line to end with a tick box."""
    look = run_properties(run.size_pt, run.bold, run.grey, run.symbol, space_pt)
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'


def line_xml(
    line: Line, line_height: float, space_pt: float = 0.0, before_mm: float = 0.0, indent_mm: float = 0.0
) -> str:
    """w:p."""
    size = max((run.size_pt for run in line.runs), default=_EMPTY_LINE_PT)
    look = paragraph_properties(size, line_height, line.align, before_mm, indent_mm)
    return f"<w:p>{look}{''.join([run_xml(run, space_pt) for run in line.runs])}</w:p>"


def line_start_xml(
    size_pt: float, align: str, line_height: float, bold: bool = False, grey: bool = False, symbol: bool = False
) -> str:
    """What leads to the words of a line of one run."""
    look = run_properties(size_pt, bold, grey, symbol)
    return f'<w:p>{paragraph_properties(size_pt, line_height, align)}<w:r>{look}<w:t xml:space="preserve">'


def blank_xml(cell: Cell, line_height: float) -> str:
    """The paragraph of a cell without words; someone may type into one with rules."""
    return line_xml(Line(()), line_height) if cell.border else TINY_PARAGRAPH


class CellLook(NamedTuple):
    """What of a cell its properties depend on; a narrow cell has the margins of a label."""

    colspan: int
    is_label: bool
    is_narrow: bool
    valign: str


@lru_cache(maxsize=4096)
def cell_properties(width: int, merge: str, rules: Rules, cell_look: CellLook) -> str:
    """w:tcPr; width in twips, merge "", "restart" or "continue"."""
    colspan, is_label, is_narrow, valign = cell_look
    top, right, bottom, left = rules
    borders = "".join(
        f"<w:{side} {_WEIGHTS[rule]}/>" for side, rule in zip(_SIDES, (top, left, bottom, right), strict=True)
    )
    margins = {side: LABEL_PAD_MM for side in ("left", "right") if is_narrow}
    if valign != "middle":
        margins[valign] = CELL_MARGIN_MM
    margin = "".join(f'<w:{side} w:w="{twips(margins[side])}" w:type="dxa"/>' for side in _SIDES if side in margins)
    return (
        f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{colspan}"/>' if colspan > 1 else "")
        + _V_MERGE[merge]
        + f"<w:tcBorders>{borders}</w:tcBorders>"
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{LABEL_FILL}"/>' if is_label else "")
        + (f"<w:tcMar>{margin}</w:tcMar>" if margin else "")
        + f'<w:vAlign w:val="{_V_ALIGN[valign]}"/></w:tcPr>'
    )


def cell_start_xml(cell: Cell, rules: Rules, width: int) -> str:
    """w:tc where the cell begins, up to its content; width in twips."""
    look = CellLook(cell.colspan, cell.is_label, cell.is_label, cell.valign)
    return f"<w:tc>{cell_properties(width, 'restart' if cell.rowspan > 1 else '', rules, look)}"


def continued_cell_xml(cell: Cell, rules: Rules, width: int) -> str:
    """w:tc of a further row that the cell reaches into; rules as where it begins, as programs differ."""
    look = CellLook(cell.colspan, cell.is_label, cell.is_label, cell.valign)
    return f"<w:tc>{cell_properties(width, 'continue', rules, look)}{TINY_PARAGRAPH}</w:tc>"


def heading_cell_start_xml(cell: Cell, width: int) -> str:
    """w:tc of the title block, up to its content."""
    return f"<w:tc>{cell_properties(width, '', BARE, CellLook(cell.colspan, False, True, cell.valign))}"


@lru_cache(maxsize=64)
def footer_stretches(width: int, pages: int) -> tuple[Stretch, Stretch]:
    """word/footer1.xml before and behind the text at its left; at the right stand page number and page count.

    Args:
        width: Of the body, in twips.
        pages: Their number.
    """
    look = run_properties(SMALL_PT, grey=True)
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    spacing = paragraph_properties(SMALL_PT, 1.45, "left").replace("<w:pPr>", f"<w:pPr>{tabs}")
    first, middle, last = PAGE_WORDS
    pieces = [f"<w:r>{look}<w:tab/></w:r>", _plain_run(first, look), _field_xml("PAGE", "1", look)]
    pieces += [_plain_run(middle, look), _field_xml("NUMPAGES", str(pages), look), _plain_run(last, look)]
    return (
        Stretch.deflate(f"{DECLARATION}<w:ftr {NAMESPACES}><w:p>{spacing}".encode()),
        Stretch.deflate(f"{''.join(pieces)}</w:p></w:ftr>".encode()),
    )


def footer_run(text: str) -> bytes:
    """The text at the left of the footer."""
    return _plain_run(text, run_properties(SMALL_PT, grey=True)).encode() if text else b""


def _plain_run(text: str, look: str) -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field_xml(name: str, shown: str, look: str) -> str:
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{_plain_run(shown, look)}"
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )
