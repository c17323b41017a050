"""Beat: when it looks into the ledger, and that it does so in its own process."""

from typing import Any

from celery.beat import ScheduleEntry, Scheduler

from pipeline.settings import Settings

TIDY_EVERY_SECONDS = 600.0


class OnTheSpot(Scheduler):
    """A scheduler that runs a due task here instead of queueing it: ticks cannot pile up.

    A tick that fails is logged, and the next one tries again.
    """

    def apply_async(self, entry: ScheduleEntry, *_: object, **__: object) -> None:
        """Run the entry's task."""
        self.app.tasks[str(entry.task)]()


def beat_settings(settings: Settings) -> dict[str, Any]:
    """Give what an application needs to know of beat. It is short and fixed: no file keeps it."""
    return {
        "beat_scheduler": f"{OnTheSpot.__module__}:{OnTheSpot.__qualname__}",
        "beat_schedule": {
            "tick": {"task": "tick", "schedule": settings.tick_seconds},
            "tidy": {"task": "tidy", "schedule": TIDY_EVERY_SECONDS},
        },
    }
