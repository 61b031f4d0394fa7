"""Ticked option lines and plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danju.model.field import Option
from danju.values.options import Certainty, parse_options

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


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("优良", Certainty.AS_PRINTED),
        ("☐非常优良 ☑优良 ☐良好 ☐其它（注明）", Certainty.AS_PRINTED),
        ("优良√", Certainty.SAME),
        ("优 良", Certainty.SAME),
        ("优", Certainty.ALIAS),
        ("優良", Certainty.NEAR),
        ("“优良”", Certainty.NEAR),
        ("优优良", Certainty.NEAR),
        ("良优", Certainty.NEAR),
    ],
)
def test_how_sure_a_reading_is(text: str, certainty: Certainty) -> None:
    assert parse_options(text, OPTIONS).certainty is certainty


@pytest.mark.parametrize("text", ["不良", "不优良", "优秀", "非优良", "较良好", "常优良", "好"])
def test_a_word_that_may_mean_something_else_is_not_bent_to_an_option(text: str) -> None:
    assert parse_options(text, OPTIONS).unknown == (text,)


@pytest.mark.parametrize(("text", "values"), [("独家代", ("独家代理",)), ("东区代表", ()), ("区代表", ())])
def test_a_character_left_out_of_a_long_word_is_found_when_only_one_option_fits(
    text: str, values: tuple[str, ...]
) -> None:
    options = tuple(Option(word, word) for word in ("独家代理", "西区代表", "北区代表"))
    assert parse_options(text, options).values == values


@pytest.mark.parametrize(
    ("text", "left"), [("优良√ 很满意", ("很满意",)), ("☑优良 □很好", ("很好",)), ("优良√ 良好 非常优良", ())]
)
def test_words_of_an_option_line_that_nobody_reads_are_named(text: str, left: tuple[str, ...]) -> None:
    assert parse_options(text, OPTIONS).left_out == left


@given(st.sets(st.sampled_from([option.value for option in OPTIONS])), st.sampled_from(["before", "behind"]))
def test_every_printed_option_line_reads_back(chosen: set[str], where: str) -> None:
    boxes = [("☑" if option.value in chosen else "☐", option.label) for option in OPTIONS]
    words = [f"{box} {label}" if where == "before" else f"{label} {box}" for box, label in boxes]
    assert set(parse_options("　".join(words), OPTIONS).values) == chosen
