"""Stamps: written and read again, and two versions of a form compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.builders import form

from danju.exchange.stamp import FileShape, Stamp, StampChange, compare, stamp_of

OLD = "customer 客户*: text\nlevel 级别: choice 甲 乙 丙\npeople 人员: [{name 姓名: text}]"


def test_properties_and_line_give_the_stamp_back(tmp_path: Path) -> None:
    stamp = stamp_of(form(tmp_path, OLD), FileShape.REGISTER)
    assert Stamp.from_properties(stamp.properties()) == stamp
    line = Stamp.from_line(f'"{stamp.line}"')
    assert line is not None
    assert (line.form_id, line.digest, line.shape) == (stamp.form_id, stamp.digest, FileShape.REGISTER)
    assert len(stamp.line) <= 255


@pytest.mark.parametrize(
    "said",
    [{}, {"DanjuForm": "a"}, {"DanjuForm": "a", "DanjuFormVersion": "x"}, {"DanjuForm": "a", "DanjuFields": "["}],
)
def test_properties_of_other_programs_are_no_stamp(said: dict[str, str]) -> None:
    assert Stamp.from_properties(said) is None


@pytest.mark.parametrize(
    ("now", "changes"),
    [
        (OLD, []),
        (OLD + "\nremark 备注: text", [(StampChange.NEW, "remark")]),
        (OLD + "\nremark 备注*: text", [(StampChange.NEW_REQUIRED, "remark")]),
        (
            "customer 客户*: text\nlevel 级别: choice 甲 乙 丙",
            [(StampChange.GONE, "people"), (StampChange.GONE, "people.name")],
        ),
        (OLD.replace("text\nlevel", "date\nlevel"), [(StampChange.CHANGED, "customer")]),
        (OLD.replace("甲 乙 丙", "甲 乙"), [(StampChange.OPTIONS_GONE, "level")]),
        (OLD.replace("甲 乙 丙", "甲 乙 丙 丁"), []),
    ],
)
def test_versions_of_a_form_are_compared_field_by_field(
    now: str, changes: list[tuple[StampChange, str]], tmp_path: Path
) -> None:
    stamp = stamp_of(form(tmp_path / "old", OLD), FileShape.FORM)
    found = compare(stamp, form(tmp_path / "new", now))
    assert [(each.change, each.path) for each in found] == changes
    assert [each.is_compatible for each in found] == [change is StampChange.NEW for change, _ in changes]
