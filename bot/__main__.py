"""`python -m bot`: serve the model's channel on loopback, in one process, without TensorFlow."""

from __future__ import annotations

import os
import sys
import time

from bot import lean, log

THREADS = {"OMP_NUM_THREADS": "1", "RASA_TELEMETRY_ENABLED": "false"}
REQUIRED = ("PORTEVOIX_BOT_SECRET", "PORTEVOIX_ACTIONS_SECRET")


def main() -> int:
    """The exit status: 2 for a missing setting, 1 when there is no model or the port is taken."""
    started = time.monotonic()
    missing = [name for name in REQUIRED if not os.environ.get(name)]
    if missing:
        log.event("bot.unset", missing=missing)
        return 2
    os.environ.update(THREADS)
    log.listen()
    lean.prepare()
    from bot import server, training

    model = training.model_path()
    if not model.exists():
        log.event("bot.untrained", model=model.name)
        return 1
    return server.serve(model, started)


if __name__ == "__main__":
    sys.exit(main())
