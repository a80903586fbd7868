"""The rules of the house: what may import what, what the start may load, how long a module may be.

Read from the syntax trees of the modules, so that an import inside a function counts too.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kpieval import showing
from kpieval.children import pdf, sheets
from kpieval.parsing import folding
from kpieval.readers import archive, grid, libreoffice, opening, pdfform
from kpieval.versions import PACKAGE_VERSION, SEMANTICS_VERSION

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src"

FLOORS = (
    # F0 what everything stands on
    "errors messages resources paths notes exact versions heights children unseen showing",
    # F1 units, words and dates
    "units unitfile wordlists dates",
    # F2 the types
    "amounts constraints intervals actuals outcomes tables results monitored meaning formulas policies "
    "calendars official_days findings",
    # F3 from text to a verdict
    "parsing rendering resolving comparing pairing verdicts attaining lasting basing",
    # F4 from verdicts to points
    "requirements earning weighting matching executing deciding judging scoring modifying presets",
    # F5 the JSON form and the sentences
    "wire schemas phrases readings retracing explaining shortfalls overview",
    # F6 files in and out, and strategies for tests
    "readers writers reports demo testing monitoring auditing linting strategies hypothesis_entry "
    "bulk spark",
    # F7 the command line and the plugin of pytest
    "cli __main__ pytest_plugin",
)
"""The floors from the lowest up; a package stands for all its modules. Imports never go up."""

DOOR = "kpieval"
"""The package itself: the public names. It may import all, and nothing inside may import it."""

CIRCLES_ALLOWED = {
    ("kpieval.cli", "kpieval.cli.app"): (
        "main lives in the package, for the entry point must answer when click is missing; it "
        "imports the app inside the function, and the app takes the exit code from the package"
    ),
}
"""Imports inside functions that close a circle on purpose, each with its reason."""

LIBRARIES = {
    "attrs": ("core", ["kpieval"]),
    "chinesecalendar": ("calendar", ["kpieval.official_days"]),
    "lark": ("core", ["kpieval.parsing"]),
    "pint": ("core", ["kpieval.units"]),
    "click": (
        "cli",
        [
            *("kpieval.cli.app", "kpieval.cli.completing", "kpieval.cli.helping"),
            *("kpieval.cli.options", "kpieval.cli.verbs"),
        ],
    ),
    "lxml": ("office", ["kpieval.readers.docx", "kpieval.readers.htmlform"]),
    "openpyxl": (
        "office",
        [
            "kpieval.readers.xlsx",
            "kpieval.readers.workbook",
            "kpieval.readers.sheetscan",
            "kpieval.readers.builtinformats",
        ],
    ),
    "python-calamine": ("office", ["kpieval.children.sheets"]),
    "polars": ("bulk", ["kpieval.bulk"]),
    "pyarrow": ("bulk", ["kpieval.bulk", "kpieval.spark"]),
    "pyspark": ("spark", ["kpieval.spark"]),
    "pdfplumber": ("pdf", ["kpieval.children.pdf"]),
    "python-docx": ("office", ["kpieval.writers.docx"]),
    "xlsxwriter": ("office", ["kpieval.writers.xlsx"]),
    "jinja2": ("html", ["kpieval.reports.as_html.page"]),
    "pytest": ("testing", ["kpieval.pytest_plugin"]),
    "hypothesis": ("testing", ["kpieval.strategies", "kpieval.hypothesis_entry"]),
}
"""Each library, the extra that brings it, and the modules (or packages) that may import it."""

IMPORT_NAMES = {
    "attr": "attrs",
    "chinese_calendar": "chinesecalendar",
    "docx": "python-docx",
    "python_calamine": "python-calamine",
}
"""Import names that are not the distribution's name."""

FOUND_BY_NAME = {
    "kpieval": "the public names, each from its module",
    "kpieval.cli.app": "the verbs, from cli/verbs/",
    "kpieval.linting.rules": "the rules of its own folder",
    "kpieval.presets": "the presets of its own folder",
    "kpieval.readers.formats": "the reader of a format, from its own folder",
    "kpieval.reports": "the forms of its own folder",
}
"""The modules that import others by a name made at run time: only downwards or their own folder."""

STARTS_PROCESSES = {"kpieval.children.running": {"subprocess"}}
"""The one module that starts processes: readers with limits, and LibreOffice."""

LONGEST = 450
"""Lines that a module may have before it should become two."""

HEAVY = [
    *("attr", "attrs", "chinese_calendar", "click", "docx", "hypothesis", "jinja2", "lark", "lxml"),
    *("markupsafe", "numpy", "openpyxl", "pdfplumber", "pint", "polars", "pyarrow", "pyspark"),
    *("pytest", "python_calamine", "subprocess", "typing", "xlsxwriter"),
    *("email", "importlib.metadata", "json", "pathlib", "re", "tomllib"),
]
"""What ``import kpieval`` must not load."""


LEFT_OUT = [
    *("calendar", "email", "glob", "html", "importlib.metadata", "socket", "zipfile"),
    *("jinja2", "lark", "logging", "lxml", "openpyxl", "pathlib", "pickle", "pint", "polars"),
    *("subprocess", "tempfile"),
    *("kpieval.auditing", "kpieval.linting", "kpieval.monitored", "kpieval.monitoring"),
    *("kpieval.cli.helping", "kpieval.reports.as_html", "kpieval.reports.as_text"),
    *("kpieval.reports.findings", "kpieval.reports.width"),
    *("kpieval.presets.mof_2021_core", "kpieval.presets.platform_standard"),
    *("kpieval.parsing.actual_grammar", "kpieval.parsing.language", "kpieval.parsing.rules"),
    *("kpieval.parsing.target_grammar", "kpieval.parsing.columns"),
    *("kpieval.readers.archive", "kpieval.readers.compound", "kpieval.readers.fundtable"),
    *("kpieval.readers.gathering", "kpieval.readers.headreader", "kpieval.readers.jsonform"),
    *("kpieval.readers.mdform", "kpieval.readers.textform", "kpieval.readers.tomlform"),
    *("kpieval.wire.monitored", "kpieval.wire.policies", "kpieval.wire.values"),
]
"""What scoring a plain CSV file, to JSON, must not load: each costs a start some milliseconds."""


class Import(NamedTuple):
    """One import: what of, and where it stands (``top``, ``inner`` or ``types``)."""

    target: str
    kind: str


@cache
def modules() -> dict[str, Path]:
    """Every module of the package with its file."""
    found = {}
    for path in sorted((SRC / DOOR).rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _imports(node: ast.AST, kind: str) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import(names=names):
                yield from (Import(alias.name, kind) for alias in names)
            case ast.ImportFrom(module=base, level=0, names=names):
                for alias in names:
                    whole = f"{base}.{alias.name}"
                    yield Import(whole if whole in modules() else str(base), kind)
            case ast.ImportFrom():
                raise AssertionError("an import relative to the module")
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body, orelse=other):
                yield from _imports(ast.Module(body, []), "types")
                yield from _imports(ast.Module(other, []), kind)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from _imports(child, "types" if kind == "types" else "inner")
            case _:
                yield from _imports(child, kind)


@cache
def imports(module: str) -> tuple[Import, ...]:
    """The imports of a module."""
    tree = ast.parse(modules()[module].read_text(encoding="utf-8"))
    return tuple(_imports(tree, "top"))


def inside(module: str, package: str) -> bool:
    """Whether the module is the package or one of its modules."""
    return module == package or module.startswith(f"{package}.")


def ours(module: str, *kinds: str) -> set[str]:
    """The modules of the package that a module imports in these ways."""
    return {
        found.target
        for found in imports(module)
        if found.kind in kinds and inside(found.target, DOOR)
    }


def floor(module: str) -> int | None:
    """The number of the floor that a module lives on."""
    first = module.removeprefix(f"{DOOR}.").partition(".")[0]
    return next((at for at, names in enumerate(FLOORS) if first in names.split()), None)


def inner_modules() -> list[str]:
    """All modules but the package itself."""
    return [module for module in modules() if module != DOOR]


def test_every_module_has_a_floor_and_every_floor_its_modules() -> None:
    homeless = [module for module in inner_modules() if floor(module) is None]
    assert not homeless, f"give them a floor in FLOORS: {homeless}"
    names = " ".join(FLOORS).split()
    assert len(names) == len(set(names))
    gone = [name for name in names if f"{DOOR}.{name}" not in modules()]
    assert not gone, f"FLOORS names what is no module: {gone}"


def test_imports_go_down_or_sideways() -> None:
    up = [
        f"{module} (F{floor(module)}) imports {target} (F{floor(target)})"
        for module in inner_modules()
        for target in sorted(ours(module, "top", "inner", "types") - {DOOR})
        if (floor(target) or 0) > (floor(module) or 0)
    ]
    assert not up, "\n".join(up)


def test_nothing_inside_imports_the_public_door() -> None:
    assert [m for m in inner_modules() if DOOR in ours(m, "top", "inner", "types")] == []


def _circle(edges: dict[str, set[str]]) -> list[str] | None:
    """A path of modules that ends where it began, if there is one."""
    done: set[str] = set()

    def walk(module: str, path: list[str]) -> list[str] | None:
        if module in path:
            return [*path[path.index(module) :], module]
        if module in done:
            return None
        for target in sorted(edges.get(module, set())):
            found = walk(target, [*path, module])
            if found:
                return found
        done.add(module)
        return None

    return next((found for module in sorted(edges) if (found := walk(module, []))), None)


def _edges(*kinds: str, but: Iterable[tuple[str, str]] = ()) -> dict[str, set[str]]:
    left_out = set(but)
    return {
        module: {target for target in ours(module, *kinds) if (module, target) not in left_out}
        for module in inner_modules()
    }


def test_the_circle_finder_finds_circles() -> None:
    assert _circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert _circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) is None


def test_no_circle_among_the_modules() -> None:
    assert _circle(_edges("top", "inner", but=CIRCLES_ALLOWED)) is None


def test_no_circle_even_for_the_type_checker() -> None:
    assert _circle(_edges("top", "types")) is None


@pytest.mark.parametrize("pair", CIRCLES_ALLOWED)
def test_an_allowed_circle_still_is_one(pair: tuple[str, str]) -> None:
    others = [other for other in CIRCLES_ALLOWED if other != pair]
    assert _circle(_edges("top", "inner", but=others)) is not None, f"no longer needed: {pair}"


def _libraries(module: str) -> set[str]:
    """The libraries, by the name of their distribution, that a module imports."""
    roots = {found.target.partition(".")[0] for found in imports(module)}
    foreign = roots - sys.stdlib_module_names - {DOOR}
    return {IMPORT_NAMES.get(root, root) for root in foreign}


def test_libraries_are_imported_only_where_the_table_says() -> None:
    astray = [
        f"{module} imports {library}"
        for module in modules()
        for library in sorted(_libraries(module))
        if not any(inside(module, home) for home in LIBRARIES.get(library, ("", []))[1])
    ]
    assert not astray, "\n".join(astray)


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_table_of_libraries_is_true(library: str) -> None:
    extra, homes = LIBRARIES[library]
    users = [module for module in modules() if library in _libraries(module)]
    assert [home for home in homes if not any(inside(user, home) for user in users)] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    brought = project["dependencies"] if extra == "core" else extras[extra]
    assert library in {re.split(r"[<>=!~\[; ]", requirement)[0] for requirement in brought}


def test_modules_found_by_name_are_found_in_known_places() -> None:
    by_name = [
        module
        for module in modules()
        if any(found.target in ("importlib", "runpy") for found in imports(module))
    ]
    assert sorted(by_name) == sorted(FOUND_BY_NAME)


def test_no_module_runs_or_fetches_what_it_is_given() -> None:
    forbidden = {"ctypes", "ftplib", "http", "marshal", "pickle", "shelve", "smtplib", "socket"}
    forbidden |= {"asyncio", "cffi", "code", "codeop", "copyreg", "dill", "httpx", "joblib"}
    forbidden |= {"multiprocessing", "requests", "socketserver", "telnetlib", "urllib3", "yaml"}
    forbidden |= {"ssl", "subprocess", "urllib", "xmlrpc"}
    calls = {"eval", "exec", "compile", "__import__"}
    astray = []
    for module, path in modules().items():
        roots = {found.target.partition(".")[0] for found in imports(module)}
        roots -= STARTS_PROCESSES.get(module, set())
        called = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        astray += [f"{module}: {name}" for name in sorted(roots & forbidden | called & calls)]
    assert astray == []


WRITES_FILES = {
    "kpieval.cli.output": "every output: the old file or the new one, whatever happens",
    "kpieval.cli.verbs.demo": "the folder that the examples are copied to",
    "kpieval.readers.libreoffice": "a profile and a copy for LibreOffice, thrown away after use",
}
"""The modules that may write to the disk: what all others make is text and bytes."""


def _writes(call: ast.Call) -> bool:
    """Whether a call writes, moves or makes files, as far as its name tells."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    base = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    if name in ("open", "fdopen"):
        modes = [
            it.value
            for it in ast.walk(call)
            if isinstance(it, ast.Constant) and it.value is not None
        ]
        return any(re.fullmatch(r"[rbt]*[wax+][rbt+]*", str(mode)) for mode in modes)
    if name in ("write_text", "write_bytes"):
        return bool(base)  # ours of the same names write to standard output
    if name in ("replace", "rename", "remove", "chmod", "mkdir", "makedirs"):
        return base in ("os", "shutil") or name in ("mkdir", "makedirs")
    return name in ("mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory", "touch")


def test_files_are_written_in_one_place() -> None:
    writing = {
        module
        for module, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _writes(node)
    }
    assert writing == set(WRITES_FILES)


@pytest.mark.parametrize("module", modules())
def test_no_module_outgrows_its_room(module: str) -> None:
    lines = modules()[module].read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST, f"{module} has {lines} lines: find the seam"


# --- the public door ---------------------------------------------------------------------------


def _python(code: str) -> Any:
    """What a fresh interpreter, with the checkout's package, prints as JSON."""
    start = f"import sys; sys.path.insert(0, {str(SRC)!r})\n"
    command = [sys.executable, "-X", "utf8", "-c", start + code]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_importing_the_package_loads_nothing_heavy() -> None:
    # What was there before came with the interpreter: a tool that measures it may have loaded much.
    code = """
before = set(sys.modules)
import kpieval
loaded = sorted(set(sys.modules) - before)
import json
print(json.dumps(loaded))
"""
    loaded = set(_python(code))
    assert loaded & set(HEAVY) == set()
    assert {name for name in loaded if inside(name, DOOR)} == {DOOR}


def test_asking_for_the_version_loads_the_versions_alone() -> None:
    code = """
before = set(sys.modules)
import kpieval
kpieval.__version__
loaded = sorted(set(sys.modules) - before)
import json
print(json.dumps(loaded))
"""
    loaded = set(_python(code))
    assert loaded & set(HEAVY) == set()
    assert {name for name in loaded if inside(name, DOOR)} == {DOOR, f"{DOOR}.versions"}


def test_scoring_a_plain_table_loads_nothing_of_other_forms(tmp_path: Path) -> None:
    pytest.importorskip("click", reason="needs the extra cli")
    table, output = tmp_path / "table.csv", tmp_path / "result.json"
    rows = [
        "合格率,≥95%,96%,90",
        "完成时间,12月底前,2024年12月3日,5",
        "成本,≤500元/人天,480元/人天,5",
    ]
    table.write_text("\n".join(["三级指标,指标值,实际完成值,分值", *rows, ""]), "utf-8")
    code = f"""
before = set(sys.modules)
from kpieval.cli import main
assert main(["score", {str(table)!r}, "--year", "2024", "-o", {str(output)!r}]) == 0
loaded = sorted(set(sys.modules) - before)
import json
print(json.dumps(loaded))
"""
    loaded = set(_python(code))
    assert json.loads(output.read_text("utf-8"))["projects"][0]["indicators"][0]["verdict"] == "met"
    assert loaded & set(LEFT_OUT) == set()


def test_what_is_left_out_exists() -> None:
    ours = {name for name in LEFT_OUT if inside(name, DOOR)}
    assert ours - set(modules()) == set()


def test_every_public_name_is_there_first_and_second_time() -> None:
    # A module of the same name would take the place of a public name once it is imported.
    code = """
import json, kpieval
first = {name: getattr(kpieval, name) for name in kpieval.__all__}
print(json.dumps([name for name in first if getattr(kpieval, name) is not first[name]]))
"""
    assert _python(code) == []


def test_no_public_name_is_a_modules_name() -> None:
    public = set(_python("import json, kpieval; print(json.dumps(kpieval.__all__))"))
    assert public & {module.removeprefix(f"{DOOR}.") for module in modules()} == set()


def test_the_public_names_are_told_alike_three_times() -> None:
    code = "import json, kpieval; print(json.dumps([kpieval._HOME, kpieval.__all__]))"
    homes, public = _python(code)
    tree = ast.parse(modules()[DOOR].read_text(encoding="utf-8"))
    typed = {
        alias.name: str(node.module).removeprefix(f"{DOOR}.")
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed == homes
    assert sorted(public) == sorted([*typed, "__version__"])


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    import kpieval

    with pytest.raises(AttributeError, match="no_such_name"):
        getattr(kpieval, "no_such_name")  # noqa: B009


# --- what is measured ------------------------------------------------------------------------

_UNMEASURED = re.compile(r"#\s*pragma:\s*no\s*(?:cover|branch)\b(.*)", re.IGNORECASE)
_REASON = re.compile(r"\s*- \w.{9,}")


def _without_reason(source: str) -> list[str]:
    """The lines that coverage passes over without saying why: ``# pragma: no cover - a reason``."""
    found = ((line, _UNMEASURED.search(line)) for line in source.splitlines())
    return [line.strip() for line, said in found if said and not _REASON.match(said[1])]


def test_a_pragma_without_a_reason_is_found() -> None:
    bare = ["x = 1  # pragma: no cover", "if x:  # pragma: no branch - it", "y  #pragma:no  cover"]
    assert _without_reason("\n".join(bare)) == bare
    assert _without_reason("raise  # pragma: no cover - only a broken build gets here") == []


def test_what_is_not_measured_says_why() -> None:
    # There was none when this was written: what cannot be reached is an assertion, or gone.
    sources = {name: path.read_text(encoding="utf-8") for name, path in modules().items()}
    assert {name: lines for name, text in sources.items() if (lines := _without_reason(text))} == {}


def test_what_the_settings_leave_out_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (block,) = re.findall(r"exclude_also = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE)
    lines = "".join(f"{line.strip()}\n" for line in block.splitlines())
    explained = re.findall(r"(?:# .{10,}\n)+((?:'.*',\n)+)", lines)
    assert sum(each.count("\n") for each in explained) == lines.count("',\n") > 0


# --- what the papers say ---------------------------------------------------------------------


def test_the_limits_of_security_md_are_those_of_the_code() -> None:
    htmlform = pytest.importorskip("kpieval.readers.htmlform", reason="needs the extra office")
    said = " ".join((ROOT / "SECURITY.md").read_text(encoding="utf-8").split())
    mebi = 1024 * 1024
    cells, package, tables = (
        pytest.importorskip(f"kpieval.readers.docx.{name}")
        for name in ("cells", "package", "tables")
    )
    limits = [
        f"{folding.MAX_TEXT:,} characters a text",
        f"{folding.MAX_DIGITS} digits a number",
        f"{opening.MAX_BYTES // mebi} MiB a file",
        f"{grid.MAX_COLUMNS} columns a table",
        f"{archive.MAX_INFLATED // mebi} MiB unpacked",
        f"{archive.MAX_RATIO} times its packed size",
        f"{archive.MAX_MEMBERS:,} members",
        f"{grid.MAX_ROWS:,} rows",
        f"{grid.MAX_CELLS:,} cells a sheet",
        f"{package.MAX_ELEMENTS:,} elements a part",
        f"{tables.MAX_CELLS:,} cells in tables",
        f"{cells.MAX_NESTED} tables in each other",
        f"web page {htmlform.MAX_BYTES // mebi} MiB",
        f"{pdfform.MAX_PAGES} pages and {pdfform.MAX_CHARACTERS:,} characters",
        f"{max(sheets.MEMORY, pdf.MEMORY) // mebi} MiB of memory and {pdfform.SECONDS} seconds",
        f"blocked, and {libreoffice.SECONDS} seconds",
        f"{showing.MOST_ROWS} rows and {showing.MOST_SIGNS} characters a text",
    ]
    assert [limit for limit in limits if limit not in said] == []


def test_the_changelog_has_the_version_and_lists_changed_verdicts_apart() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert PACKAGE_VERSION in text
    assert "### Changed verdicts" in text
    assert f"`semantics_version` is {SEMANTICS_VERSION}" in text


# --- the checkout ------------------------------------------------------------------------------

_PLACES = ["src", "grammar", "tests", "docs", "examples", ".ci"]
_TEXTS = {".py", ".md", ".toml", ".txt", ".lark", ".json", ".jsonl", ".csv", ".ini", ".sh", ""}
# Spelled in pieces, so that this file does not hold what it looks for.
_MACHINE = re.compile(r"(?<![\w./])/(?:" + "work|root|home|Users" + r")/\w|/tmp/" + "venv")


def _texts() -> Iterator[Path]:
    yield from ROOT.glob("*.md")
    yield ROOT / "pyproject.toml"
    for place in _PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(ROOT / place).parts)
            if path.suffix in _TEXTS and path.is_file() and not hidden:
                yield path


def test_no_path_of_one_machine_is_written_down() -> None:
    paths = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if _MACHINE.search(line)
    ]
    assert paths == []
