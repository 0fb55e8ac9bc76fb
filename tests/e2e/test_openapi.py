"""The described contract: a committed copy that is true, and no server error for anything thrown at it."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.stack import ROOT, Person


def test_the_committed_description_is_the_one_served(stack):
    committed = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))
    assert json.loads(stack.command("openapi").stdout) == committed
    served = Person(stack).http.get("/openapi.json").json()
    assert served["paths"] == committed["paths"]


def test_nothing_generated_from_the_description_makes_a_server_error(stack, tmp_path):
    """Every operation is thrown at an interview of the caller's own; withdrawing it comes last, on its own."""
    person = Person(stack)
    (tmp_path / "schemathesis.toml").write_text(f'[parameters]\n"path.id" = "{person.path.split("/")[-1]}"\n')
    for which in (["--exclude-method", "DELETE"], ["--include-method", "DELETE"]):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "schemathesis.cli",
                "run",
                f"{stack.url}/api/v1/openapi.json",
                *which,
                "--header",
                f"Authorization: {person.http.headers['Authorization']}",
                "--checks",
                "not_a_server_error",
                "--max-examples",
                "40",
                "--seed",
                "1",
                "--suppress-health-check",
                "all",
                "--continue-on-failure",
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=900,
        )
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
