"""What a turn means: one intent and one reading. Pure: the same turn always means the same.

The order of reading: a button; the exact label of a choice; a command phrase; a pending offer; the value of a closed
question; the classifier's guess; and an open question takes everything else as its answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot import commands
from bot.language import Heard, hear
from bot.replies import read, yesno
from bot.replies.matcher import content_of
from bot.replies.normalise import Token, tokens
from bot.replies.positions import positions
from bot.replies.question import Question, Questions
from bot.replies.reading import UNREADABLE, Candidate, Reading, accepted, missing
from bot.replies.vocabulary import phrases_of, words

CONFIDENT = 0.6
CONFIDENT_ON_OPEN = 0.8
MOST_WORDS_ON_OPEN = 6
MOST_WORDS_TO_CHANGE = 12

MISSING = {"skip": "skipped", "dont_know": "dont_know", "refuse": "refused"}
INTENTS = {
    "back": "go_back",
    "yes": "confirm",
    "no": "deny",
    "reading": "choose",
    "none": "choose",
    "switch": "switch_language",
    **{
        action: action
        for action in (
            "skip",
            "refuse",
            "dont_know",
            "explain",
            "repeat",
            "help",
            "how_long",
            "pause",
            "resume",
            "withdraw",
            "privacy",
            "human",
            "off_record",
            "change",
            "who_are_you",
            "greet",
            "thanks",
            "insult",
        )
    },
}
"""The intent of each action: what a button sends, what a phrase says."""
GUESSED = frozenset(INTENTS.values()) - {"confirm", "deny", "choose"} | {"out_of_scope"}
"""What the classifier may say of a message that answers nothing."""


@dataclass(frozen=True)
class Understood:
    """``intent`` is a rule's; ``reading`` is JSON-able: status, value, other, missing, candidates, span, method,
    confidence, language, language_p, switch, target."""

    intent: str
    confidence: float
    reading: dict[str, Any]


@dataclass(frozen=True)
class _Turn:
    """What was said, and what it was said to."""

    text: str
    said: Sequence[Token]
    heard: Heard
    question: Question | None
    offer: Mapping[str, Any] | None
    offered: Question | None
    order: Sequence[str]
    answered: Sequence[Question]
    late: bool
    today: datetime.date


@dataclass(frozen=True)
class _Meaning:
    """An intent with what it carries, before it is told to the actions."""

    intent: str
    reading: Reading = field(default=UNREADABLE)
    method: str = "parser"
    target: str | int | None = None
    confidence: float = 1.0


_questions = Questions()


def understand(
    turn: Mapping[str, Any],
    lexicon: Mapping[str, Any] | None,
    classifier: tuple[str | None, float] | None = None,
    today: datetime.date | None = None,
) -> Understood:
    """What a turn, the request of the API to the bot, means, given its questionnaire and the classifier's guess."""
    heard_as = turn.get("language") or "fr"
    if turn.get("choices") is not None:
        return _told(_pressed_choices(turn, lexicon), Heard(heard_as, 1.0), late=bool(turn.get("late")))
    if turn.get("action") is not None:
        return _told(_pressed(turn["action"]), Heard(heard_as, 1.0), late=bool(turn.get("late")))
    typed = _typed(turn, lexicon, heard_as, today or datetime.date.today())
    return _told(_meaning(typed, classifier), typed.heard, late=typed.late)


def _typed(turn: Mapping[str, Any], lexicon: Mapping[str, Any] | None, language: str, today: datetime.date) -> _Turn:
    text = turn.get("text") or ""
    said = tokens(text)
    offer = turn.get("offer")
    answered = (_questions.get(lexicon, name) for name in turn.get("answered") or ())
    return _Turn(
        text,
        said,
        hear(text, said, language),
        _questions.get(lexicon, turn.get("question")),
        offer,
        _questions.get(lexicon, (offer or {}).get("question")),
        turn.get("choices_order") or (),
        [question for question in answered if question],
        bool(turn.get("late")),
        today,
    )


def _pressed_choices(turn: Mapping[str, Any], lexicon: Mapping[str, Any] | None) -> _Meaning:
    question = _questions.get(lexicon, turn.get("question"))
    several = question is not None and question.type in {"select_multiple", "rank"}
    codes = turn["choices"]
    value = codes[0] if len(codes) == 1 and not several else codes
    return _Meaning("answer", Reading("accepted", value=value, other=turn.get("other"), confidence=1.0), "button")


def _pressed(action: str) -> _Meaning:
    return _meant(action, "button", None) or _Meaning("out_of_scope", method="button")


def _meant(action: str, method: str, said: Sequence[Token] | None) -> _Meaning | None:
    """The meaning of an action's id: "skip", "switch:en", "reading:2", "change:region"."""
    name, _, argument = action.partition(":")
    intent = INTENTS.get(name)
    if intent is None:
        return None
    span = (said[0].start, said[-1].end) if said else None
    reading = replace(missing(MISSING[name], (0, 0)), span=span) if name in MISSING else UNREADABLE
    return _Meaning(intent, reading, method, _target(name, argument))


def _target(name: str, argument: str) -> str | int | None:
    if name == "none":
        return "none"
    return int(argument) if name == "reading" and argument.isdecimal() and len(argument) < 3 else argument or None


def _meaning(turn: _Turn, classifier: tuple[str | None, float] | None) -> _Meaning:
    """The first way of reading that has something to say."""
    ways = (_label, _command, _change, _choice_offered, _closed_answer, _yes_or_no_offered)
    meanings = (way(turn) for way in ways) if turn.said else ()
    first = next((meaning for meaning in meanings if meaning), None)
    return first or _guess(turn, classifier) or _rest(turn)


def _label(turn: _Turn) -> _Meaning | None:
    """The very label or alias of a choice: it beats any command ("Not sure" may be a choice)."""
    question = turn.question
    code = question.matcher.exact(turn.said) if question and question.choices and question.type != "consent" else None
    if code is None:
        return None
    value = code if question.type == "select_one" else [code]
    return _Meaning("answer", accepted(value, _whole(turn)))


def _command(turn: _Turn) -> _Meaning | None:
    """The whole message is a command's phrase."""
    action = commands.spoken(turn.said, to_open_question=_is_open(turn))
    if action is None:
        return None
    said_by_choice = _choice_saying(turn.question, action) if action in MISSING else None
    if said_by_choice:
        value = said_by_choice if turn.question.type == "select_one" else [said_by_choice]
        return _Meaning("answer", accepted(value, _whole(turn)), "phrase")
    if action in MISSING and _is_consent(turn):
        return _Meaning("unreadable", method="phrase")
    return _meant(action, "phrase", turn.said)


def _choice_saying(question: Question | None, action: str) -> str | None:
    """The one choice whose name says the same: "idk" is "Not sure" where the list has it."""
    if question is None or question.type == "consent":
        return None
    codes = [
        choice.code
        for choice in question.choices
        if any(commands.spoken(name) == action for name in question.matcher.names_of(choice.code))
    ]
    return codes[0] if len(codes) == 1 else None


def _change(turn: _Turn) -> _Meaning | None:
    """ "Change my answer about the region": the answered question it names."""
    about = commands.to_change(turn.said)
    if not about or len(turn.said) > MOST_WORDS_TO_CHANGE:
        return None
    stems = {token.stem for token in content_of(about)}
    shared = {question.name: len(stems & question.stems) for question in turn.answered}
    best = max(shared.values(), default=0)
    names = [name for name, count in shared.items() if count == best]
    return _Meaning("change", method="phrase", target=names[0]) if best == len(stems) > 0 and len(names) == 1 else None


def _choice_offered(turn: _Turn) -> _Meaning | None:
    """One of the readings offered: by its label, its value or its number; or none of them."""
    if (turn.offer or {}).get("kind") != "reading":
        return None
    candidates = [Candidate(each.get("value"), each.get("other")) for each in turn.offer.get("candidates") or ()]
    number = _same_value(turn, candidates) or _number(turn, len(candidates))
    if number:
        chosen = candidates[number - 1]
        return _Meaning("choose", accepted(chosen.value, _whole(turn), other=chosen.other), target=number)
    spoken = tuple(token.word for token in turn.said)
    content = [token for token in turn.said if token.word not in words("filler") | words("all_filler")]
    nothing = len(content) == 1 and content[0].word in words("none")
    return _Meaning("choose", target="none") if nothing or spoken in phrases_of("no") else None


def _same_value(turn: _Turn, candidates: Sequence[Candidate]) -> int | None:
    if turn.offered is None:
        return None
    value = read(turn.offered, turn.text, turn.heard.language, order=turn.order, today=turn.today).value
    by_place = bool(_number(turn, len(turn.offered.codes)))
    same = [number for number, each in enumerate(candidates, 1) if each.value == value]
    return same[0] if len(same) == 1 and value is not None and not by_place else None


def _number(turn: _Turn, count: int) -> int | None:
    places = positions(turn.text, turn.said, count)
    return places[0] + 1 if len(places) == 1 else None


def _closed_answer(turn: _Turn) -> _Meaning | None:
    """A value of a closed question, or several it may be."""
    if turn.question is None or _is_open(turn) or _is_consent(turn):
        return None
    reading = read(turn.question, turn.text, turn.heard.language, order=turn.order, today=turn.today)
    if reading.status == "unreadable":
        return None
    intent = "answer" if reading.status == "accepted" else "unclear"
    return _Meaning(intent, reading, confidence=reading.confidence)


def _yes_or_no_offered(turn: _Turn) -> _Meaning | None:
    """Yes or no to an offer. What loses something is confirmed by its button: a typed yes asks for it again."""
    kind = (turn.offer or {}).get("kind")
    if kind is None or kind == "reading" or (_is_open(turn) and len(turn.said) > MOST_WORDS_ON_OPEN):
        return None
    answer = yesno.read(turn.text)
    if answer is None:
        return None
    if answer == yesno.YES and kind == "withdraw":
        return _Meaning("withdraw")
    return _Meaning("confirm" if answer == yesno.YES else "deny")


def _guess(turn: _Turn, classifier: tuple[str | None, float] | None) -> _Meaning | None:
    """What the classifier makes of it, when it is confident of a command."""
    intent, confidence = classifier or (None, 0.0)
    least = CONFIDENT_ON_OPEN if _is_open(turn) else CONFIDENT
    if intent not in GUESSED or confidence < least or not turn.said:
        return None
    if _is_open(turn) and (intent == "out_of_scope" or len(turn.said) > MOST_WORDS_ON_OPEN):
        return None
    if intent not in MISSING:
        return _Meaning(intent, method="classifier", confidence=confidence)
    if _is_consent(turn):
        return None
    return _Meaning(intent, missing(MISSING[intent], _whole(turn), confidence), "classifier", confidence=confidence)


def _rest(turn: _Turn) -> _Meaning:
    if _is_open(turn) and turn.text.strip():
        return _Meaning("answer", read(turn.question, turn.text, turn.heard.language))
    return _Meaning("unreadable" if turn.question else "out_of_scope", confidence=CONFIDENT)


def _told(meaning: _Meaning, heard: Heard, *, late: bool) -> Understood:
    """The meaning as the actions get it. An answer to a question no longer open is ``late``; a command is obeyed."""
    answers = meaning.intent in {"answer", "unclear", "unreadable", *MISSING}
    reading = {
        **asdict(meaning.reading),
        "candidates": [asdict(candidate) for candidate in meaning.reading.candidates],
        "span": list(meaning.reading.span) if meaning.reading.span else None,
        "method": meaning.method,
        "confidence": meaning.reading.confidence,
        "language": heard.language,
        "language_p": heard.p,
        "switch": heard.switch,
        "target": meaning.target,
    }
    return Understood("late" if late and answers else meaning.intent, meaning.confidence, reading)


def _whole(turn: _Turn) -> tuple[int, int]:
    return turn.said[0].start, turn.said[-1].end


def _is_open(turn: _Turn) -> bool:
    return turn.question is not None and turn.question.type == "text"


def _is_consent(turn: _Turn) -> bool:
    return turn.question is not None and turn.question.type == "consent"
