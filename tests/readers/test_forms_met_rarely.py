"""Forms that are read where they come free: made-up tables in the shape of the whole department's,
the older and the transfer forms, and the default rows of projects for staff and upkeep.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kpieval.errors import MalformedFileError, MissingColumnError
from kpieval.parsing import parse_target
from kpieval.readers import read, read_tables

Write = Callable[[str, "str | bytes"], Path]

SCORED_BY_STANDARD = """2023年度部门整体支出绩效自评表（虚构）,,,,,,
部门名称：某市某局,,,,,,
一级指标,二级指标,三级指标,评分标准,分值,自评得分,扣分原因
投入,目标设定,绩效目标合理性,目标明确得满分,5,5,
过程,预算执行,预算完成率,完成率100%计满分,5,4.5,年末追加
"""

WITH_TASKS = """2023年度部门整体支出绩效自评表（虚构）,,,,,,,
部门名称,某市某局,,,,单位：万元,,
年度主要任务,任务名称,主要内容,年初预算数,全年预算数,全年执行数,执行率,得分
,任务一,修路,100,110,98,89.1%,
,任务二,造桥,50,50,50,100%,
,金额合计,,150,160,148,92.5%,9.25
一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施
产出指标,数量指标,修路里程,≥10公里,12公里,50,50,
效益指标,社会效益,群众满意,≥90%,95%,40,40,
"""

OLDER = """项目支出绩效目标表（虚构）,,,,
项目名称,道路养护,,,
长期绩效目标,三年内养护全部道路,,年度绩效目标,养护道路100公里
一级指标,二级指标,指标内容,指标值,备注
投入,时效指标,完工时间,2024年12月底前,
产出,数量指标,养护里程,≥100公里,
"""

TWO_TERMS = """项目支出绩效目标申报表（虚构）,,,,,,,
项目名称,道路养护,,,,,,
长期目标,,,,年度目标,,,
一级指标,二级指标,指标内容,指标值,二级指标,指标内容,指标值,备注
产出指标,数量指标,三年养护里程,≥300公里,数量指标,养护里程,≥100公里,
"""

TRANSFERS = """转移支付区域绩效目标表（虚构）,,,,
一级指标,二级指标,三级指标,指标值,备注
产出指标,数量指标,★新增高标准农田面积,≥**万亩,
产出指标,质量指标,★验收合格率,≥90%,
"""

STAFF = """人员类项目绩效目标表（虚构）,,,,,,,
项目名称,工资福利支出,,,,,,
一级指标,二级指标,三级指标,指标性质,指标值,度量单位,权重,指标方向性
产出指标,数量指标,足额保障率,＝,100,%,22.5,正向指标
产出指标,质量指标,科目调整次数,≤,10,次,22.5,反向指标
产出指标,时效指标,按时发放率,＝,100,%,22.5,正向指标
效益指标,经济效益指标,结余率（结余数/预算数）,≤,5,%,22.5,反向指标
"""


def test_points_by_a_standard_alone_are_no_targets(write: Write) -> None:
    with pytest.raises(MissingColumnError) as caught:
        read(write("a.csv", SCORED_BY_STANDARD))
    assert caught.value.params["missing"] == "指标值"
    assert "评分标准, 分值, 自评得分, 扣分原因" in caught.value.message()
    assert "评分标准, 分值, 自评得分, 扣分原因" in caught.value.message("en")


def test_the_tasks_of_a_department_are_no_funds(write: Write) -> None:
    (project,) = read(write("a.csv", WITH_TASKS))
    assert (project.department, project.year) == ("某市某局", 2023)
    assert [row.name for row in project.indicators] == ["修路里程", "群众满意"]
    assert (project.funds, project.budget) == ((), None)
    told = " ".join(note.message() for note in project.notes)
    assert all(word in told for word in ("年度主要任务", "修路", "造桥", "金额合计"))


def test_an_older_form_with_goals_of_two_terms(write: Write) -> None:
    (project,) = read(write("a.csv", OLDER))
    rows = [(row.level1, row.level2, row.name, row.text) for row in project.indicators]
    assert rows == [
        ("投入", "时效指标", "完工时间", "2024年12月底前"),
        ("产出", "数量指标", "养护里程", "≥100公里"),
    ]
    assert any("三年内养护全部道路" in note.message() for note in project.notes)


def test_rows_of_two_terms_side_by_side_are_refused_with_the_headers(write: Write) -> None:
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.csv", TWO_TERMS))
    for lang in ("zh", "en"):
        assert "二级指标, 指标内容, 指标值, 二级指标, 指标内容, 指标值" in caught.value.message(
            lang
        )


def test_a_transfer_form_keeps_its_stars_and_blanks(write: Write) -> None:
    (project,) = read(write("a.csv", TRANSFERS))
    assert [(row.name, row.text) for row in project.indicators] == [
        ("★新增高标准农田面积", "≥**万亩"),
        ("★验收合格率", "≥90%"),
    ]


def test_default_rows_of_staff_and_upkeep(write: Write) -> None:
    document = read_tables(write("a.csv", STAFF))
    (project,) = document.projects
    assert [row.weight for row in project.indicators] == [22.5] * 4
    read_as = [
        parse_target(row.text, sign=row.sign, unit=row.unit, name=row.name).canonical
        for row in project.indicators
    ]
    assert read_as == ["=100%", "≤10次", "=100%", "≤5%"]
    assert not project.problems and not document.problems
