"""The door of Word files: the input is the main part of a small package."""

from __future__ import annotations

import copy
import random
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

import lxml.etree
from docxmaker import W, packed
from docxtraps import TRAPS

from fuzz.files import told
from fuzz.laws import hold, refused_well
from kpieval.errors import KpiEvalError
from kpieval.readers import docx, read_tables

MAIN = "word/document.xml"
DIGITS = re.compile("[0-9]+")
_TEXT = f"{{{W}}}t"
_PROPERTIES = f"{{{W}}}rPr"
_FIELD = f"{{{W}}}fldChar"
_PLAIN = [f"{{{W}}}{name}" for name in ("r", "p", "tc", "tr", "tbl", "body", "document")]


def seeds() -> Iterator[bytes]:
    """The main parts of the traps of Word."""
    for trap in TRAPS:
        with zipfile.ZipFile(BytesIO(trap.file())) as archive:
            yield archive.read(MAIN)


def words() -> Iterator[bytes]:
    """The names of elements and attributes that the seeds use."""
    names = {name for seed in seeds() for name in re.findall(rb"\w+:\w+", seed)}
    yield from sorted(names)


def check(data: bytes) -> None:
    """Read the package, once as a grid and once as tables; see that its figures are told."""
    file = packed({MAIN: data})
    try:
        sheets = docx.read(file, "t.docx")
    except KpiEvalError as error:
        refused_well(error)
        return
    seen = told(sheets)
    notes = [note for grid in sheets.grids for note in (*grid.notes, *_row_notes(grid))]
    if not notes and not sheets.notes:
        for figures in _figures(data):
            hold(figures in seen, ("figures lost", figures))
    with tempfile.NamedTemporaryFile(suffix=".docx") as stream:
        stream.write(file)
        stream.flush()
        try:
            repr(read_tables(stream.name))
        except KpiEvalError as error:
            refused_well(error)


def _row_notes(grid: object) -> Iterator[object]:
    for row in getattr(grid, "rows", ()):
        yield from row.notes
        yield from row.problems


def _figures(data: bytes) -> Iterator[str]:
    """The runs of digits in plain runs of plain cells, told by another walk than the reader's.

    Text inside of anything else (alternatives, properties) may rightly not be shown, and the code
    of a field is not; a run with properties may be struck through or hidden.
    """
    root = lxml.etree.fromstring(data, lxml.etree.XMLParser(resolve_entities=False))
    if next(root.iter(_FIELD), None) is not None:
        return
    for text in root.iter(_TEXT):
        plain = [parent.tag for parent in text.iterancestors()] == _PLAIN
        if plain and next(text.itersiblings(_PROPERTIES, preceding=True), None) is None:
            yield from DIGITS.findall(text.text or "")


def mutated(data: bytes, most: int, seed: int, mutate: Callable[[bytes, int], bytes]) -> bytes:
    """A change that mostly leaves the XML whole: an element moved, copied, cut or reworded.

    One time in eight the bytes themselves are changed.
    """
    chance = random.Random(seed)
    try:
        root = lxml.etree.fromstring(data, lxml.etree.XMLParser(resolve_entities=False))
    except (lxml.etree.XMLSyntaxError, ValueError):
        return mutate(data, most)
    if chance.random() < 0.125:
        return mutate(data, most)
    for _ in range(chance.randrange(1, 4)):
        _change(root, chance, mutate)
    made: bytes = lxml.etree.tostring(root, encoding="utf-8")
    return made[:most]


def _change(
    root: lxml.etree._Element, chance: random.Random, mutate: Callable[[bytes, int], bytes]
) -> None:
    inside = [element for element in root.iter() if element is not root]
    if not inside:
        return
    element, other = chance.choice(inside), chance.choice(inside)
    parent = element.getparent()
    match chance.randrange(5):
        case 0 if parent is not None:
            parent.remove(element)
        case 1 if other not in element.iter():
            other.append(element)
        case 2 if parent is not None and len(inside) < 500:
            parent.insert(parent.index(element), copy.deepcopy(element))
        case 3 if element.attrib:
            name = chance.choice(sorted(element.attrib))
            element.set(name, _legal(mutate(str(element.get(name)).encode(), 40)))
        case _:
            element.text = _legal(mutate((element.text or "1").encode(), 60))


def _legal(data: bytes) -> str:
    """What XML may hold of these bytes."""
    text = data.decode("utf-8", "ignore")
    return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd]", "", text)
