import pytest

from bench.stops import is_bilingual


@pytest.mark.parametrize(
    ("french", "english", "both"),
    [
        ("Reçu.\nReceived.", "Received.\nReçu.", True),
        ("Reçu.", "Received.", False),
        ("Reçu.", "Reçu.", False),
        ("Reçu.\nReceived.", "Received.", False),
    ],
)
def test_a_notice_is_bilingual_when_each_rendering_holds_both_languages(french, english, both):
    assert is_bilingual(french, english) is both
