"""Which form a file belongs to: by its stamp, else by how well its words fit each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from danju.exchange.stamp import Difference, Stamp, StampChange, compare
from danju.issues import Fault
from danju.messages import Words, phrase
from danju.model.form import Form
from danju.readers.meaning.header import Header
from danju.readers.meaning.headings import compile_headings
from danju.values.text import fold

__all__ = [
    "Match",
    "Recognised",
    "choose",
    "coverage",
    "find_form",
    "is_title",
    "match_keys",
    "nearest_form",
    "recognise",
    "wrong_form",
]

_SAID = {
    StampChange.GONE: phrase("gone"),
    StampChange.CHANGED: phrase("changed_kind"),
    StampChange.OPTIONS_GONE: phrase("lost_options"),
    StampChange.NEW_REQUIRED: phrase("new_required"),
    StampChange.NEW: phrase("new"),
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a stamp says about a file that can be read.

    Attributes:
        form: The form the file belongs to.
        warning: About its version, or None.
    """

    form: Form
    warning: Fault | None = None


def recognise(stamp: Stamp, forms: Sequence[Form], chosen: Form | None) -> Recognised | Fault:
    """The form of a stamped file, with a warning F024 when it was made for another version that still fits.

    Refused with F021 when no such form exists here, F022 when the user chose another one, F023 when it was made for
    another version that does not fit any more.
    """
    form = next((each for each in (*forms, *([chosen] if chosen else [])) if each.id == stamp.form_id), None)
    if chosen is not None and chosen.id != stamp.form_id:
        title = form.title if form is not None else stamp.form_id
        return Fault("F022", {"actual": title, "chosen": chosen.title, "id": stamp.form_id})
    if form is None:
        known = "、".join(each.id for each in forms)
        return Fault("F021", {"form": stamp.form_id, "version": stamp.version, "known": known})
    differences = compare(stamp, form)
    said = {"version": stamp.version, "current": form.version, "form": form.title}
    bad = [each for each in differences if not each.is_compatible]
    if bad:
        return Fault("F023", {**said, "id": form.id, "differences": _listed(bad)})
    if differences or stamp.version != form.version:
        return Recognised(form, Fault("F024", {**said, "differences": _in_brackets(differences)}))
    return Recognised(form)


def _listed(differences: Sequence[Difference]) -> Words:
    def said(lang: str) -> list[str]:
        return [getattr(_SAID[each.change], lang).format(label=each.label, detail=each.detail) for each in differences]

    return Words("；".join(said("zh")), "; ".join(said("en")))


def _in_brackets(differences: Sequence[Difference]) -> Words:
    listed = _listed(differences)
    return Words(f"（{listed.zh}）", f" ({listed.en})") if differences else Words("", "")


_MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class Match:
    """How well a sheet, or the keys of records, fit a form.

    Attributes:
        form: The form.
        header: The header of a register; None for a form sheet or keys.
        resolved: Number of different fields named.
        coverage: Part of the required fields that are named.
        share: Part of the headings that are understood.
        has_title: Whether the form's title is there.
    """

    form: Form
    header: Header | None
    resolved: int
    coverage: float
    share: float
    has_title: bool = False

    @property
    def strength(self) -> float:
        """From 0 to about 1.3."""
        return 0.5 * self.coverage + 0.3 * self.share + 0.3 * self.has_title + 0.02 * min(self.resolved, 10)


def is_title(form: Form, text: object) -> bool:
    """Whether a cell names the form: its title, perhaps with a company or year before it."""
    if not isinstance(text, str) or len(text) > 80:
        return False
    folded = fold(text)
    return any(fold(title) in folded for title in (form.title, *form.aliases, form.record_type.title) if len(title) > 1)


def find_form(name: str, forms: Iterable[Form]) -> Form | None:
    """The form of that id, title or alias, or None."""
    wanted = fold(name)
    return next(
        (form for form in forms if wanted in map(fold, (form.id, form.title, form.english, *form.aliases))), None
    )


def match_keys(keys: Iterable[str], form: Form) -> Match | None:
    """How the keys of records fit a form; None when none does."""
    headings = compile_headings(form.record_type)
    found = [headings.resolve(key) for key in keys]
    known = [targets for targets in found if targets]
    if not known:
        return None
    tops = {target.top.name for targets in known for target in targets}
    return Match(form, None, len(tops), coverage(form, tops), len(known) / len(found))


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
    kind = phrase("register") if near.header is not None else phrase("form_sheet")
    return Fault("F019", {"actual": near.form.title, "kind": kind, "chosen": chosen.title, "id": near.form.id})


def coverage(form: Form, tops: set[str]) -> float:
    """Part of the required fields that are among those named; of all fields when none is required."""
    fields = [field.name for field in form.record_type.fields if not field.computed]
    required = [field.name for field in form.record_type.fields if field.required and not field.computed] or fields
    return sum(name in tops for name in required) / len(required) if required else 0.0
