"""The lines of each benchmark's figures, and the table of all in docs/performance.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from timing import line

BEGIN, END = "<!-- figures: python tests/benchmarks -->", "<!-- end of the figures -->"
Json = dict[str, Any]


def lines(name: str, found: Json) -> list[Json]:
    """The lines of a benchmark: its own, or those that its figures give."""
    if "lines" in found:
        known: list[Json] = found["lines"]
        return known
    return _LINES[name](found)


def _at_most(goal: str, what: str, beside: str, ratio: float, most: float, aim: float) -> Json:
    return line(goal, what, beside, ratio, f"<= {most:g}, aim {aim:g}", ratio <= most)


def _compared(what: str, beside: str, ratio: float, wanted: str = "(to compare)") -> Json:
    return line("", what, beside, ratio, wanted, met=True)


def _parse(found: Json) -> list[Json]:
    made = []
    for name, known in found["warm"].items():
        if name != "tianjin prose":
            alone, beside = known["grammar_ratio_of_medians"], "a regular expression by hand"
            made += [
                _at_most("G3", f"reading a distinct value ({name})", beside, known["ratio_of_minima"], 6.5, 2.5),
                line("G3", f"the same by the grammar alone ({name})", beside, alone, "<= 6.5", alone <= 6.5),
            ]  # fmt: skip
    return made


def _columns(found: Json) -> list[Json]:
    known = found["columns"]
    ratio = 1 / known["ratio_of_minima"]
    what = f"exact columns, {known['rows']:,} rows, {known['threads']} threads: rows a second"
    return [line("G6", what, "binary floats", ratio, ">= 0.7, aim 0.9", ratio >= 0.7)]


def _files(found: Json) -> list[Json]:
    made = [
        _at_most("G7", f"Parquet to Parquet, {known['rows']:,} rows, {known['distinct_texts']:,} texts",
                 "polars: scan, three columns, sink", known["ratio_of_minima"], most, aim)
        for known, most, aim in ((found["0.4 %"], 2.5, 1.6), (found["7 %"], 4, 2.5))
    ]  # fmt: skip
    if "pandas" in found:
        ratio = found["pandas"]["ratio"]
        made.append(
            line(
                "G8",
                "`pandas.apply` with a regular expression and Decimal, a row",
                "kpieval, a row",
                ratio,
                ">= 25",
                ratio >= 25,
            )
        )
    return made  # fmt: skip


def _xlsx(found: Json) -> list[Json]:
    ratio = found["ratio_of_medians_cpu_s"]
    what = f"reading .xlsx, {found['rows']:,} rows"
    return [_compared(what, "python-calamine (CPU)", ratio)]


def _docx(found: Json) -> list[Json]:
    return [
        _compared(f"reading .docx, {name} tables", "lxml over the same XML", found[name]["ratio_of_minima"])
        for name in ("plain", "traps")
    ]  # fmt: skip


def _lint(found: Json) -> list[Json]:
    what = f"linting {found['indicators']:,} indicators"
    return [_compared(what, "reading their targets", found["ratio"])]


_LINES = {
    "parse": _parse, "columns": _columns, "columns on all cores": _columns, "files": _files,
    "xlsx": _xlsx, "docx": _docx, "lint": _lint,
}  # fmt: skip


def page(kept: dict[str, Json]) -> str:
    """The table, and under it what each benchmark ran with."""
    told = ["| goal | what | beside | ratio | wanted | |", "|---|---|---|---|---|---|"]
    for found in kept.values():
        told += [
            f"| {it['goal']} | {it['what']} | {it['beside']} | {_number(it['ratio'])} "
            f"| {it['wanted']} | {_verdict(it)} |"
            for it in found["lines"]
        ]
    return "\n".join([*told, "", *(_ran(name, found) for name, found in kept.items())])


def _verdict(it: Json) -> str:
    if it["wanted"] == "(to compare)":
        return ""
    return "met" if it["met"] else "**missed**"


def _number(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 20 else f"{ratio:.2f}"


def _ran(name: str, found: Json) -> str:
    known = found["circumstances"]
    libraries = ", ".join(f"{key} {told}" for key, told in known["libraries"].items())
    load = " to ".join(f"{each:g}" for each in known["load"])
    said = f"; {found['why']}" if "why" in found else ""
    return (
        f"- {name}: Python {known['python']}, {libraries}; {known['machine']}; "
        f"load {load}; commit {known['commit']}{said}"
    )


def write(path: Path, table: str) -> None:
    """Put the table between the marks of a page."""
    text = path.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"{path} has no place for the figures")
    path.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")
