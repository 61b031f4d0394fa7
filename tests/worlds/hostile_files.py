"""Broken and hostile input files, built on the spot: each name is a file name, each value writes it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def sheet_xml(cells: str) -> str:
    """A worksheet of raw row XML."""
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def text_row(row: int, *texts: str) -> str:
    """A row of inline texts."""
    cells = "".join(
        f'<c r="{chr(65 + column)}{row}" t="inlineStr"><is><t>{text}</t></is></c>' for column, text in enumerate(texts)
    )
    return f'<row r="{row}">{cells}</row>'


GOOD = sheet_xml(text_row(1, "客户名称", "数量") + text_row(2, "甲", "3"))


def package(sheet: str | bytes = GOOD, **extra: str | bytes) -> bytes:
    """A small workbook with one sheet; `extra` are further members, `__` in a name is a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", TYPES)
        book.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
            "</workbook>",
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        book.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in extra.items():
            book.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def duplicate_member() -> bytes:
    """Two members of one name, of which readers see different ones."""
    import warnings

    out = io.BytesIO(package())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as book:
            book.writestr("xl/worksheets/sheet1.xml", GOOD.replace("甲", "乙"))
    return out.getvalue()


def lying_size() -> bytes:
    """A member that unpacks to more than its headers say."""
    data = bytearray(package(b"A" * 5000))
    central = data.rfind(b"PK\x01\x02")
    local = data.rfind(b"PK\x03\x04")
    struct.pack_into("<I", data, central + 24, 100)
    struct.pack_into("<I", data, local + 22, 100)
    return bytes(data)


def overlapping() -> bytes:
    """Two directory entries that share one member's bytes (Fifield's bomb)."""
    data = package()
    end = data.rfind(b"PK\x05\x06")
    first = data.find(b"PK\x01\x02")
    entry_size = 46 + sum(struct.unpack_from("<3H", data, first + 28))
    entry = bytearray(data[first : first + entry_size])
    entry[46:50] = b"Xont"
    directory = data[first:end] + bytes(entry)
    count = struct.unpack_from("<H", data, end + 10)[0] + 1
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), first, 0)
    return data[:first] + directory + tail


def encrypted_member() -> bytes:
    """A ZIP whose members ask for a password."""
    data = bytearray(package())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def alias_bomb() -> bytes:
    """Nine levels of nine aliases each: 387 million values."""
    lines = ["a0: &a0 [甲,甲,甲,甲,甲,甲,甲,甲,甲]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    return "\n".join(lines).encode()


def broken_crc() -> bytes:
    """A workbook with a flipped bit in a member."""
    data = bytearray(package())
    at = data.rfind(b"xl/worksheets/sheet1.xml", 0, data.find(b"PK\x01\x02")) + 40
    data[at] ^= 0x55
    return bytes(data)


FILES: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "empty.xlsx": (lambda: b"", {"F003"}),
    "empty.csv": (lambda: b"", {"F003"}),
    "encrypted.xlsx": (lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, {"F001"}),
    "encrypted_member.xlsx": (encrypted_member, {"F001"}),
    "truncated.xlsx": (lambda: package()[:-60], {"F002"}),
    "half.xlsx": (lambda: package()[: len(package()) // 2], {"F002"}),
    "flipped.xlsx": (broken_crc, {"F002", "F005"}),
    "not_xml.xlsx": (lambda: package("<worksheet><sheetData><row"), {"F002", "F003"}),
    "no_sheet.xlsx": (lambda: package().replace(b"sheet1.xml", b"sheet9.xml", 1), {"F002"}),
    "zip_bomb.xlsx": (lambda: package(b" " * (60 << 20)), {"F005"}),
    "lying_size.xlsx": (lying_size, {"F002", "F005"}),
    "duplicate_member.xlsx": (duplicate_member, {"F005"}),
    "overlapping.xlsx": (overlapping, {"F005"}),
    "ten_thousand_members.xlsx": (lambda: package(**{f"x__{n}.xml": "" for n in range(10_001)}), {"F005"}),
    "far_cells.xlsx": (
        lambda: package(sheet_xml(text_row(1, "客户名称") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        {"F030"},
    ),
    "entity_bomb.xlsx": (
        lambda: package(
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            + sheet_xml(text_row(1, "&b;", "数量"))[21:]
        ),
        {"F002", "F004", "F011"},
    ),
    "word.xlsx": (lambda: zipped({"word/document.xml": "<w/>"}), {"F010"}),
    "plain_zip.xlsx": (lambda: zipped({"a.txt": "x"}), {"F010"}),
    "text.xlsx": (lambda: "客户名称,数量\n".encode(), {"F010"}),
    "old_book_renamed.xlsx": (lambda: OLE + b"\0" * 600 + "Workbook\0".encode("utf-16-le") + b"\0" * 600, {"F010"}),
    "page.xls": (lambda: b"<html><body><table><tr><td>1</td></tr></table></body></html>", {"F010"}),
    "new_book_renamed.xls": (package, {"F010"}),
    "broken.xls": (lambda: OLE + b"\0" * 600 + "Workbook\0".encode("utf-16-le") + b"\0" * 600, {"F002"}),
    "book_renamed.csv": (package, {"F010"}),
    "binary.csv": (lambda: bytes(range(256)) * 20, {"F009", "F010"}),
    "latin.csv": (lambda: b"customer,quantity\nCaf\xe9,\xff\xff\n", {"F009"}),
    "broken.ods": (lambda: zipped({"content.xml": "<office", "mimetype": "x"}), {"F002"}),
    "alias_bomb.yaml": (alias_bomb, {"F007"}),
    "many_aliases.yaml": (lambda: b"a: &a 1\nb: [" + b"*a," * 1001 + b"]\n", {"F007"}),
    "deep.yaml": (lambda: b"a: " + b"[" * 200 + b"]" * 200, {"F007"}),
    "python_object.yaml": (lambda: b"a: !!python/object/apply:os.system [echo]\n", {"F006"}),
    "image.yaml": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, {"F010"}),
    "control.yaml": (lambda: b"a: x\x01y\n", {"F006"}),
    "deep.json": (lambda: b"[" * 100_000, {"F007", "F008"}),
    "deep_closed.json": (lambda: b'[{"a":' + b"[" * 200 + b"]" * 200 + b"}]", {"F007"}),
    "long_number.json": (lambda: b'[{"a":' + b"9" * 5000 + b"}]", {"F007"}),
    "half.json": (lambda: b'[{"quantity": 1}, {"quan', {"F008"}),
}
"""File name → what writes it, and the codes that may answer it."""


def zipped(members: dict[str, str]) -> bytes:
    """A ZIP of texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in members.items():
            book.writestr(name, text)
    return out.getvalue()
