"""What is known of mail providers: other names of one domain, and which ignore dots and tags."""

import re

ALIASES = {"googlemail.com": "gmail.com", "me.com": "icloud.com", "mac.com": "icloud.com"}
"""Domains whose mailboxes are those of another domain."""

DOTLESS = frozenset({"gmail.com"})
"""Providers that ignore dots in the local part. Google Workspace domains do not."""

_TAGGED = re.compile(
    r"(?:gmail\.com|icloud\.com|msn\.com"
    r"|(?:outlook|hotmail|live)(?:\.[a-z]{2,3}){1,2}"
    r"|fastmail\.(?:com|fm)|proton\.me|protonmail\.(?:com|ch)|pm\.me"
    r"|yandex\.(?:com|ru|by|kz|ua)|ya\.ru|zoho(?:mail)?\.(?:com|eu|in))"
)


def drops_tags(domain: str) -> bool:
    """Whether mail to ``name+tag`` at this domain reaches ``name``."""
    return _TAGGED.fullmatch(domain) is not None
