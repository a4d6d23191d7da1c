"""Where the nodes of a drawn network stand.

Invariant: the same network has the same layout on every machine: nodes enter in the order of their
IRIs and the start of the search is fixed. Parts that are not linked stand side by side.
"""

import math
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from legation.views.network.measures import components, simple
from legation.views.network.projection import Network

if TYPE_CHECKING:
    import networkx as nx

Point = tuple[float, float]

_GAP, _LEAST = 0.9, 0.55


def positions(graph: Network) -> dict[str, Point]:
    """A place for every node; linked ones are about 1 apart, and no two nearer than 0.2."""
    plain = simple(graph)
    placed: dict[str, Point] = {}
    left = top = row_height = 0.0
    blocks = [_block(plain.subgraph(part)) for part in components(graph)]
    area = sum((wide + _GAP) * (high + _GAP) for _, wide, high in blocks)
    # A page a little wider than high, and never narrower than its widest part.
    width = max([math.sqrt(area) * 1.25, *(wide for _, wide, _ in blocks)])
    for points, wide, high in blocks:
        if left and left + wide > width:
            left, top, row_height = 0.0, top + row_height + _GAP, 0.0
        placed.update({node: (x + left, y + top) for node, (x, y) in points.items()})
        left += wide + _GAP
        row_height = max(row_height, high)
    return placed


def _block(part: "nx.Graph[str]") -> tuple[dict[str, Point], float, float]:
    """One connected part, moved to the corner, with its width and height."""
    nodes = sorted(part)
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}, 0.0, 0.0
    found = _spread(part, nodes)
    xs, ys = [x for x, _ in found.values()], [y for _, y in found.values()]
    corner = {node: (x - min(xs), y - min(ys)) for node, (x, y) in found.items()}
    return corner, max(xs) - min(xs), max(ys) - min(ys)


def _spread(part: "nx.Graph[str]", nodes: list[str]) -> dict[str, Point]:
    """Fruchterman and Reingold's forces: linked nodes attract, near ones repel."""
    number = {node: index for index, node in enumerate(nodes)}
    ties = sorted(tuple(sorted((number[a], number[b]))) for a, b in part.edges())
    around = math.sqrt(len(nodes)) / 2
    # The start: like seeds of a sunflower, each a golden angle on, so that no two fall together.
    xs = [around * math.cos(2.4 * n) * math.sqrt((n + 1) / len(nodes)) for n in range(len(nodes))]
    ys = [around * math.sin(2.4 * n) * math.sqrt((n + 1) / len(nodes)) for n in range(len(nodes))]
    steps = 250 if len(nodes) <= 150 else 120
    for step in range(steps):
        _move(xs, ys, ties, heat=0.35 * around * (1 - step / steps) ** 1.5 + 0.01)
    points = {node: [xs[index], ys[index]] for node, index in number.items()}
    _push_apart(points)
    return {node: (round(x, 4), round(y, 4)) for node, (x, y) in points.items()}


def _move(xs: list[float], ys: list[float], ties: list[tuple[int, ...]], *, heat: float) -> None:
    """One step, in place; nodes further apart than 3 do not feel each other."""
    count = len(xs)
    fx, fy = [0.0] * count, [0.0] * count
    for one, other in _near(xs, ys, reach=3.0):
        dx, dy = xs[one] - xs[other], ys[one] - ys[other]
        push = 1.0 / max(dx * dx + dy * dy, 0.01)
        fx[one] += dx * push
        fy[one] += dy * push
        fx[other] -= dx * push
        fy[other] -= dy * push
    for one, other in ties:
        dx, dy = xs[one] - xs[other], ys[one] - ys[other]
        pull = math.hypot(dx, dy)
        fx[one] -= dx * pull
        fy[one] -= dy * pull
        fx[other] += dx * pull
        fy[other] += dy * pull
    for node in range(count):
        force = math.hypot(fx[node], fy[node])
        if force > 0:
            stride = min(force, heat) / force
            xs[node] += fx[node] * stride
            ys[node] += fy[node] * stride


def _near(xs: list[float], ys: list[float], *, reach: float) -> Iterator[tuple[int, int]]:
    """The pairs of nodes in the same or neighbouring cells of a grid, in one order."""
    cells: dict[tuple[int, int], list[int]] = {}
    for node, (x, y) in enumerate(zip(xs, ys, strict=True)):
        cells.setdefault((math.floor(x / reach), math.floor(y / reach)), []).append(node)
    for (column, row), here in cells.items():
        yield from combinations(here, 2)
        for right, down in ((1, -1), (1, 0), (1, 1), (0, 1)):  # half of them: each pair once
            for other in cells.get((column + right, row + down), ()):
                yield from ((node, other) for node in here)


def _push_apart(points: dict[str, list[float]]) -> None:
    """Move nodes that stand too near one another, in place."""
    nodes = sorted(points)
    if len(nodes) > 600:
        return  # too many to be read as a picture anyway; the page lets one zoom
    for _ in range(60):
        pairs = combinations(nodes, 2)
        if not sum([_part(points[one], points[other]) for one, other in pairs]):
            return


def _part(one: list[float], other: list[float]) -> bool:
    dx, dy = other[0] - one[0], other[1] - one[1]
    apart = math.hypot(dx, dy)
    if apart >= _LEAST:
        return False
    push = (_LEAST - apart) / 2 + 1e-6
    ux, uy = (dx / apart, dy / apart) if apart > 1e-9 else (1.0, 0.0)
    one[0] -= ux * push
    one[1] -= uy * push
    other[0] += ux * push
    other[1] += uy * push
    return True
