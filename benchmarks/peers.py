"""The peers that make documents, each used as its own documentation shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.contender import MissingPeerError, Repeat, Yield
from benchmarks.paper import paper_of
from benchmarks.registers import read_rows

FORMS = Path(__file__).parent / "forms"


def need(module: str, distribution: str) -> Any:
    """The module of a peer.

    Raises:
        MissingPeerError: It is not installed, or lacks a library of the system.
    """
    try:
        return import_module(module)
    except (ImportError, OSError) as err:
        raise MissingPeerError(f"{distribution} cannot be imported ({err}): pip install 'danju[bench]'") from err


def _over(folder: Path, make: Callable[[dict[str, object]], bytes]) -> Repeat:
    papers = [paper_of(row) for row in read_rows(folder / "records.json")]
    make(papers[0])

    def repeat(first: int, count: int) -> Yield:
        size = 0
        for index in range(first, first + count):
            size += len(make(papers[index % len(papers)]))
        return Yield(size, count)

    return repeat


def docxtpl(folder: Path) -> Repeat:
    """docxtpl, a template opened for each document."""
    return _over(folder, _docxtpl(folder))


def _docxtpl(folder: Path) -> Callable[[dict[str, object]], bytes]:
    library = need("docxtpl", "docxtpl")
    from benchmarks.word_form import write_word_form

    form = write_word_form(folder / "visit.docx")

    def make(paper: dict[str, object]) -> bytes:
        template = library.DocxTemplate(form)
        template.render(paper, autoescape=True)
        out = BytesIO()
        template.save(out)
        return out.getvalue()

    return make


def weasyprint(folder: Path) -> Repeat:
    """WeasyPrint with HTML of the same page and the system's CJK font."""
    return _over(folder, _weasyprint())


def _weasyprint() -> Callable[[dict[str, object]], bytes]:
    library = need("weasyprint", "weasyprint")
    from jinja2 import Environment, FileSystemLoader

    template = Environment(loader=FileSystemLoader(FORMS), autoescape=True).get_template("visit.html.j2")

    def make(paper: dict[str, object]) -> bytes:
        content = library.HTML(string=template.render(paper)).write_pdf()
        assert isinstance(content, bytes)
        return content

    return make


def typst(folder: Path) -> Repeat:
    """Typst, one compiler kept, the record as JSON in `sys.inputs`."""
    library = need("typst", "typst")
    compiler = library.Compiler(FORMS / "visit.typ")

    def make(paper: dict[str, object]) -> bytes:
        content = compiler.compile(format="pdf", sys_inputs={"record": json.dumps(paper, ensure_ascii=False)})
        assert isinstance(content, bytes)
        return content

    return _over(folder, make)


def docxtpl_and_weasyprint(folder: Path) -> Repeat:
    """A Word file and a PDF of each record, written to the folder `peers`."""
    word, pdf = _docxtpl(folder), _weasyprint()
    papers = [paper_of(row) for row in read_rows(folder / "records.json")]
    out = folder / "peers"
    out.mkdir(exist_ok=True)

    def repeat(first: int, count: int) -> Yield:
        size = 0
        for index in range(first, first + count):
            paper = papers[index % len(papers)]
            for suffix, make in ((".docx", word), (".pdf", pdf)):
                size += (out / f"{index}{suffix}").write_bytes(make(paper))
        return Yield(size, 2 * count)

    repeat(0, 1)
    return repeat
