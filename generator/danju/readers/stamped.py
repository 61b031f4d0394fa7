"""Stamped files: which of today's forms they belong to, and whether they still fit it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from danju.exchange.stamp import Change, Difference, Stamp, compare
from danju.issues import Fault
from danju.messages import Words
from danju.model.form import Form

__all__ = ["Recognised", "recognise"]

_SAID = {
    Change.GONE: Words("“{label}”已取消", "“{label}” is gone"),
    Change.CHANGED: Words("“{label}”改了种类（{detail}）", "“{label}” changed its kind ({detail})"),
    Change.OPTIONS_GONE: Words("“{label}”取消了选项 {detail}", "“{label}” lost the options {detail}"),
    Change.NEW_REQUIRED: Words("新增必填栏目“{label}”", "“{label}” is new and required"),
    Change.NEW: Words("新增“{label}”", "“{label}” is new"),
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a stamp says about a file.

    Attributes:
        form: The form the file belongs to; None when it is unknown or the file cannot be read as it.
        fault: Why the file is refused (`form` is None), or a warning about its version, or None.
    """

    form: Form | None
    fault: Fault | None = None


def recognise(stamp: Stamp, forms: Sequence[Form], chosen: Form | None) -> Recognised:
    """The form of a stamped file.

    Refused with F021 when no such form exists here, F022 when the user chose another one, F023 when it was made for
    another version that does not fit any more; with a warning F024 when it still does.
    """
    form = next((each for each in (*forms, *([chosen] if chosen else [])) if each.id == stamp.form_id), None)
    if chosen is not None and chosen.id != stamp.form_id:
        title = form.title if form is not None else stamp.form_id
        return Recognised(None, Fault("F022", {"actual": title, "chosen": chosen.title, "id": stamp.form_id}))
    if form is None:
        known = "、".join(each.id for each in forms)
        return Recognised(None, Fault("F021", {"form": stamp.form_id, "version": stamp.version, "known": known}))
    differences = compare(stamp, form)
    said = {"version": stamp.version, "current": form.version, "form": form.title}
    bad = [each for each in differences if not each.is_compatible]
    if bad:
        return Recognised(None, Fault("F023", {**said, "id": form.id, "differences": _listed(bad)}))
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
