"""A group's text with its signature and date: opinion, then `label：value` for signer and date."""

from __future__ import annotations

import re

from danju.model.field import Field

__all__ = ["split_group_text"]


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
