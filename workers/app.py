"""The workers' door to the environment: ``python -m workers.app worker`` or ``beat``.

``celery -A workers.app worker`` works as well.
"""

import os
import sys
from typing import TYPE_CHECKING

from pipeline.settings import Settings

if TYPE_CHECKING:
    from celery import Celery


def main() -> None:
    """Run Celery's command line on the application of this environment."""
    sys.exit(open_celery().start(sys.argv[1:]))


def open_celery() -> "Celery":
    """Make the application of this environment."""
    from workers.queue import create_celery  # noqa: PLC0415 - the supervisor needs none of it

    return create_celery(read_settings())


def __getattr__(name: str) -> "Celery":
    """Make the application once Celery's own command line looks for it here."""
    if name == "app":
        return open_celery()
    raise AttributeError(name)


def read_settings() -> Settings:
    """Read the settings from this process's environment."""
    return Settings.from_env(os.environ)  # noqa: TID251 - the workers' door


def share_settings(settings: Settings) -> None:
    """Let the processes that this one starts read these settings."""
    os.environ.update(settings.to_env())  # noqa: TID251 - the workers' door


if __name__ == "__main__":
    main()
