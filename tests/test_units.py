"""The unit table: its two readers agree, its names are unambiguous, its factors exact."""

from __future__ import annotations

import copy
import doctest
import pickle
import re
import subprocess
import sys
import threading
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from failing import failing

from kpieval import resources, unitfile, units
from kpieval.units import NO_UNIT, Unit, find, parse_unit

TEXT = resources.grammar_text("units.txt")
TABLE = unitfile.read_units(TEXT)
EVERY_WORD = [
    (word, definition)
    for definition in TABLE.values()
    for word in (definition.name, *definition.aliases)
]


@pytest.fixture(scope="module")
def exact_registry():
    """Pint over the same file, in fractions: where it disagrees, it disagrees exactly."""
    return units._new_registry(Fraction)


def from_pint(registry, unit):
    """What pint makes of a unit: the exact factor and the dimension, in our names."""
    ours = {unitfile.pint_name(name, d.aliases): name for name, d in TABLE.items()}
    base = registry.Quantity(Fraction(1), unit).to_base_units()
    dimension = {ours[key.strip("[]")]: power for key, power in base.dimensionality.items()}
    return base.magnitude, tuple(sorted(dimension.items()))


# --- one file, two readers ---------------------------------------------------------------------


def test_pint_and_the_own_reader_agree_on_every_line(exact_registry):
    def check(name, definition):
        inside = unitfile.pint_name(name, definition.aliases)
        unit = exact_registry.Unit(exact_registry.UnitsContainer({inside: 1}))
        assert from_pint(exact_registry, unit) == (definition.scale, definition.dimension)
        # The unit that users get is spelled out; it must amount to the same.
        found = find(name)
        assert (found.scale, found.dimension) == (definition.scale, definition.dimension)

    assert failing(check, TABLE.items()) == []


def test_every_spelling_names_its_own_line(exact_registry):
    def check(word, definition):
        assert find(word) == find(definition.name) == Unit(((definition.name, 1),))
        if word.isidentifier():
            inside = unitfile.pint_name(definition.name, definition.aliases)
            assert exact_registry.get_name(word) == inside

    assert failing(check, EVERY_WORD) == []


def test_few_spellings_are_unknown_to_pint():
    left_out = {word for word, _ in EVERY_WORD if not word.isidentifier()}
    assert left_out <= set("%‰‱℃㎡㎢㎥㎏㎎") | {"°C", "m²", "dm²", "cm²", "mm²", "km²", "hm²"} | {
        "m³",
        "cm³",
        "Nm³",
    }


@pytest.mark.parametrize("name", ["%", "‰", "℃", "元", "元/(人*天)", "平方米", "千瓦时", ""])
def test_a_pint_quantity_prints_the_name_and_stays_decimal(name):
    unit = parse_unit(name)
    quantity = units.registry().Quantity(Decimal("2.50"), units.pint_unit(unit))
    assert isinstance(quantity.magnitude, Decimal)
    assert str(quantity).strip() == f"2.50 {name.replace('/(人*天)', ' / 人 / 天')}".strip()


def test_pint_converts_what_the_own_reader_converts():
    registry = units.registry()
    year = registry.Quantity(Decimal(1), units.pint_unit(parse_unit("年")))
    assert year.to(units.pint_unit(parse_unit("月"))).magnitude == 12


def test_pint_units_are_kept():
    assert units.pint_unit(parse_unit("元/人天")) is units.pint_unit(parse_unit("元/(人*天)"))


# --- names -------------------------------------------------------------------------------------


def test_no_word_occurs_twice():
    assert len({word for word, _ in EVERY_WORD}) == len(EVERY_WORD) == len(units.words())


def test_words_are_the_longest_first_then_by_code_point():
    words = units.words()
    assert list(words) == sorted(words, key=lambda word: (-len(word), word))


def test_names_round_trip():
    def check(word):
        unit = find(word)
        per_person = parse_unit("元") / unit / parse_unit("剂次")
        for each in (unit, unit * unit, NO_UNIT / unit, per_person, per_person * per_person):
            assert parse_unit(each.name) == each
            assert parse_unit(each.name).name == each.name

    assert failing(check, zip(units.words(), strict=True)) == []


def test_no_unit_is_a_scale_or_a_sign():
    scales = {"十", "百", "千", "万", "亿", "兆", "百万", "千万", "以上", "以下", "以内"}
    for word in units.words():
        assert word not in scales
        assert not set(word) & set("≥≤><=＝%()（）*/~-+,，") or word == "%", word
        assert word[0] not in "万亿" or word in {"万分率", "万分比"}


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("名", "人"),
        ("位", "人"),
        ("㎡", "平方米"),
        ("平米", "平方米"),
        ("公里", "千米"),
        ("km", "千米"),
        ("度", "千瓦时"),
        ("kWh", "千瓦时"),
        ("个月", "月"),
        ("个工作日", "工作日"),
        ("个百分点", "百分点"),
        ("日", "天"),
        ("公斤", "千克"),
        ("人天", "人*天"),
        ("人公里", "人*千米"),
        ("公里每小时", "千米/小时"),
    ],
)
def test_spellings_that_the_field_uses_alike(word, name):
    assert find(word).name == name


@pytest.mark.parametrize(
    "word", ["", "人/次", "万元", "兆", "万", "亿", " 元", "人 ", "百分", "\u200b元"]
)
def test_what_is_no_unit(word):
    assert find(word) is None


def test_canonical_names_and_spelled_out_words_make_up_the_table():
    canonical = units.canonical_names()
    assert all(find(name).name == name for name in canonical)
    spelled_out = set(TABLE) - set(canonical)
    assert {"人天", "人月", "吨公里", "公里每小时"} <= spelled_out
    assert not {"千瓦时", "平方米", "亩", "年", "‰"} & spelled_out
    assert len(canonical) > 250


# --- the canonical text ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", ""),
        ("元/(人*天)", "元/(人*天)"),
        ("元/(天*人)", "元/(人*天)"),
        ("元/人天", "元/(人*天)"),
        ("1/人", "1/人"),
        ("天*人", "人*天"),
        ("米*米", "米*米"),
        ("元/(米*米)", "元/(米*米)"),
        ("人天/人", "天"),
        ("人/人", ""),
        ("毫克/立方米", "毫克/立方米"),
    ],
)
def test_canonical_text(text, name):
    assert parse_unit(text).name == str(parse_unit(text)) == name


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("元/人/天", "人/天"),
        ("元/", ""),
        ("1", "1"),
        ("/人", ""),
        ("元*", ""),
        ("元/(人)", "(人)"),
        ("元/(人*天", "(人*天"),
        ("2元", "2元"),
        ("元/人*天", "人*天"),
        ("米**2", ""),
    ],
)
def test_other_texts_are_refused_by_name(text, word):
    with pytest.raises(ValueError, match=re.escape(repr(text))) as caught:
        parse_unit(text)
    assert word in str(caught.value) and repr(text) in str(caught.value)


def test_units_are_values():
    rate = parse_unit("元") / parse_unit("人") / parse_unit("天")
    assert rate == parse_unit("元/人天") and hash(rate) == hash(parse_unit("元/人天"))
    assert rate * parse_unit("人天") == parse_unit("元") != parse_unit("角")
    assert rate.name and rate.scale == Fraction(1, 86400)  # a day is 86400 seconds
    for copied in (pickle.loads(pickle.dumps(rate)), copy.deepcopy(rate)):
        assert copied == rate and copied.name == rate.name
    with pytest.raises(AttributeError):
        rate.factors = ()  # type: ignore[misc]
    assert not hasattr(rate, "__dict__")


def test_unknown_names_do_not_make_a_unit():
    with pytest.raises(ValueError, match="公里"):
        Unit((("公里", 1),))  # a spelling, not a name
    with pytest.raises(TypeError):
        parse_unit("元") * 2


# --- what can be compared ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "factor"),
    [
        ("亩", "平方米", Fraction(2000, 3)),
        ("公顷", "亩", Fraction(15)),
        ("平方公里", "公顷", Fraction(100)),
        ("年", "月", Fraction(12)),
        ("季度", "月", Fraction(3)),
        ("小时", "分钟", Fraction(60)),
        ("天", "小时", Fraction(24)),
        ("斤", "千克", Fraction(1, 2)),
        ("吨", "微克", Fraction(10**12)),
        ("千瓦时", "焦耳", Fraction(3600000)),
        ("千瓦*小时", "千瓦时", Fraction(1)),
        ("‰", "%", Fraction(1, 10)),
        ("成", "%", Fraction(10)),
        ("ppm", "万分率", Fraction(1, 100)),
        ("升", "立方米", Fraction(1, 1000)),
        ("海里", "米", Fraction(1852)),
        ("米/秒", "公里每小时", Fraction(18, 5)),
        ("元/公斤", "元/斤", Fraction(1, 2)),
        ("平方米", "米*米", Fraction(1)),
    ],
)
def test_factors_are_exact(a, b, factor):
    assert units.ratio(parse_unit(a), parse_unit(b)) == factor
    assert units.ratio(parse_unit(b), parse_unit(a)) == 1 / factor


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("人", "个"),
        ("人", "人次"),
        ("人次", "人天"),
        ("次", "人次"),
        ("月", "天"),
        ("年", "周"),
        ("工作日", "天"),
        ("%", "百分点"),
        ("%", ""),
        ("%", "倍"),
        ("倍", "比"),
        ("元", "美元"),
        ("港元", "澳门元"),
        ("元", "分"),
        ("分", "分钟"),
        ("度", "℃"),
        ("学时", "小时"),
        ("吨", "吨标准煤"),
        ("元/人", "元"),
        ("台", "套"),
    ],
)
def test_what_is_never_compared(a, b):
    one, other = parse_unit(a), parse_unit(b)
    assert not units.comparable(one, other)
    with pytest.raises(ValueError, match="cannot convert"):
        units.ratio(one, other)


def test_currencies_are_dimensions_of_their_own():
    money = [
        "元",
        "美元",
        "欧元",
        "日元",
        "英镑",
        "港元",
        "澳门元",
        "新台币",
        "加元",
        "澳元",
        "韩元",
    ]
    assert len({parse_unit(name).dimension for name in money}) == len(money)


def test_dimensionless_is_only_what_has_no_dimension():
    assert NO_UNIT.is_dimensionless and parse_unit("千米/米").is_dimensionless
    assert parse_unit("千米/米").scale == 1000
    assert not any(find(word).is_dimensionless for word in units.words())


# --- hints -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "name"),
    [("平方面", "平方米"), ("KMH", "km"), ("工做日", "工作日"), ("季", "季度"), ("万元", "元")],
)
def test_near_names(word, name):
    assert name in units.near(word)


def test_near_is_bounded():
    assert units.near("☃") == units.near("") == ()
    assert len(units.near("人", 5)) == 5
    assert set(units.near("平方" * 100_000)) <= set(TABLE)


# --- loading -----------------------------------------------------------------------------------


def test_importing_reads_no_file_and_no_pint():
    code = (
        "import sys, kpieval.units as units\n"
        "assert 'pint' not in sys.modules and 'lark' not in sys.modules\n"
        "assert units._rows.cache_info().currsize == 0\n"
        "units.comparable(units.find('人'), units.find('个'))\n"
        "assert 'pint' not in sys.modules\n"
        "units.registry()\n"
        "assert 'pint' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_threads_get_one_registry(monkeypatch):
    built = []
    original = units._new_registry

    def counted(number):
        built.append(number)
        return original(number)

    monkeypatch.setattr(units, "_registry", None)
    monkeypatch.setattr(units, "_new_registry", counted)
    start, seen = threading.Barrier(16), []

    def first_touch():
        start.wait()
        seen.append(units.registry())

    threads = [threading.Thread(target=first_touch) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 16 and len({id(registry) for registry in seen}) == 1
    assert built == [Decimal]


def test_the_registry_refuses_a_second_definition():
    registry = units._new_registry(Decimal)
    with pytest.raises(Exception, match="元"):
        registry.define("元 = [另]")


def test_the_grammar_folder_of_a_wheel_goes_before_the_checkout(tmp_path):
    module = tmp_path / "src" / "kpieval" / "resources.py"
    (tmp_path / "grammar").mkdir()
    assert resources._locate(module) == str(tmp_path / "grammar")
    (module.parent / "grammar").mkdir(parents=True)
    assert resources._locate(module) == str(module.parent / "grammar")


def test_a_missing_grammar_folder_is_said_so(tmp_path):
    with pytest.raises(RuntimeError, match=r"missing \(looked in .*grammar"):
        resources._locate(tmp_path / "src" / "kpieval" / "resources.py")
    with pytest.raises(RuntimeError, match="missing"):
        resources._locate(Path("/resources.py"))


# --- the reader of the file --------------------------------------------------------------------

BASE = "米 = [米] = _ = m\n秒 = [秒]\n"


@pytest.mark.parametrize(
    ("line", "factors", "scale"),
    [
        ("里 = 1000 / 2 * 米  # 市里", (("里", 1),), Fraction(500)),
        ("里 = 0.5 * 米", (("里", 1),), Fraction(1, 2)),
        ("里 = 2 ** 3 * 米 ** -2", (("里", 1),), Fraction(8)),
        ("里 = 6 / 2 ** 2 * 米", (("里", 1),), Fraction(3, 2)),
        ("里 = 米 * 秒", (("秒", 1), ("米", 1)), Fraction(1)),
        ("里 = 米 / 秒", (("秒", -1), ("米", 1)), Fraction(1)),
        ("里 = 米 = _ = 里程", (("米", 1),), Fraction(1)),
    ],
)
def test_the_reader_reads(line, factors, scale):
    definition = unitfile.read_units(BASE + line)["里"]
    assert (definition.factors, definition.scale) == (factors, scale)


def test_compound_words_may_be_built_on_compound_words():
    table = unitfile.read_units(BASE + "速 = 米 / 秒\n加 = 速 / 秒")
    assert table["加"].factors == (("秒", -2), ("米", 1)) == table["加"].dimension


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("里", "expected `name = definition`"),
        ("里 = 米 = _", "expected `name = definition`"),
        ("里 = 米 = 里程 = 华里", "third field must be `_`"),
        ("里 = 尺 * 2", "尺 is not defined"),
        ("里 = [尺]", "cannot read"),
        ("里 = 500米", "cannot read '500米'"),
        ("里 = 500*米", "cannot read"),
        ("里 = 米 + 秒", r"expected `\*` or `/`"),
        ("里 = 米 *", r"expected `\*` or `/`"),
        ("里 = 米 秒", r"expected `\*` or `/`"),
        ("里 = ( 米 * 秒 )", "cannot read"),
        ("里 = 米 ** 秒", "needs a whole number"),
        ("里 = 米 **", "needs a whole number"),
        ("里 = 500", "needs the name"),
        ("里 = ", "needs the name"),
        ("里 = 米 / 0", "cannot be zero"),
        ("里 = 1e3 * 米", "cannot read"),
        ("米 = [米]", "米 is already on line 1"),
        ("里 = 500 * 米 = _ = m", "m is already on line 1"),
        ("里 = [里] = _ = 里", "里 is already on line 3"),
        ("里 = [里] = _ = 公 里", "cannot be a unit"),
        ("里 = [里] = _ =", "cannot be a unit"),
        ("2里 = [2里]", "cannot be a unit"),
        ("万 = [万]", "numeral"),
        ("百万 = [百万]", "numeral"),
        ("万米 = 10000 * 米", "part of the number"),
        ("百万米 = 1000000 * 米", "part of the number"),
    ],
)
def test_the_reader_refuses_with_the_line(line, said):
    with pytest.raises(ValueError, match=f"^units.txt, line 3: .*{said}"):
        unitfile.read_units(BASE + line)


def test_a_name_that_pint_cannot_take_needs_another_spelling():
    with pytest.raises(ValueError, match="§ needs another spelling"):
        unitfile.pint_lines("§ = [§] = _ = §§")


@pytest.mark.parametrize("module", [resources, unitfile, units])
def test_examples_in_the_documentation(module):
    result = doctest.testmod(module)
    assert result.attempted and not result.failed
