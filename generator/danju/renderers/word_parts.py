"""WordprocessingML of cells, paragraphs and runs: pure functions from a value to its XML (ECMA-376 part 1 §17)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from danju.model.drawing import EDGE_MM, FOOT_LINE_MM, FOOT_PT, LINE_MM, PAD_MM, TEXT_PT, Cell, Line, Run
from danju.ooxml.look import GREY, LABEL_FILL
from danju.ooxml.packing import Stretch
from danju.ooxml.text import DECLARATION, escape
from danju.renderers.grid import Rule, Rules
from danju.renderers.look import PAGE_WORDS
from danju.values.text import SOFT_BREAK

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
_SOFT_BREAK = SOFT_BREAK.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')

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
def run_properties(run: Run) -> str:
    """w:rPr of a look, as far as the styles do not give it. The hint makes “ ” … — Chinese signs."""
    half_points = int(run.size_pt * 2 + 0.5)
    return (
        "<w:rPr>"
        + (f'<w:rStyle w:val="{SYMBOL_STYLE}"/>' if run.symbol else '<w:rFonts w:hint="eastAsia"/>')
        + ("<w:b/><w:bCs/>" if run.bold else "")
        + (f'<w:color w:val="{GREY}"/>' if run.grey else "")
        + (f'<w:spacing w:val="{int(run.spacing_pt * 20 + 0.5)}"/>' if run.spacing_pt else "")
        + (f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if run.size_pt != TEXT_PT else "")
        + "</w:rPr>"
    )


@lru_cache(maxsize=256)
def paragraph_properties(align: str, height_mm: float) -> str:
    """w:pPr of lines, as far as the style does not give it."""
    spacing = spacing_xml(height_mm) if height_mm != LINE_MM else ""
    return f'<w:pPr><w:pStyle w:val="{PARAGRAPH_STYLES[align]}"/>{spacing}</w:pPr>'


def spacing_xml(height_mm: float) -> str:
    """w:spacing with the exact height of lines, so that heights do not depend on the font at hand."""
    return f'<w:spacing w:before="0" w:after="0" w:line="{twips(height_mm)}" w:lineRule="exact"/>'


def lines_xml(lines: Sequence[Line]) -> str:
    """The paragraphs of a cell. A tick box needs no mark here: settings.xml forbids a line to end with it."""
    out: list[str] = []
    is_open = False
    for number, line in enumerate(lines):
        if not is_open:
            out.append(f"<w:p>{paragraph_properties(line.align, line.height_mm)}")
        is_open = line.end != "paragraph" and number < len(lines) - 1
        soft = _SOFT_BREAK if is_open and line.end == "break" else ""
        last = len(line.runs) - 1
        for position, run in enumerate(line.runs):
            out.append(run_xml(run, soft if position == last else ""))
        if not is_open:
            out.append("</w:p>")
    return "".join(out)


def run_xml(run: Run, behind: str = "") -> str:
    """w:r; `behind` stands within it."""
    text = escape(run.text)
    start = text_start(text if not behind else " ")
    return f"<w:r>{run_properties(_look_of(run))}{start}{text}{behind}</w:t></w:r>"


def line_start_xml(run: Run, align: str, height_mm: float) -> str:
    """What leads to the text (w:t) of a line of one run."""
    return f"<w:p>{paragraph_properties(align, height_mm)}<w:r>{run_properties(_look_of(run))}"


def _look_of(run: Run) -> Run:
    """A run by which its look is known."""
    return Run("", run.size_pt, run.bold, run.grey, run.symbol, run.spacing_pt)


def text_start(text: str) -> str:
    """w:t before a text, which keeps blanks at its ends only when told to."""
    return '<w:t xml:space="preserve">' if text[:1] == " " or text[-1:] == " " else "<w:t>"


def blank_xml(cell: Cell) -> str:
    """The paragraph of a cell without words; someone may type into one with rules."""
    return lines_xml((Line(()),)) if cell.border else TINY_PARAGRAPH


class CellLook(NamedTuple):
    """What of a cell its properties depend on."""

    colspan: int
    is_label: bool
    pad_mm: float
    valign: str


@lru_cache(maxsize=4096)
def cell_properties(width: int, merge: str, rules: Rules, cell_look: CellLook) -> str:
    """w:tcPr; width in twips, merge "", "restart" or "continue". Inner rules are the table's own."""
    colspan, is_label, pad_mm, valign = cell_look
    top, right, bottom, left = rules
    borders = "".join(
        f"<w:{side} {_WEIGHTS[rule]}/>"
        for side, rule in zip(_SIDES, (top, left, bottom, right), strict=True)
        if rule is not Rule.INNER
    )
    margins = {side: pad_mm for side in ("left", "right") if pad_mm != PAD_MM}
    if valign != "middle":
        margins[valign] = EDGE_MM
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
    return f"<w:tc>{cell_properties(width, 'restart' if cell.rowspan > 1 else '', rules, _cell_look(cell))}"


def continued_cell_xml(cell: Cell, rules: Rules, width: int) -> str:
    """w:tc of a further row that the cell reaches into; rules as where it begins, as programs differ."""
    return f"<w:tc>{cell_properties(width, 'continue', rules, _cell_look(cell))}{TINY_PARAGRAPH}</w:tc>"


def _cell_look(cell: Cell) -> CellLook:
    return CellLook(cell.colspan, cell.is_label, cell.pad_mm, cell.valign)


_FOOT_LOOK = run_properties(Run("", FOOT_PT, grey=True))


@lru_cache(maxsize=64)
def footer_stretches(width: int, pages: int) -> tuple[Stretch, Stretch]:
    """word/footer1.xml before and behind the text at its left; at the right stand page number and page count.

    Args:
        width: Of the body, in twips.
        pages: Their number.
    """
    look = _FOOT_LOOK
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    spacing = f'<w:pPr><w:pStyle w:val="{PARAGRAPH_STYLES["left"]}"/>{tabs}{spacing_xml(FOOT_LINE_MM)}</w:pPr>'
    first, middle, last = PAGE_WORDS
    pieces = [f"<w:r>{look}<w:tab/></w:r>", _plain_run(first, look), _field_xml("PAGE", "1", look)]
    pieces += [_plain_run(middle, look), _field_xml("NUMPAGES", str(pages), look), _plain_run(last, look)]
    return (
        Stretch.deflate(f"{DECLARATION}<w:ftr {NAMESPACES}><w:p>{spacing}".encode()),
        Stretch.deflate(f"{''.join(pieces)}</w:p></w:ftr>".encode()),
    )


def footer_run(text: str) -> bytes:
    """The text at the left of the footer."""
    return _plain_run(text, _FOOT_LOOK).encode() if text else b""


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
