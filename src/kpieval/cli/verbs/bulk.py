"""``kpieval bulk``: a file of rows, or a folder of such files, in; the same rows scored out."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from kpieval.cli.completing import files
from kpieval.cli.language import language
from kpieval.cli.options import Command, lang_option, option, output_option, year_option
from kpieval.cli.output import check_output, emit, replacing, write_atomically
from kpieval.cli.progress import Progress, progress
from kpieval.cli.scoring import policy_called
from kpieval.cli.streams import STDIO, is_terminal
from kpieval.phrases import phrase
from kpieval.presets import DEFAULT

if TYPE_CHECKING:
    from kpieval.bulk.partitions import Partition
    from kpieval.bulk.running import Tally, Tell
    from kpieval.policies import Policy


@frozen
class Choices:
    """The arguments of the verb."""

    table: str
    policy: str
    year: int | None
    summary: str | None
    allocate_weights: bool
    output: str | None
    lang: str | None


def command(lang: str) -> click.Command:
    """The verb, its help in ``lang``."""
    return Command(
        "bulk",
        lang=lang,
        help=phrase("help.bulk", lang),
        params=[
            click.Argument(["table"], metavar="IN", shell_complete=files),
            option("--policy", lang, default=DEFAULT, metavar="NAME|FILE"),
            year_option(lang),
            option("--summary", lang, default=None, metavar="FILE"),
            option("--allocate-weights", lang, is_flag=True),
            output_option(lang),
            lang_option(lang),
        ],
        callback=lambda **given: run(Choices(**given)),
    )


def run(choices: Choices) -> int:
    """Score the file or the folder, and say how many rows there were."""
    from kpieval.bulk.files import format_of
    from kpieval.bulk.running import Tally

    spoken = language(choices.lang, terminal=is_terminal())
    if choices.output is None or STDIO in (choices.output, choices.table):
        raise click.UsageError(phrase("bulk.files_only", spoken))
    check_output(choices.output, [choices.table, choices.policy])
    check_output(choices.summary, [choices.table, choices.output, choices.policy])
    if choices.summary is not None:
        format_of(choices.summary)
    policy = policy_called(choices.policy)
    tally, start = Tally(by_project=choices.summary is not None), time.monotonic()
    with progress(1, choices.lang) as told:
        tell = _teller(told, start)
        if os.path.isdir(choices.table):
            skipped = _folder(choices, choices.output, policy, tally, tell)
        else:
            skipped = 0
            _file(choices.table, choices.output, _Way(choices, policy), tally, tell)
        if choices.summary is not None:
            _summary(choices.summary, tally)
    seconds = max(time.monotonic() - start, 0.001)
    said = _said(tally, spoken, int(tally.rows / seconds))
    emit(
        said + (phrase("bulk.skipped", spoken, n=skipped) if skipped else ""), None, for_people=True
    )
    return 0


@frozen
class _Way:
    """How every file of a call is scored."""

    choices: Choices
    policy: Policy


def _file(path: str, output: str, way: _Way, tally: Tally, tell: Tell) -> None:
    from kpieval.bulk.files import format_of, source
    from kpieval.bulk.memo import memo_for
    from kpieval.bulk.running import score_into, surveyed
    from kpieval.tables import Place

    form, allocated = format_of(output), None
    memo = memo_for(way.policy, Place(path), way.choices.year)
    if way.choices.allocate_weights:
        with source(path) as found:
            allocated = surveyed(found, memo)
    with source(path) as found, replacing(output) as file:
        score_into(file, form, found, memo, tally, tell, allocated)


def _folder(choices: Choices, output: str, policy: Policy, tally: Tally, tell: Tell) -> int:
    """Score what is not yet done; how many partitions were."""
    from kpieval.bulk.partitions import LEDGER, done_before, ledger, partitions, settings

    chosen = settings(policy, choices.year, allocate=choices.allocate_weights)
    todo = partitions(choices.table, output)
    done, skipped = done_before(output, chosen), 0
    for partition in todo:
        stamp = partition.stamp
        if done.get(partition.name) == stamp:
            skipped += 1
            _again(partition, choices, tally)
            continue
        check_output(partition.output, [part.source for part in todo])
        _file(partition.source, partition.output, _Way(choices, policy), tally, tell)
        done[partition.name] = stamp
        write_atomically(str(Path(output) / LEDGER), ledger(chosen, done).encode())
    return skipped


def _again(partition: Partition, choices: Choices, tally: Tally) -> None:
    """Count the rows of a partition that was done before, where a summary is asked for."""
    if choices.summary is None:
        return
    from kpieval.bulk.columns import layout_of
    from kpieval.bulk.files import source
    from kpieval.bulk.running import recount
    from kpieval.tables import Place

    with source(partition.source) as known, source(partition.output) as found:
        recount(found, layout_of(known.schema, Place(partition.source)), tally)


def _summary(path: str, tally: Tally) -> None:
    from kpieval.bulk.files import format_of, sink

    table = tally.table()
    with replacing(path) as file, sink(file, format_of(path), table.schema) as out:
        for batch in table.to_batches():
            out.write_batch(batch)


def _teller(told: Progress, start: float) -> Tell:
    """What shows the rows that are done, and how many of them a second."""

    def tell(rows: int) -> None:
        rate = int(rows / max(time.monotonic() - start, 0.001))
        told.text = phrase("progress.bulk", told.lang, rows=f"{rows:,}", rate=f"{rate:,}")

    return tell


def _said(tally: Tally, lang: str, rate: int) -> str:
    counts = {name: f"{count:,}" for name, count in tally.verdicts.items()}
    told = {"rows": f"{tally.rows:,}", "rate": f"{rate:,}", "errors": f"{tally.errors:,}"}
    return phrase("bulk.done", lang, **told, **counts) + "\n"
