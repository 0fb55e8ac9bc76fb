from itertools import product
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from api.questionnaire import elimination
from api.questionnaire.elimination import Table, Variable, eliminate, settings, total

DOMAINS = st.lists(st.integers(1, 3), min_size=1, max_size=5)


@st.composite
def problems(draw) -> tuple[list[Variable], list[Table]]:
    variables = [Variable(place, range(size)) for place, size in enumerate(draw(DOMAINS))]
    tables = []
    for _ in range(draw(st.integers(1, 5))):
        scope = tuple(sorted(draw(st.sets(st.integers(0, len(variables) - 1), max_size=3))))
        numbers = st.integers(0, 9)
        tables.append(Table(max(scope, default=0), scope, {key: draw(numbers) for key in settings(scope, variables)}))
    return variables, tables


def best_from(place: int, known: tuple[int, ...], variables: list[Variable], tables: list[Table]) -> int:
    rest = product(*(variable.domain for variable in variables[place:]))
    counted = [table for table in tables if table.place >= place]
    return max(total(counted, known[:place] + some) for some in rest)


@given(problems(), st.data())
def test_the_tables_ahead_add_up_to_the_best_total(problem, data):
    variables, tables = problem
    known = tuple(data.draw(st.sampled_from(variable.domain)) for variable in variables)
    place = data.draw(st.integers(0, len(variables)))
    ahead = [
        table
        for table in eliminate(tables, variables)
        if table.place >= place and all(index < place for index in table.scope)
    ]
    assert total(ahead, known[:place]) == best_from(place, known, variables, tables)


@given(problems(), st.integers(1, 4))
def test_tables_kept_small_give_an_upper_bound(problem, largest):
    variables, tables = problem
    with patch.object(elimination, "LARGEST_TABLE", largest):
        bound = total([table for table in eliminate(tables, variables) if not table.scope], ())
    assert bound >= best_from(0, (), variables, tables)


def test_a_way_left_out_is_impossible():
    variables = [Variable(0, (0, 1)), Variable(1, (0, 1))]
    tables = [Table(0, (0,), {(0,): 1, (1,): 5}), Table(1, (0, 1), {(0, 0): 0, (0, 1): 2})]
    assert total([table for table in eliminate(tables, variables) if not table.scope], ()) == 3
