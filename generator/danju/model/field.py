"""Fields: what one value of a record is, as its schema says, and what can be asked of a kind of value."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

from danju.messages import Words
from danju.model.kind_answers import Coerced, Control, EntryRule, ReportColumn


class Kind(ABC):
    """A kind of value: everything that depends on what sort of value a field holds, asked through `Field.kind`.

    One object a kind, each in a file of `danju.kinds`, which has the table of them all.

    Attributes:
        name: As stamps and JSON have it.
        words: What people call it.
        formats: What `format` of a schema's text says of it.
        inner: Key of the schema under which its options or members stand, or "" for the field's own.
        is_table: Whether a value is rows with members.
        is_group: Whether a value is one mapping with members.
        is_choice: Whether a value is the constant of one option.
        is_list: Whether a value is a list of constants of options.
        is_number: Whether a value is counted or measured, perhaps in a unit.
        tells_day: Whether a value says on which day something was.
        is_picture: Whether a value is drawn, not written.
        is_free: Whether people write words of their own.
        has_own_nothing: Whether words such as 无 say something here.
        is_exact: Whether equal values cannot be told apart, unlike the numbers 1.0 and 1.00.
        is_in_formulas: Whether a workbook's formulas can compute with a value.
        one_line: Whether values stay on one line of the paper: they shrink before they wrap.
        paper_em, entry_em: Width of a typical longest value on paper and in a register, in characters; 0 without one.
        align: left, center or right, in a register.
        gap: What stands between its parts where a form sheet has them in several cells.
    """

    name: str
    words: Words
    formats: tuple[str, ...] = ()
    inner = ""
    is_table = False
    is_group = False
    is_choice = False
    is_list = False
    is_number = False
    tells_day = False
    is_picture = False
    is_free = False
    has_own_nothing = False
    is_exact = True
    is_in_formulas = True
    one_line = False
    paper_em = 0.0
    entry_em = 0.0
    align = "left"
    gap = "  "

    def __reduce__(self) -> str:
        return self.name.upper()  # there is one, under that name in its module

    def __repr__(self) -> str:
        return self.name

    @property
    def is_single(self) -> bool:
        """Whether a value is one thing: neither rows nor members."""
        return not (self.is_table or self.is_group)

    @abstractmethod
    def declares(self, node: Mapping[str, Any]) -> bool:
        """Whether a property of a schema is of this kind; the table's first that says so is taken."""

    @abstractmethod
    def read(self, raw: Any, field: Field, today: date) -> Coerced:
        """The typed value of a raw one that says something; see `danju.kinds.coercion`, which comes first."""

    @abstractmethod
    def display(self, field: Field, value: object) -> str:
        """A typed value as the paper shows it; "" when empty."""

    @abstractmethod
    def json_schema(self, field: Field) -> dict[str, Any]:
        """What an editor asks of a value; without that of members."""

    def pattern(self, field: Field) -> re.Pattern[str] | None:
        """What a text matches that is its own value, beyond doubt; None where only reading can tell."""
        return None

    def is_wide_told(self, field: Field) -> bool:
        """Whether full-width letters and digits are not this kind's own way of writing."""
        return False

    def computed(self, field: Field, result: object) -> object:
        """The result of an expression as a value; None for one that cannot be written down."""
        return result

    def expressed(self, field: Field, value: object) -> object:
        """A value as expressions see it."""
        return value

    def example(self, field: Field, known: Mapping[str, object]) -> object:
        """A value that shows how the field is filled in; None where only a true one makes sense.

        Args:
            known: The example's other values so far.
        """
        return None

    def note(self, field: Field) -> str:
        """What to enter, in a few words; "" when the label says it all."""
        return ""

    def entry_rule(self, field: Field) -> EntryRule | None:
        """What can be asked of a value while it is typed."""
        return None

    def control(self, field: Field) -> Control:
        """How a value is entered."""
        return Control.LINE_OR_WORD if field.words else Control.LINE

    def picks(self, field: Field) -> tuple[tuple[str, str], ...]:
        """The list of `Control.PICK`: words shown, and what each stands for."""
        return tuple((option.label, option.value) for option in field.options)

    def report_column(self, field: Field) -> ReportColumn:
        """What its column in a report holds."""
        return ReportColumn.TEXT

    def report_text(self, field: Field, value: object) -> str:
        """A value as text in a report: without unit, days in figures."""
        return self.display(field, value)

    def entry_format(self, field: Field) -> str:
        """Number format of a cell to be filled in, in a register."""
        return "@"

    def paper_format(self, field: Field) -> str:
        """Number format of a cell to be filled in that shows a value as the paper does."""
        return self.entry_format(field)

    def cell(self, field: Field, value: object) -> str | float | date | time | None:
        """What a workbook's cell holds for a value; None when it has none."""
        return self.display(field, value) or None

    def goes_on(self, field: Field, parts: Sequence[str], text: str) -> bool:
        """Whether a further cell of a form sheet goes on with the value in those before it.

        Args:
            parts: What they hold.
            text: What the further cell says, folded.
        """
        return False


class _Missing:
    """Type of `MISSING`: nothing was given, as opposed to an empty text or zero."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        return "MISSING"


MISSING = _Missing()


@dataclass(frozen=True, slots=True)
class Option:
    """One of the words a choice may take.

    Attributes:
        value: The constant stored in records.
        label: The words on the paper; the value unless the schema says otherwise (`title`).
        aliases: Other ways people write it (`x-aliases`).
        attributes: Every other `x-` key without its prefix, e.g. score → Decimal(90); `quality.score` in expressions.
        owners: Words of the field that its field depends on with which it may be chosen (`x-for`); empty: all.
    """

    value: str
    label: str
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, object] = field(default_factory=dict)
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One property of a record type.

    Attributes:
        name: Property name, English snake_case.
        kind: Nature of the value.
        label: Printed label (`title`).
        english: English label (`x-en`).
        aliases: Other headings people use (`x-aliases`).
        required: Whether a record must have it.
        computed: Whether the form computes it (`readOnly`).
        format: Business type such as `mobile` or `credit-code`, or None.
        unit: Unit of a number as printed behind it (`x-unit`), or None.
        options: The words of a choice.
        members: Fields of a table's rows or of a group.
        multiline: Whether line breaks belong to the text (`x-multiline`).
        min_length, max_length: Limits of a text in characters.
        minimum, maximum: Limits of a number, inclusive.
        decimals: Decimals printed and allowed (`x-decimals`), or None for as given.
        min_items, max_items: Limits of a table's rows.
        empty_words: Words that stand for “nothing” in this field (`x-empty`).
        words: Words that may stand in place of a date or number and are kept (`x-words`), e.g. 长期.
        default: Value of an empty field, or MISSING.
        text_form: How one text holds several members, e.g. `{name}（{title}）` (`x-text`), or None.
        value_member: The member of a group that a plain value under the group's label means (`x-value`), or None.
        width_em: Width that a typical longest value needs, in characters of its size (`x-width`), or None.
        hint: What to enter, for people (`description`).
        example: What a filled-in example shows (`x-example`), or MISSING.
        depends: The choice that decides which options may be chosen (`x-depends`): a field of the same row or group,
            else of the record; "" for none.
    """

    name: str
    kind: Kind
    label: str
    english: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    computed: bool = False
    format: str | None = None
    unit: str | None = None
    options: tuple[Option, ...] = ()
    members: tuple[Field, ...] = ()
    multiline: bool = False
    min_length: int | None = None
    max_length: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    empty_words: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    default: object = MISSING
    text_form: str | None = None
    value_member: str | None = None
    width_em: float | None = None
    hint: str = ""
    example: object = MISSING
    depends: str = ""

    def member(self, name: str) -> Field | None:
        """The row or group member of that name, or None."""
        return next((member for member in self.members if member.name == name), None)

    def option(self, value: object) -> Option | None:
        """The option with that constant, or None."""
        return next((option for option in self.options if option.value == value), None)

    def headings(self) -> tuple[str, ...]:
        """Every text that names this field: label, aliases, English label, property name."""
        return tuple(word for word in (self.label, *self.aliases, self.english, self.name) if word)


@dataclass(frozen=True, slots=True)
class RecordType:
    """What a valid record is.

    Attributes:
        id: Name of the schema, e.g. the `X` of `schemas/X.schema.yaml`.
        title: What such a record is called.
        fields: In the order of the schema.
        json_schema: The JSON Schema 2020-12 document, references resolved, as plain data.
    """

    id: str
    title: str
    fields: tuple[Field, ...]
    json_schema: Mapping[str, object] = field(default_factory=dict, compare=False, hash=False)

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((each for each in self.fields if each.name == name), None)

    def find(self, path: str) -> Field | None:
        """The field at a dotted path such as `contacts.mobile`, or None."""
        name, _, rest = path.partition(".")
        found = self.field(name)
        while found is not None and rest:
            name, _, rest = rest.partition(".")
            found = found.member(name)
        return found

    def iter_paths(self) -> Iterator[tuple[str, Field]]:
        """Every field with its dotted path, parents before members."""

        def walk(prefix: str, fields: tuple[Field, ...]) -> Iterator[tuple[str, Field]]:
            for each in fields:
                yield prefix + each.name, each
                yield from walk(f"{prefix}{each.name}.", each.members)

        return walk("", self.fields)
