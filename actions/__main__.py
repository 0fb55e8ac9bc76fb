"""`python -m actions`: serve the actions on loopback."""

from __future__ import annotations

import os
import sys

import structlog
import uvicorn

from actions.app import create_app
from actions.client import Api

HOST = "127.0.0.1"
DEFAULT_PORT = "5055"
DEFAULT_API_URL = "http://127.0.0.1:8000"
TIMEOUTS = {
    "timeout_keep_alive": 75,  # longer than Rasa keeps a connection, so that none is closed under a request
    "timeout_graceful_shutdown": 2,
}
REQUIRED = ("PORTEVOIX_ACTIONS_SECRET", "PORTEVOIX_ACTIONS_KEY")


def main() -> int:
    """Returns the exit status."""
    structlog.configure(processors=[structlog.processors.JSONRenderer()])
    log = structlog.get_logger()
    missing = [name for name in REQUIRED if not os.environ.get(name)]
    if missing:
        log.error("actions.unset", missing=missing)
        return 2
    port = int(os.environ.get("PORTEVOIX_ACTIONS_PORT", DEFAULT_PORT))
    api = Api(os.environ.get("PORTEVOIX_API_URL", DEFAULT_API_URL), os.environ["PORTEVOIX_ACTIONS_KEY"])
    app = create_app(api, os.environ["PORTEVOIX_ACTIONS_SECRET"])
    log.info("actions.started", port=port)
    uvicorn.run(app, host=HOST, port=port, log_config=None, access_log=False, **TIMEOUTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
