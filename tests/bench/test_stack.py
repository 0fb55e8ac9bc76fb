import yaml

from bench.peer import HERE as PEER
from bench.stack import around, markdown, targets
from bench.systems import ANSWERS, HERE

OURS = {
    "alone_p50_ms": 15.0,
    "crowd_turns_per_s": 66.0,
    "turn_200_over_5": 1.1,
    "memory_rss_mb": 700.0,
    "start_s": 20.0,
    "incomplete": 0,
}
PEERS = {"alone_p50_ms": 80.0, "crowd_turns_per_s": 11.0, "start_s": 48.0, "incomplete": 0}


def missed(**change):
    return {target.name for target in targets(OURS | change, PEERS) if not target.met}


def test_each_promise_can_be_missed():
    assert missed() == set()
    assert missed(alone_p50_ms=17.0) == {"alone.p50.peer_over_ours"}
    assert missed(crowd_turns_per_s=65.0) == {"crowd.turns_per_s.ours_over_peer"}
    assert missed(turn_200_over_5=1.3) == {"long.turn_200_over_5"}
    assert missed(memory_rss_mb=1001.0) == {"memory.rss_mb"}
    assert missed(start_s=25.0) == {"start.ours_over_peer"}
    assert missed(incomplete=1) == {"incomplete"}


def test_a_turns_cost_is_the_median_around_it_in_every_conversation():
    growing = [float(turn) for turn in range(1, 206)]
    assert (around([growing], 5), around([growing], 200)) == (5, 200)


def test_what_was_not_measured_on_the_peer_stays_blank():
    assert markdown({"a": {"x": 1.0, "y": 2.0}, "b": {"x": 3.0}}).splitlines()[-1] == "| y | 2 |  |"


def test_both_are_asked_the_same_twelve_questions_in_the_same_order():
    ours = yaml.safe_load((HERE / "twelve.yml").read_text(encoding="utf-8"))
    peers = yaml.safe_load((PEER / "domain.yml").read_text(encoding="utf-8"))
    names = [item["name"] for item in ours["survey"]]
    assert names == peers["forms"]["survey_form"]["required_slots"] == list(ANSWERS)
    assert len(names) == 12
