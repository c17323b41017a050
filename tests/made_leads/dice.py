"""Draws that follow from numbers: the same numbers give the same draws on any machine."""

from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

_MASK = (1 << 64) - 1
_COMMON = 1.4


class Dice:
    """A stream of draws, cheap to make: a multiplicative congruence over a mixed seed."""

    __slots__ = ("_state",)

    def __init__(self, *numbers: int) -> None:
        state = 0x9E3779B97F4A7C15
        for number in numbers:
            state = ((state ^ (number & _MASK)) * 0xBF58476D1CE4E5B9) & _MASK
            state = ((state ^ (state >> 29)) * 0x94D049BB133111EB) & _MASK
            state ^= state >> 32
        self._state = state

    def draw(self, sides: int) -> int:
        """Give a number from 0 on and below ``sides``."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) & _MASK
        return (self._state >> 32) * sides >> 32

    def share(self) -> float:
        """Give a number from 0 on and below 1."""
        return self.draw(1 << 32) / (1 << 32)

    def chance(self, share: float) -> bool:
        """Whether something that happens in this share of cases does."""
        return self.share() < share

    def choose(self, things: Sequence[Thing]) -> Thing:
        """Give one of the things, each as often."""
        return things[self.draw(len(things))]

    def choose_common(self, things: Sequence[Thing]) -> Thing:
        """Give one of the things, the first ones the more often."""
        return things[int(len(things) * self.share() ** _COMMON)]

    def low(self, limit: int) -> int:
        """Give a number below ``limit``, low ones far more often: half of them in a quarter."""
        return int(limit * self.share() ** 2)
