"""Finds the choices of one question in a text: whole labels and aliases, heads of labels, parts, misspelt words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.replies.normalise import Token, key, stem, tokens
from bot.replies.vocabulary import Phrases, words

if TYPE_CHECKING:
    from bot.replies.question import Choice

NAME, HEAD, ALTERNATIVE = range(3)
SHORTEST_MISSPELT = 4
LONG_WORD = 8

_EXPLANATION = re.compile(r"\s+[–—-]\s+|—|\s*[(:]")


class Form(NamedTuple):
    """One way to name a choice. ``rank`` says how: its name or alias, the head of its name, one of its alternatives."""

    code: str
    words: tuple[Token, ...]
    rank: int


class Bag(NamedTuple):
    """The words a part of a name may be taken from; a mere explanation needs ``at_least`` two of them."""

    code: str
    stems: frozenset[str]
    negated: bool
    at_least: int


class Matcher:
    """The names of a question's choices, compiled once."""

    def __init__(self, choices: Sequence[Choice], asked: frozenset[str] = frozenset()) -> None:
        """``asked``: the stems of the question's own words, which say nothing when a reply takes them up."""
        self.asked = asked
        forms = [form for choice in choices for form in _forms(choice)]
        self._names = {choice.code: [form.words for form in forms if form.code == choice.code] for choice in choices}
        self._exact = _clearest((key(form.words), form) for form in forms if form.rank <= HEAD)
        self._phrases = Phrases(_clearest((_stems(form.words), form) for form in forms).items())
        self._bags = [bag for form in forms if form.rank != ALTERNATIVE and (bag := _bag(form, forms))]
        self._spellings = {token.word: token.stem for form in forms for token in form.words}
        self._stems = frozenset(self._spellings.values())
        self.has_digits = any(word.isdigit() for word in self._spellings)

    def exact(self, said: Sequence[Token]) -> str | None:
        """The code of the choice whose name, alias or head this is, and nothing else."""
        return self._exact.get(key(said))

    def names_of(self, code: str) -> list[tuple[Token, ...]]:
        """Every way to name a choice, as words."""
        return self._names[code]

    def knows(self, token: Token) -> bool:
        """Whether it is a word of some choice's name."""
        return token.stem in self._stems

    def scan(self, said: Sequence[Token]) -> list[tuple[str, int, int]]:
        """(code, first, length) of every name in a text, from left to right, the longest first."""
        return [(hit.value, hit.first, hit.length) for hit in self._phrases.scan(_stems(said))]

    def part(self, said: Sequence[Token]) -> list[str]:
        """The codes of the choices whose names hold all these words; "pas d'accord" is no part of "d'accord"."""
        content = content_of(said)
        stems = {token.stem for token in content}
        negated = is_negated(said)
        if not any(len(token.word) > 2 for token in content):
            return []
        return _distinct(
            bag.code
            for bag in self._bags
            if len(stems) >= bag.at_least and bag.negated == negated and stems <= bag.stems
        )

    def spelled(self, said: Sequence[Token]) -> list[Token]:
        """The same words, those that are nearly a word of the choices taken for it."""
        return [self._spelled(token) for token in said]

    def _spelled(self, token: Token) -> Token:
        if len(token.word) < SHORTEST_MISSPELT or token.stem in self._stems or token.word.isdigit():
            return token
        stems = self._abbreviated(token.word) or self._misspelt(token.word)
        return token._replace(stem=stems.pop()) if len(stems) == 1 else token

    def _abbreviated(self, word: str) -> set[str]:
        return {stem for full, stem in self._spellings.items() if full.startswith(word)}

    def _misspelt(self, word: str) -> set[str]:
        """The nearest words, a few slips away at most."""
        slips = 1 if len(word) < LONG_WORD else 2
        near = process.extract(word, self._spellings.keys(), scorer=OSA.distance, score_cutoff=slips, limit=3)
        return {self._spellings[full] for full, distance, _ in near if distance == near[0][1] and len(full) > 3}


def content_of(said: Iterable[Token]) -> list[Token]:
    """The words that say something."""
    return [token for token in said if token.word not in words("filler") and token.word not in words("joining")]


def is_negated(said: Iterable[Token]) -> bool:
    """Whether a word says no."""
    return any(token.word in words("negation") for token in said)


def _stems(said: Iterable[Token]) -> tuple[str, ...]:
    return tuple(token.stem for token in said)


def _forms(choice: Choice) -> Iterator[Form]:
    for text in (*choice.names, *choice.aliases):
        yield from _genders(choice.code, text, NAME)
        head = _EXPLANATION.split(text, maxsplit=1)[0]
        if head != text:
            yield from _genders(choice.code, head, HEAD)
        if "/" in head:
            for alternative in head.split("/"):
                yield from _genders(choice.code, alternative, ALTERNATIVE)


def _genders(code: str, text: str, rank: int) -> Iterator[Form]:
    said = tuple(tokens(text))
    if said:
        yield Form(code, said, rank)
    if any(token.feminine for token in said):
        yield Form(code, tuple(_feminine(token) for token in said), rank)


def _feminine(token: Token) -> Token:
    return token._replace(word=token.feminine, stem=stem(token.feminine)) if token.feminine else token


def _clearest(named: Iterable[tuple[str | tuple[str, ...], Form]]) -> dict:
    """The code each name stands for; a name two choices share by the same right stands for neither."""
    best: dict[str | tuple[str, ...], tuple[int, set[str]]] = {}
    for name, form in named:
        rank, codes = best.get(name, (form.rank, set()))
        if form.rank < rank:
            rank, codes = form.rank, set()
        best[name] = (rank, codes | {form.code} if form.rank == rank else codes)
    return {name: next(iter(codes)) for name, (_, codes) in best.items() if len(codes) == 1}


def _bag(form: Form, forms: Sequence[Form]) -> Bag | None:
    content = content_of(form.words)
    explained = form.rank == NAME and any(
        head.rank == HEAD and head.code == form.code and form.words[: len(head.words)] == head.words for head in forms
    )
    stems = frozenset(token.stem for token in content)
    return Bag(form.code, stems, is_negated(form.words), 2 if explained else 1) if stems else None


def _distinct(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))
