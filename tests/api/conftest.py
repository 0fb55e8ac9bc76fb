"""The API in its own process, on SQLite and on PostgreSQL, with a questionnaire of a few questions."""

from __future__ import annotations

import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import create_engine, text

warnings.filterwarnings("ignore", message="Using `httpx` with")

from fastapi.testclient import TestClient  # noqa: E402

from api import migrate  # noqa: E402
from api.consultations.service import publish  # noqa: E402
from api.db import Database  # noqa: E402
from api.main import create_app  # noqa: E402
from api.questionnaire.definition import Questionnaire  # noqa: E402
from api.settings import Settings  # noqa: E402
from tests import postgres  # noqa: E402

QUESTIONNAIRE = """
consultation:
  slug: essai
  title: {fr: Essai, en: Trial}
  languages: [fr, en]
  minutes: 4
  organisation: {name: {fr: Le comité, en: The committee}, contact: bonjour@example.org}
  privacy_officer: {title: {fr: La direction, en: Management}, email: vie-privee@example.org}
choices:
  link:
    - {name: creation, label: {fr: Création, en: Creation}}
    - {name: distribution, label: {fr: Diffusion, en: Distribution}}
  tool:
    - {name: text, label: {fr: Textes, en: Texts}}
    - {name: image, label: {fr: Images, en: Images}}
    - {name: other, label: {fr: Autre, en: Other}, other: true}
    - {name: none, label: {fr: Aucun, en: None}, exclusive: true}
survey:
  - {type: note, name: hello, label: {fr: Bonjour., en: Hello.}}
  - {type: select_one, name: link, choices: link, required: true, label: {fr: "Quel maillon?", en: "Which link?"},
     why: {fr: Pour comparer., en: To compare.}}
  - {type: select_multiple, name: tools, choices: tool, label: {fr: "Quels outils?", en: "Which tools?"},
     constraint: count-selected(.) <= 2, constraint_message: {fr: Deux au plus., en: Two at most.}}
  - {type: integer, name: works, relevant: "${link} = 'creation'",
     label: {fr: "Combien d'œuvres?", en: "How many works?"},
     constraint: . >= 0 and . <= 500, constraint_message: {fr: De 0 à 500., en: From 0 to 500.}}
  - {type: text, name: words, label: {fr: "Dans vos mots?", en: "In your words?"}}
"""


def questionnaire(**consultation: Any) -> Questionnaire:
    """The trial questionnaire, with some of its consultation's fields changed."""
    content = yaml.safe_load(QUESTIONNAIRE)
    content["consultation"] |= consultation
    return Questionnaire.model_validate(content)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    bin = postgres.binaries()
    if bin is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.cluster(bin) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    url = request.getfixturevalue("postgres_url")
    name = f"t{uuid.uuid4().hex}"
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.replace("/postgres", f"/{name}")


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(
        _env_file=None,
        database_url=database_url,
        limit_interview="off",
        limit_address="off",
        limit_starts="off",
        log_level="error",
        bot_port=postgres.free_port(),
        actions_port=postgres.free_port(),
    )


@pytest.fixture
def api(settings: Settings) -> Iterator[TestClient]:
    """A client of the API, its database migrated and the trial published; nobody answers for the bot."""
    database = Database(settings.database_url)
    migrate.upgrade(database.engine)
    with database.writing() as session:
        publish(session, questionnaire())
    database.engine.dispose()
    with TestClient(create_app(settings), base_url="http://test/api/v1") as client:
        yield client


class Respondent:
    """A person's interview, over HTTP."""

    def __init__(self, api: TestClient, language: str = "fr", consultation: str = "essai"):
        self.api = api
        body = {"consultation": consultation, "surface": "api", "language": language}
        self.started = api.post("/interviews", json=body).json()
        self.token, self.path = self.started["token"], f"/interviews/{self.started['id']}"

    def call(self, method: str, path: str = "", **rest: Any):
        return self.api.request(method, self.path + path, headers={"Authorization": f"Bearer {self.token}"}, **rest)

    def put(self, question: str, **body: Any):
        return self.call("PUT", f"/answers/{question}", json=body)

    def say(self, client_id: str | None = None, **body: Any):
        return self.call("POST", "/messages", json={"client_id": client_id or str(uuid.uuid4()), **body})

    def answers(self) -> dict[str, Any]:
        return {answer["question"]: answer for answer in self.call("GET", "/answers").json()["answers"]}


@pytest.fixture
def respondent(api: TestClient) -> Respondent:
    return Respondent(api)
