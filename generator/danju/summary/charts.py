"""Charts of the overview: one restrained palette, readable Chinese type, values beside the marks instead of axes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from danju.renderers.look import GREY, TEXT_FONT
from danju.summary.cell_looks import INK, RULE

if TYPE_CHECKING:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.text import RichText

PALETTE = ("5B7C99", "A9BBCB", "C8B48C", "8AA597", "B89A90", "9A93A8", "7C8A6E", "CFCFCF")
_TITLE_SIZE = 1050  # hundredths of a point
_LABEL_SIZE = 850
_MOST_SLICES = 8  # beyond, slices and their labels cannot be told apart: bars then
_MOST_LABELS = 24  # values written at their marks; beyond, the axis says them


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart shows.

    Attributes:
        kind: column, bar, line or pie.
        title: Above it.
        categories: In the order of the table.
        values: One a category; None draws nothing.
        category_range, value_range: Where the two stand, e.g. `'概览'!$A$9:$A$12`.
        number_format: Of the values.
    """

    kind: str
    title: str
    categories: tuple[str, ...]
    values: tuple[int | Decimal | None, ...]
    category_range: str
    value_range: str
    number_format: str


def build_chart(data: ChartData) -> Any:
    """The chart, without its place and size."""
    from openpyxl.chart.layout import Layout
    from openpyxl.chart.title import Title

    kind = "bar" if data.kind == "pie" and len(data.categories) > _MOST_SLICES else data.kind
    chart = _DRAWN[kind](data)
    chart.title = Title(tx=_chart_text(data.title), overlay=False, layout=Layout())
    chart.graphical_properties = _filled("FFFFFF", RULE)
    chart.roundedCorners = False
    chart.varyColors = kind == "pie"
    return chart


def _bars(data: ChartData) -> Any:
    from openpyxl.chart import BarChart

    chart: Any = BarChart()
    lying = data.kind != "column"
    chart.type = "bar" if lying else "col"
    chart.gapWidth = 60
    chart.legend = None
    series = _series(data)
    series.graphicalProperties = _filled(PALETTE[0], PALETTE[0])
    series.invertIfNegative = False
    series.dLbls = _labels(data, "outEnd")
    chart.series.append(series)
    _set_axes(chart, data, turned=lying)
    return chart


def _lines(data: ChartData) -> Any:
    from openpyxl.chart import LineChart
    from openpyxl.chart.marker import Marker
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    chart: Any = LineChart()
    chart.legend = None
    series = _series(data)
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=PALETTE[0], w=28575))
    series.marker = Marker(symbol="circle", size=6, spPr=_filled(PALETTE[0], PALETTE[0]))
    series.smooth = False
    series.dLbls = _labels(data, "t")
    chart.series.append(series)
    _set_axes(chart, data, turned=False)
    return chart


def _slices(data: ChartData) -> Any:
    from openpyxl.chart import PieChart
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.legend import Legend
    from openpyxl.chart.marker import DataPoint

    chart: Any = PieChart()
    chart.firstSliceAng = 0
    series = _series(data)
    for index in range(len(data.categories)):
        series.dPt.append(DataPoint(idx=index, spPr=_filled(PALETTE[index % len(PALETTE)], "FFFFFF")))
    series.dLbls = DataLabelList(
        numFmt="0%", txPr=_type(_LABEL_SIZE, INK), dLblPos="outEnd", showLegendKey=False, showVal=False,
        showCatName=False, showSerName=False, showPercent=True, showBubbleSize=False, showLeaderLines=False,
    )  # fmt: skip
    chart.series.append(series)
    chart.legend = Legend(legendPos="r", overlay=False, txPr=_type(_LABEL_SIZE, INK))
    return chart


_DRAWN: Mapping[str, Callable[[ChartData], Any]] = {"column": _bars, "bar": _bars, "pie": _slices, "line": _lines}


def _set_axes(chart: Any, data: ChartData, *, turned: bool) -> None:
    """Category axis with plain labels; the value axis only where the marks carry no values themselves."""
    from openpyxl.chart.axis import ChartLines
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    chart.x_axis.delete = False
    chart.x_axis.number_format = "General"
    chart.x_axis.majorTickMark = "none"
    chart.x_axis.txPr = _type(_LABEL_SIZE, INK)
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=RULE))
    chart.y_axis.delete = _has_labels(data)
    chart.y_axis.number_format = data.number_format
    chart.y_axis.majorTickMark = "none"
    chart.y_axis.txPr = _type(_LABEL_SIZE, GREY)
    chart.y_axis.scaling.min = 0 if all(value is None or value >= 0 for value in data.values) else None
    lines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="E5E7EB")))
    chart.y_axis.majorGridlines = None if _has_labels(data) else lines
    if turned:  # first category on top, value axis still below
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"


def _series(data: ChartData) -> Any:
    """One series that also carries the values it refers to, for programs that show charts without calculating."""
    from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
    from openpyxl.chart.series import Series

    points = [NumVal(idx=index, v=f"{value:f}" if isinstance(value, Decimal) else str(value))
              for index, value in enumerate(data.values) if value is not None]  # fmt: skip
    names = [StrVal(idx=index, v=text) for index, text in enumerate(data.categories)]
    count = len(data.categories)
    return Series(
        idx=0,
        order=0,
        val=NumDataSource(
            numRef=NumRef(f=data.value_range, numCache=NumData(formatCode=data.number_format, ptCount=count, pt=points))
        ),
        cat=AxDataSource(strRef=StrRef(f=data.category_range, strCache=StrData(ptCount=count, pt=names))),
    )


def _has_labels(data: ChartData) -> bool:
    return len(data.categories) <= _MOST_LABELS


def _labels(data: ChartData, position: str) -> Any:
    from openpyxl.chart.label import DataLabelList

    return DataLabelList(
        numFmt=data.number_format, txPr=_type(_LABEL_SIZE, INK), dLblPos=position, showLegendKey=False,
        showVal=_has_labels(data), showCatName=False, showSerName=False, showPercent=False, showBubbleSize=False,
    )  # fmt: skip


def _filled(fill: str, line: str) -> GraphicalProperties:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    return GraphicalProperties(solidFill=fill, ln=LineProperties(solidFill=line, w=9525))


def _type(size: int, colour: str, *, bold: bool = False) -> RichText:
    """Type of labels and axes."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import Paragraph, ParagraphProperties

    properties = _characters(size, colour, bold=bold)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=properties), endParaRPr=_characters(size, colour))])


def _chart_text(text: str) -> Any:
    from openpyxl.chart.text import RichText, Text
    from openpyxl.drawing.text import Paragraph, ParagraphProperties, RegularTextRun

    properties = _characters(_TITLE_SIZE, INK, bold=True)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=properties), r=[RegularTextRun(rPr=properties, t=text)])
    return Text(rich=RichText(p=[paragraph]))


def _characters(size: int, colour: str, *, bold: bool = False) -> Any:
    from openpyxl.drawing.text import CharacterProperties, Font

    font = Font(typeface=TEXT_FONT)
    return CharacterProperties(sz=size, b=bold, solidFill=colour, latin=font, ea=font)
