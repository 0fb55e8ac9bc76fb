"""Questionnaires of every shape that ``check`` accepts, for the laws that hold of all of them."""

from datetime import UTC, datetime
from string import ascii_letters, digits

from hypothesis import strategies as st

from api.questionnaire.definition import Questionnaire

_UNWRITABLE = {"Cs", "Cc", "Cn", "Co"}
_names = st.text("abcXYZ_09", min_size=1, max_size=8).map("n{}".format)
_words = st.text(st.characters(exclude_categories=_UNWRITABLE), min_size=1, max_size=30).map(str.strip).filter(bool)
_sentences = _words | st.sampled_from(
    [
        "=1+1",
        "@x",
        "-1",
        "+x",
        "yes",
        "No",
        "null",
        "~",
        "2026-01-31",
        "010",
        "1e3",
        "Deux\nlignes",
        "a: b",
        "# x",
        "“é”",
    ]
)
_texts = st.fixed_dictionaries({"fr": _sentences, "en": _sentences})
_flags = st.booleans()
_ranges = st.integers(-10, 10).flatmap(
    lambda start: st.fixed_dictionaries(
        {"start": st.just(start), "end": st.integers(start + 1, start + 50)},
        optional={"step": st.sampled_from([0.5, 1])},
    )
)
_conditions = st.sampled_from(["true()", "1 < 2 or not('a' = 'b')", 'regex("x", "[a-z]+")', "'l’été' != ''"])
_asides = {
    "hint": _texts,
    "relevant": _conditions,
    "why": _texts,
    "required": _flags,
    "appearance": _names,
    "sensitivity": st.sampled_from(["personal", "sensitive"]),
    "theme": _sentences,
    "chain_link": st.sampled_from(["creation", "production", "distribution", "management"]),
    "repeats": _sentences,
}


def _question(kind: str, required: dict, optional: dict | None = None) -> st.SearchStrategy[dict]:
    fields = {"type": st.just(kind), "name": _names, "label": _texts, **required}
    return st.fixed_dictionaries(fields, optional={**_asides, **(optional or {})})


def _constrained(content: dict) -> dict:
    """A constraint comes with its message."""
    return content if "constraint_message" in content else {k: v for k, v in content.items() if k != "constraint"}


def _items(lists: list[str]) -> st.SearchStrategy[dict]:
    constraint = {"constraint": _conditions, "constraint_message": _texts}
    probe = st.fixed_dictionaries(
        {
            "when": st.lists(st.sampled_from(["short", "vague"]), min_size=1, max_size=2, unique=True),
            "ask": st.lists(_texts, min_size=1, max_size=3),
        }
    )
    questions = [
        _question("text", {}, {**constraint, "probe": probe, "default": _names}),
        _question("integer", {}, constraint),
        _question("decimal", {}, constraint),
        _question("date", {}, {"default": st.just("2026-01-31")}),
        _question("range", {}, {"scale": st.lists(_texts, min_size=2, max_size=2)}).flatmap(
            lambda question: _ranges.map(lambda ends: question | ends)
        ),
        st.fixed_dictionaries(
            {"type": st.just("note"), "name": _names, "label": _texts}, optional={"relevant": _conditions}
        ),
    ]
    if lists:
        chosen = {"choices": st.sampled_from(lists)}
        questions += [
            _question(kind, chosen, {"randomize": _flags}) for kind in ("select_one", "select_multiple", "rank")
        ]
    return st.recursive(
        st.one_of(questions).map(_constrained),
        lambda inside: st.fixed_dictionaries(
            {"type": st.just("group"), "name": _names, "children": st.lists(inside, min_size=1, max_size=3)},
            optional={"label": _texts, "hint": _texts, "relevant": _conditions, "appearance": st.just("field-list")},
        ),
        max_leaves=6,
    )


_codes = st.text(ascii_letters + digits + "_.-", min_size=1, max_size=6).map("c{}".format)
_choices = st.fixed_dictionaries(
    {"name": _codes, "label": _texts},
    optional={
        "exclusive": _flags,
        "other": _flags,
        "aliases": st.dictionaries(
            st.sampled_from(["fr", "en"]),
            st.lists(_words.filter(lambda alias: len(alias.splitlines()) == 1), min_size=1, max_size=3),
        ),
    },
)
_moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
_details = {
    "version": _names,
    "opens_at": _moments,
    "closes_at": _moments,
    "minutes": st.integers(1, 60),
    "organisation": st.fixed_dictionaries({"name": _texts, "contact": _words}, optional={"url": _words}),
    "privacy_officer": st.fixed_dictionaries({"title": _texts, "email": _words}),
    "notices": st.dictionaries(_names, st.fixed_dictionaries({"version": _words, "text": _texts}), max_size=2),
    "sources": st.lists(
        st.fixed_dictionaries({"code": _names, "name": _texts}, optional={"origins": st.lists(_words, min_size=1)}),
        max_size=2,
        unique_by=lambda source: source["code"],
    ),
    "retention": st.fixed_dictionaries({part: st.integers(1, 900) for part in ("transcripts", "answers", "contacts")}),
    "population": st.fixed_dictionaries(
        {
            "source": _texts,
            "year": st.integers(1990, 2030),
            "rows": st.lists(
                st.fixed_dictionaries(
                    {"stratum": st.dictionaries(_names, _words, min_size=1, max_size=2), "count": st.integers(0, 10**6)}
                ),
                min_size=1,
                max_size=2,
            ),
        }
    ),
}


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    consultation = draw(
        st.fixed_dictionaries(
            {"slug": _names, "title": _texts, "languages": st.sampled_from([["fr", "en"], ["en", "fr"]])},
            optional=_details,
        )
    )
    choices = draw(
        st.dictionaries(_names, st.lists(_choices, min_size=1, max_size=4, unique_by=lambda c: c["name"]), max_size=2)
    )
    consent = draw(st.sampled_from([[], [{"type": "consent", "name": "agree", "purpose": "participate"}]]))
    survey = [{**item, "label": {"fr": "D’accord?", "en": "Agreed?"}} for item in consent]
    survey += draw(st.lists(_items(list(choices)), min_size=1, max_size=4))
    _rename(survey, iter(range(1000)))
    translated = draw(st.dictionaries(_names, st.just("fr:1a2b3c4d en:99aa00bb"), max_size=2))
    return Questionnaire.model_validate(
        {"consultation": consultation, "choices": choices, "survey": survey, "translated": translated}
    )


def _rename(items: list[dict], numbers) -> None:
    """No name twice."""
    for item in items:
        item["name"] = f"{item['name']}_{next(numbers)}"
        _rename(item.get("children", []), numbers)
