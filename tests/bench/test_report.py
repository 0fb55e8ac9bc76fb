import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.report import Target, conclude, percentile


def test_percentiles_of_a_hundred_are_their_rank():
    assert [percentile(range(1, 101), share) for share in (0.5, 0.95, 1.0)] == [50, 95, 100]


@given(st.lists(st.floats(allow_nan=False), min_size=1), st.floats(0, 1))
def test_a_percentile_is_a_value_that_enough_do_not_exceed(values, share):
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)


def test_nothing_has_no_percentile():
    with pytest.raises(ValueError, match="empty"):
        percentile([], 0.5)


def test_what_was_not_measured_is_not_met():
    assert not any(Target("p50", math.nan, sense, 1).met for sense in ("<=", ">=", "=="))


def test_one_missed_target_fails_the_run_and_is_named_in_the_file(tmp_path):
    path = tmp_path / "run.json"
    code = conclude({"n": 3}, [Target("lost", 0, "==", 0), Target("p50", 9.0, "<=", 5)], path)
    written = json.loads(path.read_text())
    assert code == 1
    assert [target["name"] for target in written["targets"] if not target["met"]] == ["p50"]
    assert written["n"] == 3


def test_all_targets_met_is_a_success():
    assert conclude({}, [Target("lost", 0, "==", 0)], None) == 0
