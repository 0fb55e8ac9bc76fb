"""The published JSON Schema of a questionnaire's file: what an editor needs to complete and to underline.

It says the shape of a file; ``checks`` says what no schema can. The committed copy is
``docs/schema/questionnaire.json``; ``python -m api.questionnaire.schema`` writes it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .definition import Questionnaire

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema" / "questionnaire.json"


def json_schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Questionnaire.model_json_schema()}


def text() -> str:
    """As it is committed."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    PUBLISHED.parent.mkdir(parents=True, exist_ok=True)
    PUBLISHED.write_text(text(), "utf-8")
