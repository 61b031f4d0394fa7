"""Records as data files: JSON, YAML, CSV, Excel. What is written here reads back as the same records."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from danju.location import cell_name
from danju.renderers.look import TEXT_FONT
from danju.renderers.package import CompiledPackage

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_RELS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_RELS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_MAIN}">'
    f'<fonts count="1"><font><sz val="11"/><name val="{TEXT_FONT}"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
_WORKBOOK = (
    f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


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
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else value


def _excel(header: list[str], rows: list[dict[str, object]], form_id: str) -> bytes:
    """A plain workbook of one sheet; texts stay texts, whatever they begin with."""
    lines = [_row_xml(1, header), *(_row_xml(at, [row.get(name) for name in header]) for at, row in enumerate(rows, 2))]
    sheet = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    members = {
        **_PARTS,
        "xl/workbook.xml": _WORKBOOK.format(name=escape(form_id or "records")),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return CompiledPackage(tuple(members)).fill({name: content.encode() for name, content in members.items()})


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
    style = ' s="1"' if str(value).startswith(_FORMULA_SIGNS) else ""
    return f'<c r="{name}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
