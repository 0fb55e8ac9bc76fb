"""Limits on how often: kept in memory only, so no address is ever written down."""

from __future__ import annotations

import time

from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.problems import Problem


class Throttle:
    """Counts hits by limit and key; raises ``Problem`` too-many with the seconds to wait."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, limit: RateLimitItem | None, *key: str) -> None:
        """Counts one, or refuses."""
        if limit is not None and not self._limiter.hit(limit, *key):
            raise self._refusal(limit, *key)

    def check(self, limit: RateLimitItem | None, *key: str) -> None:
        """Refuses if the limit is reached, without counting."""
        if limit is not None and not self._limiter.test(limit, *key):
            raise self._refusal(limit, *key)

    def _refusal(self, limit: RateLimitItem, *key: str) -> Problem:
        reset = self._limiter.get_window_stats(limit, *key).reset_time
        return Problem("too-many", retry_after=reset - time.time())
