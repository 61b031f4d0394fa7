"""Ticked option lines and plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danju.model.field import Option
from danju.rules.options import parse_options

OPTIONS = (
    Option("非常优良", "非常优良"),
    Option("优良", "优良", ("优",)),
    Option("良好", "良好"),
    Option("其它", "其它（注明）"),
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("优良", ("优良",)),
        (" 优　良 ", ("优良",)),
        ("其它", ("其它",)),
        ("其它(注明)", ("其它",)),
        ("☑优良", ("优良",)),
        ("□非常优良 ☑优良 □良好", ("优良",)),
        ("☐ 非常优良 100　☑ 优良 90　☐ 良好 85", ("优良",)),
        ("■优良□良好", ("优良",)),
        ("优良☑　良好☐", ("优良",)),
        ("非常优良 √  优良  良好", ("非常优良",)),
        ("√良好", ("良好",)),
        ("良好（85分）", ("良好",)),
        ("良好、优良", ("优良", "良好")),
        ("☑良好 ☑优良", ("优良", "良好")),
        ("优良/良好", ("优良", "良好")),
        ("优良\n良好", ("优良", "良好")),
        ("☐优良 ☐良好", ()),
    ],
)
def test_ticks_and_words_are_read(text: str, values: tuple[str, ...]) -> None:
    reading = parse_options(text, OPTIONS)
    assert (reading.values, reading.unknown) == (values, ())


@pytest.mark.parametrize(
    ("text", "unknown"), [("很好", ("很好",)), ("☑很好 □优良", ("很好",)), ("优良，尚可", ("尚可",))]
)
def test_what_is_no_option_is_named(text: str, unknown: tuple[str, ...]) -> None:
    assert parse_options(text, OPTIONS).unknown == unknown


def test_an_alias_is_told_as_repaired() -> None:
    assert parse_options("优", OPTIONS).repaired
    assert not parse_options("优良", OPTIONS).repaired


@given(st.sets(st.sampled_from([option.value for option in OPTIONS])), st.sampled_from(["before", "behind"]))
def test_every_printed_option_line_reads_back(chosen: set[str], where: str) -> None:
    boxes = [("☑" if option.value in chosen else "☐", option.label) for option in OPTIONS]
    words = [f"{box} {label}" if where == "before" else f"{label} {box}" for box, label in boxes]
    assert set(parse_options("　".join(words), OPTIONS).values) == chosen
