"""Costs against the budget, and funds against their total: L05 to L08, L36, L38, L47, L49."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from kpieval import units
from kpieval.amounts import Amount
from kpieval.findings import Severity
from kpieval.linting import costs, lexicon, products
from kpieval.linting.costs import said
from kpieval.linting.rule import Hit, rule
from kpieval.linting.sheets import Row, Sheet
from kpieval.linting.writing import without_sign
from kpieval.notes import Note


@rule("L05", Severity.WARNING)
def parts_above_budget(sheet: Sheet) -> Iterator[Hit]:
    """The costs add up to more than the budget.

    What: the sum of all amounts of money among the costs is above the budget of the year. Unit
    prices, standards, totals and a row that holds all the others are not added.
    Why: targets and budget do not fit (指标与预算不匹配): all costs may be met and the budget be
    overspent. A warning, for a row may be part of another.

    标题：成本相加超过预算
    检查：成本指标里的金额相加大于当年预算。单价、标准、总成本以及包含其他各行的一行不参加相加。
    原因：指标与预算不匹配：每一行都达标，合起来仍会超支。个别行可能是另一行的一部分，
    所以只是警告。

    Bad:
        预算 95万元；年度 2024
        成本/经济成本 | 物业管理费 | ≤86万元
        成本/经济成本 | 房屋租赁费 | ≤5.1万元
        成本/经济成本 | 会议费 | ≤8.9万元

        预算 30万元
        产出/成本 | 培训费 | ≤32万元
    Good:
        预算 95万元；年度 2024
        成本/经济成本 | 物业管理费 | ≤86万元
        成本/经济成本 | 房屋租赁费 | ≤5.1万元
        成本/经济成本 | 会议费 | ≤3.9万元

        预算 30万元
        成本/经济成本 | 培训项目总成本 | ≤30万元
        成本/经济成本 | 讲课费 | ≤10万元
        成本/经济成本 | 场地和食宿费 | ≤20万元
        成本/经济成本 | 人均培训成本 | ≤500元/人天
    """
    whole, rows = costs.budget(sheet), costs.components(sheet)
    if whole is None or costs.misscaled(sheet) or costs.total(rows) <= whole.base:
        return
    every = said(costs.in_unit_of(costs.total(rows), whole))
    note = Note.of("L05", rows=_added(rows), sum=every, budget=said(whole))
    yield Hit(rows[0] if len(rows) == 1 else None, note)


def _added(rows: Sequence[Row]) -> str:
    return "＋".join(said(row.money) for row in rows if row.money is not None)


@rule("L06", Severity.ERROR)
def total_above_budget(sheet: Sheet) -> Iterator[Hit]:
    """The total cost is above the budget.

    What: the one row that names the total cost allows more than the budget of the year.
    Why: targets and budget do not fit (指标与预算不匹配): the target can be met only by spending
    what was not granted.

    标题：总成本超过预算
    检查：只有一行总成本，而它大于当年预算。
    原因：指标与预算不匹配：没有批的钱也算在允许的成本里。

    Bad:
        预算 30万元；年度 2024
        成本/经济成本 | 培训项目总成本 | ≤35万元

        预算 120万元
        产出/成本 | 项目总成本 | 125万元
    Good:
        预算 30万元；年度 2024
        成本/经济成本 | 培训项目总成本 | ≤30万元

        预算 30万元；累计总额 90万元
        成本/经济成本 | 项目总成本 | ≤90万元

        年度 2024
        成本/经济成本 | 项目总成本 | ≤1125万元
    """
    whole, rows = costs.budget(sheet), costs.totals(sheet)
    if whole is None or len(rows) != 1 or costs.misscaled(sheet):
        return
    (row,) = rows
    if row.money is not None and row.money.base > whole.base and _cumulative(sheet, row) is None:
        note = Note.of("L06", text=row.text, budget=said(whole))
        yield Hit(row, note, f"≤{said(whole)}")


def _cumulative(sheet: Sheet, row: Row) -> Amount | None:
    """The total of several years that the row's money stays within."""
    for name, amount in sheet.project.funds:
        fits = row.money is not None and row.money.base <= amount.base
        if fits and lexicon.holds(name, "fund", "cumulative"):
            return amount
    return None


@rule("L07", Severity.NOTE)
def budget_not_covered(sheet: Sheet) -> Iterator[Hit]:
    """The costs explain only a part of the budget.

    What: the costs add up to less than ``cost_cover`` (80 % unless changed) of the budget. Silent
    where a cost is a rate, a unit price or a sentence, for then nobody can add.
    Why: targets and budget do not fit (指标与预算不匹配): nothing is asked of the rest.

    标题：成本指标只说明了预算的一部分
    检查：成本相加不到预算的 ``cost_cover``（默认 80%）。成本里有比率、单价或文字时无法相加，
    不提示。
    原因：指标与预算不匹配：其余的钱没有任何要求。

    Bad:
        预算 85万元；年度 2024
        成本/经济成本 | 发布会费用 | ≤15万元
        成本/经济成本 | 对接交流会费用 | ≤10万元
        成本/经济成本 | 律师咨询服务费用 | ≤2万元

        预算 100万元
        产出/成本 | 设备购置成本 | ≤50万元
    Good:
        预算 95万元；年度 2024
        成本/经济成本 | 物业管理费 | ≤86万元
        成本/经济成本 | 会议费 | ≤3.9万元

        预算 100万元
        成本/经济成本 | 补助标准 | 500元/人
        成本/经济成本 | 宣传费 | ≤5万元

        预算 100万元
        产出/数量 | 培训人数 | ≥30人
    """
    whole, rows = costs.budget(sheet), costs.plain(sheet)
    if whole is None or not rows or costs.misscaled(sheet):
        return
    if len(rows) < len(costs.spending(sheet)):
        return
    parts = costs.total(costs.components(sheet))
    covered = max([parts, *(costs.total([row]) for row in costs.totals(sheet))])
    if covered < sheet.config.cost_cover * whole.base:
        money = said(costs.in_unit_of(covered, whole))
        yield Hit(None, Note.of("L07", rows=_added(rows), sum=money, budget=said(whole)))


@rule("L08", Severity.WARNING)
def price_times_quantity(sheet: Sheet) -> Iterator[Hit]:
    """The unit price times the quantity is more than the total.

    What: 元/人 times 人 is money, and above the total cost (or the budget). Only where the units
    cancel and the name of the price says whose it is; a year of an annual table cancels 年. Where
    a factor is missing, a note names it: 元/人天 times 人 leaves 元/天.
    Why: price, quantity and total contradict each other (指标与预算不匹配), or nobody can compare
    them (不可衡量).

    标题：单价乘以数量超过总额
    检查：单价 × 数量超过总成本（没有时看预算）。只在单位能够消去、单价说得清对象时计算；
    年度表里“年”算一年。缺少一个数量时，提示缺的是哪一个：500元/人天 × 600人 还剩“元/天”。
    原因：指标与预算不匹配：单价、数量、总额互相矛盾；或者缺少数量，不可衡量。

    Bad:
        预算 30万元
        产出/数量 | 培训人数 | ≥600人
        成本/经济成本 | 人均培训成本 | ≤800元/人

        预算 30万元
        产出/数量 | 全年累计培训（参会）人次 | ≥600人
        成本/经济成本 | 人均培训成本 | ≤500元/人天
        成本/经济成本 | 培训项目总成本 | ≤30万元

        预算 20万元
        产出/数量 | 护林员人数 | =30人
        成本/经济成本 | 护林员补助标准 | ≤1万元/人·年
    Good:
        预算 30万元
        产出/数量 | 培训人数 | ≥600人
        成本/经济成本 | 人均培训成本 | ≤500元/人

        预算 30万元
        产出/数量 | 培训人数 | ≥600人
        成本/经济成本 | 授课专家课酬标准 | ≤3000元/人

        预算 30万元
        产出/数量 | 培训人数 | ≥100人
        产出/数量 | 培训天数 | ≥3天
        成本/经济成本 | 人均培训成本 | ≤500元/人天
    """
    rows = costs.totals(sheet)
    whole = rows[0].money if len(rows) == 1 else costs.budget(sheet)
    for row in costs.spending(sheet):
        found = products.product(sheet, row)
        if found is None:
            continue
        if found.missing:
            made, unit = said(found.amount), found.missing
            note = Note.of("L08.missing", price=found.price, made=made, unit=unit)
            yield Hit(row, note, severity=Severity.NOTE)
        elif whole is not None and products.above(found.amount, whole):
            made, limit = said(found.amount), said(whole)
            yield Hit(row, Note.of("L08", price=found.price, made=made, total=limit))


@rule("L36", Severity.ERROR)
def funds_that_do_not_add_up(sheet: Sheet) -> Iterator[Hit]:
    """The funds do not make the total, or annual money is compared with a cumulative total.

    What: the sources of the funds add up to something else than the total; or a total cost is
    above the year's budget and fits only the total of several years.
    Why: one of the figures is wrong, or 元 and 万元 were mixed (指标与预算不匹配); the execution
    rate is worked out from them.

    标题：资金来源合计不等于总额
    检查：各资金来源相加不等于总额；或者总成本超过当年预算、只与几年累计的总额相符。
    原因：指标与预算不匹配：有一个数写错，或者元、万元混用；执行率就是用这些数算的。

    Bad:
        预算 0万元；财政资金 90万元
        产出/数量 | 培训人数 | ≥30人

        预算 95万元；财政资金 85万元；其他资金 5万元
        产出/数量 | 培训人数 | ≥30人

        预算 30万元；累计总额 90万元；年度 2024
        成本/经济成本 | 项目总成本 | ≤90万元
    Good:
        预算 95万元；财政资金 90万元；其他资金 5万元
        产出/数量 | 培训人数 | ≥30人

        预算 2.7万元；财政资金 2.7万元
        产出/数量 | 补助人数 | 12人

        预算 30万元；累计总额 90万元；年度 2024
        成本/经济成本 | 年度成本 | ≤30万元
    """
    whole = sheet.budget
    if whole is None:
        return
    funds = _sources(sheet)
    every = sum((amount.base for _, amount in funds), Fraction(0))
    if funds and not _add_up(funds, whole):
        made = said(costs.in_unit_of(every, whole))
        scaled = whole.base in (every * costs.MYRIAD, every / costs.MYRIAD)
        listed = "＋".join(f"{name} {said(amount)}" for name, amount in funds)
        note = Note.of("L36.scale" if scaled else "L36", funds=listed, sum=made, total=said(whole))
        yield Hit(None, note)
    for row in costs.totals(sheet):
        cumulative = _cumulative(sheet, row)
        if cumulative is not None and row.money is not None and row.money.base > whole.base:
            several, year = said(cumulative), said(whole)
            yield Hit(row, Note.of("L36.cumulative", text=row.text, total=several, budget=year))


def _sources(sheet: Sheet) -> list[tuple[str, Amount]]:
    return [
        (name, amount)
        for name, amount in sheet.project.funds
        if amount.value
        and sheet.budget is not None
        and units.comparable(amount.unit, sheet.budget.unit)
        and not lexicon.holds(name, "fund", "cumulative")
    ]


def _add_up(funds: Sequence[tuple[str, Amount]], whole: Amount) -> bool:
    """Whether sources side by side make the total; of others, that may be nested, some of them."""
    names = {name for name, _ in funds}
    apart = (set(lexicon.words("fund", key)) for key in ("by_owner", "by_year"))
    side_by_side = len(names) == len(funds) and any(names <= kinds for kinds in apart)
    sizes = [len(funds)] if side_by_side else range(1, len(funds) + 1)
    return any(
        sum(amount.base for _, amount in some) == whole.base
        for size in sizes
        for some in combinations(funds[:12], size)
    )


@rule("L38", Severity.WARNING)
def yuan_for_ten_thousand(sheet: Sheet) -> Iterator[Hit]:
    """A cost is a factor of 10,000 off the budget.

    What: an amount fits the budget only after 元 is read as 万元, or 万元 as 元.
    Why: the head says 单位：万元 and the cell was filled in 元, or the other way round; the cost is
    never missed or never met (指标与预算不匹配).

    标题：元和万元混用
    检查：金额与预算相差一万倍：把元看作万元（或者把万元看作元）才与预算相符。
    原因：指标与预算不匹配：表头写“单位：万元”，格里却按元填写，或者相反；
    这样的成本永远达标或永远超支。

    Bad:
        预算 2.7万元
        产出/成本 | 发放补助资金数额 | ≤2.7元

        预算 30万元
        成本/经济成本 | 培训费 | ≤300000万元

        预算 95万元
        成本/经济成本 | 物业管理费 | ≤86元
        成本/经济成本 | 会议费 | ≤9元
    Good:
        预算 2.7万元
        产出/成本 | 发放补助资金数额 | ≤27000元

        预算 200万元
        产出/成本 | 参审案件补助 | 100元

        预算 30万元
        成本/经济成本 | 人均培训成本 | ≤30元
    """
    whole = costs.budget(sheet)
    for row in costs.misscaled(sheet):
        assert whole is not None and row.money is not None  # what makes a row misscaled
        small = row.money.base < whole.base
        factor = Fraction(costs.MYRIAD) if small else Fraction(1, costs.MYRIAD)
        meant = said(costs.in_unit_of(row.money.base * factor, whole))
        note = Note.of("L38", text=row.text, meant=meant, budget=said(whole))
        sign = row.text.removesuffix(without_sign(row.text))
        yield Hit(row, note, f"{sign}{meant}")


@rule("L47", Severity.NOTE)
def whole_budget(sheet: Sheet) -> Iterator[Hit]:
    """A cost target is the whole budget.

    What: a cost may be exactly as much as the budget.
    Why: it adds nothing (过于笼统): the budget itself is checked by the execution rate.

    标题：成本指标等于全部预算
    检查：成本指标允许的金额正好是全部预算。
    原因：过于笼统：没有比预算多说什么，预算另有执行率考核。

    Bad:
        预算 30万元
        成本/经济成本 | 培训项目总成本 | ≤30万元

        预算 50万元
        产出/成本 | 数据服务成本 | ≤50万元
    Good:
        预算 30万元
        成本/经济成本 | 讲课费 | ≤10万元
        成本/经济成本 | 场地和食宿费 | ≤20万元

        预算 30万元
        效益/经济 | 带动投资 | ≥30万元
    """
    whole = costs.budget(sheet)
    for row in costs.plain(sheet):
        if whole is not None and row.money is not None and row.money.base == whole.base:
            yield Hit(row, Note.of("L47", text=row.text, budget=said(whole)))


@rule("L49", Severity.WARNING)
def execution_again(sheet: Sheet) -> Iterator[Hit]:
    """The budget execution rate is an indicator again.

    What: a row is called 预算执行率 or the like; the form's own row for it is let be.
    Why: the form scores the execution by itself, so that it counts twice (归类错误).

    标题：预算执行率重复计分
    检查：指标名称是预算执行率一类；表格自带的预算执行行不算。
    原因：归类错误：表里已有执行率一项，重复计分。

    Bad:
        产出/时效 | 预算资金执行率 | 90%

        产出/数量 | 预算执行率 | ≥95%
    Good:
        预算执行/预算执行 | 预算执行率 | 100%
        产出/时效 | 资金支付及时率 | ≥95%
        效益/社会 | 法院判决执行率 | ≥60%
    """
    for row in sheet.rows:
        if row.says("cost", "execution") and not is_execution(row):
            yield Hit(row, Note.of("L49", name=row.name))


def is_execution(row: Row) -> bool:
    """Whether it is the form's own row for the budget execution."""
    levels = f"{row.indicator.level1} {row.indicator.level2}"
    return lexicon.holds(levels, "cost", "execution_levels") or not levels.strip()
