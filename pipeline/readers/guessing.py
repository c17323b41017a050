"""Guessing: a mapping told from a file's header and a sample of its rows."""

from collections import Counter
from collections.abc import Sequence

from pipeline.readers.content import FITS, MOST, NEARLY_ALL, share, values_at
from pipeline.readers.evidence import BY_CONTENT, weigh
from pipeline.readers.header_words import Guess
from pipeline.readers.headers import unnamed_column
from pipeline.readers.mapping import MANY, Mapping
from pipeline.readers.neighbours import find_bare_name, read_headers
from pipeline.readers.own_export import is_own_header, own_kinds, own_names
from pipeline.readers.people import Rows, find_people, holds_part


def guess_mapping(header: Sequence[str], sample_rows: Rows) -> Mapping:
    """Guess which column is which field; what no field claims stays a custom field.

    Of several columns for one field the surest wins and the others stay custom; e-mails and
    phones are all kept. Columns without a header, or with one that cannot be true, are told by
    their content. Rows that are mostly wider than the header give it columns without a name.
    """
    if is_own_header(header):
        return Mapping(own_names(header), own_kinds(header), own_export=True)
    header = _fit_to_rows(list(header), sample_rows)
    columns = [values_at(sample_rows, place) for place in range(len(header))]
    unnamed = [name == unnamed_column(place) for place, name in enumerate(header, start=1)]
    guesses = [
        weigh(guess, values, unnamed=missing)
        for guess, values, missing in zip(read_headers(header), columns, unnamed, strict=True)
    ]
    guesses = _settle_names(header, guesses, sample_rows)
    guesses = find_people(guesses, sample_rows, headless=all(unnamed))
    kinds = _best_of_each(guesses, columns)
    sure = [guess.confidence if kind else 0.0 for guess, kind in zip(guesses, kinds, strict=True)]
    return Mapping(header, kinds, confidence=[round(one, 2) for one in sure])


def _fit_to_rows(header: list[str], rows: Rows) -> list[str]:
    """Name the columns that most rows have beyond the header.

    A header that is one short may lack the name of its first column, the number of the row.
    """
    widths = Counter(
        max((at for at, cell in enumerate(row, 1) if cell.strip()), default=0) for row in rows
    )
    width, same = widths.most_common(1)[0] if rows else (0, 0)
    if width <= len(header) or same <= len(rows) * MOST:
        return header
    first = [unnamed_column(1), *header]
    last = [*header, *(unnamed_column(at) for at in range(len(header) + 1, width + 1))]
    return first if len(first) == width and _fits(first, rows) > _fits(last, rows) else last


def _fits(header: Sequence[str], rows: Rows) -> int:
    """Count the columns whose values may be what the header says, of those where that shows."""
    return sum(
        share(values_at(rows, place), FITS[guess.field]) > NEARLY_ALL
        for place, guess in enumerate(read_headers(header))
        if guess.field in FITS
    )


def _settle_names(header: Sequence[str], guesses: list[Guess], rows: Rows) -> list[Guess]:
    """Tell what "Nom" is beside a "Prénom", and "Nombre" beside an "Apellido"."""
    found = find_bare_name(header, guesses)
    if found is None:
        return guesses
    name, beside, missing = found
    if not holds_part(rows, name, beside):
        guesses[name] = Guess(missing, 0, 0.9)
    return guesses


def _best_of_each(guesses: Sequence[Guess], columns: Sequence[Sequence[str]]) -> list[str]:
    """Let the surest column have each field of which there is one; an empty column loses."""
    ranks = [
        guess.rank + (0 if values else BY_CONTENT)
        for guess, values in zip(guesses, columns, strict=True)
    ]
    best: dict[str, int] = {}
    for place, guess in enumerate(guesses):
        if guess.field not in best or ranks[place] < ranks[best[guess.field]]:
            best[guess.field] = place
    return [
        guess.field if guess.field in MANY or best[guess.field] == place else ""
        for place, guess in enumerate(guesses)
    ]
