"""Tags of content controls are short, and each stands for one place."""

from __future__ import annotations

from danju.exchange.controls import tag_of, tags_of
from danju.library import Library


def test_a_tag_is_the_path() -> None:
    assert tag_of("contacts[].name") == "contacts[].name"
    assert tag_of("quality", "优良") == "quality=优良"


def test_a_long_path_is_cut_and_stays_its_own() -> None:
    first, second = (tag_of("details[document=" + "证" * 60 + f"].{name}") for name in ("number", "valid_until"))
    assert len(first) == len(second) == 64
    assert first != second


def test_every_tag_of_a_form_is_understood() -> None:
    for form in Library(None).forms():
        tags = tags_of(form.record_type)
        assert all(tag_of(meaning.path, meaning.option) == tag for tag, meaning in tags.items())
        assert {path for path, each in form.record_type.iter_paths() if not each.members} <= {
            meaning.path.replace("[]", "") for meaning in tags.values()
        }
