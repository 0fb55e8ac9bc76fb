from bench.flushes import Order, order

ARRIVAL = '12 read(9, "POST /api/v1/interviews/abc/messages HTTP/1.1\\r\\n"..., 65536) = 412'
FLUSH = "14 fdatasync(11) = 0"
ACKNOWLEDGEMENT = '12 writev(9, [{iov_base="HTTP/1.1 201 Created\\r\\n", iov_len=180}], 1) = 180'


def test_a_flush_between_arrival_and_acknowledgement_counts():
    assert order([ARRIVAL, FLUSH, FLUSH, ACKNOWLEDGEMENT] * 2) == Order(acknowledged=2, flushed_first=2, flushes=4)


def test_a_flush_after_the_acknowledgement_is_too_late():
    assert order([ARRIVAL, ACKNOWLEDGEMENT, FLUSH]) == Order(acknowledged=1, flushed_first=0, flushes=0)


def test_answers_to_other_requests_are_no_acknowledgement():
    reading = '12 read(9, "GET /api/v1/interviews/abc/messages HTTP/1.1\\r\\n"..., 65536) = 300'
    assert order([reading, ACKNOWLEDGEMENT]) == Order(acknowledged=0, flushed_first=0, flushes=0)


def test_a_pending_answer_is_an_acknowledgement_too():
    pending = ACKNOWLEDGEMENT.replace("201 Created", "202 Accepted")
    assert order([ARRIVAL, FLUSH, pending]).flushed_first == 1
