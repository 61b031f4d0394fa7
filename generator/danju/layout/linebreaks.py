"""Line breaks: the one place that knows where Chinese text may break. Paragraphs → the lines that they print."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from danju.layout.measure import metrics
from danju.model.drawing import LINE_MM, MM_PER_PT, Line, LineEnd, Run

NO_START = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃℉∶、。〃々〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠‧—"
    "㎡㎥㎏㎎㎜㎝㎞㏄ー"
)
"""No line begins with these: GB/T 15834-2011, CLREQ 3.1.3, and units that cling to their number."""
NO_END = "$([{£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（［｛￡￥☐☑☒"
"""No line ends with these; boxes do not part from their words."""

_NEVER_STARTS = frozenset(NO_START)
_NEVER_ENDS = frozenset(NO_END)
_JOINTS = "./-_@:+"  # within addresses and codes
_SLACK = 1e-6  # sums of widths are rounded
SAFETY_EM = 0.05
"""A line is taken to be this much narrower than its cell."""
_FIRST_WIDE = "\u2e80"
_SURE_ROOM_EM = 0.8  # with more room left another program might fit in one more character
_SEAMS = re.compile("[\u3400-\u9fff](?=[0-9A-Za-z])|[0-9A-Za-z](?=[\u3400-\u9fff])")  # the characters before them
_SEAM_EM = 0.2  # what LibreOffice leaves there, whatever a file says
_LEAST_LAST = 6  # characters in the last line of a text that is set evenly


def reaches_em(text: str, bold: bool = False) -> list[float]:
    """How far a text reaches before its first and behind each of its characters, in em.

    Between Chinese and Latin letters or digits a little room is reckoned that we do not print: programs that always
    leave some there then break lines where we do.
    """
    advances = metrics(bold).advances(text)
    for found in _SEAMS.finditer(text):
        advances[found.start()] += _SEAM_EM
    return [*accumulate(advances, initial=0.0)]


def reach_em(text: str, bold: bool = False) -> float:
    """How far a text reaches on one line."""
    return metrics(bold).width(text) + _SEAM_EM * len(_SEAMS.findall(text))


def limit_em(room_mm: float, size_pt: float) -> float:
    """Width of text of one size that fits a room for certain."""
    return room_mm / (size_pt * MM_PER_PT) - SAFETY_EM


def wrap(text: str, limit: float, bold: bool = False) -> list[str]:
    """The lines that a paragraph breaks into at a width in em; never longer than the width allows."""
    reaches = reaches_em(text, bold)
    if reaches[-1] <= limit:
        return [text]
    return _pieces(text, _cuts(text, reaches, limit))


def wrap_evenly(text: str, limit: float, bold: bool = False) -> list[str]:
    """As `wrap`, in as few lines, the last of which is not left with a character or two."""
    lines = wrap(text, limit, bold)
    narrower = limit
    while len(lines) > 1 and len(lines[-1]) < _LEAST_LAST and narrower > limit / 2:
        narrower -= 0.5
        tried = wrap(text, narrower, bold)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def wrap_halves(text: str, count: int, bold: bool = False) -> list[str]:
    """The text in at most so many lines of about the same width."""
    width = reach_em(text, bold) / count
    while len(lines := wrap(text, width, bold)) > count:
        width += 0.25
    return lines


def wrap_parts(parts: Iterable[str], gap: str, limit: float) -> list[str]:
    """The lines of parts that stand side by side, broken between two of them rather than inside one."""
    lines: list[str] = []
    for part in parts:
        if lines and reach_em(lines[-1] + gap + part) <= limit:
            lines[-1] += gap + part
            continue
        if lines:
            lines[-1] += gap
        lines += wrap_evenly(part, limit)
    return lines


def unbroken(text: str) -> list[str]:
    """What of a text a line break must not tear."""
    return _pieces(text, [at for at in range(1, len(text)) if not _clings(text, at)])


def break_lines(paragraphs: Iterable[Line], room_mm: float) -> tuple[Line, ...]:
    """The lines that paragraphs print in a cell with so much room."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        runs = paragraph.runs
        if len(runs) == 1 and len(runs[0].text) <= limit_em(room_mm, runs[0].size_pt):
            lines.append(paragraph)  # no character is wider than its size
        elif runs:
            lines += _broken(paragraph, room_mm)
        else:
            lines.append(paragraph)
    return tuple(lines)


def width_mm(runs: Sequence[Run]) -> float:
    """Width of runs on one line."""
    return sum(reach_em(run.text, run.bold) * run.size_pt for run in runs) * MM_PER_PT


def in_lines(run: Run, texts: Sequence[str], align: str = "left", height_mm: float = LINE_MM) -> list[Line]:
    """The lines of a paragraph that has been broken into texts, in the look of a run."""
    ends: list[LineEnd] = ["break"] * (len(texts) - 1)
    return _lines(run, texts, (*ends, "paragraph"), (align, height_mm)) if texts else []


def _lines(run: Run, texts: Sequence[str], ends: Sequence[LineEnd], look: tuple[str, float]) -> list[Line]:
    """Lines of one run each, in the look of another; alignment and height are the same for all."""
    looks = run.size_pt, run.bold, run.grey, run.symbol, run.spacing_pt
    return [Line((Run(text, *looks),), *look, end) for text, end in zip(texts, ends, strict=True)]


def _broken(paragraph: Line, room_mm: float) -> list[Line]:
    runs = paragraph.runs
    if len(runs) == 1:
        run = runs[0]
        limit = limit_em(room_mm, run.size_pt)
        reaches = reaches_em(run.text, run.bold)
        if reaches[-1] <= limit:
            return [paragraph]
        texts = _pieces(run.text, _cuts(run.text, reaches, limit))
        ends: list[LineEnd] = [_end(line, text[0], limit) for line, text in pairwise(texts)]
        return _lines(run, texts, (*ends, paragraph.end), (paragraph.align, paragraph.height_mm))
    advances = [reach for run in runs for reach in _advances_mm(run)]
    reaches = list(accumulate(advances, initial=0.0))
    limit = room_mm - SAFETY_EM * runs[0].size_pt * MM_PER_PT
    if reaches[-1] <= limit:
        return [paragraph]
    text = paragraph.text
    cuts = _cuts(text, reaches, limit)
    edges = [0, *cuts, len(text)]
    return [
        Line(
            _runs_between(runs, start, stop),
            paragraph.align,
            paragraph.height_mm,
            "break" if stop < len(text) else paragraph.end,
        )
        for start, stop in pairwise(edges)
    ]


def _end(line: str, following: str, limit: float) -> LineEnd:
    """What ends a line in the middle of a paragraph: wide characters fill a line alike whatever the type face."""
    is_sure = (
        len(line) == int(limit)
        and limit - len(line) < _SURE_ROOM_EM
        and min(line) >= _FIRST_WIDE <= following
        and line[-1] not in _NEVER_ENDS
        and following not in _NEVER_STARTS
    )
    return "wrap" if is_sure else "break"


def _advances_mm(run: Run) -> list[float]:
    reaches = reaches_em(run.text, run.bold)
    return [(end - start) * run.size_pt * MM_PER_PT for start, end in pairwise(reaches)]


def _runs_between(runs: Sequence[Run], start: int, stop: int) -> tuple[Run, ...]:
    """The pieces of runs between two places of their whole text."""
    found = []
    at = 0
    for run in runs:
        text = run.text[max(0, start - at) : max(0, stop - at)]
        if text:
            found.append(Run(text, run.size_pt, run.bold, run.grey, run.symbol, run.spacing_pt))
        at += len(run.text)
    return tuple(found)


def _pieces(text: str, cuts: Sequence[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise((0, *cuts, len(text)))]


def _cuts(text: str, reaches: Sequence[float], limit: float) -> list[int]:
    """Where the second and further lines begin; `reaches` and `limit` in one unit."""
    found: list[int] = []
    start = 0
    while reaches[-1] - reaches[start] > limit + _SLACK:
        cut = bisect_right(reaches, reaches[start] + limit + _SLACK) - 1
        while cut < len(text) and text[cut] == " ":  # blanks reach beyond the edge
            cut += 1
        while start < cut < len(text) and _clings(text, cut):
            cut -= 1
        if cut <= start:  # one long word: broken anywhere
            cut = max(start + 1, bisect_right(reaches, reaches[start] + limit + _SLACK) - 1)
        if cut >= len(text):
            break
        found.append(cut)
        start = cut
    return found


def _clings(text: str, at: int) -> bool:
    """Whether no line may begin at this character: signs, Latin words and numbers cling to what they follow."""
    previous, char = text[at - 1], text[at]
    if char == " " or previous in _NEVER_ENDS or char in _NEVER_STARTS:
        return True
    if _is_word(char):
        if previous == "," and at > 1:
            return char.isdigit() and text[at - 2].isdigit()
        return _is_word(previous) or (previous in _JOINTS and at > 1 and _clings(text, at - 1))
    return char in "/-_@+" and _is_word(previous)


def _is_word(char: str) -> bool:
    return "" < char < _FIRST_WIDE and (char.isalnum() or char in "'’")
