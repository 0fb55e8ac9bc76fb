"""Off the record: the message before this one is erased wherever it left a trace."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from api import models
from api.interviews import ledger, moves, queries, views
from api.interviews.ledger import Evidence
from api.interviews.position import Event
from api.interviews.service import Respondents, now
from api.interviews.stand import Line, Outcome


def strike(
    session: Session, respondents: Respondents, interview: models.Interview, turn: models.Turn
) -> tuple[int | None, Sequence[Line]]:
    """Strikes what was said before ``turn``, with what it answered and what was said back.

    Returns the place of the message struck, ``None`` if there was none, and the lines to say of it.
    """
    stand = respondents.stand(session, interview)
    before = queries.said_before(session, interview.id, turn.seq)
    if before is None:
        return None, moves.struck(stand, found=False)
    queries.strike_answers(session, interview.id, before.seq, now())
    queries.strike_offers(session, interview.id, before.seq)
    queries.strike_replies(session, interview.id, before.seq, turn.seq)
    struck = Outcome(events=(Event("message.strike", {"seq": before.seq}),))
    ledger.write(session, interview.id, stand, struck, Evidence(before.language, "phrase"), now(), turn=turn.seq)
    session.flush()
    after = respondents.ledger.anew(session, interview)
    before.texts, before.kind = {}, "struck"
    _forget(queries.turn(session, interview.id, before.seq), views.state(after, interview))
    return before.seq, moves.struck(after, found=True)


def _forget(turn: models.Turn, state: dict) -> None:
    """Empties a turn of its words; sent again, it is answered with where the interview stands."""
    turn.text = turn.choices = turn.other = None
    turn.effect = {"say": [], "struck": None}
    turn.response = views.response(turn, state)
