"""WordprocessingML of cells, paragraphs and runs: pure functions from a value to its XML (ECMA-376 part 1 §17)."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from danju.model.drawing import Cell, Line, Run
from danju.ooxml.look import GREY, LABEL_FILL
from danju.ooxml.packing import Stretch
from danju.ooxml.text import DECLARATION, escape
from danju.renderers.grid import BARE, Rule, Rules
from danju.renderers.look import CELL_MARGIN_MM, LABEL_PAD_MM, PAGE_WORDS, SMALL_PT

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

_SIDES = ("top", "left", "bottom", "right")  # order of CT_TcBorders, §17.4.66
_WEIGHTS = ('w:val="nil"', 'w:val="single" w:sz="4"', 'w:val="single" w:sz="9"')
INNER_RULES = f"<w:insideH {_WEIGHTS[Rule.INNER]}/><w:insideV {_WEIGHTS[Rule.INNER]}/>"
"""The rules of a table's cells that do not say otherwise (w:tblBorders)."""
_V_ALIGN = {"top": "top", "middle": "center", "bottom": "bottom"}
_V_MERGE = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}
_EMPTY_LINE_PT = 10.5

STYLE_PT = 10.5
STYLE_LINE_HEIGHT = 1.45
"""The look that the paragraph styles carry; others are said where they stand."""
PARAGRAPH_STYLES = {"left": "DL", "center": "DC", "right": "DR"}
SYMBOL_STYLE = "DB"
"""Ids that nobody sees stand hundreds of times in a file, so they are short."""

LINE_END = "</w:t></w:r></w:p>"
"""What follows the words of a line of one run."""
TINY_PARAGRAPH = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
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
    """w:rPr of a look, as far as the styles do not give it. The hint makes “ ” … — Chinese signs."""
    half_points = int(size_pt * 2 + 0.5)
    return (
        "<w:rPr>"
        + (f'<w:rStyle w:val="{SYMBOL_STYLE}"/>' if symbol else "")
        + ("" if symbol else '<w:rFonts w:hint="eastAsia"/>')
        + ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{GREY}"/>' if grey else "")
        + (f'<w:spacing w:val="{int(space_pt * 20 + 0.5)}"/>' if space_pt else "")
        + (f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if size_pt != STYLE_PT else "")
        + "</w:rPr>"
    )


@lru_cache(maxsize=512)
def paragraph_properties(
    size_pt: float, line_height: float, align: str, before_mm: float = 0.0, indent_mm: float = 0.0
) -> str:
    """w:pPr of a look, as far as the style does not give it."""
    spacing = spacing_xml(size_pt, line_height, before_mm)
    return (
        f'<w:pPr><w:pStyle w:val="{PARAGRAPH_STYLES[align]}"/>'
        + (spacing if spacing != spacing_xml(STYLE_PT, STYLE_LINE_HEIGHT) else "")
        + (f'<w:ind w:left="{twips(indent_mm)}" w:right="{twips(indent_mm)}"/>' if indent_mm else "")
        + "</w:pPr>"
    )


def spacing_xml(size_pt: float, line_height: float, before_mm: float = 0.0) -> str:
    """w:spacing with the exact distance of lines, so that heights do not depend on the font at hand."""
    line = int(size_pt * line_height * 20 + 0.5)
    return f'<w:spacing w:before="{twips(before_mm)}" w:after="0" w:line="{line}" w:lineRule="exact"/>'


def run_xml(run: Run, space_pt: float = 0.0) -> str:
    """w:r. `keep` needs no mark here: settings.xml forbids a line to end with a tick box."""
    look = run_properties(run.size_pt, run.bold, run.grey, run.symbol, space_pt)
    return _plain_run(run.text, look)


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
    """What leads to the text (w:t) of a line of one run."""
    look = run_properties(size_pt, bold, grey, symbol)
    return f"<w:p>{paragraph_properties(size_pt, line_height, align)}<w:r>{look}"


def text_start(text: str) -> str:
    """w:t before a text, which keeps blanks at its ends only when told to."""
    return '<w:t xml:space="preserve">' if text[:1] == " " or text[-1:] == " " else "<w:t>"


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
    """w:tcPr; width in twips, merge "", "restart" or "continue". Inner rules are the table's own."""
    colspan, is_label, is_narrow, valign = cell_look
    top, right, bottom, left = rules
    borders = "".join(
        f"<w:{side} {_WEIGHTS[rule]}/>"
        for side, rule in zip(_SIDES, (top, left, bottom, right), strict=True)
        if rule is not Rule.INNER
    )
    margins = {side: LABEL_PAD_MM for side in ("left", "right") if is_narrow}
    if valign != "middle":
        margins[valign] = CELL_MARGIN_MM
    margin = "".join(f'<w:{side} w:w="{twips(margins[side])}" w:type="dxa"/>' for side in _SIDES if side in margins)
    return (
        f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{colspan}"/>' if colspan > 1 else "")
        + _V_MERGE[merge]
        + (f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "")
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
    spacing = f'<w:pPr><w:pStyle w:val="{PARAGRAPH_STYLES["left"]}"/>{tabs}{spacing_xml(SMALL_PT, 1.45)}</w:pPr>'
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
    return f"<w:r>{look}{text_start(text)}{escape(text)}</w:t></w:r>"


def _field_xml(name: str, shown: str, look: str) -> str:
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{_plain_run(shown, look)}"
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )
