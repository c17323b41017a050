"""The curve of what matching costs, as SVG that is legible on light and on dark pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, log10

Costs = Mapping[str, Sequence[Mapping[str, float]]]
Points = Sequence[tuple[float, float]]

_WIDTH, _HEIGHT = 760, 320
_PANEL, _GAP, _LEFT, _TOP, _FLOOR = 300, 80, 50, 56, 266
_STEPS = (1, 2, 2.5, 5, 10)
_LINES = 4
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; }
.faint { fill: #59636e; }
.grid { stroke: #d1d9e0; }
.a { stroke: #0969da; fill: #0969da; } .b { stroke: #bc4c00; fill: #bc4c00; }
polyline { fill: none !important; stroke-width: 2; }
text.a, text.b { stroke: none; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; } .faint { fill: #9198a1; } .grid { stroke: #3d444d; }
  .a { stroke: #4493f8; fill: #4493f8; } .b { stroke: #f0883e; fill: #f0883e; }
}
"""


@dataclass(frozen=True, slots=True)
class _Panel:
    """One diagram: the stored leads to the right in powers of ten, something upwards from 0."""

    left: float
    title: str
    unit: str
    curves: Mapping[str, Points]

    @property
    def _sizes(self) -> list[float]:
        return sorted({size for points in self.curves.values() for size, _ in points})

    @property
    def _step(self) -> float:
        most = max(value for points in self.curves.values() for _, value in points)
        rough = most / _LINES
        power = 10.0 ** (ceil(log10(rough)) - 1)
        return next(step * power for step in _STEPS if step * power >= rough)

    def draw(self) -> Iterator[str]:
        yield _text(self.left, 24, self.title, "title")
        yield _text(self.left, 41, self.unit, "faint")
        for line in range(_LINES + 1):
            value = line * self._step
            height = self._height(value)
            end = self.left + _PANEL
            yield f'<path class="grid" d="M{self.left:.1f} {height:.1f}H{end:.1f}"/>'
            yield _text(self.left - 6, height + 4, f"{value:g}", "faint", anchor="end")
        for size in self._sizes:
            yield _text(self._place(size), _FLOOR + 18, _short(size), "faint", anchor="middle")
        for name, (database, points) in zip("ab", self.curves.items(), strict=False):
            yield from self._curve(name, database, points)

    def _curve(self, name: str, database: str, points: Points) -> Iterator[str]:
        spots = [(self._place(size), self._height(value)) for size, value in points]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        yield f'<polyline class="{name}" points="{joined}"/>'
        for (x, y), (size, value) in zip(spots, points, strict=True):
            told = escape(f"{database}, {size:,.0f} leads: {value:.3g} {self.unit}")
            spot = f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="3.5">'
            yield f"{spot}<title>{told}</title></circle>"

    def _place(self, size: float) -> float:
        low, high = log10(self._sizes[0]), log10(self._sizes[-1])
        share = (log10(size) - low) / (high - low) if high > low else 0.5
        return self.left + 14 + share * (_PANEL - 28)

    def _height(self, value: float) -> float:
        return _FLOOR - value / (_LINES * self._step) * (_FLOOR - _TOP)


def draw(costs: Costs) -> str:
    """Draw what a record of a file and one entered lead cost, by how many leads are stored."""
    panels = (
        _panel(
            _LEFT, "Matching one record of a file", "µs of processor time", "matching_us", costs
        ),
        _panel(
            _LEFT + _PANEL + _GAP,
            "Entering one lead, matched and durable",
            "ms, 99th percentile",
            "entered_p99_ms",
            costs,
        ),
    )
    parts = [part for panel in panels for part in panel.draw()]
    for place, (name, database) in enumerate(zip("ab", costs, strict=False)):
        parts.append(_text(_LEFT + place * 90, _HEIGHT - 10, f"● {database}", name))
    parts.append(_text(_WIDTH - 30, _HEIGHT - 10, "leads stored", "faint", anchor="end"))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">'
    title = "<title>What matching costs, by how many leads are stored</title>"
    return "\n".join([head, title, f"<style>{_STYLE}</style>", *parts, "</svg>"]) + "\n"


def _panel(left: float, title: str, unit: str, figure: str, costs: Costs) -> _Panel:
    curves = {
        database: [(figures["stored"], figures[figure]) for figures in all_figures]
        for database, all_figures in costs.items()
    }
    return _Panel(left, title, unit, curves)


def _text(x: float, y: float, text: str, name: str, *, anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{name}" {place}>{escape(text)}</text>'


def _short(size: float) -> str:
    if size >= 1_000_000:
        return f"{size / 1_000_000:g}M"
    return f"{size / 1_000:g}k" if size >= 1_000 else f"{size:g}"
