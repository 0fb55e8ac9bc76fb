"""The choices found in a reply, and what was left over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.replies.matcher import Matcher, content_of, is_negated
from bot.replies.normalise import Token
from bot.replies.reading import Span
from bot.replies.vocabulary import words

NAMED, PART, MISSPELT = 0.95, 0.85, 0.8

_BREAK = re.compile(r"[,;/+\n|&•>]")


@dataclass
class Found:
    """``codes`` as first said, ``doubts`` where one part fits several choices, ``unknown`` words that fit none."""

    codes: list[str] = field(default_factory=list)
    doubts: list[list[str]] = field(default_factory=list)
    unknown: list[Token] = field(default_factory=list)
    negated: bool = False
    either: bool = False
    span: Span | None = None
    confidence: float = NAMED

    @property
    def clear(self) -> bool:
        """Nothing but choices and the words that join them."""
        return bool(self.codes) and not (self.doubts or self.unknown or self.negated)


def find(matcher: Matcher, text: str, said: Sequence[Token]) -> Found:
    """Every choice named in a text; misspelt words are only tried when the words as typed leave something over."""
    found = _find(matcher, text, said)
    if found.clear or not (found.unknown or found.doubts):
        return found
    spelled = _find(matcher, text, matcher.spelled(said))
    if len(spelled.unknown) >= len(found.unknown):
        return found
    spelled.confidence = min(spelled.confidence, MISSPELT)
    return spelled


def _find(matcher: Matcher, text: str, said: Sequence[Token]) -> Found:
    found = Found()
    position = 0
    for code, first, length in matcher.scan(said):
        name = said[first : first + length]
        _read_rest(matcher, text, said[position:first], found, following=name)
        _add(found, code, name)
        position = first + length
    _read_rest(matcher, text, said[position:], found)
    return found


def _read_rest(
    matcher: Matcher, text: str, rest: Sequence[Token], found: Found, following: Sequence[Token] = ()
) -> None:
    """Read what stands between two names. "Je ne suis" denies nothing that "pas d'accord" does not itself deny."""
    found.either = found.either or any(token.word in words("either") for token in rest)
    for segment in _segments(text, rest):
        content = content_of(segment)
        codes = matcher.part(segment) if content else []
        if len(codes) == 1:
            _add(found, codes[0], segment)
            found.confidence = min(found.confidence, PART)
        elif codes:
            found.doubts.append(codes)
        else:
            found.unknown += [token for token in content if not _is_said_around(matcher, token)]
            found.negated = found.negated or (is_negated(segment) and not is_negated(following))


def _is_said_around(matcher: Matcher, token: Token) -> bool:
    """Words taken up from the question, and hedges, change nothing to an answer."""
    return token.stem in matcher.asked or token.word in words("hedges")


def _add(found: Found, code: str, said: Sequence[Token]) -> None:
    first, last = said[0].start, said[-1].end
    found.span = (min(first, found.span[0]), max(last, found.span[1])) if found.span else (first, last)
    if code not in found.codes:
        found.codes.append(code)


def _segments(text: str, said: Sequence[Token]) -> list[list[Token]]:
    """The words, cut at separators and joining words."""
    segments: list[list[Token]] = [[]]
    for index, token in enumerate(said):
        joins = token.word in words("joining") or token.word in words("either")
        if joins or (index and _BREAK.search(text, said[index - 1].end, token.start)):
            segments.append([])
        if not joins:
            segments[-1].append(token)
    return [segment for segment in segments if segment]
