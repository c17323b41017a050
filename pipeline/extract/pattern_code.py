"""Patterns read into small programs: one instruction for each character, choice and assertion."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

MAX_CODE = 400
"""How many instructions a pattern may take; a repetition takes those of all its turns."""
MAX_TURNS = 100

Op = Literal["char", "split", "jump", "save", "assert", "match"]
Test = Callable[[str], object]

_COUNT = re.compile(r"\{(\d{1,4})(,?)(\d{0,4})\}")
_GROUP = re.compile(r"\((?:\?(?:(:)|P<\w+>))?")
_CLASSES = frozenset("dDwWsSntrfv")
_ASSERTIONS = frozenset("bB")


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction: ``test`` a character, go on at one of ``ways`` (the first is preferred).

    Ways are relative. ``slot`` is what a ``save`` sets, ``sign`` what an ``assert`` asserts.
    """

    op: Op
    ways: tuple[int, ...] = (1,)
    test: Test = bool
    slot: int = 0
    sign: str = ""


Code = tuple[Step, ...]


def read_code(pattern: str) -> Code:
    """Read a pattern into its program.

    Raises:
        ValueError: it is none, or its program would be too long.
    """
    folds = pattern.startswith("(?i)")
    reader = _Reader(pattern[4:] if folds else pattern, re.IGNORECASE if folds else re.NOFLAG)
    return (*reader.read(), Step("match"))


class _Reader:
    """Reads alternatives, sequences, repetitions and single pieces by recursive descent."""

    def __init__(self, text: str, flags: re.RegexFlag) -> None:
        self._text = text
        self._flags = flags
        self._at = 0
        self._groups = 0

    def read(self) -> Code:
        code = self._alternatives()
        if self._at < len(self._text):
            raise ValueError("there is a ) too many")
        return code

    def _alternatives(self) -> Code:
        code = self._sequence()
        if self._take("|"):
            other = self._alternatives()
            first = (Step("split", (1, len(code) + 2)), *code, Step("jump", (len(other) + 1,)))
            return _checked((*first, *other))
        return code

    def _sequence(self) -> Code:
        code: Code = ()
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            code = _checked((*code, *self._repetition(self._piece())))
        return code

    def _repetition(self, piece: Code) -> Code:
        least, most = self._turns()
        if (least, most) == (1, 1):
            return piece
        is_lazy = self._take("?")
        if self._turns() != (1, 1):
            raise ValueError("a repetition cannot be repeated")
        _checked(piece * max(least, most or 0))
        if most is None:
            return _checked((*piece * least, *_loop(piece, is_lazy=is_lazy)))
        code: Code = ()
        for _ in range(most - least):
            code = (_choice(1, len(piece) + len(code) + 1, is_lazy=is_lazy), *piece, *code)
        return _checked((*piece * least, *code))

    def _turns(self) -> tuple[int, int | None]:
        for sign, turns in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(sign):
                return turns
        count = _COUNT.match(self._text, self._at)
        if not count:
            return 1, 1
        self._at = count.end()
        least = int(count[1])
        most = int(count[3]) if count[3] else None if count[2] else least
        if max(least, most or 0) > MAX_TURNS or (most is not None and most < least):
            raise ValueError(f"{count[0]} is more than {MAX_TURNS} turns, or less than none")
        return least, most

    def _piece(self) -> Code:
        sign = self._text[self._at]
        if sign == "(":
            return self._group()
        if sign == "[":
            return (self._tested(self._class_end()),)
        if sign == "\\":
            return (self._escaped(),)
        if sign in "*+?":
            raise ValueError(f"there is nothing that {sign} could repeat")
        if sign in "^$":
            self._at += 1
            return (Step("assert", sign=sign),)
        return (self._tested(self._at + 1, literal=sign != "."),)

    def _group(self) -> Code:
        opening = _GROUP.match(self._text, self._at)
        if not opening or self._text.startswith("?", opening.end()):
            raise ValueError("of groups only (…) and (?:…) are understood")
        self._at = opening.end()
        is_first = not opening[1] and self._groups == 0
        self._groups += not opening[1]
        code = self._alternatives()
        if not self._take(")"):
            raise ValueError("a ) is missing")
        return (Step("save", slot=1), *code, Step("save", slot=2)) if is_first else code

    def _class_end(self) -> int:
        at = self._at + 1
        at += self._text.startswith("^", at)
        at += self._text.startswith("]", at)
        while at < len(self._text) and self._text[at] != "]":
            at += 2 if self._text[at] == "\\" else 1
        if at >= len(self._text):
            raise ValueError("a ] is missing")
        return at + 1

    def _escaped(self) -> Step:
        sign = self._text[self._at + 1 : self._at + 2]
        if sign in _ASSERTIONS and sign:
            self._at += 2
            return Step("assert", sign=sign)
        if not sign or (sign.isalnum() and sign not in _CLASSES):
            raise ValueError(f"\\{sign} is not understood")
        return self._tested(self._at + 2)

    def _tested(self, end: int, *, literal: bool = False) -> Step:
        source = self._text[self._at : end]
        self._at = end
        try:
            matches = re.compile(re.escape(source) if literal else source, self._flags).match
        except (re.error, FutureWarning):
            raise ValueError(f"{source} is not understood") from None
        return Step("char", test=matches)

    def _take(self, sign: str) -> bool:
        found = self._text.startswith(sign, self._at)
        self._at += found
        return found


def _loop(piece: Code, *, is_lazy: bool) -> Code:
    begin = _choice(1, len(piece) + 2, is_lazy=is_lazy)
    return (begin, *piece, Step("jump", (-len(piece) - 1,)))


def _choice(onward: int, past: int, *, is_lazy: bool) -> Step:
    return Step("split", (past, onward) if is_lazy else (onward, past))


def _checked(code: Code) -> Code:
    if len(code) > MAX_CODE:
        raise ValueError("it is too long")
    return code
