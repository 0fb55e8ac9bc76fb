import time

import pytest

from api.questionnaire.patterns import PatternError, read


@pytest.mark.parametrize(
    ("pattern", "subject"),
    [
        (r"[A-Za-z][0-9][A-Za-z] ?[0-9][A-Za-z][0-9]", "H2X 1Y4"),
        (r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$", "chloe.tremblay@exemple.qc.ca"),
        (r"\+?\d{10,14}", "15145551234"),
        (r"\d([- ]?\d){9}", "514-555-1234"),
        (r"(\d{1,3}\.){3}\d{1,3}", "192.168.0.1"),
        (r"(?:https?://)?\S+", "https://exemple.ca"),
        (r"(?i)oui|non", "OUI"),
        (r"(?P<year>19|20)\d\d", "2025"),
        (r"[)(+*]+", "(+)"),
        (r"\(?\d{3}\)?", "(514)"),
        (r"(ab){3,4}?", "ababab"),
        (r"[]a]+", "]a]"),
    ],
)
def test_common_patterns_match(pattern, subject):
    assert read(pattern).matches(subject)
    assert not read(pattern).matches(f"{subject}\n")


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+",
        r"(a*)*b",
        r"(?:a|a)*b",
        r"([a-z]+)*@",
        r"(\w+[- ]?)+",
        r"((a?){2})*",
        r"(a?){25}a{25}",
        r"^\w+([\.-]?\w+)*@\w+([\.-]?\w+)*(\.\w{2,3})+$",
        r"(a{1,9}){9,}",
        r"(.*){9}",
        r"(?P<name>x+x+)+y",
        r"([)]+[(])+",
    ],
)
def test_a_pattern_that_may_take_forever_is_refused(pattern):
    with pytest.raises(PatternError) as refused:
        read(pattern)
    assert refused.value.code == "slow-pattern"


@pytest.mark.parametrize("pattern", ["[a", "(a", "*", "a{2,1}", "\\", "(?P<1>a)"])
def test_a_malformed_pattern_is_refused(pattern):
    with pytest.raises(PatternError) as refused:
        read(pattern)
    assert refused.value.code == "pattern"


@pytest.mark.parametrize("repeats", [1, 2, 3, 4, 6])
def test_the_more_endless_repeats_the_shorter_the_text_so_that_none_is_slow(repeats):
    pattern = read(".*a" * repeats + "b")
    start = time.process_time()
    assert not pattern.matches("a" * min(pattern.longest, 4000))
    assert time.process_time() - start < 2
    assert not pattern.matches("a" * pattern.longest + "b")


def test_a_text_as_long_as_any_answer_is_matched_by_a_simple_pattern():
    assert read("[^<>]*").matches("a" * 4000)
    assert read(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}").longest > 320
