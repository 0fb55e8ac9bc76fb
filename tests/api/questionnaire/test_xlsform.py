"""XLSForm in and out. Workbooks are shown as tables; ``survey!B3`` is the third row, headers included."""

import io
import random
import zipfile
from datetime import datetime
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from api.questionnaire import xlsform
from api.questionnaire.checks import check, examine
from api.questionnaire.definition import Group, Note, Questionnaire
from api.questionnaire.findings import Refused
from api.questionnaire.loading import dump, load
from api.questionnaire.xlsform import columns
from api.strings import LANGUAGES, say
from tests.api.questionnaire.questionnaires import questionnaires

SETTINGS = """
    | form_title | form_id | default_language |
    | Essai      | essai   | Français (fr)    |
"""
CHOICES = """
    | list_name | name   | label::Français (fr) | label::English (en) |
    | region    | laval  | Laval                | Laval               |
    | region    | estrie | Estrie               | Eastern Townships   |
"""
SHEETS = {
    "survey": columns.SURVEY,
    "choices": columns.CHOICES,
    "settings": columns.SETTINGS,
    columns.CONSULTATION_SHEET: columns.CONSULTATION,
    columns.TRANSLATED_SHEET: columns.TRANSLATED,
}
OUTSIDE = Path(__file__).parents[4] / "shared" / "data"


def book(survey: str, choices: str = CHOICES, settings: str = SETTINGS, **sheets: str) -> bytes:
    """A workbook from tables; a cell that is empty or ``-`` holds nothing."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, table in {"survey": survey, "choices": choices, "settings": settings, **sheets}.items():
        sheet = workbook.create_sheet(name)
        for line in dedent(table).strip().splitlines():
            cells = [cell.strip().replace("¶", "\n") for cell in line.strip().strip("|").split("|")]
            sheet.append([None if cell in ("", "-") else cell for cell in cells])
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def read(content: bytes) -> Questionnaire:
    return xlsform.parse(content, fallback_slug="form").questionnaire


def refused(content: bytes) -> list[tuple[str, str]]:
    """What is refused, and the cell; each with its sentence in both languages."""
    with pytest.raises(Refused) as refusal:
        read(content)
    told = refusal.value.findings
    assert all(say(each.key, language, **each.values) for each in told for language in LANGUAGES)
    return [(each.code, each.path) for each in told if each.level == "error"]


def ignored(content: bytes) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in xlsform.parse(content, fallback_slug="form").findings]


def pyxform_accepts(content: bytes) -> bool:
    try:
        convert(io.BytesIO(content), file_type=".xlsx", validate=False)
    except PyXFormError:
        return False
    return True


# Reading


def test_a_bilingual_form_is_read_with_the_default_language_first():
    questionnaire = read(
        book("""
        | type              | name   | label::English (en) | label::Français (fr) | hint::Français (fr) | required |
        | select_one region | region | Your region?        | Votre région?        | La principale       | yes      |
        | text              | job    | Your trade?         | Votre métier?        |                     |          |
        """)
    )
    region, job = questionnaire.questions()
    assert questionnaire.consultation.languages == ["fr", "en"]
    assert questionnaire.consultation.slug == "essai"
    assert questionnaire.consultation.title == {"fr": "Essai", "en": "Essai"}
    assert (region.type, region.choices, region.required, region.hint) == (
        "select_one",
        "region",
        True,
        {"fr": "La principale"},
    )
    assert job.label == {"fr": "Votre métier?", "en": "Your trade?"}
    assert [choice.name for choice in questionnaire.choices["region"]] == ["laval", "estrie"]


@pytest.mark.parametrize(
    "header", ["label::English (en)", "label::en", "Label :: english", "label:Anglais", "caption::en"]
)
def test_a_language_is_named_in_many_ways(header):
    questionnaire = read(book(f"| type | name | label::fr | {header} |\n| text | job | Métier? | Trade? |", choices=""))
    assert next(questionnaire.questions()).label == {"fr": "Métier?", "en": "Trade?"}


def test_a_text_without_a_language_is_in_the_default_one():
    survey = "| type | name | label |\n| text | job | Trade? |"
    english = SETTINGS.replace("Français (fr)", "English (en) ")
    questionnaire = read(book(survey, choices="", settings=english))
    assert questionnaire.consultation.languages == ["en"]
    assert next(questionnaire.questions()).label == {"en": "Trade?"}
    assert refused(book(survey, choices="", settings="")) == [("language-needed", "survey!C1")]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("integer", "integer"),
        ("int", "integer"),
        ("decimal", "decimal"),
        ("text", "text"),
        ("string", "text"),
        ("date", "date"),
        ("range", "range"),
        ("select_one region", "select_one"),
        ("select one region", "select_one"),
        ("select one from region", "select_one"),
        ("select1 region", "select_one"),
        ("select_multiple region", "select_multiple"),
        ("select all that apply from region", "select_multiple"),
        ("rank region", "rank"),
    ],
)
def test_every_type_that_we_have_is_read_as_pyxform_does(written, kind):
    content = book(f"| type | name | label::fr |\n| {written} | q | Quoi? |")
    assert next(read(content).questions()).type == kind
    assert pyxform_accepts(content)


@pytest.mark.parametrize(
    "written",
    [
        *("calculate", "acknowledge", "hidden", "time", "dateTime", "barcode", "file", "image", "audio", "video"),
        *("geopoint", "geotrace", "geoshape", "start-geopoint", "background-audio", "xml-external", "csv-external"),
        *("start", "end", "today", "deviceid", "username", "phonenumber", "audit"),
    ],
)
def test_a_type_that_we_do_not_have_is_refused_by_name(written):
    content = book(f"| type | name | label::fr |\n| text | job | Métier? |\n| {written} | q | Quoi? |")
    assert refused(content) == [("type-unsupported", "survey!A3")]


@pytest.mark.parametrize(
    "written",
    [
        "begin_repeat",
        "begin repeat",
        "end_repeat",
        "select_one_from_file regions.csv",
        "select_multiple_from_file regions.csv",
        "select_one_external region",
        "select_one ${region}",
        "select_one regions.csv",
        "osm region",
        "essay",
    ],
)
def test_a_construct_that_we_do_not_have_is_refused_by_name(written):
    assert refused(book(f"| type | name | label::fr |\n| {written} | q | Quoi? |")) == [
        ("type-unsupported", "survey!A2")
    ]


@pytest.mark.parametrize(
    "column",
    [
        *("calculation", "choice_filter", "repeat_count", "read_only", "trigger", "required_message", "save_to"),
        *("media::image::fr", "image", "audio", "video", "autoplay", "guidance_hint::fr", "bind::foo", "body::bar"),
    ],
)
def test_a_column_that_we_do_not_have_is_refused_where_it_is_used(column):
    table = "| type | name | label::fr | {} |\n| text | job | Métier? | {} |"
    assert refused(book(table.format(column, "x"))) == [("column-unsupported", "survey!D1")]
    assert read(book(table.format(column, "-")))


def test_a_column_that_xlsform_does_not_know_is_left_out_and_pointed_out():
    content = book("| type | name | label::fr | remarques |\n| text | job | Métier? | à revoir |")
    assert ignored(content) == [("column-ignored", "survey!D1")]
    assert pyxform_accepts(content)


def test_a_language_that_we_do_not_speak_is_refused():
    content = book("| type | name | label::fr | label::Español (es) |\n| text | job | Métier? | ¿Oficio? |")
    assert refused(content) == [("language-unknown", "survey!D1")]


def test_a_column_given_twice_is_refused():
    content = book("| type | name | label::fr | label::Français (fr) |\n| text | job | Métier? | Emploi? |")
    assert refused(content) == [("column-twice", "survey!D1")]


@pytest.mark.parametrize(
    ("written", "required"),
    [("yes", True), ("TRUE", True), ("true()", True), ("no", False), ("false()", False), ("-", False)],
)
def test_required_is_yes_or_no(written, required):
    content = book(f"| type | name | label::fr | required |\n| text | job | Métier? | {written} |")
    assert next(read(content).questions()).required is required


def test_required_on_a_condition_is_refused():
    content = book("| type | name | label::fr | required |\n| text | job | Métier? | ${a} = 1 |")
    assert refused(content) == [("not-yes-no", "survey!D2")]


def test_groups_hold_one_another():
    questionnaire = read(
        book("""
        | type        | name | label::fr | appearance |
        | begin_group | a    | Un        | field-list |
        | text        | b    | Deux?     | multiline  |
        | begin group | c    | -         | -          |
        | text        | d    | Trois?    | -          |
        | end group   | -    | -         | -          |
        | text        | e    | Quatre?   | -          |
        | end_group   | -    | -         | -          |
        | note        | -    | Merci     | -          |
        """)
    )
    group, note = questionnaire.survey
    assert isinstance(group, Group) and isinstance(note, Note)
    assert [item.name for item in group.children] == ["b", "c", "e"]
    assert [item.name for item in group.children[1].children] == ["d"]
    assert note.name == "note_9"


@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        ("| begin_group | a | Un |\n| text | b | Deux? |", "group-open", "survey!A2"),
        ("| text | b | Deux? |\n| end_group | - | - |", "group-not-open", "survey!A3"),
        ("| begin_group | a | Un |\n| end_group | - | - |", "field-missing", "survey!A2"),
    ],
)
def test_groups_that_do_not_close_or_hold_nothing_are_refused(rows, code, cell):
    assert refused(book(f"| type | name | label::fr |\n{rows}")) == [(code, cell)]


def test_a_range_is_from_1_to_10_unless_it_says_so():
    content = book("""
        | type  | name | label::fr | parameters                |
        | range | a    | Un?       | -                         |
        | range | b    | Deux?     | start=0 end=100 step=5    |
        | range | c    | Trois?    | start = 0; end=1,step=.25 |
    """)
    assert [(q.start, q.end, q.step) for q in read(content).questions()] == [(1, 10, None), (0, 100, 5), (0, 1, 0.25)]
    assert pyxform_accepts(content)


def test_choices_may_be_shuffled():
    content = book("| type | name | label::fr | parameters |\n| select_one region | a | Un? | randomize=true |")
    assert next(read(content).questions()).randomize is True


@pytest.mark.parametrize(
    ("kind", "parameters", "code"),
    [
        ("select_one region", "randomize=true seed=42", "parameter-unsupported"),
        ("select_one region", "randomize=maybe", "not-yes-no"),
        ("range", "start=1 end=5 tick_interval=1", "parameter-unsupported"),
        ("text", "rows=5", "parameter-unsupported"),
        ("range", "start=one", "not-a-number"),
    ],
)
def test_a_parameter_that_we_do_not_have_is_refused(kind, parameters, code):
    content = book(f"| type | name | label::fr | parameters |\n| {kind} | a | Un? | {parameters} |")
    assert refused(content) == [(code, "survey!D2")]


def test_or_other_adds_a_choice_that_asks_which():
    content = book("| type | name | label::fr | label::en |\n| select_one region or_other | a | Où? | Where? |")
    added = read(content).choices["region"][-1]
    assert (added.name, added.label, added.other) == ("other", {"fr": "Autre", "en": "Other"}, True)
    assert pyxform_accepts(content)


def test_or_other_marks_the_choice_that_is_there():
    choices = CHOICES + "    | region | other | Ailleurs | Elsewhere |\n"
    content = book(
        "| type | name | label::fr | label::en |\n| select_one region or_other | a | Où? | Where? |", choices
    )
    assert [(c.name, c.label["fr"], c.other) for c in read(content).choices["region"]][-1] == (
        "other",
        "Ailleurs",
        True,
    )


def test_a_choice_called_other_asks_nothing_unless_the_file_says_so():
    choices = CHOICES + "    | region | other | Ailleurs | Elsewhere |\n"
    content = book("| type | name | label::fr | label::en |\n| select_one region | a | Où? | Where? |", choices)
    assert [c.other for c in read(content).choices["region"]] == [False, False, False]


def test_our_additions_travel_in_columns_of_our_own():
    questionnaire = read(
        book(
            """
        | type | name | label::fr | pv_why_fr | pv_probe_when | pv_probe_ask_1_fr | pv_theme | pv_sensitivity |
        | text | a    | Un?       | Parce que | short vague   | Par exemple?      | trade    | personal       |
        """,
            """
        | list_name | name  | label::fr | pv_aliases_fr       | pv_exclusive | pv_other |
        | region    | laval | Laval     | île Jésus¶Île-Jésus | yes          | no       |
        """,
        )
    )
    question = next(questionnaire.questions())
    assert (question.why, question.theme, question.sensitivity) == ({"fr": "Parce que"}, "trade", "personal")
    assert (question.probe.when, question.probe.ask) == (["short", "vague"], [{"fr": "Par exemple?"}])
    assert questionnaire.choices["region"][0].aliases == {"fr": ["île Jésus", "Île-Jésus"]}
    assert questionnaire.choices["region"][0].exclusive


def test_a_condition_keeps_its_quotes_and_loses_curled_ones():
    questionnaire = read(
        book("""
        | type | name | label::fr | relevant             | constraint            |
        | text | a    | Un?       | -                    | -                     |
        | text | b    | Deux?     | ${a} = ‘laval’       | . != 'l’été'          |
        """)
    )
    assert [(q.relevant, q.constraint) for q in questionnaire.questions()][1] == ("${a} = 'laval'", ". != 'l’été'")


def test_blank_rows_and_remarks_are_passed_over():
    content = book("""
        | type | name | label::fr | relevant |
        | -    | -    | -         | -        |
        | -    | -    | -         | section 1|
        | text | a    | Un?       | -        |
    """)
    assert [q.name for q in read(content).questions()] == ["a"]
    assert ignored(content) == [("row-ignored", "survey!D3")]
    assert refused(book("| type | name | label::fr |\n| - | a | Un? |")) == [("type-missing", "survey!B2")]


def test_numbers_days_and_yes_are_read_as_they_show():
    workbook = load_workbook(io.BytesIO(book("| type | name | label::fr | required | default |\n| date | a | Un? |")))
    workbook["survey"]["D2"] = True
    workbook["survey"]["E2"] = datetime(2026, 1, 31)
    workbook["choices"]["B2"] = 1
    workbook["choices"]["B3"] = 2.0
    questionnaire = read(saved(workbook))
    question = next(questionnaire.questions())
    assert (question.required, question.default) == (True, "2026-01-31")
    assert [choice.name for choice in questionnaire.choices["region"]] == ["1", "2"]


def test_a_computed_default_is_refused():
    assert refused(book("| type | name | label::fr | default |\n| date | a | Un? | today() |")) == [
        ("default-dynamic", "survey!D2")
    ]


def test_a_mistake_of_shape_is_shown_at_its_cell():
    content = book("| type | name | label::fr | pv_sensitivity |\n| text | à b | Un? | a lot |")
    assert refused(content) == [("not-a-name", "survey!B2"), ("not-one-of", "survey!D2")]


def test_checks_show_cells_too(tmp_path):
    (tmp_path / "form.xlsx").write_bytes(
        book("""
        | type               | name | label::fr | label::en | relevant      |
        | select_one nowhere | a    | Un?       | One?      | ${later} = 'x'|
        | text               | b    | -         | Two?      | -             |
        | text               | a    | Trois?    | Three?    | -             |
        """)
    )
    told = [(each.code, each.path, each.line) for each in check(tmp_path / "form.xlsx") if each.level == "error"]
    assert told == [
        ("list-unknown", "survey!A2", 2),
        ("reference-unknown", "survey!E2", 2),
        ("translation-missing", "survey!D3", 3),
        ("duplicate-name", "survey!B4", 4),
    ]


@pytest.mark.parametrize("name", ["entities", "external_choices", "osm"])
def test_a_sheet_that_we_do_not_have_is_refused(name):
    sheets = {name: "| list_name | label |\n| a | b |"}
    assert refused(book("| type | name | label::fr |\n| text | a | Un? |", **sheets)) == [
        ("sheet-unsupported", f"{name}!A1")
    ]


def test_a_setting_that_would_change_what_is_kept_is_refused_and_a_display_one_left_out():
    survey = "| type | name | label::fr |\n| text | a | Un? |"
    secret = "| form_id | default_language | public_key |\n| a | fr | MIIB |"
    pages = "| form_id | default_language | style |\n| a | fr | pages |"
    assert refused(book(survey, settings=secret)) == [("column-unsupported", "settings!C1")]
    assert ignored(book(survey, settings=pages)) == [("column-ignored", "settings!C1")]


# As pyxform

BOTH = "| type | name | label::fr | label::en | {} |\n"


def we_accept(content: bytes) -> bool:
    try:
        imported = xlsform.parse(content, fallback_slug="form")
    except Refused:
        return False
    return not any(each.level == "error" for each in examine(imported.questionnaire, imported.places))


@pytest.mark.parametrize(
    "survey",
    [
        BOTH.format("hint::fr") + "| text | a | Un? | One? | - |",
        BOTH.format("hint") + "| text | a | Un? | One? | - |",
        BOTH.format("required") + "| integer | a | Un? | One? | TRUE |",
        BOTH.format("constraint") + "| integer | a | Un? | One? | - |",
        BOTH.format("relevance") + "| text | a | Un? | One? | - |\n| text | b | Deux? | Two? | ${a} != '' |",
        BOTH.format("default") + "| select_one region | a | Un? | One? | laval |",
        BOTH.format("appearance") + "| select_one region | a | Un? | One? | minimal |",
        BOTH.format("parameters") + "| range | a | Un? | One? | start=0;end=10, step=2 |",
        BOTH.format("parameters") + "| select_multiple region | a | Un? | One? | randomize = true |",
        BOTH.format("appearance")
        + "| begin group | g | G | G | table-list |\n| select_one region | a | Un? | One? | - |\n"
        + "| select_one region | b | Deux? | Two? | - |\n| end group | - | - | - | - |",
        BOTH.format("x") + "| note | - | Bonjour | Hello | - |\n| rank region | a | Un? | One? | - |",
    ],
)
def test_what_pyxform_accepts_of_what_we_have_is_accepted(survey):
    assert (we_accept(book(survey)), pyxform_accepts(book(survey))) == (True, True)


@pytest.mark.parametrize(
    "survey",
    [
        BOTH.format("x") + "| essay | a | Un? | One? | - |",
        BOTH.format("x") + "| text | - | Un? | One? | - |",
        BOTH.format("x") + "| - | a | Un? | One? | - |",
        BOTH.format("x") + "| text | a b | Un? | One? | - |",
        BOTH.format("x") + "| text | 1a | Un? | One? | - |",
        BOTH.format("x") + "| text | a | Un? | One? | - |\n| text | a | Deux? | Two? | - |",
        BOTH.format("x") + "| select_one nowhere | a | Un? | One? | - |",
        BOTH.format("x") + "| begin group | g | G | G | - |\n| text | a | Un? | One? | - |",
        BOTH.format("x") + "| text | a | Un? | One? | - |\n| end group | - | - | - | - |",
        BOTH.format("relevant") + "| text | a | Un? | One? | ${nowhere} = 1 |",
        BOTH.format("relevant") + "| text | a | Un? | One? | ${a = 1 |",
        BOTH.format("parameters") + "| range | a | Un? | One? | start=1 end=2 step=5 |",
        BOTH.format("parameters") + "| range | a | Un? | One? | start=one |",
        BOTH.format("parameters") + "| range | a | Un? | One? | begin=1 |",
        BOTH.format("parameters") + "| select_one region | a | Un? | One? | randomize=perhaps |",
        BOTH.format("label::fr") + "| text | a | Un? | One? | Deux? |",
        "| name | label::fr |\n| a | Un? |",
    ],
)
def test_what_pyxform_refuses_is_refused(survey):
    assert (we_accept(book(survey)), pyxform_accepts(book(survey))) == (False, False)


@pytest.mark.parametrize(
    "choices",
    [
        CHOICES + "    | region | laval | Encore | Again |\n",
        CHOICES + "    | region | - | Sans code | No code |\n",
        CHOICES + "    | region | de ux | Deux | Two |\n",
    ],
)
def test_choices_that_pyxform_refuses_are_refused(choices):
    content = book(BOTH.format("x") + "| select_multiple region | a | Un? | One? | - |", choices)
    assert (we_accept(content), pyxform_accepts(content)) == (False, False)


# Strangers' files


def test_what_is_no_workbook_is_one_finding(tmp_path):
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as parts:
        parts.writestr("word/document.xml", "<x/>")
    for content in (b"", b"text", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"PK\x03\x04", word.getvalue()):
        assert refused(content) == [("not-a-workbook", "")]
    with pytest.raises(Refused, match="no-file"):
        xlsform.read(tmp_path / "absent.xlsx")
    assert refused(saved(Workbook())) == [("sheet-missing", "")]


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The same workbook with parts replaced; ``__`` is "/" in a part's name."""
    replaced = {name.replace("__", "/") + ".xml": data for name, data in parts.items()}
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, replaced.get(name) or old.read(name))
    return result.getvalue()


SMALL = book("| type | name | label::fr |\n| text | a | Un? |")


def test_a_zip_bomb_is_refused_before_it_is_inflated():
    bomb = repacked(SMALL, xl__worksheets__sheet1=b"<x>" + b" " * 60_000_000 + b"</x>")
    assert len(bomb) < 100_000
    assert refused(bomb) == [("too-large", "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused(encoding):
    xml = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    assert refused(repacked(SMALL, xl__worksheets__sheet1=xml.encode(encoding))) == [("not-a-workbook", "")]


def test_a_sheet_beyond_reason_is_refused():
    workbook = load_workbook(io.BytesIO(SMALL))
    workbook["survey"].cell(6000, 1).value = "text"
    assert refused(saved(workbook)) == [("sheet-too-large", "survey")]


def test_what_a_sheet_says_of_its_own_size_is_not_believed():
    with zipfile.ZipFile(io.BytesIO(SMALL)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    assert b'ref="A1:C2"' in sheet
    content = repacked(SMALL, xl__worksheets__sheet1=sheet.replace(b'ref="A1:C2"', b'ref="A1"'))
    assert [question.name for question in read(content).questions()] == ["a"]


def test_a_damaged_workbook_is_read_or_refused_never_a_crash():
    chance = random.Random(0)
    for _ in range(300):
        damaged = bytearray(SMALL)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read(bytes(damaged))
        except Refused as refusal:
            assert refusal.findings


_CELLS = st.sampled_from(
    [
        *(
            "text",
            "select_one region",
            "begin_group",
            "end_group",
            "range",
            "note",
            "select_one region or_other",
            "rank region",
        ),
        *(
            "region",
            "other",
            "yes",
            "no",
            "fr",
            "English (en)",
            "start=1",
            "randomize=true",
            "${a} = 1",
            "=1+1",
            "pv_consent",
        ),
        *(
            "title",
            "title.fr",
            "languages",
            "languages.0",
            "languages.x",
            "sources.0",
            "sources.0.name",
            "a..b",
            "0",
            "²",
        ),
        *("organisation", "organisation.name", "population.rows.0.stratum", "survey", "", "2026", "é"),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_cells_are_read_or_refused_never_a_crash(data):
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, known in SHEETS.items():
        sheet = workbook.create_sheet(name)
        sheet.append([columns.shown(header) for header in known])
        for row in data.draw(
            st.lists(st.lists(st.none() | _CELLS, min_size=len(known), max_size=len(known)), max_size=4)
        ):
            sheet.append(row)
    try:
        read(saved(workbook))
    except Refused as refusal:
        assert refusal.findings


# Writing


def test_a_label_that_looks_like_a_formula_is_text(tmp_path):
    questionnaire = read(book("| type | name | label::fr |\n| text | a | Un? |"))
    question = questionnaire.survey[0].model_copy(update={"label": {"fr": '=HYPERLINK("x")'}})
    file = tmp_path / "form.xlsx"
    xlsform.write(questionnaire.model_copy(update={"survey": [question]}), file)
    assert load_workbook(file)["survey"]["C2"].data_type == "s"
    assert xlsform.read(file).survey[0].label == {"fr": '=HYPERLINK("x")'}


def test_what_would_not_read_back_the_same_is_not_written(tmp_path):
    questionnaire = read(book("| type | name | label::fr |\n| text | a | Un? |"))
    spanish = questionnaire.survey[0].model_copy(update={"label": {"es": "¿Uno?"}})
    (tmp_path / "form.xlsx").write_text("precious")
    with pytest.raises(Refused):
        xlsform.write(questionnaire.model_copy(update={"survey": [spanish]}), tmp_path / "form.xlsx")
    assert (tmp_path / "form.xlsx").read_text() == "precious"


def test_a_text_longer_than_a_cell_is_refused(tmp_path):
    questionnaire = read(book("| type | name | label::fr |\n| text | a | Un? |"))
    long = questionnaire.survey[0].model_copy(update={"label": {"fr": "a" * 40_000}})
    with pytest.raises(Refused, match="too-long"):
        xlsform.write(questionnaire.model_copy(update={"survey": [long]}), tmp_path / "form.xlsx")


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(questionnaires())
def test_yaml_to_xlsform_to_yaml_is_the_identity(tmp_path, questionnaire):
    from_yaml, _ = load(dump(questionnaire))
    assert from_yaml == questionnaire
    xlsform.write(from_yaml, tmp_path / "form.xlsx")
    from_xlsform = xlsform.read(tmp_path / "form.xlsx")
    assert load(dump(from_xlsform))[0] == from_yaml


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(questionnaires())
def test_what_we_write_is_accepted_by_pyxform(tmp_path, questionnaire):
    xlsform.write(questionnaire, tmp_path / "form.xlsx")
    convert(tmp_path / "form.xlsx", validate=False)


INSTRUMENTS = sorted(Path("data/consultations").glob("*.yml"))


@pytest.mark.parametrize("file", INSTRUMENTS, ids=lambda file: file.stem)
def test_our_instruments_travel_unchanged_and_pyxform_accepts_them(file, tmp_path):
    questionnaire, _ = load(file)
    xlsform.write(questionnaire, tmp_path / "form.xlsx")
    assert xlsform.read(tmp_path / "form.xlsx") == questionnaire
    assert pyxform_accepts((tmp_path / "form.xlsx").read_bytes())


@pytest.mark.outside
@pytest.mark.skipif(
    not OUTSIDE.is_dir(), reason="the evaluation data, written by others, are not beside this repository"
)
def test_a_real_bilingual_survey_is_imported_without_an_error(tmp_path):
    imported = xlsform.load(OUTSIDE / "bc-ai-chat-survey" / "bc_ai_survey.xlsx")
    questionnaire = imported.questionnaire
    assert questionnaire.consultation.slug == "bc_ai_survey"
    assert questionnaire.consultation.languages == ["fr", "en"]
    assert len(list(questionnaire.questions())) == 27
    assert sum(question.required for question in questionnaire.questions()) > 10
    assert imported.findings == []
    assert [each for each in examine(questionnaire, imported.places) if each.level == "error"] == []
    assert load(dump(questionnaire))[0] == questionnaire
    xlsform.write(questionnaire, tmp_path / "form.xlsx")
    assert xlsform.read(tmp_path / "form.xlsx") == questionnaire
