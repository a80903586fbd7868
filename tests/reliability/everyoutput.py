"""Every output that the command line writes, in every form that it knows, of tables made here.

Run as a program, ``everyoutput.py FOLDER INTO`` writes all outputs of the tables that stand in a
folder, and prints for each its exit code and the SHA-256 of its file, as JSON.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import random
import sys
from pathlib import Path

from attrs import frozen

HEAD = "项目名称,一级指标,二级指标,三级指标,指标值,实际完成值,分值,得分\n"
ROWS = (
    ("数量指标", "培训人数", ("≥600人", "不少于两万人", "500-800人"), "{}人"),
    ("质量指标", "合格率", ("≥90%", "95%", "＞八成", "100%"), "{}%"),
    ("成本指标", "支出", ("≤2.7万元", "控制在30000元以内", "≤120元/人"), "{}00元"),
    ("时效指标", "完成时间", ("2024年12月底前", "6月30日前", "按时完成"), "2024年{}月1日"),
    ("社会效益指标", "影响", ("有效提升", "优", "定性指标"), "达成年度指标"),
    ("满意度指标", "满意度", ("≥95%", "约90%", "同比增长5%"), "{}%"),
)


@frozen
class Output:
    """One output: the arguments that ask for it, and the name of its file."""

    name: str
    args: tuple[str, ...]


def table(projects: int) -> str:
    """A self-evaluation as CSV: the same for the same number of projects."""
    chance = random.Random(projects)
    lines = [HEAD]
    for number in range(1, projects + 1):
        for level, name, targets, actual in ROWS:
            told = actual.format(chance.randint(1, 12 if "月" in actual else 900))
            said = chance.choice((told, told, told, told, ""))
            cells = (f"项目{number}", "产出指标", level, name, chance.choice(targets), said)
            lines.append(",".join((*cells, "15", "12.5")) + "\n")
    return "".join(lines)


def outputs(targets: str, actuals: str | None = None) -> list[Output]:
    """Every verb that writes a file, in every form that it knows, asked of these tables."""
    from kpieval.auditing import telling
    from kpieval.cli.verbs import convert, template
    from kpieval.reports import formats, linted, monitored

    also = () if actuals is None else ("--actuals", actuals)
    # A table of actuals alone publishes no scores that could be audited.
    audited = () if actuals else (("audit", telling.FORMS, (targets,)),)
    verbs = (
        ("score", formats(), (targets, *also)),
        ("monitor", monitored.FORMATS, (targets, *also, "--month", "6")),
        ("lint", linted.FORMATS, (targets, "--isolated")),
        *audited,
        ("convert", convert.FORMS, (targets,)),
        ("template", template.FORMS, (targets,)),
    )
    return [
        Output(f"{verb}.{form}", (verb, *args, "--year", "2024", "--format", form))
        for verb, forms, args in verbs
        for form in forms
    ]


def made(output: Output, into: Path) -> tuple[int, str]:
    """The exit code of an output, and the digest of its file; nothing is printed."""
    from kpieval.cli import main

    place = into / output.name
    with contextlib.redirect_stderr(io.StringIO()) as complaints:
        code = main([*output.args, "-o", str(place)])
    if code not in (0, 1):
        raise AssertionError(f"{output.name}: {code} {complaints.getvalue()}")
    return code, hashlib.sha256(place.read_bytes()).hexdigest()


def everything(folder: Path, into: Path) -> dict[str, tuple[int, str]]:
    """All outputs of the tables ``NAME.targets.*`` of a folder, with ``NAME.actuals.csv`` if any."""
    into.mkdir(parents=True, exist_ok=True)
    found = {}
    for targets in sorted(folder.glob("*.targets.*")):
        name = targets.name.partition(".")[0]
        beside = targets.with_name(f"{name}.actuals.csv")
        for output in outputs(str(targets), str(beside) if beside.exists() else None):
            named = Output(f"{name}.{output.name}", output.args)
            found[named.name] = made(named, into)
    return found


if __name__ == "__main__":
    print(json.dumps(everything(Path(sys.argv[1]), Path(sys.argv[2]))))
