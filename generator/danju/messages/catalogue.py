"""Shape of a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from danju.location import Location


class Severity(StrEnum):
    """How much an issue matters: an error stops its record, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Words:
    """A value of a message that reads differently in each language.

    Attributes:
        zh: In Chinese.
        en: In English.
    """

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh


@dataclass(frozen=True, slots=True)
class Message:
    """A fact and its remedy in two languages.

    Attributes:
        severity: What it means for the record.
        zh: Fact and remedy in Chinese.
        en: Fact and remedy in English.
    """

    severity: Severity
    zh: tuple[str, str]
    en: tuple[str, str]

    def fill(self, values: Mapping[str, object], lang: str) -> tuple[str, str]:
        """Fact and remedy with the placeholders filled; long values are shortened for reading."""
        shown = _Shown({key: _shorten(_in_words(value, lang)) for key, value in values.items()})
        fact, remedy = self.zh if lang == "zh" else self.en
        return fact.format_map(shown).rstrip(), remedy.format_map(shown).strip()


def format_place(location: Location, label: str, lang: str) -> str:
    """`file › sheet › cell「label」`, leaving out what is unknown."""
    parts = [part for part in (location.source, location.sheet) if part]
    last = location.cell or ""
    if location.line is not None:
        last = f"第{location.line}行" if lang == "zh" else f"line {location.line}"
        if location.column is not None:
            last += f"第{location.column}列" if lang == "zh" else f", column {location.column}"
    elif not last and location.record is not None:
        last = f"第{location.record}条" if lang == "zh" else f"record {location.record}"
    if label:
        last += f"「{label}」" if lang == "zh" else f" “{label}”"
    if last:
        parts.append(last.strip())
    return " › ".join(parts)


def suggestion(candidate: str | None) -> Words | str:
    """“Did you mean …?”, or "" without a candidate."""
    return Words(f"是否指“{candidate}”？", f"Did you mean “{candidate}”? ") if candidate else ""


def _in_words(value: object, lang: str) -> object:
    """Places as a person would look them up, words in the reader's language, everything else as it is."""
    if isinstance(value, Location):
        return format_place(value, "", lang)
    if isinstance(value, Words):
        return value.zh if lang == "zh" else value.en
    return value


class _Shown(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _shorten(value: object, limit: int = 300) -> str:
    text = str(value).replace("\r", "").replace("\n", "⏎")
    text = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return text if len(text) <= limit else f"{text[:40]}…"


def error(zh: tuple[str, str], en: tuple[str, str]) -> Message:
    """A message that stops its record, file or command."""
    return Message(Severity.ERROR, zh, en)


def warning(zh: tuple[str, str], en: tuple[str, str]) -> Message:
    """A message that a person should look at, though the record can be used."""
    return Message(Severity.WARNING, zh, en)


def note(zh: tuple[str, str], en: tuple[str, str]) -> Message:
    """A message that says what was recognised or left out."""
    return Message(Severity.NOTE, zh, en)
