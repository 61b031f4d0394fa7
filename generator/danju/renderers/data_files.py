"""Records as data files: JSON, YAML, CSV, Excel. What is written here reads back as the same records."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from danju.exchange.paths import row_path
from danju.ooxml.addresses import sheet_title
from danju.ooxml.parts import compile_parts
from danju.ooxml.styles import CellStyle, StyleTable, Typeface
from danju.ooxml.workbook import workbook_part, workbook_xml
from danju.ooxml.worksheet import Worksheet
from danju.values.text import is_formula_like

_STYLE = CellStyle(Typeface(11.0), horizontal="general", vertical="bottom")


def write_records(records: Sequence[Mapping[str, object]], form_id: str, target: str) -> bytes:
    """The file's bytes.

    Args:
        records: Plain data (ISO dates, numbers, texts, lists, objects).
        form_id: Noted in YAML, so that it needs no `--form` when read back.
        target: json, yaml, csv or xlsx.
    """
    if target == "json":
        return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()
    if target == "yaml":
        return _yaml(records, form_id)
    header, rows = flatten(records)
    return _csv(header, rows) if target == "csv" else _excel(header, rows, form_id)


def _yaml(records: Sequence[Mapping[str, object]], form_id: str) -> bytes:
    import yaml

    document = {"form": form_id, "records": list(records)}
    text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
    return text.encode()


def flatten(records: Iterable[Mapping[str, object]]) -> tuple[list[str], list[dict[str, object]]]:
    """Column names in order of first use (`contacts[0].name`), and each record by column."""
    rows = [dict(_cells(record, "")) for record in records]
    order: dict[str, None] = {}
    for row in rows:
        order.update(dict.fromkeys(row))
    return list(order), rows


def _cells(node: Mapping[str, object], prefix: str) -> Iterable[tuple[str, object]]:
    for name, value in node.items():
        path = prefix + name
        if isinstance(value, Mapping):
            yield from _cells(value, f"{path}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for index, row in enumerate(value):
                yield from _cells(row, row_path(path, index, ""))
        elif isinstance(value, list):
            yield path, "、".join(map(str, value))
        else:
            yield path, value


def _csv(header: list[str], rows: list[dict[str, object]]) -> bytes:
    """UTF-8 with a byte order mark, as Excel expects; texts that look like formulas get a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_guarded(row.get(name)) for name in header])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and is_formula_like(value) else value


def _excel(header: list[str], rows: list[dict[str, object]], form_id: str) -> bytes:
    """A plain workbook of one sheet; texts stay texts, whatever they begin with."""
    sheet = Worksheet(sheet_title(form_id or "records"), StyleTable())
    lines: list[Sequence[object]] = [header, *([row.get(name) for name in header] for row in rows)]
    for at, values in enumerate(lines):
        for column, value in enumerate(values):
            if value is not None:
                sheet.put(at, column, value if isinstance(value, int | float | Decimal) else str(value), _STYLE)
    finished = [sheet.finish(1)]
    return compile_parts([workbook_part(finished, sheet.styles.xml(), workbook_xml(finished))]).fill({})
