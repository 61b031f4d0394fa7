"""Both roads to PDF give the same page: rasters and text compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.plan import Plan
from benchmarks.registers import write_records
from benchmarks.results import Growth, Line, at_most
from benchmarks.rows import iter_varied_rows

if TYPE_CHECKING:
    from danju.pipeline import FilledForm

_RECORDS = 40
_DPI = 150
_TOLERANCE = 64  # of 255 grey levels: what anti-aliasing makes of a shift by a fraction of a pixel


@dataclass(slots=True)
class Comparison:
    """What 40 records showed; shares are of a page's pixels.

    Attributes:
        records: Compared.
        pages: Compared.
        unequal_pages: Records with another number of pages.
        unequal_texts: Pages whose text in reading order differs.
        worst_share: Of pixels that differ beyond the tolerance, on the worst page.
        total_share: The same, summed over all pages.
        shift_px: Largest distance between the two places of a character.
    """

    records: int = 0
    pages: int = 0
    unequal_pages: int = 0
    unequal_texts: int = 0
    worst_share: float = 0.0
    total_share: float = 0.0
    shift_px: float = 0.0


def measure_fidelity(plan: Plan) -> tuple[list[Line], list[Growth]]:
    """The comparison as lines."""
    job = f"Direct PDF against full layout, {_DPI} dpi"
    try:
        import pypdfium2  # type: ignore[import-untyped, unused-ignore]  # ships no types
    except ImportError as err:
        return [Line(job, "", note=f"pypdfium2 cannot be imported ({err}): pip install 'danju[bench]'")], []
    from benchmarks.ours import both_roads

    found = Comparison()
    for filled in _filled(plan.folder / "varied.json"):
        compare(pypdfium2, *both_roads(filled), found)
    pages = max(found.pages, 1)
    what = f"{found.records} records, {found.pages} pages"
    note = f"pixels beyond {_TOLERANCE} of 255 grey levels; mean {found.total_share / pages * 100:.3f} %"
    unequal = found.unequal_texts + found.unequal_pages
    return [
        Line(f"{job}: pixels that differ", what, "worst page", found.worst_share * 100, "%", None, note),
        Line(f"{job}: largest shift of a character", what, "", found.shift_px, "px", at_most(1, "px")),
        Line(f"{job}: pages with other text or order", what, "", unequal, "pages", at_most(0, "pages")),
    ], []


def _filled(path: Path) -> Iterator[FilledForm]:
    """Varied reports, then every record that ships as a sample."""
    from benchmarks.ours import iter_checked
    from danju.library.places import builtin_root
    from danju.pipeline import fill_form

    samples = [item for file in sorted((builtin_root() / "samples").iterdir()) for item in iter_checked(file)]
    varied = _RECORDS - min(len(samples), _RECORDS // 2)
    for item in [*iter_checked(write_records(path, iter_varied_rows(varied))), *samples[: _RECORDS - varied]]:
        assert item.form is not None
        assert item.record is not None
        yield fill_form(item.form, item.record.values)


def compare(pdfium: Any, one: bytes, other: bytes, found: Comparison) -> None:
    """Add two files of the same record to the comparison."""
    from PIL import ImageChops

    first, second = pdfium.PdfDocument(one), pdfium.PdfDocument(other)
    try:
        found.records += 1
        found.unequal_pages += len(first) != len(second)
        for index in range(min(len(first), len(second))):
            mine, theirs = first[index], second[index]
            rasters = [page.render(scale=_DPI / 72, grayscale=True).to_pil().convert("L") for page in (mine, theirs)]
            histogram = ImageChops.difference(*rasters).histogram()
            share = sum(histogram[_TOLERANCE + 1 :]) / sum(histogram)
            found.pages += 1
            found.worst_share = max(found.worst_share, share)
            found.total_share += share
            shift = _shift_pt(mine, theirs)
            if shift is None:
                found.unequal_texts += 1
            else:
                found.shift_px = max(found.shift_px, shift * _DPI / 72)
    finally:
        first.close()
        second.close()


def _shift_pt(mine: Any, theirs: Any) -> float | None:
    """Largest distance between equal characters; None when the texts differ."""
    one, other = mine.get_textpage(), theirs.get_textpage()
    places, texts = [], []
    for words in (one, other):
        text, boxes = [], []
        for at in range(words.count_chars()):
            char = words.get_text_range(at, 1)
            if char.strip():
                text.append(char)
                boxes.append(words.get_charbox(at))
        texts.append(text)
        places.append(boxes)
    if texts[0] != texts[1]:
        return None
    pairs = zip(*places, strict=True)
    return max((max(abs(a - b) for a, b in zip(*pair, strict=True)) for pair in pairs), default=0.0)
