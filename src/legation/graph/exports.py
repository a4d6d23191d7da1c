"""The built graph as files that others load.

Invariant: the same dataset gives the same bytes on every machine; a build either replaces the
whole output folder or leaves it as it was, whenever it is killed. Article texts are never part
of an export.
"""

import ctypes
import glob
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from legation.rdf import trig
from legation.graph.dataset import Dataset
from legation.graph.dataset import claim_graphs_of as claim_graphs_of
from legation.graph.dataset import default_graph_of as default_graph_of
from legation.errors import InputError
from legation.rdf.vocabulary import ID, PROV, RDF

MANIFEST = "MANIFEST.sha256"


def nquads(dataset: Dataset, prefixes: Mapping[str, str]) -> str:
    """The dataset as canonical N-Quads.

    Args:
        dataset: The built graph.
        prefixes: Not needed; N-Quads has none.

    Returns:
        One quad a line, sorted by code point.
    """
    del prefixes
    return trig.write_nquads(dataset.quads)


def trig_text(dataset: Dataset, prefixes: Mapping[str, str]) -> str:
    """The dataset as TriG: the materialised default graph, then each claim's graph.

    Args:
        dataset: The built graph.
        prefixes: The prefixes that may be used.

    Returns:
        The document.
    """
    return trig.write(dataset.quads, prefixes)


def turtle(dataset: Dataset, prefixes: Mapping[str, str]) -> str:
    """The dataset as one Turtle graph in which provenance is not lost.

    The default graph, and for each distinct triple of the claims one ``rdf:Statement`` that was
    derived from each claim that says it. `claim_graphs_of` rebuilds the claim graphs from it.

    Args:
        dataset: The built graph.
        prefixes: The prefixes that may be used.

    Returns:
        The document.
    """
    return trig.write_turtle([*dataset.default, *_statements(dataset)], prefixes)


FORMATS: dict[str, Callable[[Dataset, Mapping[str, str]], str]] = {
    "nq": nquads,
    "trig": trig_text,
    "ttl": turtle,
}
"""Each format's file suffix and the function that writes it."""


def _statements(dataset: Dataset) -> Iterable[Triple]:
    claims: defaultdict[Triple, set[NamedNode]] = defaultdict(set)
    for claim, triples in dataset.claim_graphs.items():
        for triple in triples:
            claims[triple].add(claim)
    for triple, sayers in claims.items():
        node = NamedNode(f"{ID}triple/{hashlib.sha256(str(triple).encode()).hexdigest()[:24]}")
        yield Triple(node, RDF.type, RDF.Statement)
        yield Triple(node, RDF.subject, triple.subject)
        yield Triple(node, RDF.predicate, triple.predicate)
        yield Triple(node, RDF.object, triple.object)
        for claim in sayers:
            yield Triple(node, PROV.wasDerivedFrom, claim)


def write_all(
    dataset: Dataset,
    out: Path,
    *,
    prefixes: Mapping[str, str],
    copies: Iterable[Path] = (),
) -> dict[str, int]:
    """Write every export into a folder, all or nothing.

    The files are written and flushed to disk in a folder beside it, which then takes its place;
    a failure at any moment leaves the previous folder, and what a killed build left behind is
    removed by the next.

    Args:
        dataset: The built graph.
        out: The folder; made when missing, replaced when it was written by a build.
        prefixes: The prefixes that may be used.
        copies: Files to publish beside the graph under their own names (the ontology).

    Returns:
        The size in bytes of each file written, by name.

    Raises:
        InputError: The folder holds something no build wrote, or cannot be written.
    """
    out = _settled(out)
    files = {
        f"legation.{suffix}": write(dataset, prefixes).encode() for suffix, write in FORMATS.items()
    }
    files |= {_published_name(path): path.read_bytes() for path in copies}
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    files[MANIFEST] = "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _tidy(out)
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-{os.getpid()}-", dir=out.parent))
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", out) from error
    try:
        _write_folder(fresh, files)
        _take_place(fresh, out)
        _flush(out.parent)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", out) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return {name: len(data) for name, data in files.items()}


def _published_name(path: Path) -> str:
    return "ontology.ttl" if path.name == "legation.ttl" else path.name


def _settled(out: Path) -> Path:
    """The folder that is meant, behind any links; nothing in it may be somebody's own."""
    try:
        out = out.resolve()
        if out.exists() and not out.is_dir():
            raise InputError("is a file; name a folder for the build", out)
        present = {path.name for path in out.iterdir()} if out.exists() else set()
        listed = (out / MANIFEST).read_text("utf-8") if MANIFEST in present else ""
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(f"cannot be written ({getattr(error, 'strerror', error)})", out) from error
    strange = present - {MANIFEST, *(line.partition("  ")[2] for line in listed.splitlines())}
    if strange:
        raise InputError(
            f"holds files that no build wrote ({min(strange)}); name another folder", out
        )
    return out


def _tidy(out: Path) -> None:
    """Put right what a build left that was killed: bring the old folder back, remove the rest."""
    for left in sorted(out.parent.glob(f".{glob.escape(out.name)}-*")):
        match = re.fullmatch(r"-(\d+)-[a-z0-9_]+(-old)?", left.name.removeprefix(f".{out.name}"))
        if match is None or _is_alive(int(match[1])):
            continue
        if match[2] and not out.exists():
            left.rename(out)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.chmod(0o755)
    for name, data in files.items():
        with (folder / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    _flush(folder)


def _flush(folder: Path) -> None:
    """Have the names in a folder outlast a loss of power, where a folder can be opened."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _take_place(fresh: Path, out: Path) -> None:
    """Put a finished folder where the old one is, which then stands where it was or is gone."""
    try:
        fresh.rename(out)  # there is none yet, or an empty one
    except OSError:
        if not out.is_dir():
            raise
    else:
        return
    if _exchanged(fresh, out):
        return
    aside = fresh.with_name(fresh.name + "-old")
    out.rename(aside)
    try:
        fresh.rename(out)
    except OSError:
        aside.rename(out)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system has no such step."""
    if sys.platform not in ("linux", "darwin"):
        return False
    system, here, swap = ctypes.CDLL(None), -100 if sys.platform == "linux" else -2, 2
    exchange = getattr(system, "renameat2" if sys.platform == "linux" else "renameatx_np", None)
    return (
        exchange is not None
        and exchange(here, os.fsencode(one), here, os.fsencode(other), swap) == 0
    )
