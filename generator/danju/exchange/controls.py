"""Fill-in places of blank Word forms: what their content controls are called, and the words they show while empty."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from danju.exchange.paths import Held, about, row_path
from danju.model.field import Field, RecordType

__all__ = [
    "COMPUTED",
    "EMPTY_WORDS",
    "FILL",
    "FILL_SHORT",
    "NUMBERED",
    "PICK",
    "PICK_DATE",
    "tag_of",
    "tags_of",
]

FILL, FILL_SHORT, PICK, PICK_DATE = "点击填写", "填写", "请选择", "选择日期"
COMPUTED, NUMBERED = "系统计算", "自动编号"
EMPTY_WORDS = frozenset((FILL, FILL_SHORT, PICK, PICK_DATE, COMPUTED, NUMBERED))
"""Words that stand in a blank form and are nobody's entry."""

FURTHER = "以上栏目不印在单子上，填写后同样读取。"
"""Below the fields of a blank form that have no place on its paper."""

_LONGEST_TAG = 64  # characters: what Word's own dialogue allows, [MS-OI29500] 2.1.517
_DIGEST = 8


def tag_of(path: str, option: str = "") -> str:
    """The tag of a field, or of the check box of one of its options; of at most 64 characters."""
    tag = f"{path}={option}" if option else path
    if len(tag) <= _LONGEST_TAG:
        return tag
    return f"{tag[: _LONGEST_TAG - _DIGEST - 1]}~{hashlib.sha256(tag.encode()).hexdigest()[:_DIGEST]}"


def tags_of(record_type: RecordType) -> Mapping[str, Held]:
    """Every tag that a form of this record type may have."""
    return {tag_of(each.path, each.option): each for each in _meanings(record_type.fields, "")}


def _meanings(fields: Sequence[Field], prefix: str) -> Iterator[Held]:
    for each in fields:
        path = prefix + each.name
        if each.kind.is_table:
            rows = ["", *(about(key.name, option.value) for key in each.members for option in key.options)]
            for row in rows:
                yield from _meanings(each.members, row_path(path, row, ""))
        elif each.kind.is_group:
            yield from _meanings(each.members, f"{path}.")
        else:
            yield Held(path)
            for option in each.options:
                yield Held(path, option.value)
