"""Forms: what the paper looks like and what follows from a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from danju.issues import Severity
from danju.model.field import RecordType
from danju.model.layout import Layout


@dataclass(frozen=True, slots=True)
class Computation:
    """A field that follows from others.

    Attributes:
        name: The computed property (readOnly in the schema).
        expression: See docs/forms.md, “Expressions”.
    """

    name: str
    expression: str


@dataclass(frozen=True, slots=True)
class Check:
    """A rule across fields, declared in the form.

    Attributes:
        that: Expression that must hold; skipped when a field it needs is empty.
        fields: Fields the message is shown at, the first deciding the place.
        message: The fact, in Chinese and English.
        remedy: What to do, in Chinese and English.
        severity: Error stops the record, warning and note do not.
        each: A table field whose every row is checked by itself, or None.
        when: Expression that must hold for the check to apply, or None.
    """

    that: str
    fields: tuple[str, ...]
    message: tuple[str, str]
    remedy: tuple[str, str]
    severity: Severity = Severity.ERROR
    each: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the summary.

    Attributes:
        label: Heading, in Chinese.
        function: count, sum, mean, min, max or share (of records where the expression holds).
        expression: Over one record; empty for count.
        unit: Printed in the heading, or "".
        decimals: Decimals shown.
        when: Only records for which this expression holds take part; empty: all.
        english: Heading in English, or "".
    """

    label: str
    function: str
    expression: str = ""
    unit: str = ""
    decimals: int = 0
    when: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a summary is broken down by.

    Attributes:
        label: Heading, in Chinese.
        expression: Over one record; gives a text.
        options: Order of the values as the schema's options have it; empty: sorted.
        chart: `column`, `bar`, `line`, `pie` or "" for none.
        english: Heading in English, or "".
    """

    label: str
    expression: str
    options: tuple[str, ...] = ()
    chart: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What `danju summary` counts for a form.

    Attributes:
        by: Breakdowns, one table each.
        measures: Figures, one column each.
        columns: Fields of the register sheet, dotted paths; empty: all.
    """

    by: tuple[Dimension, ...] = ()
    measures: tuple[Measure, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form definition, validated.

    Attributes:
        id: Name, e.g. the `X` of `forms/X.form.yaml`.
        version: Counts changes of the form.
        title: Printed title.
        english: English title.
        aliases: Other titles that name this form on a sheet.
        record_type: The schema.
        number_rule: Format of the number, e.g. `ZF-{visit_date:%Y%m}-{seq:03d}`; "" for none.
        number_field: Property that holds the number, or "".
        filename_rule: Format of file names.
        compute: In the order in which they can be computed.
        checks: Rules across fields.
        layout: How the paper looks.
        summary: What is counted.
        identity: Paths of the fields that together identify a record without a typed number; empty: its content does.
        unique: Field paths whose value should not repeat among the records of one input.
        retention: Retention rule as written, for archiving.
        digest: sha256 of everything that decides the output: form, schema, templates.
        templates: Folder whose HTML template or stylesheets replace the built-in ones, or "".
        word_template: File whose Word template replaces the drawn paper, or "".
    """

    id: str
    version: int
    title: str
    english: str
    aliases: tuple[str, ...]
    record_type: RecordType
    number_rule: str
    number_field: str
    filename_rule: str
    compute: tuple[Computation, ...]
    checks: tuple[Check, ...]
    layout: Layout
    summary: Summary
    identity: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    retention: Mapping[str, object] = field(default_factory=dict)
    digest: str = ""
    templates: str = ""
    word_template: str = ""
