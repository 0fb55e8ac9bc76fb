"""What a turn changes and what is then said: pure, one small function a move.

The assistant understood something (``Said``); here it becomes events, an answer, and lines to say. A line is either
``{"utter": NAME, "kind", "values", "actions"}``, worded by the assistant's domain, or ``{"kind", "texts",
"question", "actions"}``, worded by the questionnaire. ``values`` and ``texts`` are in every language at once, so
that a transcript can be read again in the other one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from api.interviews.position import Event, Position, Revision, position
from api.questionnaire import rendering
from api.questionnaire.definition import Question
from api.questionnaire.flow import Answer, Flow
from api.questionnaire.validation import Rejected, validate
from api.strings import LANGUAGES, say

Line = dict[str, Any]
Both = dict[str, str]

RECENT = 6
"""How many earlier questions are proposed when someone wants to change an answer without saying which."""
LEAVE_WITHOUT = {"skip": "skipped", "dont_know": "dont_know", "refuse": "refused"}
"""Ways to leave a question without a value, and what each is kept as."""


@dataclass(frozen=True)
class Stand:
    """An interview as a turn finds it."""

    flow: Flow
    events: Sequence[Event]
    revisions: Mapping[Revision, Answer]
    position: Position

    @classmethod
    def of(cls, flow: Flow, events: Sequence[Event], revisions: Mapping[Revision, Answer]) -> Stand:
        return cls(flow, events, revisions, position(flow, events, revisions))

    def after(self, outcome: Outcome) -> Stand:
        """The interview once ``outcome`` is written."""
        revisions = dict(self.revisions)
        if outcome.record:
            revisions[outcome.record.question, outcome.record.revision] = outcome.record.answer
        return Stand.of(self.flow, [*self.events, *outcome.events], revisions)

    @property
    def question(self) -> Question | None:
        return self.flow.questions[self.position.open] if self.position.open else None

    def next_revision(self, question: str) -> int:
        """The number of the next answer to ``question``, struck ones counted: numbers are never used twice."""
        recorded = [
            e.payload["revision"]
            for e in self.events
            if e.kind == "answer.record" and e.payload["question"] == question
        ]
        return max(recorded, default=0) + 1


@dataclass(frozen=True)
class Said:
    """What the assistant understood of one message."""

    move: str
    question: str | None = None
    """What it was said to."""
    value: Any = None
    other: str | None = None
    missing: str | None = None
    to: str | None = None
    """A language, a question's name, the number of a reading or ``none``: what the move is about."""
    reading: Mapping[str, Any] = field(default_factory=dict)
    method: str = "button"
    switch: str | None = None
    """The other language, when the message is clearly in it."""
    seq: int | None = None
    """The message's place in the transcript."""
    text: str | None = None
    """What was typed."""


@dataclass(frozen=True)
class Record:
    """One answer to write."""

    question: str
    revision: int
    answer: Answer
    said_in: int | None = None
    """The message that holds the words it was read from, when it is an earlier one."""


@dataclass(frozen=True)
class Outcome:
    """What to write, and what to say of it."""

    events: tuple[Event, ...] = ()
    record: Record | None = None
    lines: tuple[Line, ...] = ()
    strike: bool = False
    withdraw: bool = False


def step(stand: Stand, said: Said) -> Outcome:
    """The outcome of one message; a message to a paused interview resumes it first."""
    if stand.position.paused and said.move not in ("pause", "withdraw", "confirm"):
        outcome = MOVES[said.move](_resumed(stand), said)
        return replace(outcome, events=(Event("interview.resume"), *outcome.events))
    return MOVES[said.move](stand, said)


def _resumed(stand: Stand) -> Stand:
    return Stand.of(stand.flow, [*stand.events, Event("interview.resume")], stand.revisions)


# What is said


def utter(name: str, kind: str = "reply", actions: Sequence[Line] = (), **values: Any) -> Line:
    """A line worded by the assistant's domain."""
    return {"utter": name, "kind": kind, "values": values, "actions": list(actions)}


def action(name: str, labels: Both | None = None) -> Line:
    """Something to press, with its label in every language."""
    key = name.split(":")[0] if name not in ("switch:fr", "switch:en") else name.replace(":", "_")
    return {"id": name, "labels": labels or {language: say(f"action.{key}", language) for language in LANGUAGES}}


def ask(stand: Stand, since: Position | None = None) -> tuple[Line, ...]:
    """The open question, after the notes that lead to it if it was not open at ``since``; else the closing."""
    now = stand.position
    moved = since is None or since.open != now.open
    lines = tuple(notice(stand.flow, item.label) for item in _preamble(stand)) if moved else ()
    if stand.question is not None:
        return (*lines, _question(stand))
    return (*lines, utter("declined" if now.status == "declined" else "completed", "notice"))


def _preamble(stand: Stand) -> list[Any]:
    if stand.position.status == "declined" or stand.position.reopened:
        return []
    return [item for item in stand.flow.preamble(stand.position.answers, stand.position.open) if item.label]


def notice(flow: Flow, text: Both) -> Line:
    """A text of the questionnaire that asks nothing."""
    return {"kind": "notice", "texts": _both(flow, text), "question": None, "actions": []}


def _both(flow: Flow, text: Both) -> Both:
    """A text of the questionnaire in each of our languages: its own where it has no other."""
    return {language: rendering.said(flow, text, language) or "" for language in LANGUAGES}


def _question(stand: Stand) -> Line:
    question = stand.question
    texts = _both(stand.flow, question.label)
    return {"kind": "question", "texts": texts, "question": question.name, "actions": _ways(stand)}


def _ways(stand: Stand) -> list[Line]:
    """What may be pressed instead of an answer to the open question."""
    question, now = stand.question, stand.position
    if question.name == stand.flow.consent:
        return [action("explain")] if question.why else []
    names = [] if question.required and not now.reopened else ["skip"]
    names += ["dont_know", "refuse", "explain"]
    if _earlier(stand):
        names.append("back")
    kept = {language: say("action.keep", language) for language in LANGUAGES}
    return [action(name, kept if name == "skip" and now.reopened else None) for name in names]


def _earlier(stand: Stand) -> str | None:
    before = stand.flow.before(stand.position.answers, stand.position.open)
    return None if before == stand.flow.consent else before


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
        ways = [way for way in _ways(stand) if way["id"] in ("dont_know", "refuse")]
        return Outcome(lines=(utter("required", "clarify", ways),))
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
        return (utter({"skipped": "skipped", "dont_know": "dont_known", "refused": "refused"}[answer.missing]),)
    question = stand.flow.questions[said.question]
    read = _worded(stand.flow, question, answer)
    if said.method == "button" or question.type == "text" or _plain(said.text) in map(_plain, read.values()):
        return ()
    return (utter("recorded", answer=read),)


def _plain(text: str | None) -> str:
    return "".join(filter(str.isalnum, (text or "").casefold()))


def _worded(flow: Flow, question: Question, answer: Answer) -> Both:
    """The answer in words, in each language."""
    labels = {choice.name: _both(flow, choice.label) for choice in flow.choices(question.name)}
    codes = answer.value if isinstance(answer.value, list) else [answer.value]
    return {
        language: ", ".join(labels[code][language] if code in labels else str(code) for code in codes)
        + (f" ({answer.other})" if answer.other else "")
        for language in LANGUAGES
    }


def _offer_switch(stand: Stand, said: Said) -> tuple[Line, ...]:
    if not said.switch or stand.position.switch_offered:
        return ()
    return (utter("offer_switch", "notice", [action(f"switch:{said.switch}")]),)


def _rejected(stand: Stand, rejected: Rejected) -> Outcome:
    own = {language: say(f"constraint.{rejected.code}", language) for language in LANGUAGES}
    reason = _both(stand.flow, rejected.message) if rejected.message else own
    failed = Event("attempt.fail", {"question": stand.position.open})
    return Outcome(events=(failed,), lines=(utter("constraint", "clarify", reason=reason), _question(stand)))


def _late(stand: Stand, said: Said) -> Outcome:
    return Outcome(lines=(utter("late", "notice"), *ask(stand, stand.position)))


# Not understood


def _unclear(stand: Stand, said: Said) -> Outcome:
    candidates = said.reading.get("candidates") or []
    if said.question != stand.position.open or len(candidates) < 2:
        return _unreadable(stand, said)
    question = stand.question
    readings = [Answer(value=c["value"], other=c.get("other")) for c in candidates]
    buttons = [action(f"reading:{n}", _worded(stand.flow, question, a)) for n, a in enumerate(readings, 1)]
    offer = Event(
        "offer.make", {"kind": "reading", "question": question.name, "candidates": candidates, "seq": said.seq}
    )
    return Outcome(events=(offer,), lines=(utter("which", "clarify", [*buttons, action("none")]),))


def _unreadable(stand: Stand, said: Said) -> Outcome:
    question = stand.question
    if said.question != stand.position.open or question is None:
        return _late(stand, said)
    if question.type == "consent":
        return Outcome(lines=(utter("press_consent", "clarify"), _question(stand)))
    failed = Event("attempt.fail", {"question": question.name})
    hint = utter("unreadable_again", "clarify") if stand.position.attempts else _rephrase(stand, question)
    return Outcome(events=(failed,), lines=(hint, _question(stand)))


def _rephrase(stand: Stand, question: Question) -> Line:
    if question.type == "range":
        return utter("unreadable_scale", "clarify", min=f"{question.start:g}", max=f"{question.end:g}")
    if question.type in ("integer", "decimal"):
        return utter("unreadable_number", "clarify")
    if question.type in ("date", "text"):
        return utter(f"unreadable_{question.type}", "clarify")
    return utter("unreadable_choice", "clarify", example=_both(stand.flow, stand.flow.choices(question.name)[0].label))


def _choose(stand: Stand, said: Said) -> Outcome:
    offer = stand.position.offer
    if not offer or offer["kind"] != "reading" or offer["question"] != stand.position.open:
        return _nothing_pending(stand)
    if said.to == "none":
        failed = Event("attempt.fail", {"question": stand.position.open})
        return Outcome(events=(failed,), lines=(utter("unreadable_again", "clarify"), _question(stand)))
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
    earlier = _earlier(stand)
    if earlier is None:
        return Outcome(lines=(utter("nothing_before"), *ask(stand, stand.position)))
    return _go(stand, Event("move.goto", {"question": earlier}), utter("went_back"))


def _change(stand: Stand, said: Said) -> Outcome:
    changeable = [
        name
        for name in stand.flow.reached(stand.position.answers)
        if name in stand.position.answers and name != stand.flow.consent
    ]
    if said.to in changeable:
        label = _both(stand.flow, stand.flow.questions[said.to].label)
        return _go(stand, Event("move.goto", {"question": said.to}), utter("changing", label=label))
    if not changeable:
        return Outcome(lines=(utter("nothing_before"), *ask(stand, stand.position)))
    buttons = [
        action(f"change:{name}", _both(stand.flow, stand.flow.questions[name].label))
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
    return Outcome(lines=(utter("why", why=_both(stand.flow, question.why)),))


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
    return {"organisation": _both(flow, organisation.name if organisation else flow.questionnaire.consultation.title)}


def _officer(flow: Flow) -> dict[str, Any]:
    officer = flow.questionnaire.consultation.privacy_officer
    return (
        {"officer": _both(flow, officer.title), "email": officer.email}
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
