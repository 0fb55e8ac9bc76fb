"""The words around an answer."""

from __future__ import annotations

import yaml

from bot.replies.vocabulary import FOLDER, Phrases


def test_both_languages_have_the_same_lists():
    french, english = (
        yaml.load((FOLDER / f"{language}.yml").read_text("utf-8"), Loader=yaml.BaseLoader) for language in ("fr", "en")
    )
    assert french.keys() == english.keys()


def test_the_longest_phrase_is_found_first():
    phrases = Phrases([(("arts",), "arts"), (("arts", "et", "culture"), "both")])
    assert [hit.value for hit in phrases.scan(["les", "arts", "et", "culture", "arts"])] == ["both", "arts"]
