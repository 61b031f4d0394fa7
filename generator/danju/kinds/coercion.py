"""Coercion: what a person typed → a typed value, or the faults that prevent it.

A reading is mere notation where a fixed convention has one meaning (2026.3.5, 1,500, 139 0771 0001) or the paper itself
prints it so (☐优良 ☑良好, 1,500 吨). Every other difference between what was typed and what is kept is a repair, and
told: a note (F130, F138, F140) where the meaning is beyond doubt, a warning where it was inferred.

What is the same for all kinds stands here; the rest is read by the kind (`Kind.read`).
"""

from __future__ import annotations

import re
from datetime import date

from danju.issues import Fault
from danju.messages import phrase
from danju.model.field import MISSING, Field
from danju.model.kind_answers import Coerced
from danju.values.display import words_of
from danju.values.numbers import HeadedNumber
from danju.values.text import bidi_controls, clean, first_illegal, fold, remove_bidi

__all__ = ["coerce", "default_of", "stands_for_nothing"]

_NONE_SIGNS = frozenset({"-", "--", "—", "——", "/", "//", "\\", "–", "*", "N/A", "n/a", "NA"})
_LONGEST_NOTHING = 16  # characters; no word for “nothing” is longer
_NONE_WORDS = frozenset({"无", "没有", "暂无", "空"})
_NOTHING = _NONE_SIGNS | _NONE_WORDS
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")  # what input methods type by mistake


def coerce(raw: object, target: Field, today: date) -> Coerced:
    """The typed value of a raw one.

    Args:
        raw: As delivered by a reader: str, int, float, Decimal, bool, date, datetime, time, list or None.
        target: The field it is meant for; neither table nor group.
        today: Completes dates without a year.
    """
    if raw is None:
        return Coerced()
    if isinstance(raw, HeadedNumber):
        return _from_text(raw, target, today)
    if isinstance(raw, str):
        return _remembered(raw, target, today)
    if isinstance(raw, list | tuple | dict) and not target.kind.is_list:
        actual = phrase("group_values") if isinstance(raw, dict) else phrase("list")
        return Coerced(None, [Fault("F116", {"expected": phrase("one_value"), "actual": actual})])
    return target.kind.read(raw, target, today)


_memory: dict[tuple[int, date], tuple[Field, dict[str, Coerced]]] = {}
_REMEMBERED_FIELDS, _REMEMBERED_TEXTS, _LONGEST_REMEMBERED = 512, 4096, 200


def _remembered(raw: str, target: Field, today: date) -> Coerced:
    """As `_from_text`; registers repeat most of their words, so what they mean is kept for a while."""
    field, texts = _memory.get((id(target), today), (None, None))
    if field is not target or texts is None:
        if len(_memory) >= _REMEMBERED_FIELDS:
            _memory.clear()
        texts = {}
        _memory[id(target), today] = (target, texts)
    found = texts.get(raw)
    if found is None:
        found = _from_text(raw, target, today)
        if len(texts) >= _REMEMBERED_TEXTS:
            texts.clear()
        if len(raw) <= _LONGEST_REMEMBERED:
            texts[raw] = found
    return found


def _from_text(raw: str, target: Field, today: date) -> Coerced:
    text, faults = _legal(clean(raw))
    if any(fault.code == "F112" for fault in faults):
        return Coerced(None, faults)
    if text == "":
        return Coerced(None, faults)
    if _means_nothing(text, target):
        is_told = stands_for_nothing(text)  # other words are the form's own (x-empty)
        return Coerced(None, [*faults, Fault("F130", {"value": text})] if is_told else faults)
    typed = raw if target.kind.is_choice or isinstance(raw, HeadedNumber) else text
    outcome = target.kind.read(typed, target, today)
    is_sure = not outcome.faults and outcome.value is not None
    if is_sure and target.kind.is_wide_told(target) and _WIDE.search(text) is not None:
        faults.append(Fault("F138", {"value": text, "result": words_of(outcome.value)}))
    outcome.faults[:0] = faults
    return outcome


def _legal(text: str) -> tuple[str, list[Fault]]:
    illegal = first_illegal(text)
    if illegal is not None:
        position, char = illegal
        return text, [Fault("F112", {"char": f"U+{ord(char):04X}", "position": position})]
    controls = bidi_controls(text)
    if controls:
        plain = clean(remove_bidi(text))
        char = "、".join(f"U+{ord(char):04X}" for char in controls)
        return plain, [Fault("F113", {"char": char, "value": text, "result": plain})]
    return text, []


def _means_nothing(text: str, target: Field) -> bool:
    if len(text) > _LONGEST_NOTHING or text in target.words or target.option(text) is not None:
        return False
    if target.empty_words:
        folded = fold(text)
        if any(folded == fold(word) for word in target.empty_words):
            return True
    return text in _NONE_SIGNS or (text in _NONE_WORDS and not target.kind.has_own_nothing)


def stands_for_nothing(raw: object) -> bool:
    """Whether a value is a sign or word that people put where there is nothing to say: — / 无."""
    return isinstance(raw, str) and len(raw) <= _LONGEST_NOTHING and clean(raw) in _NOTHING


def default_of(target: Field) -> object:
    """The value of an empty field: the schema's default, or None."""
    if target.default is MISSING:
        return None
    if target.kind.is_free:
        return target.default
    return coerce(target.default, target, date.min).value
