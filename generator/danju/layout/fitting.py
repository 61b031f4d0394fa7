"""Values that the paper has no room for, whatever their size and wherever they break: told before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from danju.exchange.paths import field_at
from danju.layout.blocks.block import iter_blocks, printed_rows
from danju.layout.compile import FormKey, form_key, lay_out
from danju.layout.grid import Shape, ValueOf
from danju.layout.heights import room_of
from danju.layout.linebreaks import limit_em, reach_em, unbroken
from danju.model.drawing import FOOT_PT, LEAST_NUMBER_PT
from danju.model.field import Field
from danju.model.form import Form

_LONGEST_EM = 16.0  # of any number that a field takes
_PAGE_WORDS_EM = 12.0  # of 第 X 页　共 Y 页 and the room before it


def fits(form: Form, values: Mapping[str, object]) -> bool:
    """Whether every value of a record has room."""
    return next(iter_unfitting(form, values), None) is None


def iter_unfitting(form: Form, values: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """(path, label, value) of everything that does not fit: a number that the foot cannot hold, digits wider than
    their column in the smallest size."""
    number = values.get(form.number_field)
    foot_em = limit_em(form.layout.paper.content_width_mm, FOOT_PT) - _PAGE_WORDS_EM
    if isinstance(number, str) and len(number) > foot_em and reach_em(number) > foot_em:
        field = form.record_type.field(form.number_field)
        yield form.number_field, field.label if field else "", number
    for path, name, field, most_em in _narrow(form_key(form)):
        found = values.get(path)
        rows = enumerate(found) if isinstance(found, list) else [(-1, {name: found})]
        for index, row in rows:
            text = field.kind.display(field, row.get(name)) if isinstance(row, Mapping) else ""
            if text and max(map(reach_em, unbroken(text))) > most_em:
                yield path if index < 0 else f"{path}[{index}].{name}", field.label, text


@lru_cache(maxsize=256)
def _narrow(key: FormKey) -> tuple[tuple[str, str, Field, float], ...]:
    """Numbers in cells that some have no room in: the field or table, the member, what it is, and the room in em."""
    layout, record_type = key.form.layout, key.form.record_type
    if not layout.blocks:
        return ()
    whens = tuple((block.when, True) for block in iter_blocks(layout) if block.when)
    grid = lay_out(key, Shape(tuple((path, 1) for path in printed_rows(layout)), whens))
    found: dict[tuple[str, str], tuple[Field, float]] = {}
    for cell in grid.cells:
        path = cell.content.path if isinstance(cell.content, ValueOf) else ""
        field = field_at(record_type, path) if path else None
        most_em = limit_em(room_of(grid, cell), LEAST_NUMBER_PT)
        if field is not None and field.kind.is_number and most_em < _LONGEST_EM:
            table, _, member = path.partition("[")
            found[table, member.rpartition(".")[2] or field.name] = field, most_em
    return tuple((path, name, field, most_em) for (path, name), (field, most_em) in found.items())
