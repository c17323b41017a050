"""Patterns that people write into a source's rules, matched in linear time whatever they say.

The usual notation, but all ways are tried at once, character by character (K. Thompson, "Regular
Expression Search Algorithm", 1968; R. Cox, "Regular Expression Matching: the Virtual Machine
Approach", 2009): no text and no pattern can stall it.
"""

from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.pattern_code import Code, Step, read_code

MAX_TEXT = 4_000
"""How many characters of a text are looked at."""

_Thread = tuple[int, tuple[int, int, int]]
"""A place in the program; where the match began, and where its first group began and ended."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that can be searched for."""

    code: Code

    def find(self, text: str) -> str:
        """Give the first group of the first match, or all of it without a group; else nothing."""
        text = text[:MAX_TEXT]
        found: tuple[int, int, int] | None = None
        end = 0
        threads: list[_Thread] = []
        seen: set[int] = set()
        for at in range(len(text) + 1):
            if found is None:
                self._add(threads, seen, (0, (at, -1, -1)), text, at)
            elif not threads:
                break
            following: list[_Thread] = []
            seen = set()
            for place, saved in threads:
                step = self.code[place]
                if step.op == "match":
                    found, end = saved, at
                    break
                if at < len(text) and step.test(text[at]):
                    self._add(following, seen, (place + 1, saved), text, at + 1)
            threads = following
        return self._taken(text, found, end) if found else ""

    def _add(
        self, threads: list[_Thread], seen: set[int], thread: _Thread, text: str, at: int
    ) -> None:
        """Go on from a place, without taking a character, to all that test one; best first."""
        waiting = [thread]
        while waiting:
            place, saved = waiting.pop()
            if place in seen:
                continue
            seen.add(place)
            step = self.code[place]
            if step.op in {"char", "match"}:
                threads.append((place, saved))
                continue
            if step.op == "assert" and not _holds(step, text, at):
                continue
            if step.op == "save":
                start, begin, end = saved
                saved = (start, at, end) if step.slot == 1 else (start, begin, at)
            waiting += [(place + way, saved) for way in reversed(step.ways)]

    def _taken(self, text: str, found: tuple[int, int, int], end: int) -> str:
        if any(step.op == "save" for step in self.code):
            return text[found[1] : found[2]] if found[2] >= found[1] >= 0 else ""
        return text[found[0] : end]


@lru_cache(maxsize=256)
def compile_pattern(text: str) -> Pattern:
    """Read a pattern.

    Raises:
        ValueError: it is none, or too long.
    """
    try:
        return Pattern(read_code(text))
    except ValueError as error:
        raise ValueError(f"{text!r} is no pattern: {error}") from None


def _holds(step: Step, text: str, at: int) -> bool:
    if step.sign == "^":
        return at == 0
    if step.sign == "$":
        return at == len(text)
    before, after = at > 0 and _is_word(text[at - 1]), at < len(text) and _is_word(text[at])
    return (before != after) == (step.sign == "b")


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
