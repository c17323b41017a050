"""The names of people and their titles in the visible lines, each looked for once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.people import LIKELY, NOT_A_NAME, SURE, clean_name, rate_name
from pipeline.extract.titles import is_job_title, is_title_class, is_title_label
from pipeline.extract.visible import Line

_PARTS = re.compile(r"\s*(?:[,|·•–—:;()/]|\s-\s|\s{2,}|\bis (?:the|our|a)\b|\bas\b)\s*")
_LONG = 400
_TITLE_REACH = 4
_MAX_REST = 8
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "strong", "b"})
_NAME_CLASS = re.compile(
    r"(?:^|[\s_-])(?:name|fn|full-?name|person|member|author)(?:$|[\s_-])", re.IGNORECASE
)
_NAME_LABELS = frozenset(
    [
        "name",
        "contact",
        "contact person",
        "contact name",
        "ansprechpartner",
        "ansprechpartnerin",
        "nom",
        "nombre",
        "nome",
        "kontakt",
        "naam",
        "owner",
        "inhaber",
    ]
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in a line: the text, where it stands, and how sure it is to be one."""

    text: str
    line: int
    start: int
    sure: bool


class Naming:
    """Finds names and titles in lines; what was found is remembered."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._names: dict[int, list[Name]] = {}

    def between(self, first: int, end: int) -> list[Name]:
        """Give the names of the lines from ``first`` on, before ``end``."""
        return [
            name
            for number in range(max(first, 0), min(end, len(self._lines)))
            for name in self.of(number)
        ]

    def of(self, number: int) -> list[Name]:
        """Give the names of one line."""
        if number not in self._names:
            self._names[number] = self._read(number)
        return self._names[number]

    def title_near(self, name: Name, end: int) -> str:
        """Give the job title that stands with a name: beside it, below it, or just above."""
        line = self._lines[name.line]
        marked = [
            number
            for number in range(name.line, min(name.line + _TITLE_REACH, end, len(self._lines)))
        ]
        rest = _rest_of_line(name.text, line.text)
        if rest and is_job_title(rest.partition(",")[0]):
            return rest
        behind = line.text[name.start + len(name.text) :][:_LONG]
        for part in _parts_of(behind, line):
            if is_job_title(part) and rate_name(part) == NOT_A_NAME:
                return part
        for number in (*marked[1:], *([name.line - 1] if name.line else [])):
            found = self._title_of(number)
            if found:
                return found
            if number > name.line and any(one.sure for one in self.of(number)):
                break
        return rest

    def _title_of(self, number: int) -> str:
        line = self._lines[number]
        text = line.text.strip()
        if len(text) > _LONG or "@" in text:
            return ""
        labelled = number > 0 and is_title_label(self._lines[number - 1].text)
        if labelled or _is_marked(line):
            return text if rate_name(text) == NOT_A_NAME and len(text.split()) <= _MAX_REST else ""
        for part in (text, *_parts_of(text, line)):
            if is_job_title(part) and rate_name(part) == NOT_A_NAME:
                return part.strip(" ,;:")
        return ""

    def _read(self, number: int) -> list[Name]:
        line = self._lines[number]
        labelled = number > 0 and self._lines[number - 1].text.strip(" :*").lower() in _NAME_LABELS
        found: list[Name] = []
        for part, start, node_start in _spans(line):
            text = clean_name(part)
            rating = rate_name(text)
            if rating == NOT_A_NAME:
                continue
            sure = rating == SURE or labelled or _is_named(line, node_start)
            if rating == LIKELY and not sure and len(text.split()) > 3:
                continue
            at = line.text.find(text, start)
            if any(one.start <= max(at, start) < one.start + len(one.text) for one in found):
                continue
            found.append(Name(text, number, max(at, start), sure))
        found.sort(key=lambda one: one.start)
        return found


def _spans(line: Line) -> Iterator[tuple[str, int, int]]:
    """Give the whole line, then its pieces by element, then its parts by punctuation."""
    text = line.text
    if len(text) <= _LONG:
        yield text, 0, 0
    if len(line.starts) > 1:
        for start, end in zip(line.starts[:40], [*line.starts[1:40], len(text)], strict=False):
            if end - start <= 60:
                yield text[start:end], start, start
    if len(text) <= _LONG:
        begin = 0
        for gap in (*_PARTS.finditer(text), None):
            end = gap.start() if gap else len(text)
            if end - begin > 4:
                yield text[begin:end], begin, begin
            begin = gap.end() if gap else end


def _parts_of(text: str, line: Line) -> Iterator[str]:
    del line
    yield from (part.strip(" ,;:()") for part in _PARTS.split(text) if part)


def _rest_of_line(name: str, text: str) -> str:
    """Give what follows a name after a comma: ``Ann Lee, Account Lead, Acme Ltd``."""
    before, _, rest = text.partition(f"{name},")
    if not rest or before.strip():
        return ""
    few = len(rest.split()) <= _MAX_REST
    return rest.strip() if few and not any(c.isdecimal() or c in "@:" for c in rest) else ""


def _is_named(line: Line, start: int) -> bool:
    """Whether the element's class says that it holds a name."""
    node = line.node_at(start)
    return bool(_NAME_CLASS.search(node.attributes.get("class") or ""))


def _is_marked(line: Line) -> bool:
    return any(is_title_class(node.attributes.get("class") or "") for node in line.nodes[:4])
