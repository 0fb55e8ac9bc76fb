"""Which of our languages a browser prefers."""

from __future__ import annotations

from collections.abc import Sequence

from api.strings import LANGUAGES


def preferred(accept_language: str | None, among: Sequence[str] = LANGUAGES) -> str:
    """The best of ``among`` for an ``Accept-Language`` header (RFC 9110, 12.5.4); the first when none fits."""
    wanted = [_weighed(part) for part in (accept_language or "").split(",")[:20]]
    for weight, tag in sorted(wanted, key=lambda w: -w[0]):
        language = tag.split("-")[0]
        if weight > 0 and language in among:
            return language
    return among[0]


def _weighed(part: str) -> tuple[float, str]:
    tag, _, parameter = part.partition(";")
    try:
        weight = float(parameter.strip().removeprefix("q=") or 1)
    except ValueError:
        weight = 0.0
    return weight, tag.strip().lower()
