"""Contacts read from web pages: what a scraper may use besides the kit itself."""

from pipeline.extract.contacts import find_contacts
from pipeline.extract.decoders import DECODERS, check_decoders
from pipeline.extract.ranking import is_page_url, rank_link
from pipeline.extract.sitemap import find_locations, is_sitemap, is_sitemap_url

__all__ = [
    "DECODERS",
    "check_decoders",
    "find_contacts",
    "find_locations",
    "is_page_url",
    "is_sitemap",
    "is_sitemap_url",
    "rank_link",
]
