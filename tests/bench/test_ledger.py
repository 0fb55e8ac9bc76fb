from sqlalchemy import create_engine, text

from bench.ledger import Kept, Ledger, Stored, read
from bench.openly import question_of, words

SAID = {"one": words("q01", 1), "two": words("q02", 2)}
MESSAGES = [Kept("one", SAID["one"], False, 1), Kept("two", SAID["two"], False, 3)]
ANSWERS = [Stored("q01", SAID["one"]), Stored("q02", SAID["two"])]
CLEAN = {"lost": 0, "doubled": 0, "misplaced": 0, "pending": 0}


def audit(messages=MESSAGES, answers=ANSWERS):
    return Ledger(dict(SAID)).audit(messages, answers)


def test_all_kept_once_in_its_place_is_clean():
    assert audit() == CLEAN


def test_an_acknowledged_message_without_a_row_is_lost():
    assert audit(messages=MESSAGES[:1]) == CLEAN | {"lost": 1}


def test_an_acknowledged_answer_without_a_row_is_lost():
    assert audit(answers=ANSWERS[:1]) == CLEAN | {"lost": 1}


def test_a_turn_without_its_line_in_the_transcript_is_lost():
    assert audit(messages=[MESSAGES[0], MESSAGES[1]._replace(seq=None)]) == CLEAN | {"lost": 1}


def test_a_message_kept_twice_is_doubled():
    assert audit(messages=[*MESSAGES, MESSAGES[0]]) == CLEAN | {"doubled": 1}


def test_an_answer_written_twice_is_doubled():
    assert audit(answers=[*ANSWERS, ANSWERS[1]]) == CLEAN | {"doubled": 1}


def test_an_answer_under_another_question_is_misplaced():
    assert audit(answers=[ANSWERS[0], Stored("q03", SAID["two"])]) == CLEAN | {"misplaced": 1}


def test_a_turn_without_an_end_is_pending():
    assert audit(messages=[MESSAGES[0], MESSAGES[1]._replace(pending=True)]) == CLEAN | {"pending": 1}


def test_an_unacknowledged_message_may_be_there_or_not():
    extra = words("q03", 3)
    kept = audit([*MESSAGES, Kept("three", extra, False, 5)], [*ANSWERS, Stored("q03", extra)])
    assert kept == audit() == CLEAN


def test_a_database_is_read_as_its_messages_and_typed_answers(tmp_path):
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    statements = (
        "CREATE TABLE turn (interview, seq, client_id, text, response)",
        "CREATE TABLE message (interview, seq, author)",
        "CREATE TABLE answer (question, text)",
        "INSERT INTO turn VALUES ('i', 1, 'one', 'q01 1', '{}'), ('i', 3, 'two', 'q02 2', NULL)",
        "INSERT INTO message VALUES ('i', 1, 'respondent'), ('i', 2, 'bot')",
        "INSERT INTO answer VALUES ('q01', 'q01 1'), ('participate', NULL)",
    )
    with create_engine(url).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    messages, answers = read(url)
    assert messages == [Kept("one", "q01 1", False, 1), Kept("two", "q02 2", True, None)]
    assert answers == [Stored("q01", "q01 1")]


def test_an_answer_says_which_question_it_was_given_to():
    assert question_of(words("q17", 204)) == "q17"
    assert question_of("something else") is None
