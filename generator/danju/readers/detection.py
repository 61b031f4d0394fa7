"""Which form a sheet or a set of records holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from danju.issues import Fault
from danju.messages import Words
from danju.model.form import Form
from danju.readers.cells import is_empty
from danju.readers.form_leftovers import is_title
from danju.readers.form_sheet import glance_at_form_sheet
from danju.readers.header import Header, find_header
from danju.readers.headings import Headings, compile_headings
from danju.readers.sheets import Sheet
from danju.readers.title_lines import iter_pairs
from danju.rules.text import fold

__all__ = ["Match", "choose", "find_form", "match_keys", "match_sheet", "nearest_form", "rank_sheet", "wrong_form"]

_MARGIN = 0.1
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Match:
    """How well a sheet, or the keys of records, fit a form.

    Attributes:
        form: The form.
        headings: Its index.
        header: The header of a register; None for a form sheet or keys.
        resolved: Number of different fields named.
        coverage: Part of the required fields that are named.
        share: Part of the headings that are understood.
        has_title: Whether the form's title is there.
    """

    form: Form
    headings: Headings
    header: Header | None
    resolved: int
    coverage: float
    share: float
    has_title: bool = False

    @property
    def strength(self) -> float:
        """From 0 to about 1.3."""
        return 0.5 * self.coverage + 0.3 * self.share + 0.3 * self.has_title + 0.02 * min(self.resolved, 10)


def find_form(name: str, forms: Iterable[Form]) -> Form | None:
    """The form of that id, title or alias, or None."""
    wanted = fold(name)
    return next(
        (form for form in forms if wanted in map(fold, (form.id, form.title, form.english, *form.aliases))), None
    )


def rank_sheet(sheet: Sheet, forms: Sequence[Form]) -> list[Match]:
    """The forms that a sheet may hold, best first; with a share of 0 when only some of its words are there."""
    words = _words(sheet)
    counts = [(compile_headings(form.record_type).count_known(words), form) for form in forms]
    best = max((count for count, _ in counts), default=0)
    matches = []
    for count, form in counts:
        if count + _has_title(sheet, form) >= max(1, best / 2):
            faint = Match(form, compile_headings(form.record_type), None, count, 0.0, 0.0) if count else None
            matches.append(match_sheet(sheet, form) or faint)
    return sorted(
        (match for match in matches if match is not None), key=lambda match: (-match.strength, -match.resolved)
    )


def match_sheet(sheet: Sheet, form: Form) -> Match | None:
    """How a sheet fits a form, as a register or a form sheet; None when nothing fits."""
    headings = compile_headings(form.record_type)
    header = find_header(sheet.head(), sheet.merges, headings)
    reading = glance_at_form_sheet(sheet, form, headings, _LOOKED_AT)
    has_title = _has_title(sheet, form)
    if header is not None and not _is_form_sheet(header, reading.labelled):
        tops = {target.top.name for column in header.columns for target in column.targets}
        return Match(form, headings, header, header.resolved, _coverage(form, tops), header.share, has_title)
    if len(reading.labelled) < 2 and not (reading.filled and (has_title or len(form.record_type.fields) == 1)):
        return None
    unknown = sum(issue.code == "F102" for issue in reading.record.finish().issues)
    share = len(reading.labelled) / (len(reading.labelled) + unknown)
    tops = {top for top, _ in reading.labelled}
    return Match(form, headings, None, len(reading.labelled), _coverage(form, tops), share, has_title)


def match_keys(keys: Iterable[str], form: Form) -> Match | None:
    """How the keys of records fit a form; None when none does."""
    headings = compile_headings(form.record_type)
    found = [headings.resolve(key) for key in keys]
    known = [targets for targets in found if targets]
    if not known:
        return None
    tops = {target.top.name for targets in known for target in targets}
    return Match(form, headings, None, len(tops), _coverage(form, tops), len(known) / len(found))


def choose(matches: Sequence[Match]) -> Match | Fault | None:
    """The match that is clearly best; F017 when several are as good; None when none is good enough."""
    good = [match for match in matches if match.share >= 0.5 or (match.share > 0 and match.resolved >= 2)]
    if not good:
        return None
    best = good[0]
    rivals = [
        each for each in good[1:] if best.strength - each.strength < _MARGIN and each.resolved + 1 >= best.resolved
    ]
    if not rivals:
        return best
    shown = [best.form, *(match.form for match in rivals)]
    names = "、".join(f"{form.id}（{form.title}）" for form in shown)
    return Fault("F017", {"candidates": names, "first": best.form.id})


def nearest_form(matches: Sequence[Match], chosen: Form | None) -> Words | str:
    """A hint for F004: what the file looks like, "" when it looks like nothing."""
    others = [match for match in matches if chosen is None or match.form.id != chosen.id]
    if not others:
        return ""
    near = others[0]
    zh, en = (
        f"其中有 {near.resolved} 个栏目像“{near.form.title}”。",
        f"{near.resolved} of its words fit “{near.form.title}”.",
    )
    return Words(zh, en)


def wrong_form(matches: Sequence[Match], chosen: Form | None) -> Fault | None:
    """F019 when a sheet clearly holds another form than the one that was named."""
    near = next((match for match in matches if chosen is not None and match.form.id != chosen.id), None)
    if chosen is None or near is None or near.share == 0 or near.resolved < 2:
        return None
    kind = Words("台账", "register") if near.header is not None else Words("表单", "form sheet")
    return Fault("F019", {"actual": near.form.title, "kind": kind, "chosen": chosen.title, "id": near.form.id})


def _is_form_sheet(header: Header, labelled: dict[tuple[str, str], int]) -> bool:
    """Whether labels outside the header outweigh it; those above it may be the lines over a register."""
    inside = {target.place for column in header.columns for target in column.targets}
    outside = [row for place, row in labelled.items() if place not in inside]
    below = sum(row >= header.first_data_row for row in outside)
    above = sum(row < header.top for row in outside)
    return below + above / 2 > header.resolved / 2


def _coverage(form: Form, tops: set[str]) -> float:
    fields = [field.name for field in form.record_type.fields if not field.computed]
    required = [field.name for field in form.record_type.fields if field.required and not field.computed] or fields
    return sum(name in tops for name in required) / len(required) if required else 0.0


def _words(sheet: Sheet) -> frozenset[str]:
    """Folded texts of the first rows, with what stands before brackets and colons."""
    words = set()
    for row in sheet.head():
        for value in row:
            if isinstance(value, str) and 0 < len(value) <= 80:
                folded = fold(value)
                words |= {folded, folded.partition("(")[0]}
                words |= {fold(label) for label, _ in iter_pairs(value)}
    return frozenset(words)


def _has_title(sheet: Sheet, form: Form) -> bool:
    """Whether one of the first rows with anything names the form."""
    rows = [row for row in sheet.head(20) if not all(map(is_empty, row))][:4]
    return any(is_title(form, value) for row in rows for value in row)
