"""Every sentence Danju says about data, definitions and machines, in Chinese and English.

A message has a stable code, a severity, a fact and a remedy. Placeholders are filled by `str.format_map`.
docs/issues.md lists the same codes; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping

from danju.location import Location
from danju.messages import business, definitions, files, pdf_files, returned_files, templates, values, word_files
from danju.messages.catalogue import Message, Severity, Words, format_place
from danju.messages.phrases import did_you_mean, phrase, words_in_a_row

__all__ = [
    "CATALOGUE",
    "Message",
    "Severity",
    "Words",
    "did_you_mean",
    "format_message",
    "format_place",
    "phrase",
    "words_in_a_row",
]

CATALOGUE: Mapping[str, Message] = {
    **definitions.MESSAGES,
    **files.MESSAGES,
    **pdf_files.MESSAGES,
    **word_files.MESSAGES,
    **returned_files.MESSAGES,
    **values.MESSAGES,
    **business.MESSAGES,
    **templates.MESSAGES,
}


def format_message(
    code: str, given: Mapping[str, object], location: Location, label: str, lang: str, *, is_forbidden: bool = False
) -> str:
    """The one printed form of issues and errors: place: fact. remedy. [code]"""
    fact, remedy = CATALOGUE[code].fill(given, lang, is_forbidden)
    place = format_place(location, label, lang)
    colon = ("：" if lang == "zh" else ": ") if place else ""
    gap = "" if lang == "zh" else " "
    return f"{place}{colon}{fact}{gap if remedy else ''}{remedy} [{code}]"
