"""The overview sheet: what the workbook covers, then for each form its figures, its breakdowns and their charts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from danju.model.form import Form
from danju.ooxml.addresses import Range, absolute
from danju.ooxml.look import GREY, LABEL_FILL
from danju.ooxml.parts import Part
from danju.ooxml.styles import BARE_EDGES, CellStyle, StyleTable
from danju.ooxml.worksheet import ColumnTrack, SheetFrame, Worksheet
from danju.summary.charts import ChartData, PlacedChart, chart_part, drawing_xml
from danju.summary.figure_cells import MEASURE_WIDTH, format_of, heading_with_unit, measure_widths
from danju.summary.figures import Breakdown, Figures
from danju.summary.page import SummaryPage, print_setup
from danju.summary.reductions import Figure
from danju.summary.shown import display_width, heading_of
from danju.summary.streamed_cells import LOOK, TYPE, number_format
from danju.summary.words import SummaryWords

_LABEL_WIDTH = 23.0
_GAP_WIDTH = 1.5
_CHART_WIDTH = 43.0
_ROW_PT = 18.0
_GAP_PT = 9.0
_LINE_PT = 15.0
_CHART_ROWS = 9
_MOST_CHART_ROWS = 36
_EMU_PER_PT = 12_700
_CHART_INSET_EMU = _EMU_PER_PT  # keeps the frame off the edge of its row, hence of its page
_NOTHING = "—"

_TITLE = LOOK._replace(face=TYPE._replace(bold=True, size_pt=16), edges=BARE_EDGES)
_SUBTITLE = LOOK._replace(face=TYPE._replace(colour=GREY), edges=BARE_EDGES)
_SECTION = LOOK._replace(face=TYPE._replace(bold=True, size_pt=12), edges=("", "", "", "thin"))
_HEAD = LOOK._replace(face=TYPE._replace(bold=True, size_pt=9), fill=LABEL_FILL, wrap=True, horizontal="center")
_LABEL = LOOK._replace(wrap=True)
_FIGURE = LOOK._replace(horizontal="right")
_BIG = _FIGURE._replace(face=TYPE._replace(bold=True, size_pt=12))
_BOLD = TYPE._replace(bold=True)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the workbook covers, beside the forms themselves.

    Attributes:
        today: Day of the summary.
        with_errors: Records with at least one error.
        with_warnings: Records with warnings only.
    """

    today: date
    with_errors: int
    with_warnings: int


class Overview:
    """Draws the overview from top to bottom."""

    def __init__(self, styles: StyleTable, words: SummaryWords, lang: str, figures: Sequence[Figures]) -> None:
        frame = SheetFrame(gridlines=False, printing=print_setup(words, landscape=False))
        self._sheet = Worksheet(words.overview, styles, frame)
        self._words = words
        self._lang = lang
        self._row = 1
        self._charts: list[PlacedChart] = []
        self._figures = figures
        summaries = [each.form.summary for each in figures]
        self._has_charts = any(dimension.chart for summary in summaries for dimension in summary.by if summary.measures)
        widths = [_LABEL_WIDTH, *measure_widths(figures)]
        if self._has_charts:
            widths += [_GAP_WIDTH, _CHART_WIDTH]
        frame.columns = [ColumnTrack(round(width, 2)) for width in widths]
        self._last_column = len(widths)
        self._page = SummaryPage(sum(widths))

    def draw(self, coverage: Coverage) -> Worksheet:
        """The whole sheet."""
        self._write_head(coverage)
        for each in self._figures:
            self._write_form(each)
        area = Range(0, 0, self._row - 2, self._last_column - 1)
        self._sheet.names.append(("Print_Area", absolute(self._sheet.title, area)))
        if self._charts:
            parts = (chart_part(placed.data, number) for number, placed in enumerate(self._charts, start=1))
            drawing = Part("xl/drawings/drawing1.xml", "sheetDrawing", drawing_xml(self._charts), tuple(parts))
            self._sheet.frame.leads = (drawing,)
        return self._sheet

    def _write_head(self, coverage: Coverage) -> None:
        words, figures = self._words, self._figures
        records = sum(each.records for each in figures)
        self._merged(1, self._last_column, words.title, _TITLE)
        self._next_row(28)
        facts = ((words.made_on, coverage.today), (words.forms, len(figures)), (words.records, records))
        self._merged(1, self._last_column, "　　".join(f"{label} {fact}" for label, fact in facts), _SUBTITLE)
        self._next_row()
        self._next_row(_GAP_PT)
        self._put(1, words.form, _HEAD)
        self._put(2, words.records, _HEAD)
        self._merged(3, 5, words.period_heading, _HEAD)
        self._next_row(_ROW_PT + 2)
        for each in figures:
            self._put(1, title_of(each.form, self._lang), _LABEL)
            self._put(2, each.records, _FIGURE._replace(number_format=number_format(0)))
            known = each.first is not None
            period = words.period.format(first=each.first, last=each.last) if known else _NOTHING
            self._merged(3, 5, period, LOOK._replace(horizontal="center"))
            self._next_row(_ROW_PT * math.ceil(display_width(title_of(each.form, self._lang)) / (_LABEL_WIDTH - 1)))
        troubled = coverage.with_errors + coverage.with_warnings
        text = words.troubled.format(records=troubled, errors=coverage.with_errors, warnings=coverage.with_warnings)
        self._put(1, words.issues_heading, _LABEL)
        self._merged(2, self._last_column if self._has_charts else 5, text if troubled else words.untroubled, _LABEL)
        self._next_row()
        self._next_row(_GAP_PT * 2)

    def _write_form(self, figures: Figures) -> None:
        form, breakdowns = figures.form, figures.breakdowns()
        if not form.summary.measures:
            return
        head_pt = 24 + self._head_pt(form) + 22 + _GAP_PT
        first = self._block_pt(form, breakdowns[0]) if breakdowns else 0
        self._break_unless_room(head_pt + first)
        self._merged(1, self._last_column, title_of(form, self._lang), _SECTION)
        self._next_row(24)
        self._write_measure_heads(form, self._words.figures)
        self._put(1, self._words.all_records, _LABEL)
        self._write_figures(form, figures.totals(), _BIG)
        self._next_row(22)
        self._next_row(_GAP_PT)
        for breakdown in breakdowns:
            self._break_unless_room(self._block_pt(form, breakdown))
            self._write_breakdown(form, breakdown, figures.totals())
        self._next_row(_GAP_PT)

    def _write_breakdown(self, form: Form, breakdown: Breakdown, totals: Sequence[Figure]) -> None:
        top = self._row
        self._write_measure_heads(form, heading_of(breakdown.dimension, self._lang))
        for text, figures in breakdown.rows:
            self._put(1, text, _LABEL)
            self._write_figures(form, figures, _FIGURE)
            self._next_row(_value_pt(text))
        self._put(1, self._words.total, _LABEL._replace(face=_BOLD))
        self._write_figures(form, totals, _FIGURE._replace(face=_BOLD))
        self._next_row()
        if _is_drawn(breakdown):
            self._draw(form, breakdown, top)
            missing_pt = _chart_pt(breakdown) - self._table_pt(form, breakdown)
            while missing_pt > 0:
                self._next_row(min(_ROW_PT, missing_pt))
                missing_pt -= _ROW_PT
        self._next_row(_GAP_PT)

    def _draw(self, form: Form, breakdown: Breakdown, top: int) -> None:
        measure = form.summary.measures[0]
        values = tuple(figures[0] for _, figures in breakdown.rows)
        last, title = top + len(breakdown.rows), self._sheet.title
        data = ChartData(
            kind=breakdown.dimension.chart,
            title=self._words.by.format(
                measure=heading_of(measure, self._lang), dimension=heading_of(breakdown.dimension, self._lang)
            ),
            categories=tuple(text for text, _ in breakdown.rows),
            values=tuple(value if isinstance(value, int | Decimal) else None for value in values),
            category_range=absolute(title, Range(top, 0, last - 1, 0)),
            value_range=absolute(title, Range(top, 1, last - 1, 1)),
            number_format=format_of(measure, values[0]),
        )
        height_emu = round(_chart_pt(breakdown) * _EMU_PER_PT) - 2 * _CHART_INSET_EMU
        size_emu = (self._page.emu_of_width(_CHART_WIDTH - 1), height_emu)
        self._charts.append(PlacedChart(data, self._last_column - 1, top - 1, _CHART_INSET_EMU, size_emu))

    def _write_measure_heads(self, form: Form, label: str) -> None:
        self._put(1, label, _HEAD)
        for column, measure in enumerate(form.summary.measures, start=2):
            self._put(column, heading_with_unit(measure, self._words, self._lang), _HEAD)
        self._next_row(self._head_pt(form))

    def _write_figures(self, form: Form, figures: Sequence[Figure], look: CellStyle) -> None:
        for column, (measure, figure) in enumerate(zip(form.summary.measures, figures, strict=True), start=2):
            if figure is None:
                self._put(column, _NOTHING, look._replace(face=look.face._replace(colour=GREY)))
            else:
                self._put(column, figure, look._replace(number_format=format_of(measure, figure)))

    def _head_pt(self, form: Form) -> float:
        headings = (
            heading_with_unit(measure, self._words, self._lang).split("\n") for measure in form.summary.measures
        )
        lines = max(sum(math.ceil(display_width(line) / MEASURE_WIDTH) for line in lines) for lines in headings)
        return _LINE_PT * lines + 5

    def _table_pt(self, form: Form, breakdown: Breakdown) -> float:
        return self._head_pt(form) + sum(_value_pt(text) for text, _ in breakdown.rows) + _ROW_PT

    def _block_pt(self, form: Form, breakdown: Breakdown) -> float:
        chart_pt = _chart_pt(breakdown) if _is_drawn(breakdown) else 0.0
        return max(self._table_pt(form, breakdown), chart_pt)

    def _break_unless_room(self, height_pt: float) -> None:
        if self._page.needs_break(height_pt):
            self._page.turn()
            self._sheet.frame.breaks.append(self._row - 1)

    def _put(self, column: int, value: str | Figure, look: CellStyle) -> None:
        self._sheet.put(self._row - 1, column - 1, value, look)

    def _merged(self, first: int, last: int, value: str, look: CellStyle) -> None:
        self._sheet.merge(Range(self._row - 1, first - 1, self._row - 1, last - 1), value, look)

    def _next_row(self, height_pt: float = _ROW_PT) -> None:
        self._sheet.heights_pt[self._row - 1] = height_pt
        self._page.use(height_pt)
        self._row += 1


def title_of(form: Form, lang: str) -> str:
    """The form's title in a language."""
    return (form.english if lang == "en" else "") or form.title


def _is_drawn(breakdown: Breakdown) -> bool:
    return bool(breakdown.dimension.chart and breakdown.rows)


def _value_pt(text: str) -> float:
    return _ROW_PT + _LINE_PT * (math.ceil(display_width(text) / (_LABEL_WIDTH - 1)) - 1 if text else 0)


def _chart_pt(breakdown: Breakdown) -> float:
    """As high as its table, within reason, so that bars stand beside their rows."""
    rows = len(breakdown.rows) + 2 if breakdown.dimension.chart in ("bar", "pie") else _CHART_ROWS
    return _ROW_PT * min(max(rows, _CHART_ROWS), _MOST_CHART_ROWS)
