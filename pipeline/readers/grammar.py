"""Grammars: what a dialect allows on a line, as patterns for lines without their line end."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.readers.dialect import Dialect


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns that tell where a record with quotes ends."""

    whole: re.Pattern[str]
    """Every cell is flawless: a quote that opens is closed right before the next delimiter."""
    opening: re.Pattern[str]
    """The last cell is open, all before it are flawless."""
    closing: re.Pattern[str]
    """Inside a quoted cell: it closes, and all cells behind it are flawless and closed."""
    inside: re.Pattern[str]
    """Inside a quoted cell: it, or a later one, is open at the end."""


@lru_cache(maxsize=64)
def grammar_of(dialect: Dialect) -> Grammar:
    """Give the patterns of a dialect that has quotes."""
    quote, delimiter = re.escape(dialect.quotechar), re.escape(dialect.delimiter)
    blank = " *+" if dialect.skip_space else ""
    text = quoted_text(dialect)
    bare = f"(?!{blank}{quote}){bare_text(dialect)}"
    flawless = f"(?:{blank}{quote}{text}{quote}{blank}(?={delimiter}|\\Z)|{bare})"
    behind = f"{quote}{blank}(?>(?:{delimiter}{flawless})*)"
    return Grammar(
        whole=re.compile(f"{flawless}(?>(?:{delimiter}{flawless})*)"),
        opening=re.compile(f"(?>(?:{flawless}{delimiter})*){blank}{quote}{text}"),
        closing=re.compile(f"{text}{behind}"),
        inside=re.compile(f"{text}(?>(?:{behind}{delimiter}{blank}{quote}{text})?)"),
    )


def quoted_text(dialect: Dialect) -> str:
    """Give the pattern of what stands between two quotes."""
    # Atomic groups, since Python before 3.11.5 matches possessive groups wrongly (gh-106052).
    quote = re.escape(dialect.quotechar)
    if dialect.escape:
        return f"(?>(?:[^{quote}\\\\]++|\\\\[\\s\\S]|{quote}{quote})*)"
    return f"(?>(?:[^{quote}]++|{quote}{quote})*)"


def bare_text(dialect: Dialect) -> str:
    """Give the pattern of a cell without quotes."""
    delimiter = re.escape(dialect.delimiter)
    if not delimiter:
        return "[\\s\\S]*+"
    if len(dialect.delimiter) == 1:
        return f"[^{delimiter}]*+"
    return f"(?>(?:(?!{delimiter})[\\s\\S])*)"
