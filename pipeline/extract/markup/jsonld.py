"""JSON-LD read as it is really published: with comments, stray commas and half-escaped text."""

import html as entities
import json
import re

import orjson
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.entity import MAX_ENTITIES, Entity, Value, bare_name

MAX_SCRIPT = 1 << 20
_MAX_DEPTH = 40
_MAX_PREFACE = 2_000
# A string that never ends matches up to the end, so that no start is tried twice.
_STRING = r'"(?>(?:[^"\\]|\\.)*)(?:"|\\?\Z)'
_COMMENT = re.compile(rf"{_STRING}|/\*.*?(?:\*/|\Z)|//[^\n]*|<!--|-->|<!\[CDATA\[|\]\]>", re.DOTALL)
_STRAY_COMMA = re.compile(rf"{_STRING}|,(?=\s*+[\]}}])", re.DOTALL)


def find_json_ld(html: LexborHTMLParser) -> list[Entity]:
    """Read all JSON-LD of a page. What cannot be read is left out."""
    reader = _Reader()
    for script in html.css("script[type]"):
        if "ld+json" in (script.attributes.get("type") or "").lower():
            reader.read(parse_tolerantly(script.text()[:MAX_SCRIPT]))
    return reader.resolved()


def parse_tolerantly(text: str) -> object:
    """Parse JSON, mending what publishers commonly break; None where nothing helps."""
    for mend in (lambda t: t, _mend, lambda t: _mend(entities.unescape(t))):
        try:
            return orjson.loads(mend(text))
        except ValueError:
            continue
    try:
        found: object = json.loads(_mend(text), strict=False)  # takes raw line breaks in strings
    except (ValueError, RecursionError):
        return None
    return found


def _mend(text: str) -> str:
    bare = _COMMENT.sub(_keep_strings, _without_preface(text))
    return _STRAY_COMMA.sub(_keep_strings, bare).strip().rstrip(";")


def _without_preface(text: str) -> str:
    """Drop a comment in words that stands before the data."""
    text = text.strip("\ufeff \t\r\n")
    end = text.find("-->", 0, _MAX_PREFACE)
    if text.startswith("<!--") and end != -1 and not set("{[") & set(text[:end]):
        return text[end + 3 :]
    return text


def _keep_strings(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else ""


class _Reader:
    """Turns parsed JSON into entities, and references between them into the entities meant."""

    def __init__(self) -> None:
        self._roots: list[Entity] = []
        self._all: list[Entity] = []
        self._by_id: dict[str, Entity] = {}

    def read(self, data: object) -> None:
        value = self._value(data, 0)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Entity):
                self._roots.append(one)

    def resolved(self) -> list[Entity]:
        """Give the things at the top, each reference replaced by what it refers to."""
        for entity in self._all:
            for name, values in entity.values.items():
                entity.values[name] = [self._meant(value) for value in values]
        return self._roots

    def _meant(self, value: Value) -> Value:
        if isinstance(value, Entity) and value.id and not value.values:
            return self._by_id.get(value.id, value)
        return value

    def _value(self, data: object, depth: int) -> Value | list[Value]:
        if depth > _MAX_DEPTH or len(self._all) > MAX_ENTITIES or data is None:
            return []
        if isinstance(data, list):
            return [one for item in data for one in _listed(self._value(item, depth + 1))]
        if isinstance(data, dict):
            return self._entity(data, depth)
        return str(data)

    def _entity(self, data: dict[str, object], depth: int) -> Value | list[Value]:
        if "@value" in data:
            return str(data["@value"])
        entity = Entity(_types(data.get("@type")), str(data.get("@id", "")))
        self._all.append(entity)
        for name, item in data.items():
            if name.startswith("@") and name != "@graph":
                continue
            for one in _listed(self._value(item, depth + 1)):
                entity.add(bare_name(name), one)
        if entity.id and entity.values:
            self._by_id.setdefault(entity.id, entity)
        return entity


def _listed(value: Value | list[Value]) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _types(value: object) -> frozenset[str]:
    names = value if isinstance(value, list) else [value]
    return frozenset(bare_name(name).lower() for name in names if isinstance(name, str))
