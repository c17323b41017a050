"""Schedules: sources that run by themselves, by a rule in plain words or in cron."""

from pipeline.schedules.due import find_blocking_run, is_any_due, request_due_runs, run_now
from pipeline.schedules.rules import read_rule
from pipeline.schedules.service import (
    add_schedule,
    edit_schedule,
    find_next_times,
    find_schedules,
    next_due,
    pause_schedule,
    require_schedule,
    resume_schedule,
    rule_of,
)
from pipeline.schedules.telling import tell
from pipeline.schedules.times import preview_times

__all__ = [
    "add_schedule",
    "edit_schedule",
    "find_blocking_run",
    "find_next_times",
    "find_schedules",
    "is_any_due",
    "next_due",
    "pause_schedule",
    "preview_times",
    "read_rule",
    "request_due_runs",
    "require_schedule",
    "resume_schedule",
    "rule_of",
    "run_now",
    "tell",
]
