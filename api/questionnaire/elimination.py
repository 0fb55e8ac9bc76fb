"""The best total of many small tables that share variables, by eliminating one variable after another.

This is bucket elimination (Dechter, 1999). The tables that mention the last variable are added up and, for each way
to set the other variables they mention, only the best value of the last one is kept: a new table, without it.
What depends on different variables is never multiplied out, so it is fast where conditions are local, as they are in
questionnaires.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

LARGEST_TABLE = 10_000
"""In entries. Tables that would make a larger one are maximised apart, which gives an upper bound (mini-buckets)."""

Key = tuple[int, ...]


class Variable(NamedTuple):
    """Something with a few possible values, settled at ``place``."""

    place: int
    domain: Collection[int]


class Table(NamedTuple):
    """A number for each way to set the variables of ``scope`` (their indexes, in order); a way left out is impossible.

    It counts what happens from ``place`` on.
    """

    place: int
    scope: Key
    entries: Mapping[Key, int]


def settings(scope: Iterable[int], variables: Sequence[Variable]) -> Iterable[Key]:
    """Every way to set these variables."""
    return product(*(variables[index].domain for index in scope))


def fits(scope: Iterable[int], variables: Sequence[Variable]) -> bool:
    """Whether a table of these variables is not too large."""
    return prod(len(variables[index].domain) for index in scope) <= LARGEST_TABLE


def eliminate(tables: list[Table], variables: Sequence[Variable]) -> list[Table]:
    """The tables and, for each variable from the last to the first, those that hold its best.

    When the variables before a place are known, the best total from there on is the sum of the tables of that place
    or later that mention known variables only.
    """
    everything = list(tables)
    for last in reversed(range(len(variables))):
        bucket = [table for table in everything if table.scope and table.scope[-1] == last]
        everything += [_best(last, some, variables) for some in _within_size(bucket, variables)]
    return everything


def total(tables: Iterable[Table], known: Mapping[int, int] | Sequence[int]) -> int | None:
    """The sum of what the tables hold when their variables are as ``known``, by index; None if that is impossible."""
    found = 0
    for table in tables:
        entry = table.entries.get(tuple([known[index] for index in table.scope]))
        if entry is None:
            return None
        found += entry
    return found


def _within_size(bucket: list[Table], variables: Sequence[Variable]) -> list[list[Table]]:
    """The bucket in as few parts as make tables that are not too large."""
    parts: list[list[Table]] = []
    for table in sorted(bucket, key=lambda table: -len(table.scope)):
        for part in parts:
            if fits(_scope([*part, table]), variables):
                part.append(table)
                break
        else:
            parts.append([table])
    return parts


def _scope(tables: Iterable[Table]) -> Key:
    return tuple(sorted({index for table in tables for index in table.scope}))


def _best(last: int, tables: list[Table], variables: Sequence[Variable]) -> Table:
    scope = _scope(tables)
    best: dict[Key, int] = {}
    for key in settings(scope, variables):
        found = total(tables, dict(zip(scope, key, strict=True)))
        if found is not None:
            best[key[:-1]] = max(found, best.get(key[:-1], found))
    return Table(variables[last].place, scope[:-1], best)
