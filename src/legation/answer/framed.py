"""Answers as data frames, Parquet files and pictures.

Invariant: every frame of an answer has the same columns in the same order, typed alike.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from legation.answer import frames, picture
from legation.answer.column import Column
from legation.files.document import keep

if TYPE_CHECKING:
    import pandas
    import polars
    from matplotlib.axes import Axes


class Framed:
    """Whatever can be had as a data frame or a picture.

    >>> import legation
    >>> isinstance(legation.open().ask("receptions"), Framed)
    True
    """

    __slots__ = ()

    columns: tuple[str, ...]
    summary: str

    def _columns(self, evidence: bool, companions: bool) -> Sequence[Column]:
        raise NotImplementedError

    def to_pandas(self, *, evidence: bool = False, companions: bool = True) -> "pandas.DataFrame":
        """The answer as a pandas frame with typed columns.

        Args:
            evidence: Whether to add the evidence; a row is then repeated for each passage.
            companions: Whether to add the IRI of each thing (``who_iri``) and the first and last
                day of each date (``date_earliest``, ``date_latest``).

        Returns:
            A frame: the answer's columns, companions, for a question ``conflicts`` (what stands
            against a row), evidence; the same columns and dtypes when no row answers.

        Raises:
            MissingExtra: pandas is not installed.

        >>> import legation
        >>> frame = legation.open().ask("timeline").to_pandas()
        >>> " ".join(frame.columns)
        'date event location who date_earliest date_latest event_iri location_iri who_iri conflicts'
        """
        return frames.to_pandas(self._columns(evidence, companions))

    def to_polars(self, *, evidence: bool = False, companions: bool = True) -> "polars.DataFrame":
        """The answer as a polars frame with typed columns.

        Args:
            evidence: As in `to_pandas`.
            companions: As in `to_pandas`.

        Returns:
            A frame laid out as in `to_pandas`; days are ``Date``.

        Raises:
            MissingExtra: polars is not installed.

        >>> import legation
        >>> legation.open().ask("receptions").to_polars().schema["date_earliest"]
        Date
        """
        return frames.to_polars(self._columns(evidence, companions))

    def to_parquet(
        self, path: str | Path, *, evidence: bool = False, companions: bool = True
    ) -> None:
        """The answer as a Parquet file, which keeps dates, numbers and what is not stated apart.

        Args:
            path: The file to write.
            evidence: As in `to_pandas`.
            companions: As in `to_pandas`.

        Raises:
            InputError: The file cannot be written.
            MissingExtra: Neither polars nor pyarrow (with pandas) is installed to write it.

        >>> import legation, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     legation.open().ask("letters").to_parquet(Path(folder) / "letters.parquet")
        """
        keep(frames.to_parquet(self._columns(evidence, companions)), Path(path))

    def plot(self, by: str | None = None) -> "Axes":
        """A picture of the answer.

        Args:
            by: A column: the picture counts its values. When left out, an answer with dates is
                drawn as spans in order of time, any other by its first column.

        Returns:
            The axes of a new matplotlib figure.

        Raises:
            UsageError: There is no such column, or nothing in the answer can be drawn.
            MissingExtra: matplotlib is not installed.

        >>> import legation
        >>> axes = legation.open().ask("who_attended").plot(by="role")
        >>> axes.get_xlabel()
        'rows'
        """
        table = {column.name: column for column in self._columns(False, True)}
        return picture.drawn(self.columns, table, by, title=self.summary or "rows of the answer")
