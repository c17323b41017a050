"""The names of people and their titles in the visible lines, each looked for once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from selectolax.lexbor import LexborNode

from pipeline.extract.name_words import PARTICLES
from pipeline.extract.people import NOT_A_NAME, SURE, clean_name, rate_name
from pipeline.extract.titles import is_job_title, is_title_class, is_title_label
from pipeline.extract.visible import Line
from pipeline.normalize.text import word_set

_PARTS = re.compile(r"\s*(?:[,|·•–—:;()/]|\s-\s|\s{2,}|\bis (?:the|our|a)\b|\bas\b)\s*")
_LONG = 400
_LONG_PIECE = 60
_MAX_PIECES = 40
_SHORTEST = 5
_PAIR = 2
_WORD = re.compile(r"[^\s(]+")
_MOST_UNKNOWN = 3
_TITLE_REACH = 4
_MAX_REST = 8
_NAME_CLASS = re.compile(
    r"(?:^|[\s_-])(?:name|fn|full-?name|person|member|author)(?:$|[\s_-])", re.IGNORECASE
)
_NAME_LABELS = word_set(
    "name contact ansprechpartner ansprechpartnerin nom nombre nome kontakt naam owner inhaber"
) | {"contact person", "contact name", "full name"}


_CONTACTS = (["contact"], ["contacts"], ["kontakt"], ["ansprechpartner"])


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in a line: the text, where it stands, and how sure it is to be one."""

    text: str
    line: int
    start: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Title:
    """What somebody does, and the element that says it."""

    text: str
    node: LexborNode


class Naming:
    """Finds names and titles in lines; what was found is remembered."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._names: dict[int, list[Name]] = {}

    def between(self, first: int, end: int) -> list[Name]:
        """Give the names of the lines from ``first`` on, before ``end``."""
        numbers = range(max(first, 0), min(end, len(self._lines)))
        return [name for number in numbers for name in self.of(number)]

    def of(self, number: int) -> list[Name]:
        """Give the names of one line."""
        if number not in self._names:
            self._names[number] = self._read(number)
        return self._names[number]

    def title_near(self, name: Name, end: int) -> Title | None:
        """Give the job title that stands with a name: beside it, below it, or just above."""
        line = self._lines[name.line]
        rest = _rest_of_line(name.text, line.text)
        beside = rest if rest and is_job_title(rest.partition(",")[0]) else ""
        behind = name.start + len(name.text)
        for part in () if beside else _PARTS.split(line.text[behind : behind + _LONG]):
            if _is_title(part):
                beside = part.strip(" ,;:()")
                break
        if beside:
            return Title(beside, line.node_at(max(line.text.find(beside, behind), behind)))
        found = self._below(name, end) or self._above(name)
        return found or (Title(rest, line.node_at(behind)) if rest else None)

    def within(self, number: int, begin: int, end: int) -> list[Name]:
        """Give the names in the prose of a line, between two positions of it."""
        text = self._lines[number].text
        found = []
        for run in _capitalised(text, begin, end):
            name = text[run[0] : run[1]]
            rating = rate_name(name)
            if rating != NOT_A_NAME:
                found.append(Name(name, number, run[0], sure=rating == SURE))
        return found

    def is_announced(self, name: Name) -> bool:
        """Whether a label stands before a name: ``Contact: Ann Lee``."""
        before = self._lines[name.line].text[: name.start].strip()
        if not before and name.line:
            before = self._lines[name.line - 1].text.strip()
        words = before.rstrip(":").lower().split()[-1:]
        return len(before) <= _LONG_PIECE and (before.endswith(":") or words[:1] in _CONTACTS)

    def _below(self, name: Name, end: int) -> Title | None:
        last = min(name.line + _TITLE_REACH, end, len(self._lines))
        for number in range(name.line + 1, last):
            found = self._title_of(number)
            if found:
                return found
            if any(one.sure for one in self.of(number)):
                return None
        return None

    def _above(self, name: Name) -> Title | None:
        """Give the title in the line before, unless it follows a name of its own."""
        above = name.line - 1
        if above < 0 or self.of(above) or (above and self.of(above - 1)):
            return None
        return self._title_of(above)

    def _title_of(self, number: int) -> Title | None:
        line = self._lines[number]
        text = line.text.strip()
        if not text or len(text) > _LONG or "@" in text:
            return None
        node = line.nodes[0]
        labelled = number > 0 and is_title_label(self._lines[number - 1].text)
        if labelled or _is_marked(line):
            is_short = len(text.split()) <= _MAX_REST
            return Title(text, node) if is_short and rate_name(text) == NOT_A_NAME else None
        pieces = [*line.pieces()]
        glued = any(a[-1:].isalpha() and b[:1].isalpha() for a, b in pairwise(pieces))
        whole = () if glued else (text,)
        for part in (*whole, *pieces, *_PARTS.split(text)):
            if _is_title(part):
                return Title(part.strip(" ,;:"), node)
        return None

    def _read(self, number: int) -> list[Name]:
        line = self._lines[number]
        labelled = number > 0 and self._lines[number - 1].text.strip(" :*").lower() in _NAME_LABELS
        found: list[Name] = []
        for part, start in _spans(line):
            text = clean_name(part)
            rating = rate_name(text)
            if rating == NOT_A_NAME:
                continue
            sure = rating == SURE or labelled or _is_named(line, start)
            if not sure and text.count(" ") >= _MOST_UNKNOWN:
                continue
            at = max(line.text.find(text, start), start)
            if not any(one.start <= at < one.start + len(one.text) for one in found):
                found.append(Name(text, number, at, sure))
        joined = self._joined(number)
        found += [joined] if joined and not found else []
        found.sort(key=lambda one: one.start)
        return found

    def _joined(self, number: int) -> Name | None:
        """Join a given name and a surname that stand in two cells of one row."""
        pair = self._lines[number : number + 2]
        if len(pair) < _PAIR or any(" " in line.text.strip() for line in pair[:1]):
            return None
        cells = [line.nodes[0] for line in pair if line.nodes]
        row = cells[0].parent if len(cells) == _PAIR else None
        if row is None or not all(cell.tag in {"td", "th"} for cell in cells):
            return None
        if cells[1].parent is None or cells[1].parent.mem_id != row.mem_id:
            return None
        text = f"{pair[0].text.strip()} {pair[1].text.strip()}"
        rating = rate_name(text)
        return Name(text, number, 0, sure=rating == SURE) if rating != NOT_A_NAME else None


def _spans(line: Line) -> Iterator[tuple[str, int]]:
    """Give the whole line, then its pieces by element, then its parts by punctuation."""
    text = line.text
    is_short = len(text) <= _LONG
    if is_short:
        yield text, 0
    if len(line.starts) > 1:
        starts = line.starts[:_MAX_PIECES]
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            if end - start <= _LONG_PIECE:
                yield text[start:end], start
    begin = 0
    for gap in (*_PARTS.finditer(text), None) if is_short else ():
        end = gap.start() if gap else len(text)
        if _SHORTEST <= end - begin < len(text):
            yield text[begin:end], begin
        begin = gap.end() if gap else end


def _capitalised(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Give where words with capitals follow each other, as the words of a name do."""
    first = last = -1
    for word in _WORD.finditer(text, max(begin, 0), end):
        bare = word[0].rstrip(".,;:!?)")
        is_named = bare[:1].isupper() or (first >= 0 and bare in PARTICLES)
        if is_named:
            first = word.start() if first < 0 else first
            last = word.start() + len(bare)
        ends = not is_named or len(bare) < len(word[0].rstrip("."))
        if ends and first >= 0:
            yield first, last
            first = -1
    if first >= 0:
        yield first, last


def _rest_of_line(name: str, text: str) -> str:
    """Give what follows a name after a comma: ``Ann Lee, Account Lead, Acme Ltd``."""
    before, _, rest = text.partition(f"{name},")
    if not rest or before.strip():
        return ""
    few = len(rest.split()) <= _MAX_REST
    return rest.strip() if few and not any(c.isdecimal() or c in "@:" for c in rest) else ""


def _is_title(part: str) -> bool:
    return bool(part) and is_job_title(part.strip(" ,;:()")) and rate_name(part) == NOT_A_NAME


def _is_named(line: Line, start: int) -> bool:
    """Whether the element's class says that it holds a name."""
    return bool(_NAME_CLASS.search(line.node_at(start).attributes.get("class") or ""))


def _is_marked(line: Line) -> bool:
    return any(is_title_class(node.attributes.get("class") or "") for node in line.nodes[:4])
