"""The workers' door to the environment: ``python -m workers.app worker`` or ``beat``."""

import os
import sys

from pipeline.settings import Settings


def main() -> None:
    """Run Celery's command line on the application of this environment."""
    from workers.queue import create_celery  # noqa: PLC0415 - the supervisor needs none of it

    sys.exit(create_celery(read_settings()).start(sys.argv[1:]))


def read_settings() -> Settings:
    """Read the settings from this process's environment."""
    return Settings.from_env(os.environ)  # noqa: TID251 - the workers' door


def share_settings(settings: Settings) -> None:
    """Let the processes that this one starts read these settings."""
    os.environ.update(settings.to_env())  # noqa: TID251 - the workers' door


if __name__ == "__main__":
    main()
