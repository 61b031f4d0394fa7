"""The harness itself: rows, tables, missing peers. Nothing here is timed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import __main__ as command
from benchmarks import race
from benchmarks.contender import Yield, run
from benchmarks.measures import MEASURES
from benchmarks.paper import PRINTED_CONTACTS, paper_of
from benchmarks.plan import plan_for
from benchmarks.registers import HEADINGS, cells_of, read_rows, write_records
from benchmarks.results import Growth, Line, Results, at_least, at_most
from benchmarks.rows import LONGEST_TEXT, iter_rows, iter_varied_rows
from benchmarks.table import BEGIN, END, markdown, plain, print_table, put_into_page


def results() -> Results:
    """One line of every kind."""
    return Results(
        [
            Line("Word", "0.2 ms", "docxtpl 26 ms", 130.0, "×", at_least(100)),
            Line("PDF", "2 ms", "Typst 6 ms", 3.0, "×", at_least(4)),
            Line("Memory", "300 MB", "", 300.0, "MB", at_most(400, "MB"), "all processes"),
            Line("Summary", "", "XlsxWriter", target=at_least(3), note="XlsxWriter is not installed"),
            Line("Pixels", "40 records", figure=0.2, unit="%"),
        ],
        [Growth(1000, 2, 4.0, 210.5)],
        {"python": "CPython 3.11"},
    )


def test_rows_are_the_same_in_every_run():
    assert list(iter_rows(30)) == list(iter_rows(30))
    assert list(iter_rows(50))[:30] == list(iter_rows(30))
    assert list(iter_varied_rows(20)) == list(iter_varied_rows(20))


def test_texts_have_the_length_of_one_page_reports():
    rows = list(iter_rows(200))
    lengths = [len(str(row[name])) for row in rows for name in ("suggestion", "follow_up")]
    assert max(lengths) <= LONGEST_TEXT
    assert min(lengths) > 20
    assert len({str(row["suggestion"]) for row in rows}) > 190


@pytest.mark.parametrize("iter_some", [iter_rows, iter_varied_rows])
def test_every_row_is_a_record_without_errors(iter_some, tmp_path: Path):
    from benchmarks.ours import iter_checked

    items = list(iter_checked(write_records(tmp_path / "records.json", iter_some(20))))
    assert len(items) == 20


def test_peers_print_every_text_of_a_row(tmp_path: Path):
    row = read_rows(write_records(tmp_path / "records.json", iter_rows(1, contacts=1)))[0]
    paper = paper_of(row)
    assert paper["customer_name"] == row["customer_name"]
    assert f"■{row['quality']}" in str(paper["quality"])
    assert len(paper["contacts"]) == PRINTED_CONTACTS  # type: ignore[arg-type]
    assert len(cells_of(1, row)) == len(HEADINGS)


def test_verdicts_follow_from_figures_and_targets():
    assert [line.verdict for line in results().lines] == ["met", "missed", "met", "skipped", ""]


@pytest.mark.parametrize("write", [plain, markdown])
def test_table_shows_ratios_beside_targets(write):
    text = write(results())
    for part in (
        "130 ×",
        "≥ 100 ×",
        "✓ met",
        "✗ missed",
        "– skipped",
        "≤ 400 MB",
        "XlsxWriter is not installed",
        "4 ms",
    ):
        assert part in text


def test_table_is_printed_without_a_terminal(capsys: pytest.CaptureFixture[str]):
    print_table(results())
    assert "≥ 100 ×" in capsys.readouterr().out


def test_results_survive_json():
    again = Results.from_json(results().to_json())
    assert again.lines == results().lines
    assert again.growth == results().growth
    assert json.loads(results().to_json())["lines"][1]["verdict"] == "missed"


def test_table_replaces_what_stands_between_the_markers(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    put_into_page(page, "new")
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"
    page.write_text("nothing", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks"):
        put_into_page(page, "new")


def test_page_about_performance_has_the_markers():
    text = command.PAGE.read_text(encoding="utf-8")
    assert text.index(BEGIN) < text.index(END)


def test_missing_peer_is_said_and_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(race, "RUST_PYTHON", tmp_path / "nowhere")
    scores = race.race(tmp_path, [race.Entry("rust-docxtpl", 1, 1)])
    assert "--setup" in scores["rust-docxtpl"].missing


def test_contender_that_breaks_is_skipped(tmp_path: Path):
    score = race.race_together(tmp_path, "no such contender", [1], 1)
    assert "no such contender" in score.missing
    assert not score.seconds


def test_measurement_that_breaks_does_not_lose_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    def broken(_plan: object) -> tuple[list[Line], list[Growth]]:
        raise RuntimeError("broken here")

    monkeypatch.setattr(command, "MEASURES", {"broken": broken, "good": lambda _plan: (results().lines[:1], [])})
    kept = tmp_path / "results.json"
    assert command.main(["--quick", "--json", str(kept)]) == 0
    assert "broken here" in capsys.readouterr().out
    assert command.main(["--show", str(kept)]) == 0
    assert "130 ×" in capsys.readouterr().out


def test_unknown_measurement_is_misuse(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit, match="2"):
        command.main(["--only", "nothing"])
    err = capsys.readouterr().err
    assert all(name in err for name in MEASURES)


def test_rows_asked_for_end_the_growth(tmp_path: Path):
    assert plan_for(tmp_path, None, is_quick=False).growth == (100, 1_000, 10_000)
    assert plan_for(tmp_path, 250, is_quick=True).growth == (100, 250)
    assert plan_for(tmp_path, 50, is_quick=False).growth == (50,)


def test_repeat_may_leave_preparation_out_of_its_time():
    assert run(lambda _first, count: Yield(10, count, 0.5), 0, 2)["seconds"] == 0.5
    assert run(lambda _first, count: Yield(10, count), 0, 2)["seconds"] >= 0
