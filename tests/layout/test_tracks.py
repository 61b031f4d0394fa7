"""Widths and edges of columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danju.layout.tracks import share_out, shared_edges

MM = st.floats(1, 80)


@pytest.mark.parametrize(
    ("total", "needs", "weights", "widths"),
    [
        (100, [10, 30], [None, None], [25, 75]),
        (100, [10, 10], [6, 4], [60, 40]),
        (100, [10, 50], [9, 1], [50, 50]),
        (100, [100, 100], [1, 1], [50, 50]),
        (90, [10], [None], [90]),
    ],
)
def test_room_is_shared_by_weight_or_need(
    total: float, needs: list[float], weights: list[float | None], widths: list[float]
) -> None:
    assert share_out(total, needs, weights) == pytest.approx(widths)


@given(st.lists(st.tuples(MM, st.none() | st.floats(0.1, 10)), min_size=1, max_size=8), st.floats(20, 400))
def test_widths_add_up_and_meet_needs_when_possible(columns: list[tuple[float, float | None]], total: float) -> None:
    needs = [need for need, _ in columns]
    widths = share_out(total, needs, [weight for _, weight in columns])
    assert sum(widths) == pytest.approx(total)
    assert all(width > 0 for width in widths)
    if sum(needs) <= total:
        assert all(width >= need - 1e-6 for width, need in zip(widths, needs, strict=True))


@given(st.lists(st.floats(0, 170), min_size=2, max_size=30))
def test_edges_close_together_become_one_and_the_outermost_stay(edges: list[float]) -> None:
    stands_for = shared_edges(edges)
    assert set(stands_for) == set(edges)
    assert stands_for[min(edges)] == min(edges)
    assert stands_for[max(edges)] == max(edges)
    assert all(abs(edge - chosen) <= 2.4 + 1e-9 for edge, chosen in stands_for.items())
    ordered = [stands_for[edge] for edge in sorted(edges)]
    assert ordered == sorted(ordered)
    assert set(stands_for.values()) <= set(edges)
