"""`python -m bot.train`: train the model unless the one for these inputs is there already."""

from __future__ import annotations

import os
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import lean, log
from bot.training import INPUTS, MODELS, PROJECT, model_path

QUIET = {"OMP_NUM_THREADS": "1", "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "LOG_LEVEL": "WARNING"}


def main() -> int:
    """Returns the exit status."""
    model = model_path()
    if model.exists():
        log.event("model.current", model=model.name)
        return 0
    log.event("model.training", model=model.name, inputs=list(INPUTS))
    started = time.monotonic()
    os.environ.update(QUIET)
    log.listen()
    lean.trust_one_estimator()
    _train(model)
    log.event("model.trained", model=model.name, seconds=round(time.monotonic() - started, 1))
    return 0


def _train(model: Path) -> None:
    """Train beside the models and move into place, so that a killed training leaves nothing half-written."""
    from rasa.model_training import train

    MODELS.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=MODELS) as unfinished, redirect_stdout(sys.stderr):
        trained = train(
            domain=str(PROJECT / "domain.yml"),
            config=str(PROJECT / "config.yml"),
            training_files=[str(PROJECT / "data/nlu"), str(PROJECT / "data/rules.yml")],
            output=unfinished,
            fixed_model_name=model.name,
            force_training=True,
        )
        Path(trained.model).replace(model)


if __name__ == "__main__":
    sys.exit(main())
