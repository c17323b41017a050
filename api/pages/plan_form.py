"""What the forms of a plan's page send: one at a time, and of it only what is otherwise."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

from api.plan_out import read_reading
from api.reading import ReadingChoice
from pipeline.errors import InvalidInput
from pipeline.fixes import Fix
from pipeline.planning import PlanChanges
from pipeline.readers.mapping import kind_word
from pipeline.rules import RULE_FIELDS
from pipeline.runs.models import Run

ENCODINGS: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": "UTF-8",
        "cp1252": "Windows-1252, Western Europe",
        "cp1250": "Windows-1250, Central Europe",
        "cp1251": "Windows-1251, Cyrillic",
        "cp1253": "Windows-1253, Greek",
        "cp1254": "Windows-1254, Turkish",
        "mac_roman": "Mac Roman",
        "utf-16": "UTF-16",
        "shift_jis": "Shift JIS",
        "gb18030": "GB 18030",
        "big5": "Big5",
        "euc_kr": "EUC-KR",
    }
)
DELIMITERS: Mapping[str, str] = MappingProxyType(
    {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Pipe"}
)


class PlanForm(BaseModel):
    """Any of the page's forms. ``fix`` is JSON; ``column`` and ``kind`` belong together in order.

    ``rule`` holds the rules in the order of the fields that have one.
    """

    source: str | None = None
    region: str | None = None
    encoding: str = ""
    delimiter: str = ""
    header_row: str = ""
    sheet: str = ""
    member: str = ""
    column: list[str] = []
    kind: list[str] = []
    rule: list[str] = []
    fix: str = ""

    def changes(self, run: Run) -> PlanChanges:
        """Give what is otherwise than in this plan.

        Raises:
            InvalidInput: a value cannot be used.
        """
        return PlanChanges(
            source=self.source,
            region=_read_region(self.region),
            columns=self._columns(run),
            reading=self._reading(run),
            rules=dict(zip(RULE_FIELDS, self.rule, strict=False)),
            fixes=_read_fixes(self.fix),
        )

    def _columns(self, run: Run) -> Mapping[str, str]:
        mapping = run.params.get("mapping", {"header": [], "kinds": []})
        before = dict(zip(mapping["header"], map(kind_word, mapping["kinds"]), strict=True))
        chosen = zip(self.column, self.kind, strict=False)
        return {name: kind for name, kind in chosen if before.get(name) != kind}

    def _reading(self, run: Run) -> dict[str, Any]:
        given = {name: getattr(self, name) for name in ReadingChoice.model_fields if name in _ASKED}
        try:
            choice = ReadingChoice.model_validate(
                {name: text for name, text in given.items() if text}
            )
        except ValidationError as error:
            names = ", ".join(str(one["loc"][0]) for one in error.errors())
            raise InvalidInput(f"The file cannot be read like this: see {names}.") from None
        now = read_reading(run)
        return {name: value for name, value in choice.chosen().items() if now.get(name) != value}


_ASKED = frozenset({"encoding", "delimiter", "header_row", "sheet", "member"})


def _read_region(text: str | None) -> str | None:
    region = text.strip().upper() if text else None
    if region and not (len(region) == 2 and region.isascii() and region.isalpha()):  # noqa: PLR2004 - as ISO 3166 has it
        raise InvalidInput(f"{text!r} is no country; use two letters such as US, GB or DE.")
    return region


def _read_fixes(text: str) -> Sequence[Fix]:
    try:
        found = json.loads(text) if text else []
        return [(str(field), str(value), str(new)) for field, value, new in found]
    except (ValueError, TypeError):
        raise InvalidInput("That is no fix.") from None
