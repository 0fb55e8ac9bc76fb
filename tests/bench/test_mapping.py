from bench.mapping import Expected, expected

MAPPING = {
    "region": {"type": "select_one", "column": "Q1", "labels": {"Laval": "laval", "Elsewhere": "other"}},
    "uses": {"type": "select_multiple", "column_prefix": "Q2_", "labels": {"To write": "write", "To draw": "draw"}},
    "hope": {"type": "text", "column": "Q3"},
}
ROW = {"Q1": "Laval", "Q2_1": "To draw", "Q2_2": "", "Q2_3": "To write", "Q2_other_OE": "To write", "Q3": " idk  "}


def test_a_row_is_read_as_codes_and_words():
    assert expected(ROW, MAPPING) == {
        "region": Expected("select_one", "laval"),
        "uses": Expected("select_multiple", ["draw", "write"]),
        "hope": Expected("text", " idk  "),
    }


def test_a_blank_cell_is_a_blank_answer():
    answers = expected(dict.fromkeys(ROW, ""), MAPPING)
    assert all(answer.is_blank for answer in answers.values())
