"""Form sheets: one record a sheet, labels anywhere, values beside or below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from danju.issues import Issue
from danju.model.field import Field
from danju.model.form import Form
from danju.readers.form_sheets.grid import FormGrid, Region
from danju.readers.form_sheets.leftovers import Hint, printed_texts, report_leftovers
from danju.readers.form_sheets.named_form import iter_named
from danju.readers.meaning.copies import end_of_first_copy
from danju.readers.meaning.headings import Headings, Targets, is_counter, unknown_name
from danju.readers.meaning.records import RecordBuilder
from danju.readers.meaning.targets import Target
from danju.readers.meaning.texts import iter_pairs, split_group_text
from danju.readers.table.marks import Place
from danju.readers.table.sheets import Sheet, as_text
from danju.values.text import fold

__all__ = ["FormReading", "glance_at_form_sheet", "read_form_sheet"]

_MAX_ROWS = 500


@dataclass(slots=True)
class FormReading:
    """What one form sheet gave.

    Attributes:
        record: The record under construction; call `finish`.
        filled: Field and member names that got a value.
        labelled: Field and member names whose label was found, filled or not, with the 0-based row of the label.
    """

    record: RecordBuilder
    filled: set[tuple[str, str]] = field(default_factory=set)
    labelled: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Context:
    """Rows in which labels right of a column belong to a table or group."""

    top: int
    bottom: int
    left: int
    parent: Field


def read_form_sheet(
    sheet: Sheet, form: Form, headings: Headings, names: Mapping[str, Place] | None = None
) -> FormReading:
    """The record of a sheet with labels and values; it may be empty.

    Args:
        names: Named cells of the sheet, which need no labels.
    """
    rows = end_of_first_copy((map(as_text, row) for row in islice(sheet.open_rows(), _MAX_ROWS)), form)
    reader = _FormSheetReader(FormGrid(sheet, _MAX_ROWS if rows is None else rows), form, headings)
    reader.read_named(names or {})
    reader.read(headings.hint)
    return reader.result


def glance_at_form_sheet(sheet: Sheet, form: Form, headings: Headings, max_rows: int) -> FormReading:
    """The same from the sheet's head only and without remedies, to see whether it is a form sheet at all."""
    reader = _FormSheetReader(FormGrid(sheet, max_rows), form, headings)
    reader.read(lambda _: "")
    return reader.result


class _FormSheetReader:
    def __init__(self, grid: FormGrid, form: Form, headings: Headings) -> None:
        self.grid = grid
        self.form = form
        self.headings = headings
        self.used: set[tuple[int, int]] = set()
        self.named: set[tuple[str, str]] = set()
        self.contexts: list[_Context] = []
        self.first: tuple[int, int] | None = None  # label or named cell
        self.values: dict[object, Region] = {}
        self.result = FormReading(RecordBuilder(grid.sheet.location()))

    def read_named(self, names: Mapping[str, Place]) -> None:
        """Takes the values of named cells; labels then only say that they are labels."""
        for each in iter_named(self.grid, names, self.form, self.headings) if names else ():
            target, region = each.target, each.region
            self.used.add(region.key)
            self.named.add(target.place)
            self._note_labels(region, (target,))
            if region.value is not None:
                self._store((target,), region)
            elif target.table is None:
                self.result.record.put_empty(target, self.grid.location(region))

    def read(self, hint: Hint) -> None:
        for region in self.grid.iter_filled():
            if region.key in self.used or not isinstance(region.value, str):
                continue
            if self._read_table(region):
                continue
            targets = self._targets(region)
            if targets:
                self._read_label(region, targets)
            else:
                self._read_pairs(region)
        report_leftovers(self.grid, self.form, hint, self.used, self.result.record)
        if self.first is not None:
            self.result.record.location = self.grid.sheet.location(*self.first)

    def _targets(self, region: Region, text: str | None = None) -> Targets:
        """What a region says as a label, seen in its table or group first."""
        text = text if text is not None else region.value if isinstance(region.value, str) else ""
        if not text or len(text) > 40:
            return ()
        context = self._context(region)
        within = self.headings.member(context.parent, text) if context else ()
        return within or self.headings.resolve(text)

    def _context(self, region: Region) -> _Context | None:
        fitting = [each for each in self.contexts if each.top <= region.top <= each.bottom and each.left < region.left]
        return max(fitting, key=lambda each: (each.left, each.top), default=None)

    def _read_label(self, label: Region, targets: Targets) -> None:
        self.used.add(label.key)
        self._note_labels(label, targets)
        parent = self.headings.parent(as_text(label.value)) or targets[0].parent
        if parent is not None and (targets[0].parent is None or parent is self.headings.parent(as_text(label.value))):
            self.contexts.append(_Context(label.top, self._last_row(label), label.left, parent))
        if self._is_named(targets):
            return
        value = self._value_right(label, targets) or self._value_below(label)
        if value is not None:
            self._put(targets, value)
            return
        right = self.grid.right_of(label)
        if right is not None and right.value is None:
            self.result.record.put_empty(targets[0], self.grid.location(right))

    def _is_named(self, targets: Targets) -> bool:
        """Whether the values come from named cells: each target, or members of a table or group as a whole."""
        tops = {top for top, _ in self.named}
        return all(each.place in self.named or (each.parent is None and each.top.name in tops) for each in targets)

    def _note_labels(self, label: Region, targets: Targets) -> None:
        for target in targets:
            self.result.labelled.setdefault(target.place, label.top)
            self.first = label.key if self.first is None else min(self.first, label.key)

    def _last_row(self, label: Region) -> int:
        """The last row that a label stands beside: merged, or with nothing below it."""
        row = label.bottom
        while row + 1 < self.grid.height and not self.grid.is_blank_row(row + 1):
            if self.grid.region(row + 1, label.left).value is not None:
                break
            row += 1
        return row

    def _value_right(self, label: Region, targets: Targets) -> Region | None:
        """The value at the right, joined with its unit, its further options or the parts of its date."""
        right = self.grid.value_cell(label)
        if right is None or right.value is None or right.key in self.used or self._is_label(right, targets):
            return None
        self.used.add(right.key)
        parts = [right.value]
        after = self.grid.right_of(right)
        while after is not None and after.value is not None and _belongs(after.value, parts, targets[0].field):
            if after.key in self.used:
                break
            self.used.add(after.key)
            parts.append(after.value)
            after = self.grid.right_of(after)
        if len(parts) == 1:
            return right
        return replace(right, value=targets[0].field.kind.gap.join(map(as_text, parts)))

    def _value_below(self, label: Region) -> Region | None:
        """The value under a label, where labels stand above their values."""
        below = self.grid.below(label)
        if below is None or below.value is None or below.key in self.used or self._is_label(below, ()):
            return None
        right = self.grid.right_of(label)
        if right is not None and right.value is None and not self._has_labels_above(label):
            return None
        if self._run(below):
            return None
        self.used.add(below.key)
        return below

    def _has_labels_above(self, label: Region) -> bool:
        """Whether the labels of this row stand above their values: no value beside any, one below several."""
        above = 0
        for column in range(self.grid.width):
            region = self.grid.region(label.top, column)
            if region.value is None or region.left != column or region.top != label.top:
                continue
            if not self._targets(region):
                return False
            below = self.grid.below(region)
            above += below is not None and below.value is not None and not self._is_label(below, ())
        return above >= 2

    def _is_label(self, region: Region, before: Targets) -> bool:
        """Whether a region is a label itself rather than the value of the one before it."""
        if not isinstance(region.value, str):
            return False
        if any(_is_option(target.field, region.value) for target in before):
            return False
        if self._targets(region):
            return True
        if is_counter(region.value) and self._run(region):
            return True
        first = next(iter_pairs(region.value), None)
        has_parent = bool(before) and before[0].parent is not None
        return first is not None and not has_parent and bool(self._targets(region, first[0]))

    def _put(self, targets: Sequence[Target], value: Region) -> None:
        """Stores a value; a group's text is taken apart into opinion, signature and date."""
        target, parent = targets[0], targets[0].parent
        is_group_text = parent is not None and parent.kind.is_group and target.field.name == parent.value_member
        if parent is None or not is_group_text or not isinstance(value.value, str):
            self._store(targets, value)
            return
        for member, text in split_group_text(parent, value.value):
            self._store((Target(member, parent),), replace(value, value=text))

    def _store(self, targets: Sequence[Target], value: Region) -> None:
        """Stores a value; the same place filled twice with different values is an issue."""
        target, location = targets[0], self.grid.location(value)
        earlier = self.values.get(target.key)
        if earlier is not None:
            if fold(as_text(earlier.value)) != fold(as_text(value.value)):
                other = self.grid.location(earlier)
                names = {"name": target.field.label, "other": other.cell or other}
                self.result.record.add_issue(Issue("F103", location, target.field.label, target.path(), names))
            return
        self.values[target.key] = value
        self.result.filled |= {each.place for each in targets}
        self.result.record.put(targets, value.value, location)

    def _read_pairs(self, region: Region) -> None:
        """`label：value` within one cell, once or several times."""
        pairs = list(iter_pairs(str(region.value)))
        known = [(self._targets(region, label), label, text) for label, text in pairs]
        if not any(targets for targets, _, _ in known):
            return
        self.used.add(region.key)
        for targets, label, text in known:
            self._note_labels(region, targets)
            if targets and text:
                self._put(targets, replace(region, value=text))
            elif targets and label == pairs[-1][0]:
                value = self._value_right(region, targets)
                if value is not None:
                    self._put(targets, value)
            elif text:
                place, hint = self.grid.location(region), self.headings.hint(label)
                self.result.record.add_issue(unknown_name(label, place, hint))

    def _run(self, region: Region) -> list[tuple[Region, Targets]]:
        """Adjacent labels from here to the right that are members of one table: the head of nested rows."""
        cells: list[Region] = []
        at: Region | None = region
        while at is not None and isinstance(at.value, str) and at.key not in self.used:
            cells.append(at)
            at = self.grid.right_of(at)
        if len(cells) < 2 or (cells[0].bottom > cells[1].bottom and self.headings.parent(str(cells[0].value))):
            return []  # a tall cell that names a table stands beside its head, even when it could name a member, too
        context = self._context(region)
        tables = [each for each in self.headings.record_type.fields if each.kind.is_table]
        if context is not None and context.parent.kind.is_table:
            tables = [context.parent]
        best: list[tuple[Region, Targets]] = []
        for table in tables:
            run = [(cell, self.headings.member(table, str(cell.value))) for cell in cells]
            while run and not run[-1][1]:
                run.pop()
            if sum(bool(targets) for _, targets in run) > max(1, sum(bool(targets) for _, targets in best)):
                best = run
        if not best or not (best[0][1] or is_counter(best[0][0].value)):
            return []
        is_dense = 2 * sum(bool(targets) or is_counter(cell.value) for cell, targets in best) > len(best)
        return best if is_dense else []

    def _read_table(self, region: Region) -> bool:
        """Reads the rows of a table whose head begins here; False when none does."""
        run = self._run(region)
        if not run or (len(run) > 2 and region.bottom > run[1][0].bottom):  # the latter: a label beside the whole table
            return False
        if any(targets and self._is_named(targets) for _, targets in run):
            self.used |= {cell.key for cell, _ in run}
            return True
        printed = printed_texts(self.form.layout)
        for cell, targets in run:
            self.used.add(cell.key)
            self._note_labels(cell, targets)
            if not targets and not is_counter(cell.value) and fold(str(cell.value)) not in printed:
                place, hint = self.grid.location(cell), self.headings.hint(str(cell.value))
                self.result.record.add_issue(unknown_name(str(cell.value), place, hint))
        number, row = 0, max(cell.bottom for cell, _ in run) + 1
        while row <= self._last_table_row(region):
            cells = [(self.grid.region(row, cell.left), targets) for cell, targets in run]
            filled = [(cell, targets) for cell, targets in cells if cell.value is not None and cell.top == row]
            if not filled or self._ends_table(filled):
                break
            self._put_table_row(filled, number)
            number, row = number + 1, row + 1
        return True

    def _last_table_row(self, head: Region) -> int:
        """The last row that a table may have: that of a label merged beside it, else the sheet's."""
        side = self.grid.region(head.top, head.left - 1) if head.left else head
        return side.bottom if side.value is not None and side.bottom > head.bottom else self.grid.height - 1

    def _ends_table(self, filled: list[tuple[Region, Targets]]) -> bool:
        first, targets = filled[0]
        if any(_is_option(target.field, as_text(first.value)) for target in targets):
            return False
        return self._is_label(first, targets)

    def _put_table_row(self, filled: list[tuple[Region, Targets]], number: int) -> None:
        is_counted_only = all(not targets for _, targets in filled)
        for cell, targets in filled:
            if targets:
                self._store(tuple(target.at_row(number) for target in targets), cell)
            if targets or is_counted_only or not isinstance(cell.value, str) or cell.value.strip().isdecimal():
                self.used.add(cell.key)


def _is_option(field: Field, text: str) -> bool:
    folded = fold(text)
    return any(folded in map(fold, (option.value, option.label, *option.aliases)) for option in field.options)


def _belongs(value: object, parts: list[object], field: Field) -> bool:
    """Whether a further cell goes on with the value before it: its unit, its next options, the rest of a date."""
    return field.kind.goes_on(field, [as_text(part) for part in parts], fold(as_text(value)))
