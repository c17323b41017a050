"""The source of what stands within an element, its addresses made absolute."""

import re

from selectolax.lexbor import LexborNode

from pipeline.extract.markup.document import Document

# Serialized anew, a tag has its values in double quotes; a quote that is open ends with the text.
_TAG = re.compile(r'<[a-zA-Z](?>(?:[^">]|"[^"]*(?:"|\Z))*)(?:>|\Z)')
_ADDRESS = re.compile(r'(\s(?:href|src|cite|data|poster)=")([^"]*)"')


def inner_html(node: LexborNode, document: Document) -> str:
    """Give the source within an element, trimmed; nothing once a page was read often enough."""
    if not document.spend(0):
        return ""
    source = (node.inner_html or "").strip()
    document.spend(len(source))
    return _TAG.sub(lambda tag: _ADDRESS.sub(lambda one: _joined(one, document), tag[0]), source)


def _joined(match: re.Match[str], document: Document) -> str:
    link = document.join(match[2].replace("&amp;", "&")).replace("&", "&amp;")
    return f'{match[1]}{link}"'
