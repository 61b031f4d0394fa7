"""Statements in pairs: each opened one is closed, in the right order and on the same level of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from danju.messages import Words, phrase, words_in_a_row
from danju.values.text import nearest_hint
from danju.word_template.cells import CELL_WORDS
from danju.word_template.source import Site, TemplatePart

__all__ = ["check_structure", "is_assignment"]

_TAG_OR_TOKEN = re.compile("<(/?)([\\w:.-]+)([^>]*?)(/?)>|\U0010fff0(\\d+)\U0010fff1")
_TOKEN = re.compile("\U0010fff0(\\d+)\U0010fff1")
_BLOCKS = frozenset(("for", "if", "with", "macro", "call", "set"))
_MIDDLES = {"elif": ("if",), "else": ("if", "for")}
_WORDS = sorted({*_BLOCKS, *_MIDDLES, *(f"end{word}" for word in _BLOCKS), *CELL_WORDS})


@dataclass(slots=True)
class _OpenBlock:
    """A statement waiting for its end."""

    word: str
    site: Site
    path: tuple[str, ...]


def check_structure(part: TemplatePart) -> None:
    """Report statements unknown, unclosed, unopened, or beginning and ending on different levels."""
    stack: list[_OpenBlock] = []
    for site, path in _statements(part):
        word = site.source.partition(" ")[0] if site.mode == "block" else site.tag.source.partition(" ")[0]
        if site.mode == "raw":
            if word in ("hm", "vm") and not any(each.word == "for" for each in stack):
                part.report("T125", site.place, site.tag.text, word=word)
        elif word in _MIDDLES:
            _take_middle(part, site, word, path, stack)
        elif word.startswith("end") and word[3:] in _BLOCKS:
            _take_end(part, site, word, path, stack)
        elif word in _BLOCKS:
            if word != "set" or not is_assignment(site.source):
                stack.append(_OpenBlock(word, site, path))
        else:
            hint = nearest_hint(word, _WORDS, phrase("known", names=words_in_a_row(_WORDS)))
            part.report("T104", site.place, site.tag.text, word=word, hint=hint)
    for left in stack:
        part.report("T105", left.site.place, left.site.tag.text, word=left.word, end=f"end{left.word}")


def is_assignment(source: str) -> bool:
    """Whether a statement is `set x = …`, which needs no end."""
    return re.match(r"set\s+[^=|]+=", source) is not None


def _statements(part: TemplatePart) -> Iterator[tuple[Site, tuple[str, ...]]]:
    """Statements in document order with the names of the elements around them."""
    path: list[str] = []
    for found in _TAG_OR_TOKEN.finditer(part.serialised()):
        ending, name, attributes, alone, number = found.groups()
        if number is not None:
            site = part.sites[int(number)]
            if _counts(site):
                yield site, tuple(path)
        elif ending:
            path.pop()
        else:
            for inner in _TOKEN.finditer(attributes):
                site = part.sites[int(inner.group(1))]
                if _counts(site):
                    yield site, (*path, name, "@")
            if not alone:
                path.append(name)


def _counts(site: Site) -> bool:
    return site.mode == "block" or (site.mode == "raw" and site.tag.kind == "{%")


def _take_middle(part: TemplatePart, site: Site, word: str, path: tuple[str, ...], stack: list[_OpenBlock]) -> None:
    if not stack or stack[-1].word not in _MIDDLES[word]:
        either = phrase("word_or_word")
        owners = Words(either.zh.join(_MIDDLES[word]), either.en.join(_MIDDLES[word]))
        hint = phrase("belongs_to", words=owners)
        part.report("T106", site.place, site.tag.text, word=word, hint=hint)
    else:
        _compare_levels(part, site, path, stack[-1])


def _take_end(part: TemplatePart, site: Site, word: str, path: tuple[str, ...], stack: list[_OpenBlock]) -> None:
    wanted = word[3:]
    if not any(each.word == wanted for each in stack):
        part.report("T106", site.place, site.tag.text, word=word, hint=phrase("add_or_drop", wanted=wanted, word=word))
        return
    while stack[-1].word != wanted:
        left = stack.pop()
        part.report("T105", left.site.place, left.site.tag.text, word=left.word, end=f"end{left.word}")
    _compare_levels(part, site, path, stack.pop())


def _compare_levels(part: TemplatePart, site: Site, path: tuple[str, ...], opening: _OpenBlock) -> None:
    if path != opening.path:
        part.report("T107", site.place, site.tag.text, opening=opening.site.tag.text, place=opening.site.place)
