from pathlib import Path

import pytest

from api.questionnaire.checks import examine, stamp
from api.questionnaire.findings import Refused
from api.questionnaire.loading import load

FORM = """\
# Une consultation d'essai
consultation: {slug: essai, title: {fr: Essai, en: Trial}, languages: [fr, en]}
survey:
  - type: text   # libre
    name: job
    label:
      fr: Votre métier?
      en: Your trade?
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "form.yml"
    path.write_text(FORM, "utf-8")
    return path


def told(path: Path, *codes: str) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in examine(*load(path)) if each.code in codes]


def stale(path: Path) -> list[tuple[str, str]]:
    return told(path, "translation-stale")


def edit(path: Path, old: str, new: str) -> None:
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")


def test_stamping_adds_a_section_and_leaves_the_rest_as_it_is(file):
    assert stamp(file) == 2
    content = file.read_text("utf-8")
    assert content.startswith(FORM)
    assert content.removeprefix(FORM).splitlines() == [
        "translated:",
        "  consultation.title: fr:6eadea55 en:98a66e97",
        "  survey.job.label: fr:617276ad en:3835f63b",
    ]


def test_what_was_never_confirmed_is_counted_until_it_is(file):
    assert told(file, "translations-unconfirmed") == [("translations-unconfirmed", "translated")]
    stamp(file)
    assert told(file, "translations-unconfirmed", "translation-stale") == []


def test_a_translation_is_stale_when_its_source_changed_and_it_did_not(file):
    stamp(file)
    edit(file, "Votre métier?", "Quel est votre métier?")
    assert stale(file) == [("translation-stale", "survey.job.label.en")]


def test_a_translation_that_follows_its_source_is_not_stale(file):
    stamp(file)
    edit(file, "Votre métier?", "Quel est votre métier?")
    edit(file, "Your trade?", "What is your trade?")
    assert stale(file) == []


def test_a_translation_may_be_improved_alone(file):
    stamp(file)
    edit(file, "Your trade?", "What is your trade?")
    assert stale(file) == []


def test_stamping_again_confirms_what_was_stale(file):
    stamp(file)
    edit(file, "Votre métier?", "Quel est votre métier?")
    stamp(file)
    assert stale(file) == []


def test_moving_a_question_into_a_group_leaves_its_translations_confirmed(file):
    stamp(file)
    edit(
        file,
        FORM.split("survey:\n")[1],
        """\
  - type: group
    name: you
    children:
      - {type: text, name: job, label: {fr: Votre métier?, en: Your trade?}}
""",
    )
    assert told(file, "translation-stale", "translations-unconfirmed") == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["", "\n", "\n\n# fin\n"])
def test_every_byte_outside_the_section_is_kept(tmp_path, newline, mark, ending):
    path = tmp_path / "form.yml"
    original = (mark + FORM.rstrip("\n") + ending).replace("\n", newline).encode()
    path.write_bytes(original)
    stamp(path)
    first = path.read_bytes()
    assert first.startswith(original)
    stamp(path)
    assert path.read_bytes() == first


def test_a_section_in_the_middle_moves_to_the_end(tmp_path):
    path = tmp_path / "form.yml"
    head, survey = FORM.split("survey:")
    path.write_text(f"{head}translated:\n  old: fr:0 en:0\n\n# Les questions\nsurvey:{survey}", "utf-8")
    stamp(path)
    content = path.read_text("utf-8")
    assert content.startswith(f"{head}# Les questions\nsurvey:{survey}translated:\n  consultation.title:")


@pytest.mark.parametrize("section", ['"translated": {a: "fr:0"}\n', "translated :\n  a: fr:0\n"])
def test_a_section_laid_out_otherwise_is_refused_and_the_file_is_left_alone(file, section):
    content = FORM + section
    file.write_text(content, "utf-8")
    with pytest.raises(Refused, match="stamp"):
        stamp(file)
    assert file.read_text("utf-8") == content


def test_a_file_that_is_no_questionnaire_is_not_stamped(tmp_path):
    (tmp_path / "form.yml").write_text("a: 1")
    with pytest.raises(Refused):
        stamp(tmp_path / "form.yml")
    assert (tmp_path / "form.yml").read_text() == "a: 1"
