"""What the server says to people outside a consultation: problems, commands, checks.

One catalogue a language, in ``api/strings``: flat dotted keys, ``{placeholders}``.
"""

import json
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Every sentence of one language, by key."""
    file = Path(__file__).parent / "strings" / f"{language}.json"
    return json.loads(file.read_text(encoding="utf-8"))


def say(key: str, language: Language, /, **values: object) -> str:
    """The sentence of ``key`` with its placeholders filled; ``KeyError`` if the key or a value is missing."""
    return catalogue(language)[key].format_map(values)
