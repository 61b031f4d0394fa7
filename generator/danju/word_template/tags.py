"""Tags in a paragraph's text: where they begin and end, and what they say once typing habits are undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from danju.values.text import half_width

__all__ = ["Problem", "Tag", "literal_text", "plain_expression", "scan"]

# What Chinese input methods make of braces; one character for one, so that positions stay.
_BRACES = str.maketrans("｛｝％＃", "{}%#")
_START = re.compile(r"\{_[{%]|[}%]_\}|\{[{%#]|[}%]\}")
_DOUBLE, _SINGLE = '"“”„‟＂', "'‘’‚‛＇"
_BRACKETS = str.maketrans("【】〔〕［］", "[][][]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]")
_SPACES = re.compile("[\\s\u00a0\u3000]+")
_LEVEL = re.compile(r"(tr|tc|p|r)\s+(?=\S)")
_LOOSE_LEVEL = re.compile(r"\s*(tr|tc|p|r)\s+(?=(?:for|endfor|if|elif|else|endif|set|endset|with|endwith)\b)")
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}


@dataclass(slots=True)
class Tag:
    """One tag as found in a paragraph.

    Attributes:
        start, end: Characters it covers in the paragraph's text.
        kind: `{{`, `{%`, `{#`, or `` for characters to print as they are.
        level: What the tag removes around itself: p, tr, tc, r, or "".
        source: What stands between the braces, in plain characters.
        trim_before, trim_after: Whether `{%-` and `-%}` were written.
        text: The tag as typed.
    """

    start: int
    end: int
    kind: str
    level: str
    source: str
    trim_before: bool
    trim_after: bool
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Braces that do not match: code, position, and the braces in question."""

    code: str
    start: int
    opening: str
    text: str


def literal_text(escape: str) -> str:
    """`{_{` → `{{`, `%_}` → `%}`."""
    return escape.replace("_", "")


def scan(text: str, rename: Callable[[str], str] = str) -> tuple[list[Tag], list[Problem]]:
    """Tags in order, and braces that do not match.

    Args:
        text: A paragraph's text.
        rename: Turns labels that are no identifiers into names, in pieces of expressions outside quotes.
    """
    plain = text.translate(_BRACES)
    tags: list[Tag] = []
    problems: list[Problem] = []
    at = 0
    while found := _START.search(plain, at):
        mark, start = found.group(), found.start()
        at = found.end()
        if "_" in mark:
            tags.append(Tag(start, at, "", "", literal_text(mark), False, False, text[start:at]))
        elif mark in _CLOSES:
            closed = _find_end(plain, start, _CLOSES[mark])
            if closed is None:
                problems.append(Problem("T101", start, mark, text[start : start + 40]))
                continue
            tags.append(_tag(text, plain, start, closed, rename))
            at = closed
        else:
            problems.append(Problem("T102", start, "{{" if mark == "}}" else "{%", text[max(0, start - 20) : at]))
    return tags, problems


def _find_end(plain: str, start: int, close: str) -> int | None:
    """Position after the closing braces, quotes and dictionaries respected; None when there is none."""
    if close == "#}":
        end = plain.find(close, start + 2)
        return end + 2 if end >= 0 else None
    quoted = _find_end_outside_quotes(plain, start, close)
    if quoted is None:  # an apostrophe that opens nothing: the first closing braces will do
        end = plain.find(close, start + 2)
        again = re.compile(r"\{[{%]").search(plain, start + 2)
        if end < 0 or (again is not None and again.start() < end):
            return None
        return end + 2
    return quoted


def _find_end_outside_quotes(plain: str, start: int, close: str) -> int | None:
    quote, depth, at = "", 0, start + 2
    while at < len(plain):
        char = plain[at]
        if quote:
            if char == "\\":
                at += 1
            elif char in quote:
                quote = ""
        elif plain.startswith(close, at) and (close == "%}" or depth == 0):
            return at + 2
        elif plain[at : at + 2] in ("{{", "{%") and plain[at : at + 3] != "{{{":
            return None
        elif char in _DOUBLE or char in _SINGLE:
            quote = _DOUBLE if char in _DOUBLE else _SINGLE
        elif char in "{}":
            depth = max(0, depth + (1 if char == "{" else -1))
        at += 1
    return None


def _tag(text: str, plain: str, start: int, end: int, rename: Callable[[str], str]) -> Tag:
    kind, inner = plain[start : start + 2], text[start + 2 : end - 2]
    before, after = inner.startswith(("-", "+")), inner.endswith("-") and len(inner) > 1
    trim_before = inner.startswith("-")
    inner = inner[1:] if before else inner
    inner = inner[:-1] if after else inner
    spaced = _SPACES.sub(" ", _INVISIBLE.sub("", inner))
    level = _LEVEL.match(spaced) or (_LOOSE_LEVEL.match(spaced) if kind == "{%" else None)
    if level:
        spaced = spaced[level.end() :]
    source = "" if kind == "{#" else plain_expression(spaced, rename).strip()
    return Tag(start, end, kind, level.group(1) if level else "", source, trim_before, after, text[start:end])


def plain_expression(text: str, rename: Callable[[str], str] = str) -> str:
    """The expression with half-width signs and straight quotes; what stands in quotes keeps its characters."""
    pieces: list[str] = []
    outside: list[str] = []
    quote = ""
    skip = False
    for char in text:
        if quote:
            if skip or char == "\\":
                skip = not skip
                pieces.append(char)
            elif char in quote:
                pieces.append(quote[0])
                quote = ""
            else:
                pieces.append("\\" + char if char == quote[0] else char)
        elif char in _DOUBLE or char in _SINGLE:
            pieces.append(_plain_piece("".join(outside), rename))
            outside = []
            quote = _DOUBLE if char in _DOUBLE else _SINGLE
            pieces.append(quote[0])
        else:
            outside.append(char)
    pieces.append(_plain_piece("".join(outside), rename))
    return "".join(pieces)


def _plain_piece(text: str, rename: Callable[[str], str]) -> str:
    return half_width(rename(text)).translate(_BRACKETS)
