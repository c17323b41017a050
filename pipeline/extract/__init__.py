"""Contacts read from web pages: what a scraper may use besides the kit itself."""

from pipeline.extract.contacts import find_contacts

__all__ = ["find_contacts"]
