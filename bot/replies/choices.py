"""Replies to "which of these?": several choices at once, all, all but some, none, another one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.replies import other
from bot.replies.found import NAMED, Found, find
from bot.replies.normalise import Token
from bot.replies.positions import positions
from bot.replies.question import Question
from bot.replies.reading import UNREADABLE, Candidate, Reading, Span, accepted, ambiguous
from bot.replies.vocabulary import phrases, words

BY_POSITION = 0.9
DESPITE_UNKNOWN = 0.7
MOST_UNKNOWN = 3


def read(question: Question, text: str, said: Sequence[Token], order: Sequence[str]) -> Reading:
    """The codes a text names, in the order of the list."""
    reading = said_codes(question, text, said, order)
    if reading.status != "accepted":
        return reading
    return accepted(sorted(reading.value, key=question.codes.index), reading.span, reading.confidence, reading.other)


def said_codes(question: Question, text: str, said: Sequence[Token], order: Sequence[str]) -> Reading:
    """The codes a text names, in the order said."""
    span = whole(said)
    code = question.matcher.exact(said) or none_of_these(question, said)
    if code:
        return accepted([code], span)
    places = positions(text, said, len(order), bare=not question.matcher.has_digits)
    if places:
        return accepted(list(dict.fromkeys(order[place] for place in places)), span, BY_POSITION)
    everything = all_but(question, text, said)
    if everything is not None:
        return accepted(everything, span, NAMED) if everything else UNREADABLE
    return _named(question, text, said)


def whole(said: Sequence[Token]) -> Span:
    """Where the words of a text begin and end."""
    return said[0].start, said[-1].end


def _named(question: Question, text: str, said: Sequence[Token]) -> Reading:
    before, start = other.cut(question, text, said)
    found = find(question.matcher, text, before)
    if start is not None:
        return _with_other(question, text, found, start)
    if found.clear:
        return _clear(found)
    if found.codes and not found.negated and found.unknown and not found.doubts:
        return _despite_unknown(question, text, found)
    if len(found.doubts) == 1 and not found.unknown and not found.negated:
        return ambiguous((Candidate([*found.codes, code]) for code in found.doubts[0]), whole(said))
    return UNREADABLE


def _clear(found: Found) -> Reading:
    if found.either and len(found.codes) == 2:
        return ambiguous([Candidate(found.codes), *(Candidate([code]) for code in found.codes)], found.span)
    return accepted(found.codes, found.span, found.confidence)


def _with_other(question: Question, text: str, found: Found, start: int) -> Reading:
    if found.unknown or found.doubts or found.negated:
        return UNREADABLE
    end = len(text.rstrip())
    first = min(found.span[0], start) if found.span else start
    return accepted([*found.codes, question.other], (first, end), NAMED, other.words_from(text, start))


def _despite_unknown(question: Question, text: str, found: Found) -> Reading:
    if question.other in found.codes and found.unknown[0].start >= found.span[1]:
        start = found.unknown[0].start
        return accepted(
            found.codes, (found.span[0], len(text.rstrip())), DESPITE_UNKNOWN, other.words_from(text, start)
        )
    matcher = question.matcher
    turned = any(token.word in words("turning") or matcher.knows(token) for token in found.unknown)
    if turned or len(found.unknown) > MOST_UNKNOWN:
        return UNREADABLE
    if question.other and question.other not in found.codes:
        rest = text[found.unknown[0].start : found.unknown[-1].end]
        return ambiguous([Candidate([*found.codes, question.other], rest), Candidate(found.codes)], found.span)
    return accepted(found.codes, found.span, DESPITE_UNKNOWN)


def none_of_these(question: Question, said: Sequence[Token]) -> str | None:
    """The one choice that says none, when that is all the text says."""
    content = [token for token in said if token.word not in words("filler") and token.word not in words("all_filler")]
    if len(content) != 1 or content[0].word not in words("none"):
        return None
    codes = [
        choice.code
        for choice in question.choices
        if any(name[0].word in words("none") for name in question.matcher.names_of(choice.code))
    ]
    alone = [choice.code for choice in question.choices if choice.exclusive and choice.code in codes]
    fitting = alone or codes
    return fitting[0] if len(fitting) == 1 else None


def all_but(question: Question, text: str, said: Sequence[Token]) -> list[str] | None:
    """The codes of "tous sauf ..." or "all of them"; None when the text says no such thing, [] when it is not clear."""
    if said[0].word not in words("all"):
        return None
    everything = [choice.code for choice in question.choices if not (choice.exclusive or choice.other)]
    hits = phrases("except").scan([token.word for token in said])
    if not hits:
        return everything if all(_says_all(token) for token in said) else None
    rest = said[hits[0].first + hits[0].length :]
    excepted = find(question.matcher, text, rest)
    return [code for code in everything if code not in excepted.codes] if excepted.clear else []


def _says_all(token: Token) -> bool:
    return any(token.word in words(name) for name in ("all", "filler", "all_filler"))
