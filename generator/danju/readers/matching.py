"""How well the words of a sheet or of records fit a form, and which form fits best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from danju.issues import Fault
from danju.messages import Words
from danju.model.form import Form
from danju.readers.headings import Headings, compile_headings
from danju.values.text import fold

if TYPE_CHECKING:
    from danju.readers.registers.header import Header

__all__ = ["Match", "choose", "coverage", "find_form", "match_keys", "nearest_form", "wrong_form"]

_MARGIN = 0.1


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


def match_keys(keys: Iterable[str], form: Form) -> Match | None:
    """How the keys of records fit a form; None when none does."""
    headings = compile_headings(form.record_type)
    found = [headings.resolve(key) for key in keys]
    known = [targets for targets in found if targets]
    if not known:
        return None
    tops = {target.top.name for targets in known for target in targets}
    return Match(form, headings, None, len(tops), coverage(form, tops), len(known) / len(found))


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


def coverage(form: Form, tops: set[str]) -> float:
    """Part of the required fields that are among those named; of all fields when none is required."""
    fields = [field.name for field in form.record_type.fields if not field.computed]
    required = [field.name for field in form.record_type.fields if field.required and not field.computed] or fields
    return sum(name in tops for name in required) / len(required) if required else 0.0
