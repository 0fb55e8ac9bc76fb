"""A stock Rasa assistant to measure against: see README.md beside this file."""

import hashlib
import os
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CACHE = ROOT / ".cache" / "peer"
RASA = ROOT / ".venv-bot" / "bin" / "rasa"
TRAINED_FROM = ("config.yml", "domain.yml", "data/nlu.yml", "data/rules.yml", "data/stories.yml")


def model() -> Path:
    """The trained model, trained now if a file it learns from changed. Raises CalledProcessError."""
    content = b"".join((HERE / name).read_bytes() for name in TRAINED_FROM)
    path = CACHE / f"{hashlib.sha256(content).hexdigest()[:16]}.tar.gz"
    if not path.exists():
        _train(path)
    return path


def _train(path: Path) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    command = [str(RASA), "train", "--out", str(CACHE), "--fixed-model-name", path.name.removesuffix(".tar.gz")]
    log = CACHE / "training.log"
    with log.open("w") as output:
        subprocess.run(command, cwd=HERE, env=environment(), stdout=output, stderr=output, check=True)


def environment(**more: str) -> dict[str, str]:
    """What the peer's processes are started with, beside the machine's own environment."""
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SANIC_HOST": "127.0.0.1", "RASA_CACHE_DIRECTORY": str(CACHE / "rasa")}
    return {**os.environ, **quiet, **more}


def commands(port: int, actions_port: int) -> list[list[str]]:
    """The two processes a team starts: ``rasa run`` and ``rasa run actions``, from this folder."""
    server = ["run", "--model", str(model()), "--interface", "127.0.0.1", "--port", str(port)]
    return [[str(RASA), "run", "actions", "--port", str(actions_port)], [str(RASA), *server]]
