"""Logs carry no text of a person, whoever writes them."""

from __future__ import annotations

import asyncio
import json
import logging

from api import logs


def test_a_librarys_traceback_is_kept_as_its_kind_and_its_place_alone(capfd):
    logs.configure("info")
    try:
        raise ValueError("canari: ce que la personne a écrit")
    except ValueError as error:
        logging.getLogger("uvicorn.error").error("Exception in ASGI application\n", exc_info=error)
    written = capfd.readouterr().err
    assert "canari" not in written
    assert "ValueError" in json.loads(written)["event"] and "test_logs.py" in written


def test_a_task_that_nobody_awaited_says_nothing_of_what_it_held(capfd):
    async def lost():
        asyncio.get_running_loop().call_exception_handler(
            {"message": "Task exception was never retrieved", "exception": ValueError("canari")}
        )

    logs.configure("info")
    asyncio.run(lost())
    assert "canari" not in capfd.readouterr().err
