"""The pictures of the READMEs, made from samples/ by Danju itself.

    python docs/pictures/make.py

Needs the `dev` extra (pypdfium2). Pictures of workbooks go through LibreOffice and are left as they are without it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pypdfium2  # type: ignore[import-untyped]  # ships no types
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image, ImageChops, ImageDraw, ImageFilter

PICTURES = Path(__file__).resolve().parent
ROOT = PICTURES.parents[1]
RECEIPT = ROOT / "docs" / "examples" / "receipt"
DPI = 84
COLOURS = 64
LIMIT_BYTES = 120_000
MARGIN_PX = 14  # room for the shadow
EDGE = (208, 212, 218)
TODAY = "2026-06-30"  # the samples end in June 2026

FORMS = {"visit_report": "ZF-202603-001", "complaint_record": "TS-202603-001", "customer_opening": "KH-202603-001"}
"""Picture → number of the record shown."""


FAULTS = {"B7": "2026-02-30", "F8": "很好", "G8": "一般√", "L11": "1397700112"}
"""Cells of the sample register and what a hurried hand may have typed there."""


def run_danju(arguments: Sequence[str | Path], expected: int = 0) -> None:
    """Call the command as a user would; its messages are of no interest here."""
    command = [sys.executable, "-m", "danju", *map(str, arguments), "--today", TODAY, "--lang", "zh"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)  # noqa: S603  # our own command
    if done.returncode != expected:
        raise RuntimeError(done.stderr.decode())


def first_page(pdf: Path, dpi: int = DPI) -> Image.Image:
    """Page one of a PDF in colour."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image.Image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
        return image
    finally:
        document.close()


def through_office(workbook: Path, folder: Path) -> Path | None:
    """The workbook as LibreOffice prints it, or None where LibreOffice is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # a program found on the path
    return folder / f"{workbook.stem}.pdf"


def on_one_page(workbook: Path, folder: Path, name: str = "register") -> Path:
    """A copy of a workbook whose sheets print on one page each."""
    book = openpyxl.load_workbook(workbook)
    for sheet in book.worksheets:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    copy = folder / f"{name}.xlsx"
    book.save(copy)
    return copy


def returned(folder: Path) -> Path:
    """The sample register with faults in it, as `check --return` gives it back, on one page."""
    book = openpyxl.load_workbook(ROOT / "samples" / "走访台账.xlsx")
    for cell, value in FAULTS.items():
        book.worksheets[0][cell] = value
    book.save(folder / "faulty.xlsx")
    run_danju(["check", folder / "faulty.xlsx", "--return", folder / "home"], expected=1)
    return on_one_page(folder / "home" / "faulty.xlsx", folder, "returned")


def trimmed(page: Image.Image, border_px: int = 36) -> Image.Image:
    """The page without its empty foot and sides; the page number is given up, too."""
    body = page.crop((0, 0, page.width, int(page.height * 0.94)))
    box = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    if box is None:
        return page
    left, top, right, bottom = box
    return page.crop(
        (
            max(0, left - border_px),
            max(0, top - border_px),
            min(page.width, right + border_px),
            min(page.height, bottom + border_px),
        )
    )


def on_paper(page: Image.Image) -> Image.Image:
    """The page with a thin edge and a soft shadow, so that white paper shows on a white ground."""
    sheet = page.copy()
    ImageDraw.Draw(sheet).rectangle((0, 0, sheet.width - 1, sheet.height - 1), outline=EDGE)
    ground = Image.new("RGB", (sheet.width + 2 * MARGIN_PX, sheet.height + 2 * MARGIN_PX), "white")
    shadow = (MARGIN_PX, MARGIN_PX + 3, MARGIN_PX + sheet.width, MARGIN_PX + sheet.height + 3)
    ImageDraw.Draw(ground).rectangle(shadow, fill=(206, 209, 214))
    ground = ground.filter(ImageFilter.GaussianBlur(5))
    ground.paste(sheet, (MARGIN_PX, MARGIN_PX))
    return ground


def save(image: Image.Image, name: str) -> None:
    """The picture as a small PNG.

    Raises:
        ValueError: It is larger than a README should carry.
    """
    path = PICTURES / f"{name}.png"
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    if size > LIMIT_BYTES:
        raise ValueError(f"{path.name} has {size} bytes; the limit is {LIMIT_BYTES}")
    print(f"{path.name}: {image.width} × {image.height}, {size // 1000} kB")


def main() -> None:
    """Make every picture."""
    with tempfile.TemporaryDirectory(prefix="danju-pictures-") as temporary:
        folder = Path(temporary)
        run_danju(["render", "samples", "--to", "pdf", "-o", folder / "out"])
        for name, number in FORMS.items():
            (pdf,) = (folder / "out").glob(f"{number} *.pdf")
            save(on_paper(first_page(pdf)), name)
        run_danju(["render", RECEIPT / "收据.yaml", "-w", RECEIPT, "--to", "pdf", "-o", folder / "receipt"])
        save(on_paper(first_page(folder / "receipt" / "SJ-202603-0001.pdf")), "receipt")
        run_danju(["summary", "samples", "-o", folder / "summary.xlsx"])
        register = on_one_page(ROOT / "samples" / "走访台账.xlsx", folder)
        books = (
            ("register", register, 140),
            ("returned", returned(folder), 140),
            ("summary", folder / "summary.xlsx", DPI),
        )
        for name, workbook, dpi in books:
            printed = through_office(workbook, folder)
            if printed is None:
                print(f"{name}.png: left as it is, LibreOffice is not installed")
            else:
                save(on_paper(trimmed(first_page(printed, dpi))), name)


if __name__ == "__main__":
    main()
