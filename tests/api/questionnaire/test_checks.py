"""Each refusal, with the questionnaire that deserves it."""

import re
from pathlib import Path
from textwrap import dedent, indent

import pytest

from api.questionnaire.checks import check, examine
from api.questionnaire.checks.alike import reading
from api.questionnaire.findings import Finding, Refused
from api.questionnaire.loading import load
from api.strings import LANGUAGES, catalogue, say

CONSULTATION = """\
slug: essai
title: {fr: Essai, en: Trial}
languages: [fr, en]
organisation: {name: {fr: Comité, en: Committee}, contact: bonjour@example.org}
privacy_officer: {title: {fr: Direction, en: Director}, email: vie.privee@example.org}
"""
REGION = """\
region:
  - {name: laval, label: {fr: Laval, en: Laval}}
  - {name: estrie, label: {fr: Estrie, en: Eastern Townships}}
"""
ASK_REGION = "- {type: select_one, name: region, choices: region, label: {fr: Votre région?, en: Your region?}}\n"


def form(survey: str = ASK_REGION, choices: str = REGION, consultation: str = CONSULTATION, more: str = "") -> str:
    """A whole file around the part that a test is about."""
    parts = {"consultation": consultation, "choices": choices, "survey": survey}
    return "".join(f"{key}:\n{indent(dedent(part), '  ')}" for key, part in parts.items() if part) + dedent(more)


def findings(text: str) -> list[Finding]:
    """What is found, each with its sentence in both languages."""
    told = examine(*load(text))
    assert all(say(each.key, language, **each.values) for each in told for language in LANGUAGES)
    return told


def found(text: str) -> list[tuple[str, str, str]]:
    """Level, code and the line as it is written, without what every form is told."""
    lines = text.split("\n")
    told = [each for each in findings(text) if each.code not in ("length", "translations-unconfirmed")]
    return [(each.level, each.code, lines[each.line - 1].strip()) for each in told]


def errors(text: str) -> list[tuple[str, str]]:
    return [(code, line) for level, code, line in found(text) if level == "error"]


def warnings(text: str) -> list[tuple[str, str]]:
    return [(code, line) for level, code, line in found(text) if level == "warning"]


def test_a_sound_questionnaire_is_only_told_its_length():
    assert found(form()) == []
    length = next(each for each in findings(form()) if each.code == "length")
    assert (length.level, dict(length.values)) == ("notice", {"screens": 2, "answers": 2})


# Translations


def test_a_missing_translation_is_refused():
    survey = """\
    - type: text
      name: job
      label: {fr: Votre métier?}
      hint: {fr: En un mot, en: In a word}
    """
    assert errors(form(survey, "")) == [("translation-missing", "label: {fr: Votre métier?}")]


def test_an_empty_translation_is_refused():
    assert errors(form("""- {type: text, name: job, label: {fr: Votre métier?, en: " "}}\n""", "")) == [
        ("translation-empty", '- {type: text, name: job, label: {fr: Votre métier?, en: " "}}')
    ]


@pytest.mark.parametrize(
    "field",
    [
        "hint: {fr: Oui}",
        "why: {fr: Oui}",
        "constraint_message: {fr: Oui}",
        "scale: [{fr: Peu, en: Little}, {fr: Beaucoup}]",
    ],
)
def test_every_sentence_of_a_question_needs_its_translation(field):
    survey = f"""\
    - type: range
      name: level
      label: {{fr: Niveau?, en: Level?}}
      start: 1
      end: 5
      constraint: . > 0
      {field}
    """
    assert ("translation-missing", field) in errors(form(survey, ""))


def test_every_sentence_of_the_consultation_and_of_a_choice_needs_its_translation():
    consultation = CONSULTATION + 'notices: {welcome: {version: "1", text: {fr: Bonjour}}}\n'
    consultation += "sources: [{code: aqm, name: {fr: Association}}]\n"
    choices = REGION + "  - {name: ailleurs, label: {fr: Ailleurs}}\n"
    assert [code for code, _ in errors(form(ASK_REGION, choices, consultation))] == ["translation-missing"] * 3


def test_a_language_that_the_consultation_does_not_declare_is_refused():
    label = "{fr: Votre métier?, en: Your trade?, es: ¿Su oficio?}"
    assert [code for code, _ in errors(form(f"- {{type: text, name: job, label: {label}}}\n", ""))] == [
        "language-undeclared"
    ]


def test_a_language_that_we_do_not_speak_is_refused():
    consultation = CONSULTATION.replace("[fr, en]", "[fr, en, es, fr]")
    assert {code for code, line in errors(form(consultation=consultation)) if "languages" in line} == {
        "language-unknown",
        "language-twice",
    }


@pytest.mark.parametrize(("french", "english"), [("Bonjour {nom}", "Hello"), ("De {a} à {b}", "From {a} to {c}")])
def test_other_placeholders_in_one_language_are_refused(french, english):
    survey = f"- {{type: text, name: job, label: {{fr: '{french}', en: '{english}'}}}}\n"
    assert [code for code, _ in errors(form(survey, ""))] == ["placeholders"]


def test_the_same_placeholders_in_another_order_are_fine():
    assert found(form("- {type: text, name: job, label: {fr: '{a} de {b}', en: '{b} {a}'}}\n", "")) == []


def test_aliases_in_one_language_alone_are_pointed_out():
    choices = REGION.replace("en: Laval}}", "en: Laval}, aliases: {fr: [île Jésus]}}")
    assert [(level, code) for level, code, _ in found(form(choices=choices))] == [("notice", "aliases-missing")]


# Names, codes, lists


def test_a_duplicate_name_is_refused_where_it_comes_again():
    survey = """\
    - {type: text, name: job, label: {fr: Votre métier?, en: Your trade?}}
    - type: group
      name: more
      children:
        - {type: text, name: job, label: {fr: Et avant?, en: And before?}}
    """
    text = form(survey, "")
    assert errors(text) == [("duplicate-name", "- {type: text, name: job, label: {fr: Et avant?, en: And before?}}")]
    assert findings(text)[-1].values["first"] == 8


def test_a_duplicate_code_is_refused_where_it_comes_again():
    again = "- {name: laval, label: {fr: Île Jésus, en: Jesus Island}}"
    assert errors(form(choices=f"{REGION}  {again}\n")) == [("duplicate-code", again)]


def test_a_duplicate_code_of_a_source_is_refused():
    consultation = CONSULTATION + "sources:\n" + "  - {code: aqm, name: {fr: Une, en: One}}\n" * 2
    assert [code for code, _ in errors(form(consultation=consultation))] == ["duplicate-code"]


def test_an_unknown_list_is_refused():
    survey = ASK_REGION.replace("choices: region", "choices: regions")
    assert ("list-unknown", survey.strip()) in errors(form(survey))


def test_an_empty_list_is_refused():
    assert errors(form(ASK_REGION, "region: []\n")) == [("empty", "region: []")]


def test_an_unused_list_is_pointed_out():
    assert warnings(form("- {type: text, name: job, label: {fr: Métier?, en: Trade?}}\n")) == [
        ("list-unused", "region:")
    ]


def test_a_default_that_is_not_a_choice_is_refused():
    survey = ASK_REGION.replace("label:", "default: gaspesie, label:")
    assert errors(form(survey)) == [("code-unknown", survey.strip())]


def test_a_computed_default_is_refused():
    survey = "- {type: date, name: day, default: today(), label: {fr: Quand?, en: When?}}\n"
    assert errors(form(survey, "")) == [("default-dynamic", survey.strip())]


@pytest.mark.parametrize(
    "part",
    [
        'notices: {bien venue: {version: "1", text: {fr: Bonjour, en: Hello}}}\n',
        "population: {source: {fr: X, en: X}, year: 2021, rows: [{stratum: {a.b: c}, count: 1}]}\n",
    ],
)
def test_a_key_that_is_no_name_is_refused(part):
    assert errors(form(consultation=CONSULTATION + part)) == [("not-a-name", part.strip())]


@pytest.mark.parametrize("name", ["ma liste", "pv_consent", "é", "{a}"])
def test_a_list_that_a_workbook_could_not_name_is_refused(name):
    text = form(ASK_REGION.replace("choices: region", f"choices: '{name}'"), REGION.replace("region:", f"'{name}':"))
    assert errors(text) == [("not-a-name", f"'{name}':")]


def test_a_grid_of_questions_with_different_answers_is_refused():
    survey = """\
    - type: group
      name: skills
      appearance: table-list
      label: {fr: Vos compétences, en: Your skills}
      children:
        - {type: range, name: law, start: 1, end: 5, label: {fr: Droit, en: Law}}
        - {type: range, name: ethics, start: 1, end: 7, label: {fr: Éthique, en: Ethics}}
    """
    assert [code for code, _ in errors(form(survey, ""))] == ["grid-mixed"]
    assert errors(form(survey.replace("end: 7", "end: 5"), "")) == []


@pytest.mark.parametrize("step", ["0", "-1", "9"])
def test_a_range_without_a_sound_step_is_refused(step):
    survey = f"- {{type: range, name: level, start: 1, end: 5, step: {step}, label: {{fr: Niveau?, en: Level?}}}}\n"
    assert errors(form(survey, "")) == [("range-step", survey.strip())]


@pytest.mark.parametrize("bounds", ["start: nan, end: 5", "start: 1, end: inf", "start: -inf, end: inf"])
def test_a_range_without_ends_is_refused(bounds):
    survey = f"- {{type: range, name: level, {bounds}, label: {{fr: Niveau?, en: Level?}}}}\n"
    with pytest.raises(Refused, match="not-a-number"):
        load(form(survey, ""))


def test_choices_to_shuffle_without_choices_are_refused():
    survey = "- {type: text, name: job, randomize: yes, label: {fr: Métier?, en: Trade?}}\n"
    assert errors(form(survey, "")) == [("randomize-misplaced", survey.strip())]


@pytest.mark.parametrize("origin", ["example.org", "https://a.example 'unsafe-inline'", "https://a.example; x", "*"])
def test_an_origin_that_is_no_address_is_refused(origin):
    consultation = CONSULTATION + f'sources: [{{code: aqm, name: {{fr: Une, en: One}}, origins: ["{origin}"]}}]\n'
    assert [code for code, _ in errors(form(consultation=consultation))] == ["not-an-origin"]


# Choices that read the same


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{fr: Théâtre, en: Stage}", "{fr: 'THEATRE!', en: Drama}"),
        ("{fr: Cœur, en: Heart}", "{fr: coeur, en: Core}"),
        ("{fr: Musée, en: Museum}", "{fr: Exposition, en: Musee}"),
        ("{fr: Oui, en: Yes}", "{fr: Si, en: OUI}"),
    ],
)
def test_two_labels_that_read_the_same_are_refused_in_one_language_or_across(first, second):
    choices = f"region:\n  - {{name: a, label: {first}}}\n  - {{name: b, label: {second}}}\n"
    assert errors(form(choices=choices)) == [("alike", f"- {{name: b, label: {second}}}")]


def test_an_alias_that_reads_as_another_choice_is_refused():
    choices = REGION.replace("en: Eastern Townships}}", "en: Eastern Townships}, aliases: {fr: [laval], en: [east]}}")
    assert [code for code, _ in errors(form(choices=choices))] == ["alike"]


def test_one_choice_may_be_called_the_same_several_times():
    choices = REGION.replace("en: Laval}}", "en: Laval}, aliases: {fr: [LAVAL], en: [laval]}}")
    assert errors(form(choices=choices)) == []


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("-1", "1"), ("5+", "5"), ("< 5", "> 5"), ("🙂", "🙁")])
def test_signs_that_change_the_meaning_are_read(one, other):
    assert reading(one) != reading(other)


@pytest.mark.parametrize(("one", "other"), [("Rimouski–Est", "rimouski est"), ("p. ex.", "P EX"), ("d’art", "d'art")])
def test_punctuation_and_case_are_not_read(one, other):
    assert reading(one) == reading(other)


# Conditions


def ask_job(condition: str) -> str:
    return f"- {{type: text, name: job, label: {{fr: Métier?, en: Trade?}}, {condition}}}\n"


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("relevant: \"${city} = 'x'\"", "reference-unknown"),
        ("relevant: \"${later} = 'x'\"", "reference-later"),
        ("relevant: \"${job} = 'x'\"", "reference-later"),
        ("relevant: \"${about} = 'x'\"", "reference-not-asked"),
        ("relevant: \". = 'x'\"", "reference-dot"),
        ("relevant: \"${region} == 'laval'\"", "expression-unexpected"),
        ("relevant: \"pulldata(${region}) = 'x'\"", "expression-unknown-function"),
        ('relevant: "selected(${region})"', "expression-arguments"),
        ('relevant: "${region} ="', "expression-unfinished"),
        ("relevant: \"${ré} = 'x'\"", "expression-reference"),
        (f'relevant: "{"(" * 50}"', "expression-too-deep"),
        ("constraint: \"regex(., '[')\", constraint_message: {fr: Non, en: Not it}", "expression-pattern"),
        ('relevant: "${region} + 1 = 2"', "expression-unknown-operator"),
        ("relevant: \"${region} = 'gaspesie'\"", "code-unknown"),
        ("relevant: \"${region} != 'gaspesie'\"", "code-unknown"),
        ("relevant: \"selected(${region}, 'gaspesie')\"", "code-unknown"),
        ("constraint: \". != ${later}\", constraint_message: {fr: Non, en: 'No'}", "reference-later"),
        ("constraint: \". != 'x'\"", "constraint-silent"),
        ("constraint: \"regex(., '(a+)+')\", constraint_message: {fr: Non, en: 'No'}", "expression-slow-pattern"),
    ],
)
def test_a_condition_that_cannot_mean_what_it_says_is_refused(condition, code):
    later = "- {type: text, name: later, label: {fr: Ensuite?, en: Next?}}\n"
    about = "- {type: note, name: about, label: {fr: Voici, en: Here}}\n"
    text = form(about + ASK_REGION + ask_job(condition) + later)
    assert (code, ask_job(condition).strip()) in errors(text)


def test_a_condition_on_no_answer_or_on_itself_in_a_constraint_is_fine():
    relevant, message = "relevant: \"${region} != ''\"", "constraint_message: {fr: Non, en: Not it}"
    assert errors(form(ASK_REGION + ask_job(f'{relevant}, constraint: ". != ${{region}}", {message}'))) == []


def test_a_later_question_in_the_condition_of_a_group_is_refused():
    survey = """\
    - type: group
      name: more
      relevant: "${job} = 'x'"
      children:
        - {type: text, name: job, label: {fr: Métier?, en: Trade?}}
    """
    assert errors(form(survey, "")) == [("reference-later", "relevant: \"${job} = 'x'\"")]


@pytest.mark.parametrize(
    "condition",
    [
        "${region} = 'laval' and ${region} = 'estrie'",
        "${region} = 'laval' and not(${region} = 'laval')",
        "${region} = 'gaspesie'",
        "${years} < 3 and ${years} > 5",
        "${years} > 99",
        "selected(${region}, 'laval') and selected(${region}, 'estrie')",
    ],
)
def test_a_question_that_no_one_can_reach_is_refused(condition):
    years = "- {type: range, name: years, start: 0, end: 60, label: {fr: Années?, en: Years?}}\n"
    text = form(ASK_REGION + years + ask_job(f'relevant: "{condition}"'))
    assert ("unreachable", ask_job(f'relevant: "{condition}"').strip()) in errors(text)


def test_a_question_out_of_reach_of_its_own_group_is_refused():
    survey = """\
    - type: group
      name: more
      relevant: "${region} = 'laval'"
      children:
        - {type: text, name: job, label: {fr: Métier?, en: Trade?}, relevant: "${region} = 'estrie'"}
    """
    assert [code for code, _ in errors(form(ASK_REGION + dedent(survey)))] == ["unreachable"]


def test_a_text_that_would_repeat_an_answer_is_refused():
    survey = "- {type: text, name: job, label: {fr: 'À ${region}?', en: 'In ${region}?'}}\n"
    assert errors(form(ASK_REGION + survey)) == [("piping", survey.strip())]


# What the consultation owes


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        ("opens_at: 2026-02-01T00:00:00-05:00\ncloses_at: 2026-01-01T00:00:00-05:00\n", "closes-first"),
        ("opens_at: 2026-02-01T00:00:00Z\ncloses_at: 2026-01-31T19:00:00-05:00\n", "closes-first"),
        ("closes_at: 2026-01-31\n", "time-zone"),
        ("opens_at: 2026-01-31T08:00:00\n", "time-zone"),
    ],
)
def test_dates_that_cannot_be_kept_are_refused(dates, code):
    assert [each for each, _ in errors(form(consultation=CONSULTATION + dates))] == [code]


@pytest.mark.parametrize(("part", "code"), [("organisation", "organisation"), ("privacy_officer", "privacy-officer")])
def test_no_one_to_answer_for_the_consultation_is_pointed_out(part, code):
    consultation = "".join(line for line in CONSULTATION.splitlines(keepends=True) if not line.startswith(part))
    assert [each for each, _ in warnings(form(consultation=consultation))] == [f"{code}-missing"]


TAKE_PART = "- {type: consent, name: agree, purpose: participate, label: {fr: Acceptez-vous?, en: Do you agree?}}\n"


def test_a_consent_to_take_part_comes_first():
    assert errors(form(TAKE_PART + ASK_REGION)) == []
    assert [code for code, _ in errors(form(ASK_REGION + TAKE_PART))] == ["consent-first"]


def test_a_consent_to_take_part_depends_on_nothing():
    survey = TAKE_PART.replace("name: agree", 'name: agree, relevant: "true()"')
    assert [code for code, _ in errors(form(survey + ASK_REGION))] == ["consent-gated"]


def test_a_consent_has_a_purpose_of_its_own():
    quote = "- {type: consent, name: quote, label: {fr: Vous citer?, en: Quote you?}}\n"
    again = TAKE_PART.replace("name: agree", "name: again")
    assert [code for code, _ in errors(form(TAKE_PART + ASK_REGION + quote + again))] == [
        "consent-purpose",
        "consent-twice",
    ]


def test_a_sensitive_question_that_is_required_is_refused():
    survey = ASK_REGION.replace("label:", "sensitivity: personal, required: yes, label:")
    assert errors(form(survey)) == [("sensitive-required", survey.strip())]
    assert errors(form(survey.replace("required: yes, ", ""))) == []


def test_a_choice_to_refuse_lets_a_sensitive_question_be_required():
    survey = ASK_REGION.replace("label:", "sensitivity: sensitive, required: yes, label:")
    refusal = "  - {name: none, label: {fr: Je préfère ne pas répondre, en: I prefer not to answer}}\n"
    assert errors(form(survey, REGION + refusal)) == []


def test_more_than_people_will_answer_is_pointed_out():
    survey = "".join(f"- {{type: text, name: q{n}, label: {{fr: Un?, en: One?}}}}\n" for n in range(26))
    assert warnings(form(survey, ""))[0][0] == "too-long-to-answer"
    assert warnings(form("\n".join(survey.splitlines()[:25]) + "\n", "")) == []


# Wording


@pytest.mark.parametrize(
    ("french", "english", "languages"),
    [
        ("Ne pensez-vous pas que l’IA menace la création?", "Don’t you think AI threatens creation?", ["en", "fr"]),
        ("L’IA est utile, n’est-ce pas?", "AI is useful, isn't it?", ["en", "fr"]),
        ("Bien sûr, vous la nommez?", "Of course, you name it?", ["en", "fr"]),
        ("Que pensez-vous de l’IA?", "Surely you use AI?", ["en"]),
        ("Utilisez-vous l’IA?", "Do you use AI?", []),
    ],
)
def test_a_leading_question_is_pointed_out_in_its_language(french, english, languages):
    survey = f'- {{type: text, name: ai, label: {{fr: "{french}", en: "{english}"}}}}\n'
    told = [each.values["language"] for each in findings(form(survey, "")) if each.code == "leading"]
    assert sorted(told) == languages


@pytest.mark.parametrize(
    ("french", "english", "languages"),
    [
        ("À qui faites-vous confiance et pourquoi?", "Whom do you trust and why?", ["en", "fr"]),
        ("Quel est votre métier? Depuis quand?", "What is your trade? Since when?", ["en", "fr"]),
        ("Votre salaire et votre horaire conviennent-ils?", "Do your pay and your hours suit you?", ["en", "fr"]),
        ("Vos œuvres et/ou spectacles?", "Works and/or shows?", ["en", "fr"]),
        ("L’art et la culture comptent-ils?", "Do arts and culture matter?", []),
        ("Faites-vous de la musique et du théâtre?", "Do you do music and theatre?", []),
    ],
)
def test_a_double_barrelled_question_is_pointed_out_in_its_language(french, english, languages):
    survey = f'- {{type: text, name: ai, label: {{fr: "{french}", en: "{english}"}}}}\n'
    told = [each.values["language"] for each in findings(form(survey, "")) if each.code == "double-barrelled"]
    assert sorted(told) == languages


def probed(french: str, english: str, kind: str = "text") -> str:
    return f"""\
- type: {kind}
  name: example
  label: {{fr: Un exemple?, en: An example?}}
  probe:
    when: [short]
    ask:
      - {{fr: "{french}", en: "{english}"}}
"""


@pytest.mark.parametrize(
    ("french", "english", "code"),
    [
        ("Pourquoi?", "What happened?", "probe-why"),
        ("Et après?", "Why?", "probe-why"),
        ("Et pourquoi ça ?", "And then?", "probe-why"),
        ("Ne trouvez-vous pas que c’est grave?", "How so?", "probe-leading"),
    ],
)
def test_a_follow_up_that_pushes_or_only_asks_why_is_refused(french, english, code):
    asked = f'- {{fr: "{french}", en: "{english}"}}'
    assert errors(form(probed(french, english), "")) == [(code, asked)]


def test_a_follow_up_may_ask_why_of_something():
    assert found(form(probed("Pourquoi ce choix-là?", "Why that choice?"), "")) == []


def test_a_follow_up_to_a_closed_question_is_refused():
    assert errors(form(probed("Un exemple?", "An example?", kind="integer"), "")) == [("probe-misplaced", "probe:")]


def test_a_follow_up_without_a_question_is_refused():
    probe = "- {type: text, name: job, label: {fr: Métier?, en: Trade?}, probe: {when: [short], ask: []}}\n"
    with pytest.raises(Refused, match=r"too-few at survey\.job\.probe\.ask"):
        load(form(probe, ""))


# The file itself


def test_a_file_that_cannot_be_read_is_one_finding(tmp_path):
    assert [(each.level, each.code) for each in check(tmp_path / "absent.yml")] == [("error", "no-file")]
    (tmp_path / "no.xlsx").write_text("not a workbook")
    assert [(each.level, each.code) for each in check(tmp_path / "no.xlsx")] == [("error", "not-a-workbook")]


def test_findings_come_by_line(tmp_path):
    file = tmp_path / "form.yml"
    file.write_text(form(ASK_REGION * 2, REGION.replace("en: Laval}", "es: Laval}")), "utf-8")
    lines = [each.line or 0 for each in check(file)]
    assert lines == sorted(lines) and len(lines) > 3


def test_every_code_in_the_source_has_its_sentence():
    source = "".join(
        file.read_text("utf-8") for file in Path("api/questionnaire").rglob("*.py") if file.name != "flow.py"
    )
    codes = set(re.findall(r"(?:\.error|\.warning|\.notice|\.warn|refuse)\(\s*\"([a-z-]+)\"", source))
    assert len(codes) > 60
    assert {code for code in codes if f"check.{code}" not in catalogue("fr")} == set()
