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

    def of(self, lang: str) -> str:
        """The words in one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Message:
    """A fact and its remedy in two languages.

    Attributes:
        severity: What it means for the record.
        zh: Fact and remedy in Chinese.
        en: Fact and remedy in English.
        repairs: Whether it tells of a repair: the value kept is not the one that was typed. `--strict` forbids these.
    """

    severity: Severity
    zh: tuple[str, str]
    en: tuple[str, str]
    repairs: bool = False

    def fill(self, values: Mapping[str, object], lang: str, is_forbidden: bool = False) -> tuple[str, str]:
        """Fact and remedy with the placeholders filled; long values are shortened for reading.

        Args:
            values: Texts for the placeholders; `result` is what a repair made of the value.
            lang: zh or en.
            is_forbidden: The repair it tells of is not allowed, so the remedy is to write what was meant.
        """
        shown = _Shown({key: _shown(value, lang) for key, value in values.items()})
        fact, remedy = self.zh if lang == "zh" else self.en
        if is_forbidden and self.repairs:
            zh, en = _WRITE_RESULT if shown.get("result") else _WRITE_PLAINLY
            remedy = zh if lang == "zh" else en
        return fact.format_map(shown).rstrip(), remedy.format_map(shown).strip()


_LONGEST_VALUE, _LONGEST_WORDS = 300, 4000  # characters
_WRITE_RESULT = (
    "--strict 不许推定；请核对后直接写成 {result}。",
    "--strict forbids this; if it is right, write {result}.",
)
_WRITE_PLAINLY = (
    "--strict 不许推定；请写明，没有内容就留空。",
    "--strict forbids this; say it plainly or leave it empty.",
)


def format_place(location: Location, label: str, lang: str) -> str:
    """`file › sheet › cell「label」`, leaving out what is unknown."""
    parts = [part for part in (location.source, location.sheet) if part]
    last = location.cell or (location.spot.words(lang) if location.spot is not None else "")
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


def _in_words(value: object, lang: str) -> object:
    """Places as a person would look them up, words in the reader's language, everything else as it is."""
    if isinstance(value, Location):
        return format_place(value, "", lang)
    if isinstance(value, Words):
        return value.of(lang)
    return value


def _shown(value: object, lang: str) -> str:
    """A value as it stands in the message; what a person typed may be long, our own words are not cut."""
    return _shorten(_in_words(value, lang), _LONGEST_WORDS if isinstance(value, Words) else _LONGEST_VALUE)


class _Shown(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _shorten(value: object, limit: int) -> str:
    text = str(value).replace("\r", "").replace("\n", "⏎")
    text = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return text if len(text) <= limit else f"{text[:40]}…"


def error(zh: tuple[str, str], en: tuple[str, str]) -> Message:
    """A message that stops its record, file or command."""
    return Message(Severity.ERROR, zh, en)


def warning(zh: tuple[str, str], en: tuple[str, str], *, repairs: bool = False) -> Message:
    """A message that a person should look at, though the record can be used."""
    return Message(Severity.WARNING, zh, en, repairs)


def note(zh: tuple[str, str], en: tuple[str, str], *, repairs: bool = False) -> Message:
    """A message that says what was recognised or left out."""
    return Message(Severity.NOTE, zh, en, repairs)
