"""Every sentence stands once, in both languages, and fits the places where it is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from danju.messages import Words, did_you_mean, phrase
from danju.messages.phrases import PHRASES

PACKAGE = Path(__file__).resolve().parents[1] / "generator" / "danju"


def placeholders(text: str) -> set[str]:
    """Names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def calls() -> Iterator[tuple[str, set[str]]]:
    """Keys of the phrases that the code uses, with the names that it fills in."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "phrase"
                and node.args
            ):
                keys = [each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)]
                for key in keys:
                    if isinstance(key, str) and key in PHRASES:
                        yield key, {keyword.arg or "**" for keyword in node.keywords}


@pytest.mark.parametrize("key", PHRASES)
def test_a_phrase_says_the_same_in_both_languages(key: str) -> None:
    words = PHRASES[key]
    assert placeholders(words.zh) == placeholders(words.en)
    assert not re.search("[\u4e00-\u9fff]", words.en)


def test_phrases_are_filled_where_they_are_used() -> None:
    for key, names in calls():
        wanted = placeholders(PHRASES[key].zh)
        assert names == wanted or "**" in names, key


def test_words_inside_words_keep_their_language() -> None:
    said = did_you_mean(Words("甲", "A"))
    assert isinstance(said, Words)
    assert "甲" in said.zh
    assert "A" in said.en
    assert did_you_mean(None, phrase("check_names")) == phrase("check_names")
