"""Shape of a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much an issue matters: an error stops its record, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


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
        shown = _Shown({key: _shorten(value) for key, value in values.items()})
        fact, remedy = self.zh if lang == "zh" else self.en
        return fact.format_map(shown), remedy.format_map(shown)


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
