"""Settings by environment: ``PORTEVOIX_*``, from the shell or a ``.env`` file (see ``.env.example``)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from limits import RateLimitItem, parse
from pydantic import BeforeValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder: data and web are found from here."""
VAR = Path(os.environ.get("PORTEVOIX_VAR", ROOT / "var")).resolve()
"""What an installation writes: its database, its secrets, its logs."""


def _limit(value: object) -> object:
    if not isinstance(value, str):
        return value
    return None if value.strip().lower() == "off" else parse(value)


Limit = Annotated[RateLimitItem | None, BeforeValidator(_limit)]
"""``60/minute``, or ``off``."""


class Settings(BaseSettings):
    """Everything that may differ between two installations."""

    model_config = SettingsConfigDict(
        env_prefix="PORTEVOIX_",
        env_file=(VAR / "secrets.env", ROOT / ".env"),
        extra="ignore",
        arbitrary_types_allowed=True,
    )

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    bot_port: int = Field(default=5005, ge=1, le=65535)
    actions_port: int = Field(default=5055, ge=1, le=65535)
    api_url: str = ""
    bot_url: str = ""
    actions_url: str = ""
    public_url: str = ""
    """Where people reach the site, for links; the address listened on when empty."""
    database_url: str = f"sqlite:///{VAR / 'portevoix.db'}"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    trusted_proxies: str = ""
    """Addresses whose ``X-Forwarded-For`` is believed, comma-separated; none when empty."""

    bot_secret: SecretStr
    actions_secret: SecretStr
    actions_key: SecretStr
    receipt_key: SecretStr = Field(min_length=32)
    """Outside the database: who has the database alone cannot test receipts."""

    limit_interview: Limit = parse("60/minute")
    limit_address: Limit = parse("600/minute")
    limit_starts: Limit = parse("10/minute")
    limit_receipts: Limit = parse("5/15minutes")
    """Failed receipts an address."""

    answer_timeout: float = Field(default=8.0, gt=0, le=30)
    """Seconds a person waits for an answer before being told that it will come later."""
    bot_timeout: float = Field(default=7.0, gt=0, le=30)
    """Seconds given to the bot for one turn."""
    bot_concurrency: int = Field(default=8, ge=1)
    """Turns under way at once at the bot, from one API process."""
    grace_days: int = Field(default=7, ge=0)
    """Days that a running interview has after the closing date."""

    @field_validator("database_url")
    @classmethod
    def _is_ours(cls, url: str) -> str:
        try:
            known = make_url(url).get_backend_name() in ("sqlite", "postgresql")
        except ArgumentError as error:
            raise ValueError("database_url") from error
        if not known:
            raise ValueError("database_url")
        return url

    def model_post_init(self, _: object) -> None:
        self.api_url = self.api_url or f"http://127.0.0.1:{self.port}"
        self.bot_url = self.bot_url or f"http://127.0.0.1:{self.bot_port}"
        self.actions_url = self.actions_url or f"http://127.0.0.1:{self.actions_port}"
        self.public_url = self.public_url or f"http://{self.host}:{self.port}"


@cache
def settings() -> Settings:
    """The process's settings, read once; raises pydantic's ``ValidationError``."""
    return Settings()
