"""Content controls → values, by their tags."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from danju.exchange.controls import tags_of
from danju.issues import Fault
from danju.kinds import BOOLEAN
from danju.location import Location
from danju.model.form import Form
from danju.readers.word.blocks import WordControl
from danju.readers.word.found import FoundValues, ValuePlace
from danju.values.dates import parse_date

__all__ = ["read_controls"]

_NO_YEAR, _NO_DAY = "F121", "F122"  # what parse_date says it took for granted


def read_controls(controls: Sequence[WordControl], form: Form, source: str) -> FoundValues:
    """What stands in controls whose tags name fields of the form."""
    found = FoundValues(form)
    tags = tags_of(form.record_type)
    ticks: dict[ValuePlace, tuple[list[str], Location]] = {}
    for control in controls:
        meaning = tags.get(control.tag)
        place = found.place(meaning.path, _row(control)) if meaning is not None else None
        if meaning is None or place is None or place.field.computed:
            continue
        location = Location(source, spot=control.spot)
        if meaning.option and control.is_checked is not None:
            option = place.field.option(meaning.option)
            marks, _ = ticks.setdefault(place, ([], location))
            marks.append(f"{'☑' if control.is_checked else '☐'}{option.label if option else meaning.option}")
        elif place.field.kind is BOOLEAN and control.is_checked is not None:
            found.put(place, control.is_checked or None, location)
        else:
            found.put(place, _text(control, place), location)
    for place, (marks, location) in ticks.items():
        found.put(place, "".join(marks), location)
    return found


def _row(control: WordControl) -> tuple[int, int]:
    """Controls of one row lie in one table row, or in one repeated part outside of tables."""
    if control.spot.table is not None:
        return control.spot.table, control.spot.row or 0
    return -1, control.item or 0


def _text(control: WordControl, place: ValuePlace) -> str:
    """The text shown; the moment that a date picker keeps where the text is the same day, less fully said."""
    if not control.full_date or not place.field.kind.tells_day:
        return control.text
    try:
        kept = date.fromisoformat(control.full_date[:10])
    except ValueError:
        return control.text
    shown = parse_date(control.text, today=kept)
    if isinstance(shown, Fault) or shown.assumed not in (_NO_YEAR, _NO_DAY):
        return control.text
    first = kept.replace(day=1)
    is_same = shown.value == (first if shown.assumed == _NO_DAY else kept)
    return kept.isoformat() if is_same else control.text
