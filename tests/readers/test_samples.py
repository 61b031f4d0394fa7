"""The sample workbooks say exactly what their true content says."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.readers.builders import FORMS, Read

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
TRUTH = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))


def normal(name: str, value: object) -> object:
    """A raw value as the truth would write it; real conversion is not the readers' business."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat() + ("T00:00" if name.endswith("_at") else "")
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if name.endswith(("_date", "_on", "_at")):
        numbers = re.findall(r"\d+", text)
        if len(numbers) == 1 and len(text) == 8:
            numbers = [text[:4], text[4:6], text[6:]]
        if not numbers:
            return None
        written = "-".join(part.zfill(2) for part in numbers[:3])
        return written + ("T" + ":".join(numbers[3:5]) if len(numbers) > 3 else "")
    if name == "documents":
        return re.findall(r"☑(\S+)", text)
    return text


def told(record: dict[str, object]) -> dict[str, object]:
    """The record in the terms of the truth."""
    found: dict[str, object] = {}
    for name, value in record.items():
        if isinstance(value, list):
            found[name] = [{key: str(normal(key, item)) for key, item in row.items()} for row in value]
        elif value is not None:
            found[name] = normal(name, value)
    return found


def expected(record: dict[str, object]) -> dict[str, object]:
    """The truth without what is empty, in normal form."""
    found: dict[str, object] = {}
    for name, value in record.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            found[name] = [{key: item for key, item in row.items() if item is not None} for row in value]
        elif isinstance(value, str) and value:
            found[name] = unicodedata.normalize("NFKC", value)
        elif value not in (None, ""):
            found[name] = value
    return found


@pytest.mark.parametrize("name", TRUTH)
def test_every_value_of_a_sample_is_read(name: str) -> None:
    read = Read(SAMPLES / name, *FORMS)
    assert read.forms == [TRUTH[name]["form"]]
    wanted = TRUTH[name]["records"]
    assert len(read.values) == len(wanted)
    for record, truth in zip(read.values, wanted, strict=True):
        got = told(record)
        got.pop("number", None)
        for key in ("complainant_phone",):
            if key in got:
                got[key] = str(got[key])
        if got.get("closed_on") is None:
            got.pop("closed_on", None)
        if not got.get("remark"):
            got.pop("remark", None)
        assert got == expected(truth)


def test_sample_totals_and_notes_are_said() -> None:
    read = Read(SAMPLES / "走访台账2026.xlsx", *FORMS)
    assert [issue.location.cell for issue in read.issues] == ["A2", "A124", "A125"]
    assert set(read.codes) == {"F012"}


def test_a_sample_register_keeps_the_cell_of_every_value() -> None:
    read = Read(SAMPLES / "走访台账2026.xlsx", *FORMS)
    rows = read.records[0].fields["contacts"]
    assert [row["name"].location.cell for row in rows] == ["J5", "J6", "J7"]  # type: ignore[index,union-attr]
