"""`python -m benchmarks`: ours and the peers on the same form and rows, in one run, beside the targets."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measures import MEASURES
from benchmarks.plan import plan_for
from benchmarks.race import ROOT, RUST_PYTHON
from benchmarks.results import Line, Results, about_this_run, load
from benchmarks.table import markdown, print_table, put_into_page

PAGE = ROOT / "docs" / "performance.md"


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0 whatever the figures are."""
    asked = _parser().parse_args(arguments)
    if asked.setup:
        return _set_up()
    results = Results.from_json(asked.show.read_text(encoding="utf-8")) if asked.show else _measure(asked, arguments)
    if asked.json:
        asked.json.write_text(results.to_json() + "\n", encoding="utf-8")
    if asked.markdown:
        put_into_page(asked.markdown, markdown(results))
    print_table(results)
    return 0


def _measure(asked: argparse.Namespace, arguments: Sequence[str]) -> Results:
    kept = [word for word in arguments if word == "--quick" or word.startswith("--rows") or word.isdigit()]
    results = Results(about=about_this_run(kept))
    with tempfile.TemporaryDirectory(prefix="danju-bench-") as folder:
        plan = plan_for(Path(folder), asked.rows, asked.quick)
        for name in asked.only or MEASURES:
            print(f"… {name}", file=sys.stderr, flush=True)
            try:
                lines, growth = MEASURES[name](plan)
            except Exception as err:  # noqa: BLE001  # one measurement that breaks must not lose the others
                traceback.print_exc()
                lines, growth = [Line(name, "", note=f"{type(err).__name__}: {err}")], []
            results.lines.extend(lines)
            results.growth.extend(growth)
    results.about["load"] = f"{results.about['load']} before, {load()} after"
    return results


def _set_up() -> int:
    """Install rust-docxtpl where it does not disturb docxtpl."""
    folder = RUST_PYTHON.parent.parent
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return subprocess.run(
        [str(RUST_PYTHON), "-m", "pip", "install", "--quiet", "rust-docxtpl>=0.1.2"], check=False
    ).returncode


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(MEASURES), metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument(
        "--rows", type=_positive, help="rows of the registers (default: 10,000 rendered, 100,000 checked)"
    )
    parser.add_argument("--quick", action="store_true", help="less of everything: under two minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the results")
    parser.add_argument("--show", type=Path, metavar="FILE", help="show results kept by --json instead of measuring")
    parser.add_argument(
        "--markdown", type=Path, nargs="?", const=PAGE, metavar="PAGE", help=f"put the table into a page ({PAGE.name})"
    )
    parser.add_argument("--setup", action="store_true", help="install rust-docxtpl, which needs a place of its own")
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
