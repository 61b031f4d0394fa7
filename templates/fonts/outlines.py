"""Outlines that deflate well: points on a grid, strokes evenly wide, no point too many, few steps to write.

A contour is a list of points (x, y, whether on the curve), clockwise around ink, as TrueType wants it. `build.py` uses
this.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import log2

Point = tuple[int, int, bool]
Contour = list[Point]
Edge = tuple[int, int, int, bool]  # where it lies, from, to, whether ink lies before it on its axis

WIDEST_STROKE = 140  # units of 1/1000 em: no stroke of either weight is wider
SHORTEST_EDGE = 18
LONGEST_STEP = 255  # of one byte


def on_grid(contours: list[Contour], grid: int) -> list[Contour]:
    """The outlines with every coordinate a multiple of the grid.

    Both edges of a straight stroke move together: strokes that were equally wide stay so.
    """
    across, up = _moves(contours, 0, grid), _moves(contours, 1, grid)
    moved = ([(across(x) * grid, up(y) * grid, on) for x, y, on in contour] for contour in contours)
    return [contour for contour in map(_tidy, moved) if len(contour) > 2]


def _moves(contours: list[Contour], axis: int, grid: int) -> Callable[[int], int]:
    """Where the coordinates of an axis go: edges as their strokes say, all else in proportion between them."""
    places = _edge_places(sorted(_edges(contours, axis)), grid)
    known = sorted(places)

    def move(at: int) -> int:
        after = bisect_left(known, at)
        if not known:
            return round(at / grid)
        if after in (0, len(known)):
            near = known[0 if after == 0 else -1]
            return round(places[near] + (at - near) / grid)
        low, high = known[after - 1], known[after]
        return round(places[low] + (at - low) / (high - low) * (places[high] - places[low]))

    return move


def _edge_places(edges: list[Edge], grid: int) -> dict[int, int]:
    """Edge → step of the grid: a stroke as wide as its width rounded, its middle as near as it may be."""
    places: dict[int, int] = {}
    for low, high in _strokes(edges):
        width = max(1, round((high - low) / grid))
        if low not in places and high not in places:
            places[low] = round((low + high) / 2 / grid - width / 2)
        if low in places:
            places.setdefault(high, places[low] + width)
        else:
            places[low] = places[high] - width
    for at, *_ in edges:
        places.setdefault(at, round(at / grid))
    if any(places[a] > places[b] for a, b in pairwise(sorted(places))):
        return {at: round(at / grid) for at in places}
    return places


def _edges(contours: list[Contour], axis: int) -> Iterator[Edge]:
    """Straight pieces that run along the other axis."""
    for contour in contours:
        for a, b in zip(contour, contour[1:] + contour[:1], strict=True):
            along = b[1 - axis] - a[1 - axis]
            if a[2] and b[2] and a[axis] == b[axis] and abs(along) >= SHORTEST_EDGE:
                start, end = sorted((a[1 - axis], b[1 - axis]))
                yield a[axis], start, end, (along > 0) == (axis == 1)


def _strokes(edges: list[Edge]) -> list[tuple[int, int]]:
    """(lower, upper) edges of strokes, the longest first."""
    lengths: dict[tuple[int, int], int] = {}
    for number, (low, start, end, is_upper) in enumerate(edges):
        if is_upper:
            continue
        for high, from_, to, closes in edges[number + 1 :]:
            shared = min(end, to) - max(start, from_)
            if high - low > WIDEST_STROKE:
                break
            if high > low and closes and shared > 0:
                lengths[low, high] = lengths.get((low, high), 0) + shared
                break
    return sorted(lengths, key=lambda stroke: (-lengths[stroke], stroke))


def _tidy(contour: Contour) -> Contour:
    """Without points that change nothing: doubled, on a straight line, or midway between two off the curve."""
    points = list(contour)
    at = 0
    while at < len(points) and len(points) > 2:
        if _is_needless(points[at - 1], points[at], points[(at + 1) % len(points)]) and _keeps_start(points, at):
            del points[at]
            at = max(0, at - 2)
        else:
            at += 1
    return points


def _keeps_start(points: Contour, at: int) -> bool:
    """Whether a contour without this point still has one on the curve to begin with."""
    return any(on for number, (_, _, on) in enumerate(points) if number != at)


def _is_needless(a: Point, b: Point, c: Point) -> bool:
    if a == b:
        return True
    dx, dy, ex, ey = b[0] - a[0], b[1] - a[1], c[0] - b[0], c[1] - b[1]
    if a[2] and c[2]:
        return dx * ey == dy * ex and dx * ex + dy * ey >= 0
    return b[2] and not a[2] and not c[2] and (dx, dy) == (ex, ey)


def step_costs(glyphs: Iterable[list[Contour]], unit: int) -> Callable[[int], int]:
    """What a step along an axis costs in a deflated font, in hundredths of a bit, judged by all steps of all glyphs.

    Args:
        glyphs: All outlines of a font.
        unit: One step of the embedded font, in units of these outlines.
    """
    counts: Counter[int] = Counter()
    for contours in glyphs:
        x = y = 0
        for px, py, _ in (point for contour in contours for point in contour):
            counts[abs(px - x)] += 1
            counts[abs(py - y)] += 1
            x, y = px, py
    total = counts.total() + 1

    def cost(step: int) -> int:
        if not step:
            return 0
        return round(-100 * log2((counts[abs(step)] + 0.5) / total)) + 800 * (abs(step) > LONGEST_STEP * unit)

    return cost


def cheapest(contours: list[Contour], cost: Callable[[int], int]) -> list[Contour]:
    """The same contours, each from the point and in the order that leave the cheapest steps to write.

    The step that closes a contour is written nowhere: best, that is a dear one.
    """
    left = list(contours)
    out: list[Contour] = []
    x = y = 0
    while left:
        _, number, at = min(
            (
                cost(px - x) + cost(py - y) - cost(px - contour[at - 1][0]) - cost(py - contour[at - 1][1]),
                number,
                at,
            )
            for number, contour in enumerate(left)
            for at, (px, py, on) in enumerate(contour)
            if on
        )
        contour = left.pop(number)
        out.append(contour[at:] + contour[:at])
        x, y, _ = out[-1][-1]
    return out
