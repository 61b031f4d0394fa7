"""The summary workbook, filled record by record."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from danju.errors import EnvironmentFault
from danju.issues import Issue
from danju.model.form import Form
from danju.ooxml.addresses import sheet_title
from danju.ooxml.parts import write_parts
from danju.ooxml.properties import Properties, core_xml, property_parts
from danju.ooxml.styles import StyleTable
from danju.ooxml.workbook import workbook_part, workbook_xml
from danju.ooxml.worksheet import SheetFrame, Worksheet
from danju.summary.figures import Figures
from danju.summary.issues_sheet import IssuesSheet
from danju.summary.long_sheet import LongSheet
from danju.summary.overview import Coverage, Overview, title_of
from danju.summary.page import print_setup
from danju.summary.register import RegisterSheet, SummaryRow
from danju.summary.streamed_cells import STREAMED, Style
from danju.summary.table_sheet import TableSheet
from danju.summary.words import words_for

_STREAM_LEVEL = 2  # deflate: less than half the time of 6 for a third more bytes


class SummaryWriter:
    """Overview, one register a form, issues. Rows wait in temporary files; only the figures grow in memory.

    Args:
        forms: In the order of their sheets.
        today: Day of the summary: what `today` and `now` mean in expressions, and the only date in the file.
        lang: `zh` or `en`.
    """

    def __init__(self, forms: Sequence[Form], today: date, lang: str = "zh") -> None:
        self._words = words_for(lang)
        self._lang = lang
        self._today = today
        taken = (self._words.overview, self._words.issues)
        titles: list[str] = []
        for form in forms:
            titles.append(sheet_title(title_of(form, lang), (*taken, *titles)))
        self._registers = {
            form.id: RegisterSheet(form, TableSheet(title, f"Register{number}", []), self._words, lang)
            for number, (form, title) in enumerate(zip(forms, titles, strict=True), start=1)
        }
        self._figures = {form.id: Figures(form, self._words, today) for form in forms}
        self._issues = IssuesSheet(TableSheet(self._words.issues, "Issues", []), self._words, lang)

    def add(self, form_id: str, row: SummaryRow) -> None:
        """Append a record to the register of its form and count it.

        Raises:
            KeyError: The form is not among those of this workbook.
            TextTooLongError: A text is longer than a cell can hold.
        """
        self._registers[form_id].add(row)
        self._figures[form_id].add(row.record)

    def add_issue(self, issue: Issue) -> None:
        """Append an issue."""
        self._issues.add(issue)

    def save(self, path: Path) -> None:
        """Write the workbook: beside its place first, then renamed, so that no half file is ever seen.

        Raises:
            EnvironmentFault: E303, it cannot be written.
        """
        part = path.with_name(f".{path.name}.part")
        try:
            with part.open("wb") as file:
                styles = StyleTable(STREAMED.values(), is_striped=True)
                sheets = [sheet.finish(number) for number, sheet in enumerate(self._sheets(styles), start=1)]
                workbook = workbook_part(sheets, styles.xml(), workbook_xml(sheets))
                write_parts(file, (workbook, *property_parts(self._core())), _STREAM_LEVEL)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as err:
            part.unlink(missing_ok=True)
            raise EnvironmentFault("E303", {"path": str(path), "reason": err.strerror or str(err)}) from err
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def close(self) -> None:
        """Let go of the temporary files; nothing can be added or saved afterwards."""
        for register in self._registers.values():
            register.table.close()
        self._issues.table.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _shown(self) -> list[str]:
        """Forms that have records; all of them when none has."""
        return [form_id for form_id, figures in self._figures.items() if figures.records] or list(self._figures)

    def _sheets(self, styles: StyleTable) -> Iterator[LongSheet | Worksheet]:
        words, shown = self._words, self._shown()
        coverage = Coverage(self._today, self._issues.records_with_errors(), self._issues.records_with_warnings_only())
        yield Overview(styles, words, self._lang, [self._figures[form_id] for form_id in shown]).draw(coverage)
        for register in (self._registers[form_id] for form_id in shown):
            register.table.frozen_columns = register.frozen_columns()
            yield LongSheet(register.table, register.widths(), words, register.footnote())
        if self._issues.table.row_count:
            yield LongSheet(self._issues.table, self._issues.widths(), words)
        else:
            sheet = Worksheet(words.issues, styles, SheetFrame(printing=print_setup(words, landscape=False)))
            sheet.put(0, 0, words.no_issues, STREAMED[Style.FOOTNOTE])
            yield sheet

    def _core(self) -> bytes:
        return core_xml(
            Properties(
                title=self._words.title,
                number="",
                form_id="",
                form_version=0,
                form_digest="",
                record_digest="",
                author="",
                date=self._today.isoformat(),
            )
        )
