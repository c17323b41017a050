"""Regions: the country of phones that name none, as given on the command line."""

import phonenumbers

from pipeline.errors import InvalidInput


def read_region(text: str) -> str:
    """Give a country by its two letters; nothing if none was given.

    Raises:
        InvalidInput: there is no such country.
    """
    region = text.strip().upper()
    if region and region not in phonenumbers.SUPPORTED_REGIONS:
        raise InvalidInput(f"{text!r} is no country; use two letters such as US, GB or DE.")
    return region
