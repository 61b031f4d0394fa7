"""Records as data files: JSON, YAML, CSV, Excel. What is written here reads back as the same records."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from danju.ooxml.addresses import cell_name, sheet_title
from danju.ooxml.look import TEXT_FONT
from danju.ooxml.parts import compile_parts
from danju.ooxml.text import DECLARATION, escape_text
from danju.ooxml.workbook import MAIN, NewSheet, workbook_part, workbook_xml
from danju.values.text import is_formula_like

_STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}">'
    f'<fonts count="1"><font><sz val="11"/><name val="{TEXT_FONT}"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


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
                yield from _cells(row, f"{path}[{index}].")
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
    lines = [_row_xml(1, header), *(_row_xml(at, [row.get(name) for name in header]) for at, row in enumerate(rows, 2))]
    content = f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    sheets = [NewSheet(sheet_title(form_id or "records"), content.encode())]
    return compile_parts([workbook_part(sheets, _STYLES.encode(), workbook_xml(sheets))]).fill({})


def _row_xml(number: int, values: Sequence[object]) -> str:
    cells = (_cell_xml(cell_name(number - 1, column), value) for column, value in enumerate(values))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell_xml(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{name}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{name}"><v>{value!r}</v></c>'
    style = ' s="1"' if is_formula_like(str(value)) else ""
    return f'<c r="{name}"{style} t="inlineStr"><is><t xml:space="preserve">{escape_text(str(value))}</t></is></c>'
