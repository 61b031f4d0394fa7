"""Compiling: the blocks of a form's layout → its grid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from danju.layout.blocks.block import Composer
from danju.layout.grid import Grid, Shape
from danju.model.form import Form


@dataclass(frozen=True, slots=True)
class FormKey:
    """A form as a cache key: its digest."""

    digest: str
    form: Form

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FormKey) and other.digest == self.digest


_keys: dict[int, FormKey] = {}
_KEPT_KEYS = 256


def form_key(form: Form) -> FormKey:
    """The form as a cache key, the same object each time: its identity answers most comparisons."""
    found = _keys.get(id(form))
    if found is None or found.form is not form:
        found = FormKey(form.digest, form)
        if len(_keys) >= _KEPT_KEYS:
            _keys.clear()
        _keys[id(form)] = found
    return found


@lru_cache(maxsize=256)
def lay_out(form: FormKey, shape: Shape) -> Grid:
    """The grid of a form for records of one shape."""
    return Composer(form.form, shape).compose()
