"""What a turn changes and what is then said: pure, one small function a move."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from api.interviews.lines import Both, action, ask, both, earlier, question_line, utter, ways, worded
from api.interviews.position import Event
from api.interviews.stand import Line, Outcome, Record, Said, Stand
from api.questionnaire.definition import Question
from api.questionnaire.flow import Answer, Flow
from api.questionnaire.validation import Rejected, validate
from api.strings import LANGUAGES, say

RECENT = 6
"""How many earlier questions are proposed when someone wants to change an answer without saying which."""
LEAVE_WITHOUT = {"skip": "skipped", "dont_know": "dont_know", "refuse": "refused"}
"""Ways to leave a question without a value, and what each is kept as."""


def step(stand: Stand, said: Said) -> Outcome:
    """The outcome of one message; a message to a paused interview resumes it first."""
    if stand.position.paused and said.move not in ("pause", "withdraw", "confirm"):
        outcome = MOVES[said.move](_resumed(stand), said)
        return replace(outcome, events=(Event("interview.resume"), *outcome.events))
    return MOVES[said.move](stand, said)


def _resumed(stand: Stand) -> Stand:
    return stand.grown([Event("interview.resume")], {})


# Answers


def _answer(stand: Stand, said: Said) -> Outcome:
    if said.question != stand.position.open:
        return _late(stand, said)
    try:
        answer = validate(stand.flow, said.question, said.value, said.other, stand.position.answers)
    except Rejected as rejected:
        return _rejected(stand, rejected)
    return _write(stand, said, answer)


def _missing(stand: Stand, said: Said) -> Outcome:
    question, missing = stand.question, LEAVE_WITHOUT[said.move]
    if said.question != stand.position.open:
        return _late(stand, said)
    if question.name == stand.flow.consent:
        return _unreadable(stand, said)
    if missing == "skipped" and stand.position.reopened:
        return _go(stand, Event("move.keep"), utter("kept"))
    if missing == "skipped" and question.required:
        left = [way for way in ways(stand) if way["id"] in ("dont_know", "refuse")]
        return Outcome(lines=(utter("required", "clarify", left),))
    return _write(stand, said, Answer(missing=missing))


def _write(stand: Stand, said: Said, answer: Answer) -> Outcome:
    record = Record(said.question, stand.next_revision(said.question), answer)
    recorded = Event("answer.record", {"question": record.question, "revision": record.revision})
    written = Outcome(events=(recorded,), record=record)
    lines = (
        *_acknowledge(stand, said, answer),
        *_offer_switch(stand, said),
        *ask(stand.after(written), stand.position),
    )
    offered = (Event("language.offer"),) if said.switch and not stand.position.switch_offered else ()
    return replace(written, events=(recorded, *offered), lines=lines)


def _acknowledge(stand: Stand, said: Said, answer: Answer) -> tuple[Line, ...]:
    """How a typed answer was read, so that a misreading is seen at once; a button or the very words need no echo."""
    if answer.missing:
        return (utter(answer.missing),)
    question = stand.flow.questions[said.question]
    read = worded(stand.flow, question, answer)
    if said.method == "button" or question.type == "text" or _plain(said.text) in map(_plain, read.values()):
        return ()
    return (utter("recorded", answer=read),)


def _plain(text: str | None) -> str:
    return "".join(filter(str.isalnum, (text or "").casefold()))


def _offer_switch(stand: Stand, said: Said) -> tuple[Line, ...]:
    if not said.switch or stand.position.switch_offered:
        return ()
    return (utter("offer_switch", "notice", [action(f"switch:{said.switch}")]),)


def _rejected(stand: Stand, rejected: Rejected) -> Outcome:
    own = {language: say(f"constraint.{rejected.code}", language) for language in LANGUAGES}
    reason = both(stand.flow, rejected.message) if rejected.message else own
    failed = Event("attempt.fail", {"question": stand.position.open})
    return Outcome(events=(failed,), lines=(utter("constraint", "clarify", reason=reason), question_line(stand)))


def _late(stand: Stand, said: Said) -> Outcome:
    return Outcome(lines=(utter("late", "notice"), *ask(stand, stand.position)))


# Not understood


def _unclear(stand: Stand, said: Said) -> Outcome:
    candidates = said.reading.get("candidates") or []
    if said.question != stand.position.open or len(candidates) < 2:
        return _unreadable(stand, said)
    question = stand.question
    readings = [Answer(value=c["value"], other=c.get("other")) for c in candidates]
    buttons = [action(f"reading:{n}", worded(stand.flow, question, a)) for n, a in enumerate(readings, 1)]
    offer = Event(
        "offer.make", {"kind": "reading", "question": question.name, "candidates": candidates, "seq": said.seq}
    )
    return Outcome(events=(offer,), lines=(utter("which", "clarify", [*buttons, action("none")]),))


def _unreadable(stand: Stand, said: Said) -> Outcome:
    question = stand.question
    if said.question != stand.position.open or question is None:
        return _late(stand, said)
    if question.type == "consent":
        return Outcome(lines=(utter("press_consent", "clarify"), question_line(stand)))
    failed = Event("attempt.fail", {"question": question.name})
    hint = utter("unreadable_again", "clarify") if stand.position.attempts else _rephrase(stand, question)
    return Outcome(events=(failed,), lines=(hint, question_line(stand)))


def _rephrase(stand: Stand, question: Question) -> Line:
    if question.type == "range":
        return utter("unreadable_scale", "clarify", min=f"{question.start:g}", max=f"{question.end:g}")
    if question.type in ("integer", "decimal"):
        return utter("unreadable_number", "clarify")
    if question.type in ("date", "text"):
        return utter(f"unreadable_{question.type}", "clarify")
    return utter("unreadable_choice", "clarify", example=both(stand.flow, stand.flow.choices(question.name)[0].label))


def _choose(stand: Stand, said: Said) -> Outcome:
    offer = stand.position.offer
    if not offer or offer["kind"] != "reading" or offer["question"] != stand.position.open:
        return _nothing_pending(stand)
    if said.to == "none":
        failed = Event("attempt.fail", {"question": stand.position.open})
        return Outcome(events=(failed,), lines=(utter("unreadable_again", "clarify"), question_line(stand)))
    number = int(said.to) if said.to and said.to.isdecimal() else 0
    if not 1 <= number <= len(offer["candidates"]):
        return _nothing_pending(stand)
    chosen = offer["candidates"][number - 1]
    said = replace(said, question=offer["question"], value=chosen["value"], other=chosen.get("other"), method="button")
    outcome = _answer(stand, said)
    return replace(outcome, record=replace(outcome.record, said_in=offer["seq"])) if outcome.record else outcome


def _nothing_pending(stand: Stand) -> Outcome:
    return Outcome(lines=(utter("nothing_pending"), *ask(stand, stand.position)))


# Moving about


def _go(stand: Stand, event: Event, line: Line) -> Outcome:
    moved = Outcome(events=(event,))
    return replace(moved, lines=(line, *ask(stand.after(moved), stand.position)))


def _back(stand: Stand, said: Said) -> Outcome:
    before = earlier(stand)
    if before is None:
        return Outcome(lines=(utter("nothing_before"), *ask(stand, stand.position)))
    return _go(stand, Event("move.goto", {"question": before}), utter("went_back"))


def _change(stand: Stand, said: Said) -> Outcome:
    changeable = [
        name
        for name in stand.flow.reached(stand.position.answers)
        if name in stand.position.answers and name != stand.flow.consent
    ]
    if said.to in changeable:
        label = both(stand.flow, stand.flow.questions[said.to].label)
        return _go(stand, Event("move.goto", {"question": said.to}), utter("changing", label=label))
    if not changeable:
        return Outcome(lines=(utter("nothing_before"), *ask(stand, stand.position)))
    buttons = [
        action(f"change:{name}", both(stand.flow, stand.flow.questions[name].label))
        for name in reversed(changeable[-RECENT:])
    ]
    return Outcome(lines=(utter("which_change", "clarify", buttons),))


def _pause(stand: Stand, said: Said) -> Outcome:
    return Outcome(events=(Event("interview.pause"),), lines=(utter("paused", "notice", [action("resume")]),))


def _language(stand: Stand, said: Said) -> Outcome:
    spoken = stand.flow.questionnaire.consultation.languages
    language = said.to or next((other for other in spoken if other != stand.position.language), None)
    if language not in spoken:
        return Outcome(lines=(utter("not_understood"), *ask(stand, stand.position)))
    return _go(stand, Event("language.set", {"language": language}), utter("language_set"))


# Undoing


def _off_record(stand: Stand, said: Said) -> Outcome:
    """The lines are chosen by whoever knows whether there was a message to strike: see ``struck``."""
    return Outcome(strike=True)


def struck(stand: Stand, found: bool) -> tuple[Line, ...]:
    """What is said once the previous message was struck, or once there was none."""
    return (utter("struck" if found else "nothing_to_strike"), *ask(stand, stand.position))


def _withdraw(stand: Stand, said: Said) -> Outcome:
    offer = Event("offer.make", {"kind": "withdraw"})
    return Outcome(events=(offer,), lines=(utter("withdraw_confirm", "confirm", [action("yes"), action("no")]),))


def _confirm(stand: Stand, said: Said) -> Outcome:
    if (stand.position.offer or {}).get("kind") != "withdraw" or said.method != "button":
        return _nothing_pending(stand)
    return Outcome(withdraw=True, lines=(utter("withdrawn", "notice"),))


def _deny(stand: Stand, said: Said) -> Outcome:
    if (stand.position.offer or {}).get("kind") != "withdraw":
        return _nothing_pending(stand)
    return _go(stand, Event("offer.close"), utter("withdraw_cancelled"))


# Saying


def _explain(stand: Stand, said: Said) -> Outcome:
    question = stand.flow.questions.get(said.question or "") or stand.question
    if question is None or not question.why:
        return Outcome(lines=(utter("why_generic"),))
    return Outcome(lines=(utter("why", why=both(stand.flow, question.why)),))


def _how_long(stand: Stand, said: Said) -> Outcome:
    progress = stand.flow.progress(stand.position.answers)
    minutes = math.ceil(
        (stand.flow.questionnaire.consultation.minutes or progress.remaining / 4) * (1 - progress.ratio)
    )
    return Outcome(
        lines=(utter("how_long", answered=progress.answered, remaining=progress.remaining, minutes=max(1, minutes)),)
    )


def _told(name: str, about: Callable[[Flow], dict[str, Any]] = lambda flow: {}) -> Callable[[Stand, Said], Outcome]:
    def tell(stand: Stand, said: Said) -> Outcome:
        return Outcome(lines=(utter(name, **about(stand.flow)),))

    return tell


def _returning(name: str) -> Callable[[Stand, Said], Outcome]:
    def tell(stand: Stand, said: Said) -> Outcome:
        return Outcome(lines=(utter(name), *ask(stand, stand.position)))

    return tell


def _who(flow: Flow) -> dict[str, Any]:
    organisation = flow.questionnaire.consultation.organisation
    return {"organisation": both(flow, organisation.name if organisation else flow.questionnaire.consultation.title)}


def _officer(flow: Flow) -> dict[str, Any]:
    officer = flow.questionnaire.consultation.privacy_officer
    return (
        {"officer": both(flow, officer.title), "email": officer.email}
        if officer
        else {"officer": _unknown(), "email": _unknown()}
    )


def _human(flow: Flow) -> dict[str, Any]:
    organisation = flow.questionnaire.consultation.organisation
    return {"email": organisation.contact if organisation else _unknown()}


def _unknown() -> Both:
    return {language: say("about.unknown", language) for language in LANGUAGES}


MOVES: Mapping[str, Callable[[Stand, Said], Outcome]] = {
    "answer": _answer,
    "skip": _missing,
    "dont_know": _missing,
    "refuse": _missing,
    "late": _late,
    "unclear": _unclear,
    "unreadable": _unreadable,
    "choose": _choose,
    "confirm": _confirm,
    "deny": _deny,
    "go_back": _back,
    "change": _change,
    "repeat": _returning("repeat"),
    "explain": _explain,
    "help": _told("help"),
    "how_long": _how_long,
    "pause": _pause,
    "resume": _returning("resumed"),
    "switch_language": _language,
    "off_record": _off_record,
    "withdraw": _withdraw,
    "who_are_you": _told("who", _who),
    "privacy": _told("privacy", _officer),
    "human": _told("human", _human),
    "greet": _returning("greet"),
    "thanks": _told("thanks"),
    "insult": _returning("insult"),
    "out_of_scope": _returning("out_of_scope"),
}
"""Every move there is, by the assistant's intent."""
