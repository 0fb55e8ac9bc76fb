"""Which model belongs to the inputs as they stand: training is only needed when they changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

PROJECT = Path(__file__).parents[1]
MODELS = PROJECT / "models"
INPUTS = (
    "config.yml",
    "domain.yml",
    "data/rules.yml",
    "data/nlu/**/*.yml",
    "bot/components.py",
    "requirements/bot.txt",
)


def fingerprint() -> str:
    """A hash of everything a model is trained from."""
    digest = hashlib.sha256()
    for path in inputs():
        digest.update(f"{path.relative_to(PROJECT)}\0".encode())
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def inputs() -> list[Path]:
    """The files a model is trained from, sorted."""
    return sorted(path for pattern in INPUTS for path in PROJECT.glob(pattern))


def model_path() -> Path:
    """Where the model of the inputs as they stand is, or will be."""
    return MODELS / f"{fingerprint()}.tar.gz"
