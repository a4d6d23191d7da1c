"""Typed columns as frames of pandas and polars, which are optional and imported when used.

Invariant: an empty column keeps its type.
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from legation.answer.column import Column, Kind
from legation.errors import MissingExtra

if TYPE_CHECKING:
    import pandas
    import polars

_PANDAS: dict[Kind, str] = {
    "thing": "string",
    "edtf": "string",
    "text": "string",
    "day": "datetime64[s]",
    "integer": "Int64",
    "number": "Float64",
    "flag": "boolean",
    "mixed": "object",
}


def to_pandas(table: Sequence[Column]) -> "pandas.DataFrame":
    """Columns as a pandas frame; its dtypes hold what is not stated apart from any value."""
    try:
        import pandas
    except ImportError as error:
        raise MissingExtra("pandas data frames", "frames") from error

    def series(column: Column) -> "pandas.Series[Any]":
        if column.kind == "moment":
            utc = _is_zoned(column)
            # By way of objects, and to one unit: pandas 2 and 3 infer different ones.
            moments = pandas.to_datetime(pandas.Series(column.values, dtype="object"), utc=utc)
            return moments.astype("datetime64[us, UTC]" if utc else "datetime64[us]")
        return pandas.Series(list(column.values), dtype=_PANDAS[column.kind])

    # By place, then named: several columns may bear one name, and a frame keeps them all.
    frame = pandas.DataFrame({place: series(column) for place, column in enumerate(table)})
    frame.columns = pandas.Index([column.name for column in table], dtype="object")
    return frame


def to_polars(table: Sequence[Column]) -> "polars.DataFrame":
    """Columns as a polars frame; one of several kinds is text, which polars cannot mix."""
    try:
        import polars
    except ImportError as error:
        raise MissingExtra("polars data frames", "frames") from error
    types: dict[Kind, Any] = {
        "day": polars.Date,
        "integer": polars.Int64,
        "number": polars.Float64,
        "flag": polars.Boolean,
    }

    def series(column: Column) -> "polars.Series":
        values: Sequence[object] = column.values
        if column.kind == "moment":
            kind = polars.Datetime("us", "UTC" if _is_zoned(column) else None)
            return polars.Series(column.name, values, dtype=kind)
        if column.kind == "mixed":
            values = [None if value is None else str(value) for value in values]
        return polars.Series(column.name, values, dtype=types.get(column.kind, polars.String))

    return polars.DataFrame([series(column) for column in table])


def to_parquet(table: Sequence[Column]) -> bytes:
    """Columns as a Parquet file; polars writes one by itself, pandas needs pyarrow."""
    out = io.BytesIO()
    try:
        to_polars(table).write_parquet(out)
    except MissingExtra:
        try:
            to_pandas(table).to_parquet(out, engine="pyarrow", index=False)
        except (ImportError, MissingExtra) as error:
            raise MissingExtra("Parquet files", "frames") from error
    return out.getvalue()


def _is_zoned(column: Column) -> bool:
    return any(getattr(moment, "tzinfo", None) is not None for moment in column.values)
