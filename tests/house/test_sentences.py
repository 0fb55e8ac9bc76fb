"""No sentence that a person reads stands in code: it would be said in one language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.repository import CODE, ROOT, modules, scripts, tree

PROSE = re.compile(r"(?:[A-Za-zÀ-ÿ’'-]+[,;:.!?…]?[  ]+){3,}[A-Za-zÀ-ÿ’']+")
"""Four words in a row."""
NOT_SAID = {
    "api/questionnaire/xlsform/types.py",  # the names that XLSForm gives its types
    "api/questionnaire/checks/wording.py",  # patterns of leading questions
}


def prose(source: ast.Module) -> Iterator[str]:
    """The texts that look like sentences; docstrings, and what a raised error tells developers, apart."""
    aside = {id(part) for node in ast.walk(source) if isinstance(node, ast.Raise | ast.Expr) for part in _texts(node)}
    texts = (_text(part) for part in ast.walk(source) if id(part) not in aside)
    return (text for text in texts if PROSE.search(text))


def _text(node: ast.AST) -> str:
    """A literal's text; of an f-string, what stands around its values."""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_text, node.values))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _texts(node: ast.Raise | ast.Expr) -> Iterator[ast.AST]:
    """A docstring, or all that a ``raise`` says."""
    yield from ast.walk(node) if isinstance(node, ast.Raise) else [node.value]


def prose_of_script(source: str) -> list[str]:
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", source, flags=re.DOTALL)
    texts = re.findall(r'"[^"\n]*"|\'[^\'\n]*\'|`[^`]*`', code)
    return [text for text in texts if PROSE.search(text)]


@pytest.mark.parametrize("path", modules(*CODE).values(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_nothing_to_people(path: Path):
    assert str(path.relative_to(ROOT)) in NOT_SAID or list(prose(tree(path))) == []


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.name)
def test_a_script_says_nothing_to_people(path: Path):
    assert prose_of_script(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        'say("Votre message est bien reçu.")',
        'title = f"You have {n} questions to go"',
        '{"text": "Merci d’être venu ici"}',
    ],
)
def test_a_sentence_in_a_module_is_found(code: str):
    assert list(prose(ast.parse(code)))


def test_a_docstring_and_an_error_for_developers_are_no_sentences():
    code = 'def f():\n    """Says what it does."""\n    raise ValueError("one of text, choices")'
    assert list(prose(ast.parse(code))) == []


def test_a_sentence_in_a_script_is_found():
    script = '// a comment, "of a few words"\nel("p", {}, "Votre message est reçu");'
    assert prose_of_script(script) == ['"Votre message est reçu"']
