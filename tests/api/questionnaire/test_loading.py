from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.questionnaire import mistakes, reading
from api.questionnaire.findings import Refused
from api.questionnaire.loading import LARGEST_FILE, dump, load
from api.strings import catalogue

SMALL = """\
consultation:
  slug: petite
  title: {fr: Petite, en: Small}
  languages: [fr, en]
choices:
  region:
    - name: laval
      label: {fr: Laval, en: Laval}
    - name: no
      label: {fr: Non, en: No}
survey:
  - type: group
    name: vous
    label: {fr: Vous, en: You}
    children:
      - type: select_one
        name: region
        choices: region
        label:
          fr: Votre région?
          en: Your region?
        required: yes
  - type: integer
    name: age
    label: {fr: 2025, en: On}
    default: 010
"""


def codes(source) -> list[tuple[str, str, int | None]]:
    """What is refused, where."""
    with pytest.raises(Refused) as refused:
        load(source)
    return [(found.code, found.path, found.line) for found in refused.value.findings]


def test_every_place_is_found_by_its_name_in_a_group_or_out_of_it():
    _, places = load(SMALL)
    assert places.find("survey.region") == ("survey.region", 16)
    assert places.find("survey.region.label.en") == ("survey.region.label.en", 21)
    assert places.find("choices.region.laval").line == 7
    assert places.find("consultation.slug").line == 2


def test_what_is_not_written_is_found_at_what_would_hold_it():
    _, places = load(SMALL)
    assert places.find("survey.region.why.fr").line == 16
    assert places.find("nothing.like.it").line == 1


def test_the_second_item_of_a_name_has_its_own_line():
    _, places = load(SMALL + "  - {type: text, name: age, label: {fr: Âge, en: Age}}\n")
    assert places.find("survey.age").line == 23
    assert places.find("survey.age", occurrence=1).line == 27


def test_a_text_stays_as_it_was_written():
    questionnaire, _ = load(SMALL)
    region, age = questionnaire.questions()
    assert questionnaire.choices["region"][1].name == "no"
    assert questionnaire.choices["region"][1].label["en"] == "No"
    assert age.label == {"fr": "2025", "en": "On"}
    assert age.default == "010"
    assert region.required is True


def test_outer_blanks_are_dropped_and_an_empty_field_is_absent():
    questionnaire, _ = load(
        SMALL.replace("label: {fr: 2025, en: On}", "label:\n      fr: |\n        Âge?\n\n      en:")
    )
    assert list(questionnaire.questions())[1].label == {"fr": "Âge?"}


def test_what_an_anchor_names_can_be_repeated_and_merged():
    questionnaire, places = load(
        dedent("""\
        consultation: {slug: s, title: &t {fr: T, en: T}, languages: [fr, en]}
        survey:
          - &base {type: text, name: a, label: *t, theme: one}
          - <<: *base
            name: b
        """)
    )
    assert [(q.name, q.label, q.theme) for q in questionnaire.questions()] == [
        ("a", {"fr": "T", "en": "T"}, "one"),
        ("b", {"fr": "T", "en": "T"}, "one"),
    ]
    assert places.find("survey.b.label.fr").line == 4


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: [1", "not-yaml", 2),
        ("a: 1\n b: 2", "not-yaml", 2),
        ("a: \x07", "not-yaml", None),
        ('a: 1\nb: "\\a"', "character", 2),
        ('"\\ud800": 1', "not-yaml", 1),
        ("a: \ud800", "not-yaml", None),
        ("a: 1\nb: 1\na: 2", "duplicate-key", 3),
        ("a: !!python/object:os.system x", "tag", 1),
        ("a: !!int 1", "tag", 1),
        ("a: 1\n---\nb: 2", "documents", 2),
        ("a: *b", "unknown-alias", 1),
        ("a: &a [*a]", "unknown-alias", 1),
        ("? [a]\n: 1", "key", 1),
        ("a:\n  <<: b", "merge", 2),
        ("", "not-a-map", 1),
        ("- a", "not-a-map", 1),
    ],
)
def test_what_is_not_a_questionnaire_in_yaml_is_refused_at_its_line(text, code, line):
    assert [(found[0], found[2]) for found in codes(text)] == [(code, line)]


def test_each_duplicate_key_is_named():
    assert codes("a: {b: 1, b: 2}\nc: 1\nc: 2") == [("duplicate-key", "", 1), ("duplicate-key", "", 3)]


@pytest.mark.parametrize("text", ["[" * 1_000_000, "- " * 500_000, "{a: " * 100_000, "? " * 100_000])
def test_a_deep_file_is_refused_and_does_not_crash(text):
    assert [code for code, _, _ in codes(text)] in (["too-deep"], ["key"])


def test_a_file_that_aliases_blow_up_is_refused():
    layers = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 10))
    assert [code for code, _, _ in codes("l0: &l0 [x]\n" + layers)] == ["too-many-values"]


def test_merges_that_blow_up_are_refused():
    layers = "".join(f"l{n}: &l{n} {{<<: [{', '.join([f'*l{n - 1}'] * 10)}]}}\n" for n in range(1, 10))
    assert [code for code, _, _ in codes("l0: &l0 {x: y}\n" + layers)] == ["too-many-values"]


def test_what_is_not_a_file_of_text_is_refused(tmp_path):
    latin, large = tmp_path / "latin.yml", tmp_path / "large.yml"
    latin.write_bytes("a: 1\nb: é".encode("latin-1"))
    large.write_bytes(b"#" * (LARGEST_FILE + 1))
    assert codes(tmp_path / "absent.yml") == [("no-file", "", None)]
    assert codes(tmp_path) == [("no-file", "", None)]
    assert codes(latin) == [("not-utf8", "", 2)]
    assert codes(large) == [("too-large", "", None)]


def test_a_byte_order_mark_is_no_matter(tmp_path):
    file = tmp_path / "windows.yml"
    file.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    questionnaire, places = load(file)
    assert questionnaire == load(SMALL)[0]
    assert places.find("survey.age").line == 23


def test_every_mistake_of_shape_is_told_once_where_it_is():
    text = """\
    consultation: {slug: é, title: [T], languages: [], opens_at: demain, retention: {answers: 0, contacts: x}}
    choices:
      a: [{name: x y, label: {fr: X}, alias: z}]
    survey:
      - {type: essay, name: b, label: {fr: B}}
      - type: group
        name: c
        children:
          - {type: select_one, name: d, label: {fr: D}}
          - {type: range, name: e, label: {fr: E}, start: 5, end: 1}
      - {name: f}
      - just text
      - {type: note, name: g, label: {fr: G}, hint: {fr: H}}
      - {type: text, name: h, label: {fr: H}, required: perhaps, default: [1]}
      - {type: text, name: h, label: {fr: H}, start: 1}
    """
    assert codes(dedent(text)) == [
        ("not-a-name", "consultation.slug", 1),
        ("not-a-map", "consultation.title", 1),
        ("too-few", "consultation.languages", 1),
        ("not-a-time", "consultation.opens_at", 1),
        ("field-missing", "consultation.retention.transcripts", 1),
        ("too-small", "consultation.retention.answers", 1),
        ("not-a-whole-number", "consultation.retention.contacts", 1),
        ("not-a-name", "choices.a.x y.name", 3),
        ("field-unknown", "choices.a.x y.alias", 3),
        ("not-one-of", "survey.b.type", 5),
        ("choices-misplaced", "survey.d", 9),
        ("range-malformed", "survey.e", 10),
        ("field-missing", "survey.f.type", 11),
        ("field-missing", "survey.f.label", 11),
        ("not-a-map", "survey.3", 12),
        ("field-unknown", "survey.g.hint", 13),
        ("not-yes-no", "survey.h.required", 14),
        ("not-a-text", "survey.h.default", 14),
        ("range-malformed", "survey.h", 15),
    ]


def test_every_mistake_of_shape_has_its_sentence():
    said = catalogue("fr")
    told = {*mistakes.CODES.values(), *mistakes.SHAPES.values(), "invalid"}
    assert {code for code in told if f"check.{code}" not in said} == set()


def test_a_questionnaire_dumped_loads_as_itself():
    questionnaire, _ = load(SMALL)
    assert load(dump(questionnaire))[0] == questionnaire


@given(st.text(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"#?,\n ", max_size=60))
def test_any_text_is_read_or_refused_never_a_crash(text):
    try:
        document = reading.read(text)
    except Refused as refused:
        assert refused.findings
    else:
        assert document.lines[()] == 1 or document.data is not None
