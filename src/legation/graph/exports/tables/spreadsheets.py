"""The tables as CSV files with CSVW metadata, and as Parquet.

Invariant: UTF-8, one header line, line feeds; the metadata names every file, column and datatype.
Source: W3C Metadata Vocabulary for Tabular Data.
"""

import io
import json
from collections.abc import Iterable
from typing import Any

from legation.errors import MissingExtra
from legation.graph.exports.edition import Release
from legation.graph.exports.tables import SEPARATOR, Heading, Roll
from legation.text.display import comma_separated

_DATATYPES: dict[str, Any] = {
    "boolean": {"base": "boolean", "format": "1|0"},
    "date": "date",
    "integer": "integer",
}


def spreadsheet(roll: Roll) -> bytes:
    """A table as CSV."""
    return comma_separated([[heading.name for heading in roll.headings], *roll.rows]).encode()


def metadata(rolls: Iterable[Roll], release: Release) -> bytes:
    """The CSVW description of the tables."""
    said: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:title": release.title,
        "dc:license": {"@id": release.licence} if release.licence else None,
        "dialect": {"lineTerminators": ["\n"]},
        "tables": [
            {
                "url": f"{roll.name}.csv",
                "dc:description": roll.meaning,
                "tableSchema": {"columns": [_column(heading) for heading in roll.headings]},
            }
            for roll in rolls
        ],
    }
    given = {key: value for key, value in said.items() if value}
    return (json.dumps(given, ensure_ascii=False, indent=1) + "\n").encode()


def _column(heading: Heading) -> dict[str, Any]:
    column: dict[str, Any] = {
        "name": heading.name,
        "titles": heading.name,
        "dc:description": heading.meaning,
        "datatype": _DATATYPES.get(heading.kind, "string"),
    }
    return {**column, "separator": SEPARATOR} if heading.kind == "many" else column


def parquet(roll: Roll) -> bytes:
    """A table as Parquet, its bytes those of one version of polars; MissingExtra without any."""
    try:
        import polars
    except ImportError as error:
        raise MissingExtra("Parquet files", "frames") from error
    kinds = {"boolean": polars.Boolean, "integer": polars.Int64}
    schema = {heading.name: kinds.get(heading.kind, polars.String) for heading in roll.headings}
    columns = list(zip(*roll.rows, strict=True)) or [()] * len(roll.headings)
    data = {
        heading.name: [bool(c) for c in cells] if heading.kind == "boolean" else list(cells)
        for heading, cells in zip(roll.headings, columns, strict=True)
    }
    file = io.BytesIO()
    polars.DataFrame(data, schema=schema).write_parquet(file, statistics=True)
    return file.getvalue()
