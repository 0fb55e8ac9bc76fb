from bot.lexicons import Lexicons


def test_a_version_is_known_once_told():
    lexicons = Lexicons()
    assert lexicons.get("v1") is None
    lexicons.learn({"hash": "v1", "questions": {}})
    assert lexicons.get("v1") == {"hash": "v1", "questions": {}}


def test_the_version_unused_for_longest_is_forgotten():
    lexicons = Lexicons(capacity=2)
    for version in ("v1", "v2"):
        lexicons.learn({"hash": version})
    lexicons.get("v1")
    lexicons.learn({"hash": "v3"})
    assert [lexicons.get(version) is not None for version in ("v1", "v2", "v3")] == [True, False, True]
    assert len(lexicons) == 2
