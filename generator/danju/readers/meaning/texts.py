"""One text that holds several values: `{name}（{title}）`, `label：value  label：value`, an opinion signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from danju.model.field import Field

__all__ = ["is_pair", "iter_pairs", "parse_text_form", "split_group_text", "split_rows"]

_PLACE = re.compile(r"\{(\w+)\}")
_PAIR = re.compile(r"([^\s:：，,；;。]{1,20})[ \u3000]*[:：](?!//)\s*")
_BRACKETS = {"(": "[(（\\[【]", ")": "[)）\\]】]"}
_LIKE = {
    "（": _BRACKETS["("], "(": _BRACKETS["("], "【": _BRACKETS["("], "[": _BRACKETS["("],
    "）": _BRACKETS[")"], ")": _BRACKETS[")"], "】": _BRACKETS[")"], "]": _BRACKETS[")"],
    "：": "[:：]", ":": "[:：]", "，": "[,，]", ",": "[,，]", "；": "[;；]", ";": "[;；]",
    "-": "[-－—–]", "/": "[/／]",
}  # fmt: skip
_LONGEST = 500
_ROWS = re.compile(r"\s*[;；\n]\s*")


def parse_text_form(table: Field, text: str) -> dict[str, str] | None:
    """Texts by member name, or None when the text does not have the table's form; a missing tail is allowed."""
    if table.text_form is None or len(text) > _LONGEST:
        return None
    pattern, names = _compile(table.text_form)
    match = pattern.fullmatch(text.strip())
    if match is None:
        return None
    found = {name: match[index + 1].strip() for index, name in enumerate(names) if match[index + 1]}
    return found if found and all(table.member(name) for name in found) else None


def split_rows(table: Field, text: str) -> list[dict[str, str]]:
    """The rows that one text holds: 张三（经理）；李四（主管）.

    A text of another form goes whole to the first member.
    """
    whole = parse_text_form(table, text)
    parts = [part for part in _ROWS.split(text.strip()) if part]
    if len(parts) > 1:
        rows = [parse_text_form(table, part) for part in parts]
        if all(row is not None for row in rows):
            return [row for row in rows if row is not None]
    return [whole if whole is not None else {_first_member(table): text}]


def _first_member(table: Field) -> str:
    if table.text_form is not None:
        named = [name for name in _PLACE.findall(table.text_form) if table.member(name)]
        if named:
            return str(named[0])
    return table.members[0].name


@lru_cache(maxsize=256)
def _compile(text_form: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Pattern with one group per place; everything after the first place is optional from its end."""
    pieces = _PLACE.split(text_form)
    names = tuple(pieces[1::2])
    literals = [_literal(piece) for piece in pieces[0::2]]
    tail = ""
    for literal, after in zip(reversed(literals[1:-1]), reversed(literals[2:]), strict=True):
        closing = f"(?:{after})?" if not tail else ""
        tail = f"(?:{literal}(.+?){closing}{tail})?"
    last = f"(?:{literals[-1]})?" if len(names) == 1 else ""
    return re.compile(f"{literals[0]}(.+?){tail}{last}", re.DOTALL), names


def _literal(text: str) -> str:
    """Literal text, brackets and punctuation of either width, blanks free."""
    inner = "".join(_LIKE.get(char, r"\s+" if char.isspace() else re.escape(char)) for char in text)
    return rf"\s*{inner}\s*" if inner and not inner.isspace() else inner


def split_group_text(group: Field, text: str) -> list[tuple[Field, str]]:
    """Members with their texts; what stands before the first label goes to the value member."""
    words = {word: member for member in reversed(group.members) for word in reversed(member.headings())}
    labels = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    matches = list(re.finditer(rf"(?:^|(?<=[\s。；;，,]))({labels})\s*[:：]", text))
    found: list[tuple[Field, str]] = []
    start = matches[0].start() if matches else len(text)
    value_member = group.member(group.value_member or "")
    if value_member is not None and text[:start].strip():
        found.append((value_member, text[:start].strip() if matches else text))
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        if piece := text[match.end() : end].strip():
            found.append((words[match[1]], piece))
    return found


def iter_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Labels and texts of `label：text  label：text`; nothing for a text that does not begin so."""
    matches = list(_PAIR.finditer(text.strip()))
    if not matches or matches[0].start() > 0:
        return
    stripped = text.strip()
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(stripped)
        yield match[1], stripped[match.end() : end].strip()


def is_pair(value: object) -> bool:
    """Whether a cell begins with `label：`."""
    return isinstance(value, str) and _PAIR.match(value.strip()) is not None
