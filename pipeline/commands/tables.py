"""Plain tables for people: as wide as they need to be, so that nothing is cut in a pipe."""

from collections.abc import Iterable, Sequence
from datetime import datetime


def format_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Line up rows under their headings; numbers to the right, the rest to the left."""
    cells = [[_shown(value) for value in row] for row in rows]
    numeric = [
        all(_is_number(row[i]) for row in cells) and bool(cells) for i in range(len(headings))
    ]
    lines = [list(headings), *cells]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    return "\n".join(
        "  ".join(
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        for line in lines
    )


def format_facts(facts: Iterable[tuple[str, object]]) -> str:
    """Line up names and values, one a line."""
    pairs = [(name, _shown(value)) for name, value in facts]
    width = max(len(name) for name, _ in pairs)
    right = max(len(text) for _, text in pairs) if all(_is_number(text) for _, text in pairs) else 0
    return "\n".join(f"{name.ljust(width)}  {text.rjust(right)}".rstrip() for name, text in pairs)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _is_number(text: str) -> bool:
    return text.replace(",", "").isdigit()
