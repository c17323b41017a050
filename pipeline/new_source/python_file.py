"""A guess written as a source in Python, in the words of the recipe."""

import json
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from pipeline.new_source.columns import Column
from pipeline.new_source.guess import Guess

_WIDTH = 100
_INDENT = 4
_MOST_RECORDS = 100_000
_MANY: Mapping[str, str] = {"email": "emails", "phone": "phones"}
_HEAD = '''"""{docstring}"""

from collections.abc import Iterable

{imports}


@source(
    slug={slug},
    title={title},
    homepage={homepage},
    params=Params,
    start=lambda _: [{url}],
    expects=({least}, {most:_}),
)
def {name}(page: Page[Params]) -> Iterable[RawRecord | Link]:
    """{summary}"""
'''
_KIT = (
    "from pipeline.records import RawRecord\n"
    "from pipeline.sources import Link, Page, Params, source"
)


def write_list(slug: str, title: str, url: str, guess: Guess) -> str:
    """Write a source that reads a list."""
    least = max(guess.entries // 2, 1)
    most = _MOST_RECORDS if guess.next or guess.detail else guess.entries * 3
    body = [*_own_page_lines(guess), *_entry_lines(guess), *_next_lines(guess)]
    extract = "from pipeline.extract import find_contacts\n" if guess.detail else ""
    rules = "from pipeline.extract.patterns import compile_pattern\n" if _has_pattern(guess) else ""
    imports, summary = extract + rules + _KIT, "Read the entries of the list."
    head = _head(slug, title, url, imports=imports, summary=summary, expects=(least, most))
    return head + "".join(f"    {line}\n" for line in body)


def write_contact_page(slug: str, title: str, url: str, records: int) -> str:
    """Write a source that reads the contacts of a page in which nothing repeats."""
    imports = f"from pipeline.extract import find_contacts\n{_KIT}"
    summary = "Read whoever the page names."
    expects = (1, max(records * 3, 10))
    head = _head(slug, title, url, imports=imports, summary=summary, expects=expects)
    return f"{head}    yield from find_contacts(page)\n"


def _head(
    slug: str, title: str, url: str, *, imports: str, summary: str, expects: tuple[int, int]
) -> str:
    parts = urlsplit(url)
    plain = title.replace("\\", " ").replace('"', "'")
    docstring = f"{plain}: {parts.hostname}."
    return _HEAD.format(
        docstring=docstring[: _WIDTH - 7].rstrip(". ") + ".",
        imports=imports,
        slug=_quoted(slug),
        title=_quoted(plain),
        homepage=_quoted(f"{parts.scheme}://{parts.netloc}/"),
        url=_quoted(url),
        name=slug,
        summary=summary,
        least=expects[0],
        most=expects[1],
    )


def _own_page_lines(guess: Guess) -> Iterator[str]:
    if guess.detail:
        yield "if page.depth > 0 and not page.html.css(" + _quoted(guess.item) + "):"
        yield "    yield from find_contacts(page)"
        yield "    return"


def _entry_lines(guess: Guess) -> Iterator[str]:
    yield f"for entry in page.require({_quoted(guess.item)}):"
    if guess.detail:
        yield f'    yield from page.follow_all(page.values(entry, {_quoted(guess.detail)}, "href"))'
        return
    required = next(name for name in ("name", "company", "surname") if name in guess.fields)
    if not guess.fields[required].is_everywhere:
        yield f"    if not page.values(entry, {_quoted(guess.fields[required].part.css)}):"
        yield "        continue"
    yield "    yield page.record("
    for name, column in guess.fields.items():
        yield from _line(8, f"{_MANY.get(name, name)}=", _value(name, column))
    if guess.custom:
        yield "        custom={"
        for name, column in guess.custom.items():
            yield from _line(12, f"{_quoted(name)}: ", _value(name, column))
        yield "        },"
    yield "    )"


def _next_lines(guess: Guess) -> Iterator[str]:
    if guess.next:
        yield f"for link, _ in page.links({_quoted(guess.next)}):"
        yield "    yield link"


def _value(name: str, column: Column) -> str:
    part = column.part
    css = _quoted(part.css)
    optional = "" if column.is_everywhere else ", optional=True"
    if part.pattern:
        found = f"page.text(entry, {css}, optional=True)"
        found = f"compile_pattern({_raw(part.pattern)}).find({found})"
        return f"[{found}]" if name in _MANY else found
    if name in _MANY:
        attribute = f', "{part.attribute}"' if part.attribute else ""
        return f"page.values(entry, {css}{attribute})"
    if part.attribute == "href":
        return f"next(iter(page.values(entry, {css}, {_quoted('href')})), None)"
    return f"page.text(entry, {css}{optional})"


def _has_pattern(guess: Guess) -> bool:
    return any(one.part.pattern for one in (*guess.fields.values(), *guess.custom.values()))


def _line(indent: int, start: str, value: str) -> Iterator[str]:
    """Give an argument on one line, or on three where it is too long for that."""
    whole = f"{' ' * indent}{start}{value},"
    opening = next((at for at, sign in enumerate(value) if sign in "[("), None)
    if len(whole) + _INDENT <= _WIDTH or opening is None:
        yield whole
        return
    yield f"{' ' * indent}{start}{value[: opening + 1]}"
    yield f"{' ' * (indent + _INDENT)}{value[opening + 1 : -1]}"
    yield f"{' ' * indent}{value[-1]},"


def _quoted(text: str) -> str:
    """Give a text as the formatter would write it."""
    only_double = '"' in text and "'" not in text
    return repr(text) if only_double else json.dumps(text, ensure_ascii=False)


def _raw(pattern: str) -> str:
    return f'r"{pattern}"' if '"' not in pattern else repr(pattern)
