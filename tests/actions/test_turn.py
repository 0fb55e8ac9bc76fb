from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn, say

READING = {
    "status": "accepted", "value": "laval", "other": None, "missing": None, "candidates": [], "span": [8, 13],
    "method": "parser", "confidence": 0.9, "language": "fr", "language_p": 0.97, "switch": None, "target": None,
}  # fmt: skip


def turn(**reading: object) -> Turn:
    metadata = {"interview": "i", "message": 7, "fence": 3, "text": " c'est à Laval ", "question": "region"}
    said = {"metadata": metadata, "reading": {**READING, **reading}}
    return Turn.of(Tracker.from_dict({"sender_id": "i.7.3", "latest_message": said}))


def spoken(*items: dict) -> list[dict]:
    dispatcher = CollectingDispatcher()
    say(dispatcher, list(items))
    return dispatcher.messages


def test_the_effect_of_a_message_is_named_by_its_number_and_fence():
    assert turn(switch="en").effect == {"message_id": 7, "fence": 3, "language": "fr", "switch": "en"}


def test_the_evidence_of_an_answer_keeps_the_text_to_the_byte():
    assert turn().evidence == {"text": " c'est à Laval ", "method": "parser", "confidence": 0.9, "span": [8, 13]}


def test_an_answer_is_a_value_with_its_words_or_the_reason_there_is_none():
    assert turn(other="conte").answer == {"value": "laval", "other": "conte"}
    assert turn(missing="refused", value=None).answer == {"missing": "refused"}


def test_an_utterance_is_said_in_both_languages_with_the_values_of_each():
    values = {"answer": {"fr": "Montréal", "en": "Montreal"}, "n": 3}
    french, english = spoken({"utter": "recorded", "kind": "reply", "values": values, "actions": [{"id": "skip"}]})
    assert (french["response"], french["values"]) == ("utter_recorded_fr", {"answer": "Montréal", "n": 3})
    assert (english["response"], english["values"]) == ("utter_recorded_en", {"answer": "Montreal", "n": 3})
    assert french["place"] == {"item": 0, "of": 1, "language": "fr", "kind": "reply", "actions": [{"id": "skip"}]}


def test_a_question_is_passed_on_as_it_is():
    question = {"kind": "question", "texts": {"fr": "Où?", "en": "Where?"}, "question": "region", "actions": []}
    (said,) = spoken(question)
    assert (said["custom"], said["place"]) == (question, {"item": 0, "of": 1})


def test_every_piece_tells_its_item_and_how_many_there_are():
    help_ = {"utter": "help", "kind": "reply"}
    places = [piece["place"] for piece in spoken(help_, {"kind": "question", "texts": {}}, help_)]
    assert [(place["item"], place["of"]) for place in places] == [(0, 3), (0, 3), (1, 3), (2, 3), (2, 3)]
