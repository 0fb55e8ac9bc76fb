import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.questionnaire.expressions import DEEPEST, ExpressionError, parse
from api.questionnaire.nodes import FUNCTIONS, Call, Comparison, Literal, Logical, Reference


@pytest.mark.parametrize(
    ("expression", "values", "result"),
    [
        ("${n} < 5", {}, False),
        ("not(${n} < 5)", {}, True),
        ("${n} >= 0", {"n": None}, False),
        ("${n} = 0", {}, False),
        ("${n} != 0", {}, True),
        ("${n} = ''", {}, True),
        ("${n} = ''", {"n": 0}, False),
        ("${n} = 5", {"n": 5}, True),
        ("${n} = '5'", {"n": 5}, True),
        ("${n} = 5", {"n": "05"}, True),
        ("${n} = 'five'", {"n": 5}, False),
        ("${n} < 5", {"n": "four"}, False),
        ("${n} <= 5 and ${n} > 4.5", {"n": 5}, True),
        ("${n} >= -2.5", {"n": -2}, True),
        ("${one} = 'yes'", {"one": "yes"}, True),
        ('${one} = "it\'s"', {"one": "it's"}, True),
        ("${many} = 'a b'", {"many": ["a", "b"]}, True),
        ("selected(${many}, 'a')", {"many": ["ab", "b"]}, False),
        ("selected(${many}, 'b')", {"many": ["ab", "b"]}, True),
        ("selected(${many}, 'b')", {}, False),
        ("selected(${many}, 2)", {"many": ["1", "2"]}, True),
        ("count-selected(${many}) = 2", {"many": ["a", "b"]}, True),
        ("count-selected(${many})", {}, 0.0),
        ("string-length(${t})", {"t": "été 🎭"}, 5.0),
        ("string-length(${t}) > 0", {}, False),
        ("regex(${t}, '[A-Z][0-9]')", {"t": "A1"}, True),
        ("regex(${t}, '[A-Z]')", {"t": "A1"}, False),
        ("${day} >= '2025-01-31'", {"day": "2025-02-01"}, True),
        ("${day} >= '2025-01-31'", {"day": "2024-12-31"}, False),
        ("${day} < '2025-01-31'", {}, False),
        ("true() = not(false())", {}, True),
        ("true() = ${t}", {"t": "anything"}, True),
        ("1 = 1 or ${a} = 1 and ${b} = 1", {}, True),
        ("(1 = 1 or ${a} = 1) and ${b} = 1", {}, False),
        ("${t}", {"t": "as it is"}, "as it is"),
    ],
)
def test_an_expression_means_what_odk_says(expression, values, result):
    assert parse(expression).evaluate(values) == result


def test_a_dot_is_the_answer_under_way():
    assert parse(". > 3 and . < ${most}").holds({"most": 9}, current=5)
    assert not parse("selected(., 'b')").holds({}, current=["a"])


@pytest.mark.parametrize(
    ("expression", "code", "name", "position"),
    [
        ("${a} = 1 and today() > 2", "unknown-function", "today", 13),
        ("if(${a} = 1, 2, 3)", "unknown-function", "if", 0),
        ("coalesce(${a}, 2)", "unknown-function", "coalesce", 0),
        ("jr:choice-name(${a}, 'a')", "unknown-function", "jr:choice-name", 0),
        ("${a} + 1", "unknown-operator", "+", 5),
        ("${a} * 2", "unknown-operator", "*", 5),
        ("${a} div 2", "unknown-operator", "div", 5),
        ("${a} mod 2", "unknown-operator", "mod", 5),
        ("-${a} = 1", "unknown-operator", "-", 0),
        ("${a} | ${b}", "unknown-operator", "|", 5),
        ("../a = 1", "unknown-operator", "..", 0),
        ("/data/a = 1", "unknown-operator", "/", 0),
        ("${a} == 1", "unexpected", "=", 6),
        ("${a} = 1 = 1", "unexpected", "=", 9),
        ("a = 1", "unexpected", "a", 0),
        ("not ${a}", "unexpected", "not", 0),
        ("${a} = ‘yes’", "unexpected", "‘", 7),
        ("${a} = 'yes", "unexpected", "'", 7),
        ("${a b} = 1", "reference", "$", 0),
        ("${last-saved#a} = 1", "reference", "$", 0),
        ("selected(${a})", "arguments", "selected", 0),
        ("not(${a}, ${b})", "arguments", "not", 0),
        ("true(1)", "arguments", "true", 0),
        ("selected(${a} 'b')", "unexpected", "'b'", 14),
        ("regex(., ${a})", "pattern", "${a}", 0),
        ("regex(., '[a')", "pattern", "[a", 0),
        ("regex(., '(a+)+')", "slow-pattern", "(a+)+", 0),
        ("(${a} = 1", "unfinished", "", 9),
        ("${a} = ", "unfinished", "", 7),
        ("  ", "unfinished", "", 2),
        ("${a} = 1 and", "unfinished", "", 12),
        ("selected(${a}, 'b'", "unfinished", "", 18),
    ],
)
def test_what_we_do_not_have_is_refused_by_name(expression, code, name, position):
    with pytest.raises(ExpressionError) as refused:
        parse(expression)
    assert (refused.value.code, refused.value.name, refused.value.position) == (code, name, position)


@pytest.mark.parametrize("opening", ["(", "not(", "selected(not("])
def test_nesting_without_end_is_refused(opening):
    with pytest.raises(ExpressionError, match="too-deep"):
        parse(opening * 2_000)


def test_nesting_as_deep_as_allowed_is_read():
    assert parse("not(" * DEEPEST + "1 = 1" + ")" * DEEPEST).evaluate({}) is True


def test_a_long_chain_is_not_deep():
    assert parse(" and ".join(["${a} = 1"] * 5000)).holds({"a": 1})


def test_references_are_the_questions_mentioned():
    assert parse("selected(${a}, 'x') and (. > 1 or not(${b} = ${a}))").references == {"a", "b"}


LITERALS = st.builds(
    Literal,
    st.floats(allow_nan=False, allow_infinity=False)
    | st.text().filter(lambda text: "'" not in text)
    | st.text().filter(lambda text: '"' not in text),
)
REFERENCES = st.builds(Reference, st.none() | st.sampled_from(["a", "b_2"]))
SIGNS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
PATTERN = Call("regex", (Reference("a"), Literal("[a-z]+@[a-z]+")))


def calls(inner):
    return st.sampled_from(sorted(set(FUNCTIONS) - {"regex"})).flatmap(
        lambda name: st.builds(Call, st.just(name), st.tuples(*[inner] * FUNCTIONS[name].arity))
    )


NODES = st.recursive(
    LITERALS | REFERENCES | st.just(PATTERN),
    lambda inner: st.builds(Comparison, SIGNS, inner, inner)
    | st.builds(Logical, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3).map(tuple))
    | calls(inner),
    max_leaves=6,
)
ANY_VALUE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.lists(st.text(max_size=3) | st.none(), max_size=3)
    | st.sampled_from([10**400, -(10**400), "9999-99-99", "0000-00-00", " 12 ", {"a": 1}])
)


@settings(max_examples=150, deadline=None)
@given(NODES)
def test_an_expression_written_out_is_the_same_expression(node):
    assert parse(str(node)).root == node


@settings(max_examples=150, deadline=None)
@given(NODES, st.dictionaries(st.sampled_from(["a", "b_2"]), ANY_VALUE), ANY_VALUE)
def test_evaluation_never_raises(node, values, current):
    result = parse(str(node)).evaluate(values, current)
    assert isinstance(result, (bool, float, str))


@settings(max_examples=300, deadline=None)
@given(st.text() | st.text("${}a.()'\"<>=!andortselcx-, 1", max_size=40))
def test_any_text_is_parsed_or_refused(text):
    try:
        assert isinstance(parse(text).holds({}), bool)
    except ExpressionError as refused:
        assert 0 <= refused.position <= len(text)


def test_what_is_not_a_number_is_false():
    assert parse("${n}").holds({"n": math.nan}) is False
    assert parse("not(${n})").holds({"n": math.nan}) is True
