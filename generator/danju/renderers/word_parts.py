"""WordprocessingML of cells, paragraphs and runs: pure functions from a value to its XML (ECMA-376 part 1 §17)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from danju.model.drawing import EDGE_MM, LINE_MM, PAD_MM, TEXT_PT, Cell, Line
from danju.ooxml.look import GREY, LABEL_FILL
from danju.ooxml.text import DECLARATION, escape
from danju.renderers.grid import Rule, Rules
from danju.renderers.look import PAGE_WORDS
from danju.renderers.word_pictures import picture_paragraph
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
_RUN_END = "</w:t></w:r>"
_BREAK_END = SOFT_BREAK.replace("\n", "</w:t><w:br/></w:r>")

PARAGRAPH_STYLES = {"left": "DL", "center": "DC", "right": "DR"}
SYMBOL_STYLE, FOOT_STYLE = "DB", "DF"
"""Ids that nobody sees stand hundreds of times in a file, so they are short."""

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
def run_start(look: tuple[float, bool, bool, bool, float], keeps_blanks: bool) -> str:
    """What leads to the words of a run, its look as in `Run` behind them.

    w:rPr says what the styles do not; the hint makes “ ” … — Chinese signs.
    """
    size_pt, bold, grey, symbol, spacing_pt = look
    half_points = int(size_pt * 2 + 0.5)
    return (
        "<w:r><w:rPr>"
        + (f'<w:rStyle w:val="{SYMBOL_STYLE}"/>' if symbol else '<w:rFonts w:hint="eastAsia"/>')
        + ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{GREY}"/>' if grey else "")
        + (f'<w:spacing w:val="{int(spacing_pt * 20 + 0.5)}"/>' if spacing_pt else "")
        + (f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if size_pt != TEXT_PT else "")
        + ('</w:rPr><w:t xml:space="preserve">' if keeps_blanks else "</w:rPr><w:t>")
    )


@lru_cache(maxsize=256)
def paragraph_properties(align: str, height_mm: float) -> str:
    """w:pPr of lines, as far as the style does not give it."""
    spacing = spacing_xml(height_mm) if height_mm != LINE_MM else ""
    return f'<w:pPr><w:pStyle w:val="{PARAGRAPH_STYLES[align]}"/>{spacing}</w:pPr>'


def spacing_xml(height_mm: float) -> str:
    """w:spacing with the exact height of lines, so that heights do not depend on the font at hand."""
    return f'<w:spacing w:before="0" w:after="0" w:line="{twips(height_mm)}" w:lineRule="exact"/>'


@lru_cache(maxsize=1024)
def _line_start(align: str, height_mm: float, look: tuple[float, bool, bool, bool, float], keeps_blanks: bool) -> str:
    return f"<w:p>{paragraph_properties(align, height_mm)}{run_start(look, keeps_blanks)}"


def run_line_xml(line: Line) -> str:
    """A paragraph of one line with one run: what `lines_xml` makes of it, in a third of the time."""
    run = line.runs[0]
    text = run[0]
    start = _line_start(line[1], line[2], run[1:], text[0] == " " or text[-1] == " ")
    return f"{start}{escape(text)}{_RUN_END}</w:p>"


def lines_xml(lines: Sequence[Line]) -> str:
    """The paragraphs of a cell. A tick box needs no mark here: settings.xml forbids a line to end with it."""
    out: list[str] = []
    is_open = False
    last = len(lines) - 1
    for number, line in enumerate(lines):
        if line.picture is not None:
            out.append(picture_paragraph(line.picture, PARAGRAPH_STYLES[line.align]))
            continue
        if not is_open:
            out += "<w:p>", paragraph_properties(line.align, line.height_mm)
        is_open = line.end != "paragraph" and number < last
        for run in line.runs:
            text = run.text
            keeps_blanks = text[0] == " " or text[-1] == " "
            out += run_start(run[1:], keeps_blanks), escape(text), _RUN_END
        if not is_open:
            out.append("</w:p>")
        elif line.end == "break":
            out[-1] = _BREAK_END
    return "".join(out)


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


def footer_xml(width: int, pages: int, text: str) -> bytes:
    """word/footer1.xml: a text at the left, page number and page count at the right.

    Args:
        width: Of the body, in twips.
        pages: Their number.
        text: May be empty.
    """
    before, behind = _foot(width, pages)
    return f"{before}{_foot_run(text) if text else ''}{behind}".encode()


@lru_cache(maxsize=64)
def _foot(width: int, pages: int) -> tuple[str, str]:
    """What stands before and behind the text."""
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    first, middle, last = PAGE_WORDS
    right = (
        f"{_foot_run(first)}{_field_xml('PAGE', 1)}{_foot_run(middle)}{_field_xml('NUMPAGES', pages)}{_foot_run(last)}"
    )
    return (
        f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{FOOT_STYLE}"/>{tabs}</w:pPr>',
        f"<w:r><w:tab/></w:r>{right}</w:p></w:ftr>",
    )


def _foot_run(text: str) -> str:
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{escape(text)}{_RUN_END}'


def _field_xml(name: str, shown: int) -> str:
    return f'<w:fldSimple w:instr=" {name} ">{_foot_run(str(shown))}</w:fldSimple>'
