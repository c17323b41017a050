"""Every setting, read once by an entry point from ``LEADS_*`` environment variables."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import StartRefused

PREFIX = "LEADS_"


class Settings(BaseModel):
    """The engine's settings. ``.env.example`` documents each; a test keeps the two equal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = Path("data")
    database_url: str = ""
    redis_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535)
    allowed_hosts: str = ""
    workers: int = Field(default=2, ge=1, le=256)
    batch_rows: int = Field(default=5_000, ge=1, le=50_000)
    lease_seconds: float = Field(default=30.0, ge=0.2, le=3_600)
    tick_seconds: float = Field(default=1.0, ge=0.05, le=60)
    max_attempts: int = Field(default=5, ge=1, le=100)
    max_body_bytes: int = Field(default=1 << 20, ge=1 << 10)
    max_upload_bytes: int = Field(default=4 << 30, ge=1 << 10)
    default_region: str = Field(default="US", pattern="^[A-Z]{2}$")
    matching: Literal["merge", "review", "off"] = "merge"
    contact: str = ""
    fetch_allow: str = ""
    fetch_delay_seconds: float = Field(default=1.0, ge=0, le=3_600)
    fetch_timeout_seconds: float = Field(default=30.0, gt=0, le=600)
    fetch_max_bytes: int = Field(default=10 << 20, ge=1 << 10)
    fetch_max_redirects: int = Field(default=5, ge=0, le=20)
    keep_pages_days: float = Field(default=30.0, ge=0, le=3_650)
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings from an environment.

        Raises:
            StartRefused: an unknown ``LEADS_*`` name or an unusable value, named in the text.
        """
        given = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in environ.items()
            if name.startswith(PREFIX) and value != ""
        }
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            problems = "; ".join(
                f"{PREFIX}{'.'.join(str(part) for part in e['loc']).upper()}: {e['msg']}"
                for e in error.errors()
            )
            raise StartRefused(f"Settings: {problems}. See .env.example.") from None

    def to_env(self) -> dict[str, str]:
        """Give the settings as environment variables, for a child process."""
        return {
            f"{PREFIX}{name.upper()}": str(value)
            for name, value in self.model_dump().items()
            if value != ""
        }

    @property
    def database(self) -> str:
        """The database's URL: the one given, or a SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve()}/leads.db"

    @property
    def spool(self) -> Path:
        """The folder that keeps uploaded files."""
        return self.data_dir / "spool"
