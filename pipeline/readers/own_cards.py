"""Our own vCards, read back: what they say in properties of ours, and in those of every card."""

from collections.abc import Sequence

from pipeline.readers.card_lines import Property
from pipeline.readers.own_export import COLUMNS, LIST_SEPARATOR, own_cells
from pipeline.readers.tables import Record

PRODUCT = "-//Lead engine//EN"
"""The ``PRODID`` of our cards, by which they are known again."""

FIELD = "X-LEAD-FIELD"
PROPERTIES = {
    "name": "FN",
    "email": "EMAIL",
    "phone": "TEL",
    "company": "ORG",
    "title": "TITLE",
    "website": "URL",
}
"""The properties of every card, by the column that they hold."""


def own_property(column: str) -> str:
    """Give the property of ours that holds a column no other has a place for."""
    return f"X-LEAD-{column.replace('_', '-').upper()}"


def is_own_card(card: Sequence[Property]) -> bool:
    """Whether a card is one of our exports'."""
    return any(one.name == "PRODID" and one.value.strip() == PRODUCT for one in card)


def read_own_card(card: Sequence[Property]) -> Record:
    """Give a card of ours as the row that the same lead has in CSV."""
    columns = {PROPERTIES.get(name, own_property(name)): name for name in COLUMNS}
    values: dict[str, str] = {}
    custom: dict[str, str] = {}
    others: dict[str, list[str]] = {"EMAIL": [], "TEL": []}
    for one in card:
        if one.name == FIELD:
            name, *rest = one.parts
            custom[name] = ";".join(rest)
        elif one.name in others and not one.preferred:
            others[one.name].append(one.text)
        elif one.name in columns:
            values[columns[one.name]] = one.value if one.name == "URL" else one.text
    values["other_emails"] = LIST_SEPARATOR.join(others["EMAIL"])
    values["other_phones"] = LIST_SEPARATOR.join(others["TEL"])
    return own_cells(values, custom)
