"""PDF files as input: finished documents, filled forms whoever saved them, and everything that is neither."""

from __future__ import annotations

import json
import random
import time
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.support.builders import CLOCK, form
from tests.support.pango import needs_pango
from tests.support.pdf_forms import changed, stream, write_pdf
from tests.support.strategies import records

from danju.batch import find_sources, iter_items
from danju.batch.items import Item
from danju.blanks import BlankOptions, make_blank
from danju.blanks.pdf.fill import fill_blank
from danju.layout.fonts import templates_folder
from danju.library import Library
from danju.model.form import Form
from danju.pipeline import fill_form, render_document
from danju.readers import iter_readings
from danju.renderers.pdf_html import render_html_pdf
from danju.rules.checking import to_plain

FIELDS = """
number 编号: text
customer 客户*: text
grade 等级: choice 优 良
topics 内容: choices 甲 乙
people 联系人: [{name 姓名: text}]
"""
VALUES: Mapping[str, Any] = {"number": "A-7", "customer": "柳州华平", "topics": ["乙"], "people": [{"name": "张三"}]}
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R%b>>"
PAGES = b"<</Type/Pages/Kids[]/Count 0>>"
MOST_SECONDS = 10


@pytest.fixture
def paper(tmp_path: Path) -> Form:
    return form(tmp_path / "forms", FIELDS, version=2)


def document(of: Form) -> bytes:
    """A finished document of `VALUES`."""
    return render_document(of, VALUES, "pdf").content


def items(folder: Path, content: bytes, forms: Sequence[Form], chosen: Form | None = None) -> list[Item]:
    """What becomes of a file."""
    path = folder / "文件.pdf"
    path.write_bytes(content)
    return list(iter_items(find_sources([str(path)]), forms, chosen, CLOCK))


def codes(found: Sequence[Item]) -> list[str]:
    return [issue.code for item in found for issue in item.issues]


def refused(folder: Path, content: bytes, forms: Sequence[Form] = ()) -> str:
    """The one issue of a file that holds no record; it must come soon."""
    path = folder / "文件.pdf"
    path.write_bytes(content)
    start = time.process_time()
    readings = [(list(each.records), each.issues) for each in iter_readings(path, path.name, forms, None)]
    assert time.process_time() - start < MOST_SECONDS
    ((found, issues),) = readings
    assert not found
    (issue,) = issues
    assert issue.text("zh")
    assert issue.text("en")
    return issue.code


# finished documents


@pytest.mark.parametrize("name", ["visit_report", "complaint_record", "customer_opening"])
def test_finished_documents_come_back_whole(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    of = Library(None).form(name)
    folder = tmp_path_factory.mktemp(name)

    @given(values=records(of))
    @settings(
        max_examples=4, deadline=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
    )  # fmt: skip
    def law(values: Mapping[str, Any]) -> None:
        (item,) = items(folder, render_document(of, values, "pdf").content, [of])
        assert item.record is not None, [issue.text() for issue in item.issues]
        assert dict(item.record.values) == dict(values)
        assert "F048" not in codes([item])

    law()


def test_a_document_is_read_after_other_programs_saved_it(tmp_path: Path, paper: Form) -> None:
    plain = changed(document(paper), lambda pdf: pdf.remove_unreferenced_resources())
    out = BytesIO()
    with pikepdf.open(BytesIO(plain)) as pdf:
        pdf.save(out, linearize=True, encryption=pikepdf.Encryption(owner="x", user=""))
    (item,) = items(tmp_path, out.getvalue(), [paper])
    assert item.record is not None
    assert to_plain(item.record.values) == VALUES
    assert item.issues == ()


def test_several_attached_records_are_several_records(tmp_path: Path, paper: Form) -> None:
    def add(pdf: Any) -> None:
        source = json.loads(pdf.attachments["record.json"].get_file().read_bytes())
        source["record"]["number"] = "A-8"
        pdf.attachments["record_2.json"] = json.dumps(source).encode()

    found = items(tmp_path, changed(document(paper), add), [paper])
    assert [item.record.values["number"] for item in found if item.record] == ["A-7", "A-8"]
    assert [item.record.location.record for item in found if item.record] == [1, 2]


def test_data_that_does_not_fit_the_file_is_told(tmp_path: Path, paper: Form) -> None:
    def alter(key: str, value: str) -> Any:
        def change(pdf: Any) -> None:
            source = json.loads(pdf.attachments["record.json"].get_file().read_bytes())
            source["record"][key] = value
            del pdf.attachments["record.json"]
            pdf.attachments["record.json"] = json.dumps(source).encode()

        return change

    for key, word in (("number", "文件说编号是 A-7，数据说是 X"), ("customer", "文件标识与所附数据不符")):
        (item, about) = items(tmp_path, changed(document(paper), alter(key, "X")), [paper])
        assert item.record is not None
        assert codes([about]) == ["F048"]
        assert word in about.issues[0].text()


def test_documents_of_another_version_are_compared_field_by_field(tmp_path: Path, paper: Form) -> None:
    content = document(paper)
    more = form(tmp_path / "more", FIELDS + "extra 新栏: text", version=3)
    assert codes(items(tmp_path, content, [more])) == ["F024"]
    less = form(tmp_path / "less", FIELDS.replace("people 联系人: [{name 姓名: text}]", ""), version=3)
    (refusal,) = items(tmp_path, content, [less])
    assert codes([refusal]) == ["F023"]
    assert "“people”已取消" in refusal.issues[0].text()
    assert codes(items(tmp_path, content, [])) == ["F021"]


# forms


def filled(of: Form) -> bytes:
    return fill_blank(make_blank(of, "pdf", BlankOptions()), of, VALUES)


def test_a_form_says_which_form_it_is_even_without_properties(tmp_path: Path, paper: Form) -> None:
    def strip(pdf: Any) -> None:
        del pdf.trailer.Info

    (item,) = items(tmp_path, changed(filled(paper), strip), [paper])
    assert item.record is not None
    assert to_plain(item.record.values) == VALUES


def test_values_are_read_however_programs_write_them(tmp_path: Path, paper: Form) -> None:
    def rewrite(pdf: Any) -> None:
        fields = {str(each.T): each for each in pdf.Root.AcroForm.Fields}
        fields["customer"].V = pikepdf.Stream(pdf, "\ufeff柳州\r\n华平".encode("utf-16-be"))
        fields["grade"].V = pikepdf.String("良")  # the word itself
        del fields["topics[乙]"].V  # only the box shows it
        fields["people[0]"].Kids[0].V = pikepdf.String(b"\xef\xbb\xbf" + "李四".encode())

    (item,) = items(tmp_path, changed(filled(paper), rewrite), [paper])
    assert item.record is not None, codes([item])
    assert to_plain(item.record.values) == {
        "number": "A-7", "customer": "柳州 华平", "grade": "良", "topics": ["乙"], "people": [{"name": "李四"}],
    }  # fmt: skip


def test_a_change_saved_behind_the_old_file_counts(tmp_path: Path, paper: Form) -> None:
    content = filled(paper)
    with pikepdf.open(BytesIO(content)) as pdf:
        (field,) = [each for each in pdf.Root.AcroForm.Fields if str(each.T) == "customer"]
        number = field.objgen[0]
        kid = field.Kids[0].objgen[0]
        start = int(content.rstrip().rsplit(b"\n", 2)[1])
        size = int(pdf.trailer.Size)
        root = pdf.trailer.Root.objgen[0]
    name = "桂林鑫达".encode("utf-16-be").hex()
    at = len(content)
    body = b"%d 0 obj\n<</T(customer)/FT/Tx/Kids[%d 0 R]/V<FEFF%b>>>\nendobj\n" % (number, kid, name.encode())
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        number, at, size, root, start, at + len(body),
    )  # fmt: skip
    (item,) = items(tmp_path, content + body + table, [paper])
    assert item.record is not None, codes([item])
    assert item.record.values["customer"] == "桂林鑫达"


def test_missing_values_are_told_by_their_labels(tmp_path: Path, paper: Form) -> None:
    content = fill_blank(make_blank(paper, "pdf", BlankOptions()), paper, {"topics": ["甲"]})
    (item,) = items(tmp_path, content, [paper])
    assert [issue.text() for issue in item.issues] == ["文件.pdf › 第1条「客户」：未填写。此项必填。 [F101]"]


def test_a_blank_or_flattened_form_has_one_clear_issue(tmp_path: Path, paper: Form) -> None:
    blank = make_blank(paper, "pdf", BlankOptions())
    assert refused(tmp_path, blank, [paper]) == "F044"

    def flatten(pdf: Any) -> None:
        del pdf.Root.AcroForm
        del pdf.pages[0].Annots

    assert refused(tmp_path, changed(filled(paper), flatten), [paper]) == "F045"


def test_a_form_of_another_version_or_kind_is_refused_with_what_differs(tmp_path: Path, paper: Form) -> None:
    content = filled(paper)
    less = form(tmp_path / "less", FIELDS.replace("grade 等级: choice 优 良", ""), version=3)
    (refusal,) = items(tmp_path, content, [less])
    assert codes([refusal]) == ["F023"]
    assert "“等级”已取消" in refusal.issues[0].text()
    other = form(tmp_path / "other", FIELDS, title="别的单")
    assert codes(items(tmp_path, content, [Library(None).form("visit_report")], None)) == ["F021"]
    assert codes(items(tmp_path, content, [other, paper], Library(None).form("visit_report"))) == ["F022"]


# everything else


def test_documents_that_lost_their_data_are_told_from_strangers(tmp_path: Path, paper: Form) -> None:
    def lose(pdf: Any) -> None:
        del pdf.attachments["record.json"]

    assert refused(tmp_path, changed(document(paper), lose), [paper]) == "F045"
    merged = pikepdf.new()
    with pikepdf.open(BytesIO(document(paper))) as first:
        merged.pages.extend(first.pages)
        merged.pages.extend(first.pages)
        out = BytesIO()
        merged.save(out)
    merged.close()
    assert refused(tmp_path, out.getvalue(), [paper]) == "F041"
    assert refused(tmp_path, write_pdf([CATALOGUE % b"", PAGES])) == "F041"


def test_a_portfolio_of_documents_is_to_be_taken_apart(tmp_path: Path, paper: Form) -> None:
    box = pikepdf.new()
    box.attachments["客户.pdf"] = document(paper)
    out = BytesIO()
    box.save(out)
    box.close()
    assert refused(tmp_path, out.getvalue(), [paper]) == "F045"


def _inflating(megabytes: int, start: bytes = b"") -> bytes:
    """Deflated data that grows to so much, without the time to deflate it."""
    packer = zlib.compressobj(9)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + (packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)) * megabytes


def _in_object_stream(packed: bytes, entries: bytes = b"/Type/ObjStm/Filter/FlateDecode") -> bytes:
    """A file whose catalogue lies in an object stream."""
    out = b"%PDF-1.7\n"
    holder = len(out)
    out += b"2 0 obj\n%b\nendobj\n" % stream(entries + b"/N 1/First 5", packed)
    table = len(out)
    rows = (0, 0, 255), (2, 2, 0), (1, holder, 0), (1, table, 0)
    places = zlib.compress(b"".join(bytes([kind]) + at.to_bytes(4, "big") + bytes([more]) for kind, at, more in rows))
    out += b"3 0 obj\n%b\nendobj\n" % stream(b"/Type/XRef/Size 4/W[1 4 1]/Root 1 0 R/Filter/FlateDecode", places)
    return out + b"startxref\n%d\n%%%%EOF\n" % table


_ATTACHED = CATALOGUE % b"/Names<</EmbeddedFiles<</Names[(record.json)3 0 R]>>>>"
_SPECIFICATION = b"<</Type/Filespec/F(record.json)/EF<</F 4 0 R>>>>"
_START = b"1 0  <</Type/Catalog/Pages 9 0 R>>"
HOSTILE: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "attachment bomb": (
        lambda: write_pdf([_ATTACHED, PAGES, _SPECIFICATION, stream(b"/Filter/FlateDecode", _inflating(200))]),
        ("F047",),
    ),
    "object stream bomb": (lambda: _in_object_stream(_inflating(1500, _START)), ("F047",)),
    "hidden bomb": (
        lambda: _in_object_stream(_inflating(1500, _START), b"/Typ/Obj#53tm/F#69lter/FlateDecode"), ("F047",),
    ),
    "bomb in a bomb": (
        lambda: _in_object_stream(zlib.compress(_inflating(1500, _START)), b"/Filter[/FlateDecode/FlateDecode]"),
        ("F047",),
    ),
    "fields in a circle": (
        lambda: write_pdf([
            CATALOGUE % b"/AcroForm<</Fields[3 0 R]>>", PAGES, b"<</T(a)/Kids[4 0 R]>>", b"<</T(b)/Kids[3 0 R]>>",
        ]), ("F047",),
    ),
    "names in a circle": (
        lambda: write_pdf([CATALOGUE % b"/Names<</EmbeddedFiles 3 0 R>>", PAGES, b"<</Kids[3 0 R 3 0 R]>>"]), ("F047",),
    ),
    "pages in a circle": (
        lambda: write_pdf([CATALOGUE % b"", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999999>>"]), ("F041", "F046"),
    ),
    "endless list of fields": (
        lambda: write_pdf([CATALOGUE % b"/AcroForm<</Fields[" + b"3 0 R " * 500_000 + b"]>>>>", PAGES, b"<</T(a)>>"]),
        ("F046", "F047"),
    ),
    "depth": (lambda: write_pdf([CATALOGUE % (b"/AcroForm " + b"[" * 500_000), PAGES]), ("F046",)),
    "millions of objects": (
        lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 2_000_000 + b"startxref\n9\n%%EOF", ("F046", "F047"),
    ),
    "a huge table": (
        lambda: b"%PDF-1.7\nxref\n0 2000000000\n0000000000 65535 f \ntrailer\n<</Size 9>>\nstartxref\n9\n%%EOF",
        ("F046",),
    ),
    "XFA": (lambda: write_pdf([CATALOGUE % b"/AcroForm<</Fields[]/XFA[(a)(b)]>>", PAGES]), ("F043",)),
    "catalogue that is none": (lambda: write_pdf([b"[1 2 3]", PAGES]), ("F046",)),
    "odd types everywhere": (
        lambda: write_pdf([CATALOGUE % b"/AcroForm<</Fields 7>>/Names[1]", PAGES], b"/Info(a)/ID 3"), ("F041", "F046"),
    ),
    "nothing": (lambda: b"", ("F003",)),
    "text": (lambda: "客户,日期".encode(), ("F010",)),
    "a head without a body": (lambda: b"%PDF-1.7\n", ("F046",)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_files_have_one_issue_and_soon(name: str, tmp_path: Path) -> None:
    make, expected = HOSTILE[name]
    assert refused(tmp_path, make()) in expected


def test_a_password_is_named(tmp_path: Path, paper: Form) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(document(paper))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert refused(tmp_path, out.getvalue(), [paper]) == "F042"


def test_damaged_files_are_read_or_refused_and_never_raise(tmp_path: Path, paper: Form) -> None:
    chance = random.Random(7)
    source = document(paper)
    for number in range(20):
        content = bytearray(source)
        for _ in range(chance.choice((1, 10, 200))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if number % 5 == 0:
            content = content[: chance.randrange(len(content))]
        path = tmp_path / "坏.pdf"
        path.write_bytes(bytes(content))
        for reading in iter_readings(path, path.name, [paper], None):
            assert list(reading.records) or reading.issues


@needs_pango
def test_an_identifier_with_a_carriage_return_in_it_is_not_taken_for_a_change(tmp_path: Path, paper: Form) -> None:
    for number in range(60):  # one of sixteen bytes is 0D in every sixteenth of them
        filled = fill_form(paper, {**VALUES, "customer": f"客户{number}"})
        if "0d" in bytes.fromhex(filled.properties.record_digest)[:16].hex(" ").split():
            break
    else:
        raise AssertionError("no such digest")
    full = render_html_pdf(filled.drawing, filled.properties, filled.source, str(templates_folder()))
    assert "F048" not in codes(items(tmp_path, full, [paper]))
