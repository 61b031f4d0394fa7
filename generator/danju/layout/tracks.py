"""Column tracks: widths shared out by need, edges of all rows brought onto one set of columns."""

from __future__ import annotations

from collections.abc import Sequence

_SNAP_MM = 2.4  # edges closer than this become one


def share_out(total_mm: float, needs_mm: Sequence[float], weights: Sequence[float | None]) -> list[float]:
    """Widths that add up to the total: by weight (by need where none is given), none below its need if possible."""
    if sum(needs_mm) >= total_mm:
        scale = total_mm / sum(needs_mm)
        return [need * scale for need in needs_mm]
    given = [weight if weight is not None else need for weight, need in zip(weights, needs_mm, strict=True)]
    if any(weight is None for weight in weights) and any(weight is not None for weight in weights):
        scale = sum(needs_mm) / sum(weight for weight in weights if weight is not None) / 2
        given = [need if weight is None else weight * scale for weight, need in zip(weights, needs_mm, strict=True)]
    widths = [0.0] * len(given)
    open_ones = set(range(len(given)))
    room = total_mm
    while True:
        total = sum(given[i] for i in open_ones)
        short = [i for i in open_ones if room * given[i] / total < needs_mm[i] - 1e-9]
        if not short:
            break
        for i in short:
            widths[i] = needs_mm[i]
            room -= needs_mm[i]
            open_ones.discard(i)
    for i in open_ones:
        widths[i] = room * given[i] / sum(given[j] for j in open_ones)
    return widths


def shared_edges(edges: Sequence[float]) -> dict[float, float]:
    """For every edge the one that stands for it; the outermost two stay."""
    unique = sorted(set(edges))
    first, last = unique[0], unique[-1]
    chosen: dict[float, float] = {}
    anchor = first
    for edge in unique:
        if edge - anchor > _SNAP_MM:
            anchor = edge
        chosen[edge] = anchor
    for edge in unique:
        if last - chosen[edge] <= _SNAP_MM and edge != first:
            chosen[edge] = last
    return chosen
