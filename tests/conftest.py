"""What every room's tests share. In CI, a test that is skipped for want of something installable is a failure."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("PORTEVOIX_BOT_SECRET", "a secret of the tests, for the bot")
os.environ.setdefault("PORTEVOIX_ACTIONS_SECRET", "a secret of the tests, for the actions")
os.environ.setdefault("PORTEVOIX_ACTIONS_KEY", "a key of the tests, for the actions")
os.environ.setdefault("PORTEVOIX_RECEIPT_KEY", "a key of the tests, for receipts, long enough")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if os.environ.get("CI") and report.skipped and not item.get_closest_marker("outside"):
        report.outcome = "failed"
    return report
