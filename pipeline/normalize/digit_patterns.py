"""Patterns of digits as automata, which know what a number's first digits already decide."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Final

_DIGITS: Final = "0123456789"
_TOKEN = re.compile(r"\(\?:|\\d|\[[0-9-]+\]|\{\d+(?:,\d+)?\}|[0-9()|?$]")

# Where in the expression a match may stand, in the order in which `re` would try.
State = tuple[int, ...]
_MATCHED: Final = 0
_AT_END: Final = 1
_IN_LAST_GROUP: Final = 2
_ENDS: Final = frozenset({_MATCHED, _AT_END, _IN_LAST_GROUP})

# A part of an expression: given where a match goes on behind it, it says where it begins.
_Part = Callable[[State], State]


class UndecidedError(Exception):
    """The further digits matter."""


class DigitPattern:
    """A regular expression over digits, of the few constructs that numbering plans use.

    It matches like ``re.fullmatch``, one with ``open_end`` like ``re.match``. One that ``traps``
    leaves undecided what goes through its last capturing group.

    Raises:
        ValueError: the expression has another construct.
    """

    def __init__(self, expression: str, *, open_end: bool = False, traps: bool = False) -> None:
        self._places: list[tuple[str, State]] = [
            (_DIGITS, (_MATCHED,) if open_end else ()),
            ("", ()),
            (_DIGITS, (_IN_LAST_GROUP,)),
        ]
        self._trapped = expression.replace("(?:", "").count("(") if traps else 0
        self._groups = 0
        self._steps: dict[tuple[State, str], State] = {}
        self._verdicts: dict[tuple[State, int], bool | None] = {}
        tokens = _TOKEN.findall(expression)
        if "".join(tokens) != expression:
            raise ValueError(expression)
        self._start = self._either(tokens)((_MATCHED,))
        if tokens:
            raise ValueError(expression)

    def decides(self, start: str, more: int) -> bool | None:
        """Whether all numbers of this start and ``more`` further digits match, or none (False).

        None if it depends on the further digits.
        """
        state = self._start
        for digit in start:
            state = self._step(state, digit)
        return self._verdict(state, more)

    def match_end(self, start: str, more: int) -> int | None:
        """Give where a match with ``open_end`` ends, or None if there is none.

        Raises:
            UndecidedError: it depends on the further digits, or the pattern traps the match.
        """
        state, end = self._start, None
        for place, digit in enumerate(f"{start}."):
            if place == len(start) + more:
                state = tuple(_MATCHED if where == _AT_END else where for where in state)
            if _IN_LAST_GROUP in state:
                raise UndecidedError
            if _MATCHED in state:
                end, state = place, state[: state.index(_MATCHED)]
            if place < len(start):
                state = self._step(state, digit)
        if self._verdict(state, more) is not False:
            raise UndecidedError
        return end

    def _step(self, state: State, digit: str) -> State:
        found = self._steps.get((state, digit))
        if found is None:
            places = [self._places[place] for place in state]
            found = _in_order(after for digits, after in places if digit in digits)
            self._steps[state, digit] = found
        return found

    def _verdict(self, state: State, more: int) -> bool | None:
        if not more or not state:
            return not _ENDS.isdisjoint(state)
        if (state, more) not in self._verdicts:
            first, *others = (self._step(state, digit) for digit in _DIGITS)
            verdict = self._verdict(first, more - 1)
            agreed = all(self._verdict(other, more - 1) is verdict for other in others)
            self._verdicts[state, more] = verdict if agreed else None
        return self._verdicts[state, more]

    def _either(self, tokens: list[str]) -> _Part:
        """Read alternatives up to a closing bracket or the end, taking the tokens away."""
        parts = [self._sequence(tokens)]
        while tokens and tokens[0] == "|":
            del tokens[0]
            parts.append(self._sequence(tokens))
        return lambda after: _in_order(part(after) for part in parts)

    def _sequence(self, tokens: list[str]) -> _Part:
        parts: list[_Part] = []
        while tokens and tokens[0] not in "|)":
            part = self._one(tokens)
            if tokens and tokens[0][0] in "?{":
                least, _, most = tokens.pop(0).strip("{}").replace("?", "0,1").partition(",")
                part = _repeated(part, int(least), int(most or least))
            parts.append(part)
        return lambda after: _chained(parts, after)

    def _one(self, tokens: list[str]) -> _Part:
        sign = tokens.pop(0)
        if sign[0] == "(":
            return self._group(tokens, captures=sign == "(")
        if sign == "$":
            return lambda _: (_AT_END,)
        digits = "".join(digit for digit in _DIGITS if re.fullmatch(sign, digit))
        return lambda after: self._place(digits, after)

    def _group(self, tokens: list[str], *, captures: bool) -> _Part:
        self._groups += captures
        trapped = captures and self._groups == self._trapped
        part = self._either(tokens)
        if not tokens:
            raise ValueError("unclosed group")
        del tokens[0]
        return (lambda _: part((_IN_LAST_GROUP,))) if trapped else part

    def _place(self, digits: str, after: State) -> State:
        self._places.append((digits, after))
        return (len(self._places) - 1,)


def _in_order(states: Iterable[State]) -> State:
    return tuple(dict.fromkeys(chain.from_iterable(states)))


def _chained(parts: Sequence[_Part], after: State) -> State:
    for part in reversed(parts):
        after = part(after)
    return after


def _repeated(part: _Part, least: int, most: int) -> _Part:
    def begins(after: State) -> State:
        begin = after
        for _ in range(most - least):
            begin = _in_order((part(begin), after))
        return _chained([part] * least, begin)

    return begins
