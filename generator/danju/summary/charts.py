"""Charts of the overview: one restrained palette, readable Chinese type, values beside the marks instead of axes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from danju.ooxml.look import GREY, TEXT_FONT
from danju.ooxml.parts import OFFICE, Part
from danju.ooxml.text import DECLARATION, attribute, escape, escape_text
from danju.summary.streamed_cells import INK, RULE

PALETTE = ("5B7C99", "A9BBCB", "C8B48C", "8AA597", "B89A90", "9A93A8", "7C8A6E", "CFCFCF")
CHART_NS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET_DRAWING_NS = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_GRID = "E5E7EB"
_TITLE_SIZE = 1050  # hundredths of a point
_LABEL_SIZE = 850
_HAIRLINE_EMU, _CURVE_EMU = 9525, 28575
_MOST_SLICES = 8  # beyond, slices and their labels cannot be told apart: bars then
_MOST_LABELS = 24  # values written at their marks; beyond, the axis says them
_CATEGORY_AXIS, _VALUE_AXIS = 10, 100


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


@dataclass(frozen=True, slots=True)
class PlacedChart:
    """A chart on a worksheet.

    Attributes:
        data: What it shows.
        column, row: 0-based cell in which it begins.
        inset_emu: How far below the upper edge of that cell.
        size_emu: Width and height.
    """

    data: ChartData
    column: int
    row: int
    inset_emu: int
    size_emu: tuple[int, int]


def chart_part(data: ChartData, number: int) -> Part:
    """The part of a chart (ECMA-376 part 1, 21.2), 1-based number among those of the workbook."""
    kind = "bar" if data.kind == "pie" and len(data.categories) > _MOST_SLICES else data.kind
    legend = _LEGEND if kind == "pie" else ""
    xml = (
        f'{DECLARATION}<chartSpace xmlns="{CHART_NS}" xmlns:a="{DRAWING_NS}"><roundedCorners val="0"/>'
        f'<chart>{_title(data.title)}<autoTitleDeleted val="0"/>'
        f'<plotArea><layout/>{_DRAWN[kind](data)}</plotArea>{legend}<plotVisOnly val="1"/>'
        f'<dispBlanksAs val="gap"/></chart>{_shape("FFFFFF", RULE)}</chartSpace>'
    )
    return Part(f"xl/charts/chart{number}.xml", "chart", xml.encode())


def drawing_xml(charts: Sequence[PlacedChart]) -> bytes:
    """The drawing part (ECMA-376 part 1, 20.5) of charts whose relationships are rId1 and so on."""
    anchors = "".join(_anchor(placed, number) for number, placed in enumerate(charts, start=1))
    return (
        f'{DECLARATION}<wsDr xmlns="{_SHEET_DRAWING_NS}" xmlns:a="{DRAWING_NS}" xmlns:r="{OFFICE}">{anchors}</wsDr>'
    ).encode()


def _anchor(placed: PlacedChart, number: int) -> str:
    width, height = placed.size_emu
    return (
        f"<oneCellAnchor><from><col>{placed.column}</col><colOff>0</colOff><row>{placed.row}</row>"
        f'<rowOff>{placed.inset_emu}</rowOff></from><ext cx="{width}" cy="{height}"/><graphicFrame macro="">'
        f'<nvGraphicFramePr><cNvPr id="{number + 1}" name="Chart {number}" descr={attribute(placed.data.title)}/>'
        '<cNvGraphicFramePr/></nvGraphicFramePr><xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xfrm>'
        f'<a:graphic><a:graphicData uri="{CHART_NS}"><c:chart xmlns:c="{CHART_NS}" r:id="rId{number}"/>'
        "</a:graphicData></a:graphic></graphicFrame><clientData/></oneCellAnchor>"
    )


def _bars(data: ChartData) -> str:
    lying = data.kind != "column"
    marks = f'{_shape(PALETTE[0], PALETTE[0])}<invertIfNegative val="0"/>{_labels(data, "outEnd")}'
    return (
        f'<barChart><barDir val="{"bar" if lying else "col"}"/><grouping val="clustered"/><varyColors val="0"/>'
        f'{_series(data, marks)}<gapWidth val="60"/>{_AXIS_IDS}</barChart>{_axes(data, turned=lying)}'
    )


def _lines(data: ChartData) -> str:
    marks = (
        f"<spPr>{_line(PALETTE[0], _CURVE_EMU)}</spPr>"
        f'<marker><symbol val="circle"/><size val="6"/>{_shape(PALETTE[0], PALETTE[0])}</marker>{_labels(data, "t")}'
    )
    return (
        f'<lineChart><grouping val="standard"/><varyColors val="0"/>{_series(data, marks, _NOT_SMOOTH)}'
        f'<marker val="1"/>{_AXIS_IDS}</lineChart>{_axes(data, turned=False)}'
    )


def _slices(data: ChartData) -> str:
    slices = "".join(
        f'<dPt><idx val="{index}"/><bubble3D val="0"/>{_shape(PALETTE[index % len(PALETTE)], "FFFFFF")}</dPt>'
        for index in range(len(data.categories))
    )
    labels = _label_list("0%", "outEnd", value=False, percent=True, more='<showLeaderLines val="0"/>')
    return f'<pieChart><varyColors val="1"/>{_series(data, slices + labels)}<firstSliceAng val="0"/></pieChart>'


_DRAWN: Mapping[str, Callable[[ChartData], str]] = {"column": _bars, "bar": _bars, "pie": _slices, "line": _lines}
_NOT_SMOOTH = '<smooth val="0"/>'
_AXIS_IDS = f'<axId val="{_CATEGORY_AXIS}"/><axId val="{_VALUE_AXIS}"/>'


def _axes(data: ChartData, *, turned: bool) -> str:
    """Category axis with plain labels; the value axis only where the marks carry no values themselves."""
    labelled = _has_labels(data)
    lowest = '<min val="0"/>' if all(value is None or value >= 0 for value in data.values) else ""
    order, crosses = ("maxMin", "max") if turned else ("minMax", "autoZero")  # first on top, value axis still below
    category_side, value_side = ("l", "b") if turned else ("b", "l")
    grid = "" if labelled else f"<majorGridlines><spPr>{_line(_GRID)}</spPr></majorGridlines>"
    return (
        f'<catAx><axId val="{_CATEGORY_AXIS}"/><scaling><orientation val="{order}"/></scaling><delete val="0"/>'
        f'<axPos val="{category_side}"/><numFmt formatCode="General" sourceLinked="0"/><majorTickMark val="none"/>'
        f'<minorTickMark val="none"/><spPr>{_line(RULE)}</spPr>{_type(_LABEL_SIZE, INK)}'
        f'<crossAx val="{_VALUE_AXIS}"/><crosses val="autoZero"/><lblOffset val="100"/></catAx>'
        f'<valAx><axId val="{_VALUE_AXIS}"/><scaling><orientation val="minMax"/>{lowest}</scaling>'
        f'<delete val="{labelled:d}"/><axPos val="{value_side}"/>{grid}'
        f'<numFmt formatCode={attribute(data.number_format)} sourceLinked="0"/><majorTickMark val="none"/>'
        f'<minorTickMark val="none"/>{_type(_LABEL_SIZE, GREY)}<crossAx val="{_CATEGORY_AXIS}"/>'
        f'<crosses val="{crosses}"/><crossBetween val="between"/></valAx>'
    )


def _series(data: ChartData, marks: str, more: str = "") -> str:
    """One series that also carries the values it refers to, for programs that show charts without calculating."""
    shown = [None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
             for value in data.values]  # fmt: skip
    return (
        f'<ser><idx val="0"/><order val="0"/>{marks}<cat><strRef><f>{escape(data.category_range)}</f>'
        f"<strCache>{_points(data.categories)}</strCache></strRef></cat>"
        f"<val><numRef><f>{escape(data.value_range)}</f><numCache><formatCode>{escape(data.number_format)}</formatCode>"
        f"{_points(shown)}</numCache></numRef></val>{more}</ser>"
    )


def _points(texts: Sequence[str | None]) -> str:
    points = "".join(
        f'<pt idx="{index}"><v>{escape_text(text)}</v></pt>' for index, text in enumerate(texts) if text is not None
    )
    return f'<ptCount val="{len(texts)}"/>{points}'


def _has_labels(data: ChartData) -> bool:
    return len(data.categories) <= _MOST_LABELS


def _labels(data: ChartData, position: str) -> str:
    return _label_list(data.number_format, position, value=_has_labels(data), percent=False)


def _label_list(number_format: str, position: str, *, value: bool, percent: bool, more: str = "") -> str:
    return (
        f'<dLbls><numFmt formatCode={attribute(number_format)} sourceLinked="0"/>{_type(_LABEL_SIZE, INK)}'
        f'<dLblPos val="{position}"/><showLegendKey val="0"/><showVal val="{value:d}"/><showCatName val="0"/>'
        f'<showSerName val="0"/><showPercent val="{percent:d}"/><showBubbleSize val="0"/>{more}</dLbls>'
    )


def _shape(fill: str, line: str) -> str:
    return f"<spPr>{_solid(fill)}{_line(line)}</spPr>"


def _line(colour: str, width_emu: int = _HAIRLINE_EMU) -> str:
    return f'<a:ln w="{width_emu}">{_solid(colour)}<a:prstDash val="solid"/></a:ln>'


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _type(size: int, colour: str) -> str:
    """Type of labels and axes."""
    return (
        f"<txPr><a:bodyPr/><a:p><a:pPr><a:defRPr {_characters(size, colour)}</a:defRPr></a:pPr>"
        f'<a:endParaRPr lang="zh-CN"/></a:p></txPr>'
    )


def _title(text: str) -> str:
    properties = _characters(_TITLE_SIZE, INK, bold=True)
    return (
        f"<title><tx><rich><a:bodyPr/><a:p><a:pPr><a:defRPr {properties}</a:defRPr></a:pPr>"
        f"<a:r><a:rPr {properties}</a:rPr><a:t>{escape(text)}</a:t></a:r></a:p></rich></tx><layout/>"
        '<overlay val="0"/></title>'
    )


def _characters(size: int, colour: str, *, bold: bool = False) -> str:
    """Attributes and children of character properties; the caller closes them."""
    font = f'typeface="{TEXT_FONT}"'
    return f'sz="{size}" b="{bold:d}">{_solid(colour)}<a:latin {font}/><a:ea {font}/>'


_LEGEND = f'<legend><legendPos val="r"/><overlay val="0"/>{_type(_LABEL_SIZE, INK)}</legend>'
