"""XLSForm's expressions: ``${age} >= 18 and selected(${roles}, 'artist')``.

The part of XPath that questionnaires need, parsed to a small frozen tree and evaluated with ODK's meaning:

- an unanswered question is the empty string, and a number comparison with it is false, so that ``${n} < 5`` is false
  and ``not(${n} < 5)`` is true;
- several choices are their codes joined by spaces;
- ``=`` and ``!=`` compare as booleans if one side is one, else as numbers if one side is one, else as texts;
- ``<``, ``<=``, ``>`` and ``>=`` compare as numbers; a date ``YYYY-MM-DD`` counts as its day;
- ``regex()`` matches the whole text, within the limits of ``patterns``.

Anything else is refused by name when the expression is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from . import patterns
from .nodes import FUNCTIONS, Call, Comparison, Literal, Logical, Node, Reference, Result, Value, as_boolean, walk

DEEPEST = 32
"""How many parentheses and calls may hold one another."""


class ExpressionError(ValueError):
    """An expression that cannot be read: ``code`` says what is wrong, ``name`` what it is about, ``position`` where.

    Codes: unknown-function, unknown-operator, arguments (wrong number of them), reference (a malformed ``${}``),
    pattern, slow-pattern, unexpected, unfinished, too-deep.
    """

    def __init__(self, code: str, name: str, position: int):
        super().__init__(f"{code} {name!r} at {position}")
        self.code, self.name, self.position = code, name, position


@dataclass(frozen=True)
class Expression:
    """A parsed expression; its text, parsed again, is the same expression."""

    root: Node

    @cached_property
    def references(self) -> frozenset[str]:
        """The names of the questions it mentions."""
        return frozenset(node.name for node in self.nodes() if isinstance(node, Reference) and node.name)

    def nodes(self) -> Iterator[Node]:
        """Every part of it, outermost first."""
        return walk(self.root)

    def evaluate(self, values: Mapping[str, Value], current: Value = None) -> Result:
        """Its value given the answers by question name; ``current`` is what ``.`` means. Never raises."""
        return self.root.evaluate(values, current)

    def holds(self, values: Mapping[str, Value], current: Value = None) -> bool:
        """Its value as a condition. Never raises."""
        return as_boolean(self.root.evaluate(values, current))

    def __str__(self) -> str:
        return str(self.root)


def parse(text: str) -> Expression:
    """Raises ExpressionError."""
    return Expression(_Parser(text).whole())


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


_TOKENS = re.compile(
    r"(?P<space>\s+)|(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)|(?P<string>'[^']*'|\"[^\"]*\")"
    r"|(?P<reference>\$\{[A-Za-z_][A-Za-z0-9_]*\})|(?P<word>[A-Za-z_][A-Za-z0-9_:-]*)"
    r"|(?P<sign>!=|<=|>=|[=<>])|(?P<mark>[(),])|(?P<dot>\.(?!\.))|(?P<operator>[-+*/|]+|\.\.)|(?P<other>.)",
    re.DOTALL,
)
_END = "end"
_REFUSED_WORDS = frozenset({"div", "mod"})


def _tokens(text: str) -> list[_Token]:
    found = [_Token(match.lastgroup or "", match[0], match.start()) for match in _TOKENS.finditer(text)]
    return [*(token for token in found if token.kind != "space"), _Token(_END, "", len(text))]


class _Parser:
    """Recursive descent: one method per level of precedence, loosest first."""

    def __init__(self, text: str):
        self.tokens = _tokens(text)
        self.index = 0
        self.depth = 0

    def whole(self) -> Node:
        node = self.logical("or", "and")
        if self.next.kind != _END:
            raise self.refusal()
        return node

    @property
    def next(self) -> _Token:
        return self.tokens[self.index]

    def take(self) -> _Token:
        self.index += 1
        return self.tokens[self.index - 1]

    def expect(self, mark: str) -> None:
        if self.next.text != mark or self.next.kind != "mark":
            raise self.refusal()
        self.take()

    def at_word(self, word: str) -> bool:
        return self.next.kind == "word" and self.next.text == word

    def logical(self, word: str, *tighter: str) -> Node:
        parts = [self.tighter(*tighter)]
        while self.at_word(word):
            self.take()
            parts.append(self.tighter(*tighter))
        return parts[0] if len(parts) == 1 else Logical(word, tuple(parts))

    def tighter(self, *words: str) -> Node:
        return self.logical(*words) if words else self.comparison()

    def comparison(self) -> Node:
        left = self.operand()
        if self.next.kind != "sign":
            return left
        return Comparison(self.take().text, left, self.operand())

    def operand(self) -> Node:
        token = self.next
        if token.text == "(":
            return self.nested(self.parenthesised)
        if token.text == "-" and self.tokens[self.index + 1].kind == "number":
            self.take()
            return Literal(-float(self.take().text))
        if token.kind == "word" and self.tokens[self.index + 1].text == "(":
            return self.nested(self.call)
        if token.kind not in _ATOMS:
            raise self.refusal()
        return _ATOMS[token.kind](self.take().text)

    def nested(self, inside: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError("too-deep", self.next.text, self.next.position)
        node = inside()
        self.depth -= 1
        return node

    def parenthesised(self) -> Node:
        self.expect("(")
        node = self.logical("or", "and")
        self.expect(")")
        return node

    def call(self) -> Node:
        name = self.take()
        if name.text not in FUNCTIONS:
            raise ExpressionError("unknown-function", name.text, name.position)
        node = Call(name.text, self.arguments())
        if len(node.arguments) != FUNCTIONS[name.text].arity:
            raise ExpressionError("arguments", name.text, name.position)
        _check_pattern(node, name.position)
        return node

    def arguments(self) -> tuple[Node, ...]:
        self.expect("(")
        found: list[Node] = []
        while self.next.text != ")":
            if found:
                self.expect(",")
            found.append(self.logical("or", "and"))
        self.expect(")")
        return tuple(found)

    def refusal(self) -> ExpressionError:
        """What is wrong with the next token."""
        kind, text, position = self.next
        if kind == _END:
            return ExpressionError("unfinished", text, position)
        if kind == "operator" or text in _REFUSED_WORDS:
            return ExpressionError("unknown-operator", text, position)
        return ExpressionError("reference" if text == "$" else "unexpected", text, position)


_ATOMS: dict[str, Callable[[str], Node]] = {
    "number": lambda text: Literal(float(text)),
    "string": lambda text: Literal(text[1:-1]),
    "reference": lambda text: Reference(text[2:-1]),
    "dot": lambda text: Reference(None),
}


def _check_pattern(call: Call, position: int) -> None:
    """A pattern is a text written in the expression, so that it is known to be sound before anyone answers."""
    if call.function != "regex":
        return
    pattern = call.arguments[1]
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        raise ExpressionError("pattern", str(pattern), position)
    try:
        patterns.read(pattern.value)
    except patterns.PatternError as error:
        raise ExpressionError(error.code, pattern.value, position) from error
