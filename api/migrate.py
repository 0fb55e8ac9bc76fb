"""Bringing a database to today's shape."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Applies the migrations that are missing."""
    with engine.begin() as connection:
        command.upgrade(config(connection), "head")


def config(connection: Connection) -> Config:
    """Alembic's configuration, over a connection of ours."""
    chosen = Config()
    chosen.set_main_option("script_location", str(MIGRATIONS))
    chosen.attributes["connection"] = connection
    return chosen
