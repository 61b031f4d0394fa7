"""Fields: what one value of a record is, as its schema says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """The nature of a field's value, and the Python type of a checked one."""

    TEXT = "text"  # str
    INTEGER = "integer"  # int
    NUMBER = "number"  # Decimal
    DATE = "date"  # datetime.date
    DATETIME = "datetime"  # datetime.datetime
    BOOLEAN = "boolean"  # bool
    CHOICE = "choice"  # str, one of the options
    CHOICES = "choices"  # list[str], in the options' order
    TABLE = "table"  # list[dict[str, value]]
    GROUP = "group"  # dict[str, value]


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
