"""One finding of the doctor: what was looked at, how it is, and what to do where it is wrong."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing is; ``advice`` says what to do where it is not ``ok``."""

    name: str
    ok: bool
    detail: str
    advice: str = ""
