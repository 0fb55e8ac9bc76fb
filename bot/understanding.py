"""What a turn means: one intent and one reading. Pure: the same turn always means the same.

A typed message is read in this order, and the first way that has something to say wins: the exact label of a choice,
a command's phrase, the reply to an offer, the value of a closed question, the classifier's guess. An open question
takes the rest as its answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from bot import commands, offers
from bot.language import FRENCH, Heard
from bot.meaning import MISSING, RENAMED, Meaning, Understood, of_action, told
from bot.replies import read
from bot.replies.matcher import content_of
from bot.replies.question import Question, Questions
from bot.replies.reading import Reading, accepted, missing
from bot.said import Said, said

CONFIDENT = 0.6
CONFIDENT_ON_OPEN = 0.8
MOST_WORDS_ON_OPEN = 6
MOST_WORDS_TO_CHANGE = 12

OUT_OF_SCOPE = "out_of_scope"
SEVERAL = {"select_multiple", "rank"}

_questions = Questions()


def understand(
    turn: Mapping[str, Any],
    lexicon: Mapping[str, Any] | None,
    classifier: tuple[str | None, float] | None = None,
    today: datetime.date | None = None,
) -> Understood:
    """What a turn of the API means, given its questionnaire's lexicon and the classifier's intent and confidence."""
    alone = understand_alone(turn, lexicon, today)
    if alone is not None:
        return alone
    typed = said(turn, lexicon, _questions, today or datetime.date.today())
    return told(_guessed(typed, classifier) or _rest(typed), typed.heard, late=bool(turn.get("late")))


def understand_alone(
    turn: Mapping[str, Any], lexicon: Mapping[str, Any] | None, today: datetime.date | None = None
) -> Understood | None:
    """What a turn means whatever a classifier would say of it; ``None`` when its guess could tell.

    A press, a label, a phrase, a value or a long answer to an open question need none: most turns are spared the cost.
    """
    late = bool(turn.get("late"))
    if turn.get("text") is None:
        return told(_pressed(turn, lexicon), Heard(turn.get("language") or FRENCH, 1.0), late=late)
    typed = said(turn, lexicon, _questions, today or datetime.date.today())
    meaning = _read(typed)
    if meaning is None and _may_be_guessed(typed):
        return None
    return told(meaning or _rest(typed), typed.heard, late=late)


def _pressed(turn: Mapping[str, Any], lexicon: Mapping[str, Any] | None) -> Meaning:
    if turn.get("choices") is None:
        return of_action(turn.get("action") or "", "button") or Meaning(OUT_OF_SCOPE, method="button")
    codes = list(turn["choices"])
    value = _value(_questions.get(lexicon, turn.get("question")), codes)
    return Meaning("answer", Reading("accepted", value, other=turn.get("other"), confidence=1.0), "button")


def _value(question: Question | None, codes: list[str]) -> list[str] | str:
    """The codes as the question's type has them: a list, or the one code."""
    several = question is not None and question.type in SEVERAL
    return codes if several or len(codes) != 1 else codes[0]


def _read(said: Said) -> Meaning | None:
    ways = (_label, _command, _change, offers.choice, _closed_answer, offers.yes_or_no) if said.words else ()
    meanings = (way(said) for way in ways)
    return next(filter(None, meanings), None)


def _label(said: Said) -> Meaning | None:
    """The very name of a choice, which beats any command: "Not sure" may be a choice."""
    if said.question is None or said.to_consent:
        return None
    code = said.question.matcher.exact(said.words)
    return Meaning("answer", accepted(_value(said.question, [code]), said.span)) if code else None


def _command(said: Said) -> Meaning | None:
    action = commands.spoken(said.words, to_open_question=said.to_open_question)
    if action is None:
        return None
    if action in MISSING and said.to_consent:
        return Meaning("unreadable", method="phrase")
    code = _choice_saying(said.question, action) if action in MISSING else None
    if code:
        return Meaning("answer", accepted(_value(said.question, [code]), said.span), "phrase")
    return of_action(action, "phrase", said.span)


def _choice_saying(question: Question | None, action: str) -> str | None:
    """The one choice whose name says what the command says: "idk" is "Not sure" where the list has it."""
    if question is None:
        return None
    codes = [
        choice.code
        for choice in question.choices
        if any(commands.spoken(name) == action for name in question.matcher.names_of(choice.code))
    ]
    return codes[0] if len(codes) == 1 else None


def _change(said: Said) -> Meaning | None:
    """ "Change my answer about the region": the one answered question with all these words."""
    about = {token.stem for token in content_of(commands.to_change(said.words))}
    if not about or len(said.words) > MOST_WORDS_TO_CHANGE:
        return None
    names = [question.name for question in said.answered if about <= question.stems]
    return Meaning("change", method="phrase", target=names[0]) if len(names) == 1 else None


def _closed_answer(said: Said) -> Meaning | None:
    if said.question is None or said.to_open_question or said.to_consent:
        return None
    reading = read(said.question, said.text, said.heard.language, order=said.order, today=said.today)
    intent = {"accepted": "answer", "ambiguous": "unclear"}.get(reading.status)
    return Meaning(intent, reading, confidence=reading.confidence) if intent else None


def _may_be_guessed(said: Said) -> bool:
    """Whether there is something to guess from: on an open question, only a short message may be a command."""
    return bool(said.words) and not (said.to_open_question and len(said.words) > MOST_WORDS_ON_OPEN)


def _guessed(said: Said, classifier: tuple[str | None, float] | None) -> Meaning | None:
    """The classifier's command, when it is confident; on an open question more so, and of a short message only."""
    intent, confidence = classifier or (None, 0.0)
    if not _may_be_guessed(said) or not _is_command(intent) or confidence < CONFIDENT:
        return None
    if said.to_open_question and (intent == OUT_OF_SCOPE or confidence < CONFIDENT_ON_OPEN):
        return None
    if intent not in MISSING:
        return Meaning(intent, method="classifier", confidence=confidence)
    if said.to_consent:
        return None
    return Meaning(intent, missing(MISSING[intent], said.span, confidence), "classifier", confidence=confidence)


def _is_command(intent: str | None) -> bool:
    return intent in commands.names() or intent in {RENAMED["back"], RENAMED["switch"], OUT_OF_SCOPE}


def _rest(said: Said) -> Meaning:
    if said.to_open_question and said.text.strip():
        return Meaning("answer", read(said.question, said.text, said.heard.language))
    return Meaning("unreadable" if said.question else OUT_OF_SCOPE, confidence=CONFIDENT)
