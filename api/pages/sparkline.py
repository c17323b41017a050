"""Small lines that show how a number went over the last runs, drawn by the server."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 80, 22
_EDGE = 3


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The stretches of a line, and its last point; ``label`` says it in words."""

    stretches: Sequence[str]
    last: tuple[float, float] | None
    label: str


def draw(values: Sequence[float | None], *, most: float, label: str) -> Sparkline:
    """Draw numbers from 0 to ``most``, the oldest first; None leaves a gap."""
    points = [
        None if value is None else _place(index, value, len(values), most)
        for index, value in enumerate(values)
    ]
    stretches: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            stretches.append([])
        else:
            stretches[-1].append(point)
    return Sparkline(
        [" ".join(f"{x},{y}" for x, y in one) for one in stretches if len(one) > 1],
        next((point for point in reversed(points) if point is not None), None),
        label,
    )


def _place(index: int, value: float, count: int, most: float) -> tuple[float, float]:
    across = WIDTH - 2 * _EDGE
    x = WIDTH - _EDGE - across * (count - 1 - index) / max(count - 1, 1)
    y = HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * (value / most if most else 0)
    return round(x, 1), round(y, 1)
