"""Run one door under atheris: see the package."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import atheris

DOORS = ("text", "word", "separated")
LONGEST = {"text": 400, "word": 20_000, "separated": 2_000}
WATCHED = {"text": "kpieval.parsing", "word": "kpieval.readers", "separated": "kpieval.readers"}
"""What guides the fuzzer: the coverage of the rooms behind the door. All of it would be slow."""


def main() -> None:
    """Fill the folder with seeds and words, and look for inputs that break a law."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("door", choices=DOORS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--folder", type=Path, required=True, help="seeds, corpus and findings")
    options = parser.parse_args()
    # Only what is first imported here is watched.
    with atheris.instrument_imports(include=[WATCHED[options.door]]):
        door = import_module(f"fuzz.{options.door}")
        # The parser is made once, and libraries are loaded, before the clock starts.
        door.check(next(door.seeds()))
    corpus, seeds, findings = (
        options.folder / options.door / name for name in ("corpus", "seeds", "findings")
    )
    for folder in (corpus, seeds, findings):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(door.seeds()):
        (seeds / f"{number:05}").write_bytes(seed)
    words = options.folder / f"{options.door}.dict"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in _distinct(door.words())), "ascii")
    arguments = [
        sys.argv[0],
        f"-max_total_time={options.seconds}",
        f"-max_len={LONGEST[options.door]}",
        f"-dict={words}",
        f"-artifact_prefix={findings}/",
        "-timeout=10",
        "-report_slow_units=1",
        "-rss_limit_mb=1500",
        "-print_final_stats=1",
        str(corpus),
        str(seeds),
    ]
    if hasattr(door, "mutated"):

        def mutated(data: bytes, most: int, seed: int) -> bytes:
            return bytes(door.mutated(data, most, seed, atheris.Mutate))

        atheris.Setup(arguments, door.check, custom_mutator=mutated)
    else:
        atheris.Setup(arguments, door.check)
    atheris.Fuzz()


def _distinct(words: Iterable[bytes]) -> list[bytes]:
    return sorted({word for word in words if word})


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02X}" for byte in word)


if __name__ == "__main__":
    main()
