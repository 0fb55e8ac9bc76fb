import json
import logging

from bot import log


def test_a_failure_names_its_kinds_and_never_what_a_person_said(capsys):
    try:
        raise RuntimeError("Laval") from ValueError("Laval")
    except RuntimeError as error:
        log.failure("turn.failed", error, message=7)
    line = json.loads(capsys.readouterr().out)
    assert line == {"event": "turn.failed", "message": 7, "error": ["RuntimeError", "ValueError"]}


def test_what_a_library_logs_becomes_an_event_without_its_text(capsys):
    record = logging.LogRecord("rasa.core", logging.WARNING, "processor.py", 12, "heard %s", ("Laval",), None)
    log.EventHandler().emit(record)
    line = json.loads(capsys.readouterr().out)
    assert line == {"event": "library.warning", "logger": "rasa.core", "where": "processor:12", "error": []}
