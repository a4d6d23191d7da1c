"""The tables as one SQLite file, with views that join what people ask for.

Invariant: the same tables are the same bytes under one SQLite library, and under another as far as
that lays out pages alike: the page settings are fixed, rows go in sorted, the file is vacuumed, and
the two counters and the library's own version in its header are blanked.
"""

import sqlite3
from collections.abc import Iterable

from legation.graph.exports.tables import Roll

_KINDS = {"integer": "INTEGER", "boolean": "INTEGER"}
_VIEWS = {
    "who_took_part": """SELECT e.label AS event, e.date, p.role, t.label AS who,
  p.event AS event_iri, p.agent AS who_iri FROM participations p JOIN events e ON e.iri = p.event
  LEFT JOIN things t ON t.iri = p.agent ORDER BY e.earliest, e.label, p.role, who""",
    "facts_with_quotes": """SELECT s.label AS thing, f.property, coalesce(v.label, f.value)
  AS value,
  c.quote, a.title AS article, c.modality, f.reported_only, f.subject, f.value AS value_iri,
  c.iri AS claim FROM facts f JOIN proofs p ON p.fact = f.id JOIN claims c ON c.iri = p.claim
  JOIN articles a ON a.iri = c.article LEFT JOIN things s ON s.iri = f.subject
  LEFT JOIN things v ON v.iri = f.value AND f.is_thing
  ORDER BY f.subject, f.property, f.value, c.iri""",
    "reported_only": """SELECT * FROM facts_with_quotes WHERE reported_only
  ORDER BY subject, property, value_iri, claim""",
    "timeline": """SELECT coalesce(earliest, latest) AS day, date, label, class, place, iri
  FROM events WHERE day IS NOT NULL ORDER BY day, iri""",
    "office_holders": """SELECT h.label AS holder, o.label AS office, t.begin, t.end, t.attested
  FROM tenures t LEFT JOIN things h ON h.iri = t.holder LEFT JOIN things o ON o.iri = t.office
  ORDER BY office, t.earliest, holder""",
    "who_said": """SELECT p.label AS speaker, s.class, s.text, s.date, s.iri FROM statements s
  LEFT JOIN things p ON p.iri = s.speaker ORDER BY speaker, s.earliest, s.iri""",
    "disputed": """SELECT t.label AS thing, c.property, c.value, c.other_value, q.quote, q.claim
  FROM conflicts c JOIN things t ON t.iri = c.subject JOIN proofs p ON p.fact = c.fact
  JOIN (SELECT iri AS claim, quote FROM claims) q ON q.claim = p.claim
  ORDER BY thing, c.property, c.value, q.claim""",
}


def database(rolls: Iterable[Roll]) -> bytes:
    """An SQLite file of some tables."""
    base = sqlite3.connect(":memory:")
    try:
        base.executescript("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8';")
        for roll in rolls:
            _fill(base, roll)
        for name, query in _VIEWS.items():
            base.execute(f"CREATE VIEW {name} AS {query}")
        base.commit()
        base.execute("VACUUM")
        return _settled(base.serialize())
    finally:
        base.close()


def _fill(base: sqlite3.Connection, roll: Roll) -> None:
    names = [heading.name for heading in roll.headings]
    kinds = [_KINDS.get(heading.kind, "TEXT") for heading in roll.headings]
    key = " PRIMARY KEY NOT NULL" if names[0] in ("iri", "id") else ""
    columns = ", ".join(f'"{n}" {k}{key if not i else ""}' for i, (n, k) in enumerate(
        zip(names, kinds, strict=True)))  # fmt: skip
    base.execute(f'CREATE TABLE "{roll.name}" ({columns})')
    marks = ", ".join("?" * len(names))
    base.executemany(f'INSERT INTO "{roll.name}" VALUES ({marks})', roll.rows)
    for name in names:
        if name in ("thing", "event", "agent", "subject", "fact", "claim", "article", "content"):
            base.execute(f'CREATE INDEX "{roll.name}_{name}" ON "{roll.name}" ("{name}")')


def _settled(data: bytes) -> bytes:
    """Blank what differs between libraries: change counter, its twin and the version that wrote."""
    one, version = (1).to_bytes(4, "big"), (3_000_000).to_bytes(4, "big")
    return data[:24] + one + data[28:92] + one + version + data[100:]
