"""Typed columns as frames of pandas and polars, which are optional and imported when used.

Invariant: an empty column keeps its type.
"""

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
    """Columns as a pandas frame.

    Returns:
        A frame with nullable dtypes: ``string``, ``Int64``, ``Float64``, ``boolean``; days are
        ``datetime64[s]``; a column of several kinds keeps Python values (``object``).

    Raises:
        MissingExtra: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtra("pandas data frames", "frames") from error

    def series(column: Column) -> "pandas.Series[Any]":
        if column.kind == "moment":
            utc = any(getattr(v, "tzinfo", None) is not None for v in column.values)
            moments = pandas.to_datetime(pandas.Series(column.values, dtype="object"), utc=utc)
            return moments.astype("datetime64[us, UTC]" if utc else "datetime64[us]")
        return pandas.Series(list(column.values), dtype=_PANDAS[column.kind])

    frame = pandas.DataFrame({place: series(column) for place, column in enumerate(table)})
    frame.columns = pandas.Index([column.name for column in table], dtype="object")
    return frame


def to_polars(table: Sequence[Column]) -> "polars.DataFrame":
    """Columns as a polars frame.

    Returns:
        A frame of ``String``, ``Int64``, ``Float64``, ``Boolean``, ``Date`` and ``Datetime``
        columns; a column of several kinds is text.

    Raises:
        MissingExtra: polars is not installed.
    """
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
            zoned = any(getattr(v, "tzinfo", None) is not None for v in values)
            kind = polars.Datetime("us", "UTC" if zoned else None)
            return polars.Series(column.name, values, dtype=kind)
        if column.kind == "mixed":
            values = [None if value is None else str(value) for value in values]
        return polars.Series(column.name, values, dtype=types.get(column.kind, polars.String))

    return polars.DataFrame([series(column) for column in table])
