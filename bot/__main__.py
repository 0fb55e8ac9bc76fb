"""`python -m bot`: serve the newest model's channel on loopback, in one process, without TensorFlow."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from bot import lean, log

THREADS = {"OMP_NUM_THREADS": "1", "RASA_TELEMETRY_ENABLED": "false"}


def main() -> int:
    """Returns the exit status."""
    started = time.monotonic()
    os.environ.update(THREADS)
    log.listen()
    lean.prepare()
    from bot import server, training

    model = training.model_path()
    if not model.exists():
        log.event("bot.untrained", model=str(model.relative_to(Path.cwd())))
        return 1
    server.serve(model, started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
