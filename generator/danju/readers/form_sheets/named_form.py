"""The values of a form sheet whose cells are named: no label is needed to find them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from danju.exchange.cell_names import held_by_name
from danju.exchange.paths import Held, steps_of, told_about
from danju.model.field import Field, Option
from danju.model.form import Form
from danju.model.layout import SignPart
from danju.readers.form_sheets.grid import FormGrid, Region
from danju.readers.form_sheets.leftovers import sign_parts
from danju.readers.meaning.headings import Headings
from danju.readers.meaning.targets import Target, target_at
from danju.readers.table.marks import Place
from danju.readers.table.sheets import Sheet, as_text
from danju.values.options import EMPTY, TICKED

__all__ = ["NamedValue", "iter_named", "names_of_copy"]

_BOXES = re.compile(f"[{TICKED}{EMPTY}]")
_DAY = r"(?:(\d{4}年\d{1,2}月\d{1,2}日)|[\s　]*年[\s　]*月[\s　]*日)"
_ANY_DAY = r"(?:\d{4}年\d{1,2}月\d{1,2}日|[\s　]*年[\s　]*月[\s　]*日)"
_UNWRITTEN = re.compile(r"[\s　]*年[\s　]*月[\s　]*日[\s　]*")
_ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A named place of the form.

    Attributes:
        target: Where its value goes.
        region: The cell, its value as it is to be read: None when nothing was entered.
    """

    target: Target
    region: Region


def iter_named(grid: FormGrid, names: Mapping[str, Place], form: Form, headings: Headings) -> Iterator[NamedValue]:
    """Every named place; tables row by row, rows inserted between the named ones too."""
    cells: dict[Held, Region] = {}
    for name, place in names.items():
        cell = held_by_name(name, form.record_type)
        if cell is not None:
            cells.setdefault(cell, grid.region(*place))
    ordered = sorted(cells.items(), key=lambda pair: (pair[1].key, pair[0].piece))
    yield from _iter_single(ordered, form)
    yield from _iter_ticks(ordered, form)
    yield from _iter_lines(ordered, form)
    for table in form.record_type.fields:
        if table.kind.is_table:
            rows = list(_iter_rows(grid, cells, table, headings))
            yield from rows
            filled = {each.target.row for each in rows if each.region.value is not None}
            yield from _iter_keyed(ordered, table, len(filled))


def names_of_copy(
    sheet: Sheet, sheets: Sequence[Sheet], cells: Mapping[str, Mapping[str, Place]]
) -> Mapping[str, Place]:
    """The names of the sheet that this one is a copy of, whose labels stand in the same places; none when it is not."""
    own = _texts(sheet)
    for other in sheets:
        names = cells.get(other.name or "", {})
        if other is sheet or not names:
            continue
        places = set(names.values())
        labels = {place: text for place, text in _texts(other).items() if place not in places}
        if labels and sum(own.get(place) == text for place, text in labels.items()) >= _ALIKE * len(labels):
            return names
    return {}


def _texts(sheet: Sheet) -> dict[Place, str]:
    return {
        (index, column): value
        for index, row in enumerate(sheet.head())
        for column, value in enumerate(row)
        if isinstance(value, str) and value.strip()
    }


def _iter_single(cells: Sequence[tuple[Held, Region]], form: Form) -> Iterator[NamedValue]:
    """Values outside tables; the pieces of a text that was cut between pages are one."""
    joined: dict[str, Region] = {}
    for cell, region in cells:
        if cell.option or cell.line or "[" in cell.path:
            continue
        held = joined.get(cell.path)
        if held is None:
            joined[cell.path] = region
        elif region.value is not None:
            joined[cell.path] = replace(held, value=f"{as_text(held.value)}\n{as_text(region.value)}")
    for path, region in joined.items():
        target = target_at(path, form.record_type)
        if target is not None and target.table is None:
            yield NamedValue(target, _entered(target.field, region))


def _iter_ticks(cells: Sequence[tuple[Held, Region]], form: Form) -> Iterator[NamedValue]:
    """Choices that have a cell for each option: the ticked words together, at the first tick."""
    found: dict[str, list[tuple[Option, Region]]] = {}
    for cell, region in cells:
        field = form.record_type.find(cell.path) if cell.option else None
        option = field.option(cell.option) if field else None
        if option is not None:
            found.setdefault(cell.path, []).append((option, region))
    for path, ticks in found.items():
        target = target_at(path, form.record_type)
        if target is None:
            continue
        ticked = [(option, region) for option, region in ticks if is_ticked(region.value)]
        words = [option.value for option, _ in ticked]
        value = words if target.field.kind.is_list else "、".join(words)
        yield NamedValue(target, replace((ticked or ticks)[0][1], value=value or None))
        for _, region in ticks:
            yield NamedValue(target, replace(region, value=None))


def is_ticked(value: object) -> bool:
    """Whether a tick cell says yes."""
    text = as_text(value).strip().lower()
    return bool(text) and (text[0] in TICKED or text[0] == "v" or text in ("是", "有", "1", "1.0", "y", "yes"))


def _iter_lines(cells: Sequence[tuple[Held, Region]], form: Form) -> Iterator[NamedValue]:
    """The values in sign-off lines: `签字：陆国华　　2026年3月20日`."""
    known = sign_parts(form.layout)
    for cell, region in cells:
        parts = known.get(cell.line)
        if not cell.line or parts is None:
            continue
        found = _line_pattern(parts).fullmatch(as_text(region.value).strip())
        for number, path in enumerate(cell.line):
            target = target_at(path, form.record_type)
            text = found[number + 1].strip(" 　") if found and found[number + 1] else None
            if target is not None and (found or region.value is None):
                yield NamedValue(target, replace(region, value=text or None))


def _line_pattern(parts: Sequence[SignPart]) -> re.Pattern[str]:
    """A group for each field of a sign-off line."""
    pieces = []
    for part in parts:
        label = re.escape(part.label)
        if part.is_date:
            pieces.append(label + (_DAY if part.field else _ANY_DAY))
        else:
            pieces.append(label + ("(.*?)" if part.field else r"[\s　]*"))
    return re.compile(r"[\s　]*".join(pieces), re.DOTALL)


def _iter_rows(grid: FormGrid, cells: Mapping[Held, Region], table: Field, headings: Headings) -> Iterator[NamedValue]:
    """The rows of a table, those that hold something numbered without gaps."""
    rows: dict[int, dict[str, Region]] = {}
    for cell, region in cells.items():
        number, member = _in_table(cell, table)
        if number.isdigit() and not cell.option:
            rows.setdefault(int(number), {})[member] = region
    if any(len({region.top for region in row.values()}) > 1 for row in rows.values()):
        yield from _iter_stacked([rows[index] for index in sorted(rows)], table)
        return
    named = {next(iter(row.values())).top: row for row in rows.values()}
    if not named:
        return
    count = 0
    columns = {member: region.left for row in named.values() for member, region in row.items()}
    for index in range(min(named), max(named) + 1):
        row = named.get(index) or {member: grid.region(index, column) for member, column in columns.items()}
        if index not in named and _is_other(grid, index, row, table, headings):
            continue
        filled = False
        for member, region in row.items():
            field = table.member(member)
            if field is not None and region.top == index:
                value = _entered(field, region)
                filled = filled or value.value is not None
                yield NamedValue(Target(field, table, count), value)
        count += filled


def _in_table(cell: Held, table: Field) -> tuple[str, str]:
    """Row and member that a cell holds of a table; ("", "") for any other cell."""
    steps = steps_of(cell.path)
    return (steps[0][1], steps[1][0]) if len(steps) == 2 and steps[0][0] == table.name else ("", "")


def _iter_stacked(rows: Sequence[Mapping[str, Region]], table: Field) -> Iterator[NamedValue]:
    """Rows whose members stand one below the other."""
    count = 0
    for row in rows:
        pairs = [(field, region) for member, region in row.items() if (field := table.member(member)) is not None]
        values = [NamedValue(Target(field, table, count), _entered(field, region)) for field, region in pairs]
        yield from values
        count += any(value.region.value is not None for value in values)


def _is_other(grid: FormGrid, index: int, row: Mapping[str, Region], table: Field, headings: Headings) -> bool:
    """Whether an unnamed row between named ones is no row of the table: blank, or its head again on a new page."""
    texts = [as_text(region.value) for region in row.values() if region.value is not None and region.top == index]
    return not texts or all(headings.member(table, text) for text in texts) or grid.is_blank_row(index)


def _iter_keyed(cells: Sequence[tuple[Held, Region]], table: Field, number: int) -> Iterator[NamedValue]:
    """The details of a checklist's options, each a row of the table that says which option it is about."""
    rows: dict[tuple[str, str], list[tuple[Field, Region]]] = {}
    for cell, region in cells:
        row, member = _in_table(cell, table)
        field = table.member(member)
        if field is not None and told_about(row)[0]:
            rows.setdefault(told_about(row), []).append((field, _entered(field, region)))
    for (key, word), details in rows.items():
        owner = table.member(key)
        is_filled = any(region.value is not None for _, region in details)
        if owner is not None and is_filled:
            first = next(region for _, region in details if region.value is not None)
            yield NamedValue(Target(owner, table, number), replace(first, value=word))
        for field, region in details:
            yield NamedValue(Target(field, table, number), region)
        number += is_filled


def _entered(field: Field, region: Region) -> Region:
    """The cell with what was entered: nothing for a result of ours or empty boxes, the words of ticked options."""
    value = region.value
    is_unwritten = isinstance(value, str) and _UNWRITTEN.fullmatch(value) is not None
    if field.computed or (is_unwritten and field.kind.tells_day):
        return replace(region, value=None)
    if not field.options or not isinstance(value, str) or not _BOXES.search(value):
        return region
    pieces = _BOXES.split(value)[1:]
    words = [
        _option_word(field, text.strip())
        for box, text in zip(_BOXES.findall(value), pieces, strict=True)
        if box in TICKED
    ]
    return replace(region, value=(words if field.kind.is_list else "、".join(words)) or None)


def _option_word(field: Field, text: str) -> str:
    """The constant of an option behind whose label the paper may print its points; the text when it is no option."""
    fitting = [option for option in field.options if text == option.label or text.startswith(option.label + " ")]
    return max(fitting, key=lambda option: len(option.label)).value if fitting else text
