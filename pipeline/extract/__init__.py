"""Contacts read from web pages."""
