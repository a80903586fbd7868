"""Columns of texts are split as one text is, and files keep their types however they are read."""

from __future__ import annotations

import itertools
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet
from shaped import texts

from kpieval.bulk.files import sink, source
from kpieval.bulk.kinds import Kind
from kpieval.bulk.splitting import split_all
from kpieval.parsing.shapes import split


def test_a_column_is_split_as_its_texts_are() -> None:
    written = [text for text, _ in itertools.islice(texts(11), 6000)]
    written += [
        "",
        "290%",
        "2024元",
        "1900.5-1901.5元",
        "≥\n9元",
        "9\n",
        "２0人",
        "1.0",
        "1.00001",
        "9-11人-12",
        "5.元",
        "5..元",
        "123456789人",
        "1234567890人",
        "9" * 40,
        f"9.{'1' * 40}",
        "1.2345-99999.9999元",
        "1-2.34567元",
        "09-11人",
        "9-011人",
        "9-2024人",
        "290%-300",
        "29-30%",
        "满意度不低于几成9成",
        "满意度不低于几成的9成",
        "5成左右的受访对象都满意了",
        "5成左右的受访对象都满意的",
    ]
    found = split_all(pl.Series(written))
    for text, (around, first, first_places, last, last_places, kind) in zip(
        written, found.parts.iter_rows(), strict=True
    ):
        parts = split(text)
        if parts is None:
            assert found.arounds[around] == () or kind != Kind.PLAIN, text
            continue
        pieces, numbers = parts
        assert (found.arounds[around], kind) == (pieces, Kind.PLAIN), text
        assert ((first, first_places), (last, last_places)) == (numbers[0], numbers[-1]), text


TEXT = pa.array(["≥90%", None, "≥90%"])


@pytest.mark.parametrize("column", [TEXT, TEXT.dictionary_encode(), TEXT.cast(pa.large_string())])
def test_a_file_has_the_types_that_it_had(tmp_path: Path, column: pa.Array) -> None:
    table = pa.table({"target": column}).replace_schema_metadata({"who": "a bureau"})
    path, output = tmp_path / "in.parquet", tmp_path / "out.parquet"
    parquet.write_table(table, path)
    with source(str(path)) as found, output.open("wb") as file:
        assert found.schema.equals(table.schema, check_metadata=True)
        with sink(file, "parquet", found.schema) as out:
            for batch in found.batches:
                out.write_batch(batch)
    again = parquet.read_table(output)
    assert again.schema.equals(table.schema, check_metadata=True)
    assert again.column(0).to_pylist() == table.column(0).to_pylist()
