"""Replies to what was offered: one of several readings, or yes and no."""

from __future__ import annotations

from collections.abc import Sequence

from bot.meaning import Meaning
from bot.replies import read, yesno
from bot.replies.positions import positions
from bot.replies.reading import Candidate, accepted
from bot.replies.vocabulary import phrases_of, words
from bot.said import Said

MOST_WORDS_TO_OPEN = 6


def choice(said: Said) -> Meaning | None:
    """One of the readings offered, by its label, its value or its number; or none of them."""
    if said.offer.get("kind") != "reading":
        return None
    candidates = [Candidate(each.get("value"), each.get("other")) for each in said.offer.get("candidates") or ()]
    number = _named(said, candidates) or _number(said, len(candidates))
    if number:
        chosen = candidates[number - 1]
        return Meaning("choose", accepted(chosen.value, said.span, other=chosen.other), target=number)
    return Meaning("choose", target="none") if _none(said) else None


def yes_or_no(said: Said) -> Meaning | None:
    """Yes or no to an offer. What loses something is confirmed by its button: a typed yes only asks for it again."""
    kind = said.offer.get("kind")
    too_long = said.to_open_question and len(said.words) > MOST_WORDS_TO_OPEN
    answer = None if kind in {None, "reading"} or too_long else yesno.read(said.text)
    if answer is None:
        return None
    if answer == yesno.NO:
        return Meaning("deny")
    return Meaning("withdraw" if kind == "withdraw" else "confirm")


def _named(said: Said, candidates: Sequence[Candidate]) -> int | None:
    """The number of the one candidate that the text says, read as a reply to the question in doubt."""
    if said.offered is None or _number(said, len(said.offered.codes)):
        return None
    value = read(said.offered, said.text, said.heard.language, order=said.order, today=said.today).value
    same = [number for number, each in enumerate(candidates, 1) if each.value == value]
    return same[0] if len(same) == 1 and value is not None else None


def _number(said: Said, count: int) -> int | None:
    places = positions(said.text, said.words, count)
    return places[0] + 1 if len(places) == 1 else None


def _none(said: Said) -> bool:
    content = [token.word for token in said.words if token.word not in words("filler") | words("all_filler")]
    nothing = len(content) == 1 and content[0] in words("none")
    return nothing or tuple(token.word for token in said.words) in phrases_of("no")
