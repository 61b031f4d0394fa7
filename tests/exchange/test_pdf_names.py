"""Names of the fields of PDF forms."""

from __future__ import annotations

from danju import kinds
from danju.exchange.pdf_names import field_name, option_named, tick_name
from danju.model.field import Field, Option


def test_a_path_is_its_own_name_and_brackets_hold_no_level() -> None:
    assert field_name("review.signed_on") == "review.signed_on"
    assert field_name("licences[document=No.3].number") == "licences[document=No․3].number"


def test_the_option_of_a_tick_is_found_again() -> None:
    options = (Option("No.3", "三号"), Option("No.4", "四号"))
    topics = Field("topics", kinds.CHOICES, "内容", options=options)
    for option in options:
        name = tick_name("topics", option)
        assert name.count(".") == 0
        assert option_named(topics, name.partition("[")[2][:-1]) is option
    assert option_named(topics, "No.5") is None
