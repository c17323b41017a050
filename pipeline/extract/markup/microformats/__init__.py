"""Microformats, both kinds: h-card and its siblings, and the classic hCard (``vcard``) and its."""

from pipeline.extract.markup.microformats.items import Found, Item
from pipeline.extract.markup.microformats.parser import read_items
from pipeline.extract.markup.microformats.things import find_microformats

__all__ = ["Found", "Item", "find_microformats", "read_items"]
