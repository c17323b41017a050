"""Evidence of where to find somebody: company, domain, address."""

from collections.abc import Sequence

from pipeline.dedupe.agreement import CONFLICT, Agreement, Level
from pipeline.dedupe.domains import domain_fits
from pipeline.dedupe.features import Features
from pipeline.dedupe.firms import Firm, compare_firms
from pipeline.dedupe.frequencies import street_core
from pipeline.dedupe.place_agreement import PlaceAgreement, compare_places
from pipeline.dedupe.places import Place
from pipeline.dedupe.tally import LEAST, Tally, find_best
from pipeline.dedupe.weights import SCALES, Group

_EXACT = Agreement(Level.EXACT, 1.0)
_DOMAIN_CAP = 9.0
_FITS = {Level.EXACT: 0.8, Level.CLOSE: 0.6}
_BROTHERS = 4.0
"""Names with words in common and others not are of one family of firms as often as of one firm."""
_IS_ORG = 3.0
_SITE_DIFFERS = -3.0


def weigh_firms(tally: Tally, a: Features, b: Features, *, is_business: bool) -> None:
    """Weigh companies and domains, and where only these are known, whether they fit."""
    group = Group.BRAND if is_business else Group.ORG
    if best := find_best(compare_firms, a.firms, b.firms):
        found, ours, theirs = best
        field = "business_name" if is_business else "company"
        _weigh_names(tally, field, found, group, ours, theirs)
    if a.domains and b.domains:
        shared = sorted({*a.domains}.intersection(b.domains))
        left, right = (shared * 2 or sorted((min(a.domains), min(b.domains))))[:2]
        tally.weigh("domain", _EXACT if shared else CONFLICT, group, "d:", left, right)
    elif not best:
        firms, domains = (b.firms, a.domains) if a.domains else (a.firms, b.domains)
        _weigh_fit(tally, firms, domains, group)


def weigh_places(tally: Tally, a: Features, b: Features, *, is_business: bool) -> None:
    """Weigh the two places that agree best, part by part.

    The address of an organisation that both belong to says nothing that it did not.
    """
    if not a.places or not b.places:
        return
    pairs = [(compare_places(x, y), x, y) for x in a.places for y in b.places]
    found, ours, theirs = pairs[0] if len(pairs) == 1 else max(pairs, key=_closeness)
    is_org = not is_business and tally.has_more_than(_IS_ORG, Group.ORG)
    _weigh_parts(tally, found, Group.ORG if is_org else Group.HOME, ours, theirs)
    is_elsewhere = tally.conflicts("house") or tally.conflicts("street")
    if is_business and is_elsewhere and not tally.agrees("business_phone"):
        tally.add("site_differs", _SITE_DIFFERS, Group.WHO, ours.street, theirs.street)


def _closeness(pair: tuple[PlaceAgreement, Place, Place]) -> tuple[int, Place, Place]:
    return sum(part.level for part in pair[0]), pair[1], pair[2]


def _weigh_names(  # noqa: PLR0917 - the parts of a reason
    tally: Tally, field: str, found: Agreement, group: Group, ours: Firm, theirs: Firm
) -> None:
    if found.level is not Level.PARTIAL:
        tally.weigh(field, found, group, "c:", ours.name, theirs.name)
        return
    tally.levels[field] = Level.PARTIAL
    words = found.term.split() or [min(ours.name, theirs.name)]
    bits, count = max(tally.rarity("w:" + word) for word in words)
    scale = SCALES[field]
    worth = max(min(bits, scale.cap) * scale.part, LEAST)
    if found.detail == "shared":
        worth -= _BROTHERS
    tally.add(f"{field}_{found.detail}", worth, group, ours.name, theirs.name, count)


def _weigh_fit(tally: Tally, firms: Sequence[Firm], domains: Sequence[str], group: Group) -> None:
    """Weigh a company's name that one record has and the other shows only in its domain."""
    fits = [(domain_fits(domain, firm), domain, firm) for domain in domains for firm in firms]
    if not fits:
        return
    found, domain, firm = max(fits, key=lambda one: (one[0][:2], one[1:]))
    if share := _FITS.get(found.level):
        bits, count = tally.rarity("d:" + domain, "c:" + firm.name)
        worth = min(bits, _DOMAIN_CAP) * share
        tally.add("company_domain", worth, group, firm.name, domain, count)


def _weigh_parts(
    tally: Tally, found: PlaceAgreement, group: Group, ours: Place, theirs: Place
) -> None:
    tally.weigh("house", found.house, group, "h:", ours.house, theirs.house)
    left, right = street_core(ours.street), street_core(theirs.street)
    tally.weigh("street", found.street, group, "a:", left, right)
    tally.weigh("city", found.city, group, "y:", ours.city, theirs.city)
    tally.weigh("postcode", found.postcode, group, "z:", ours.postcode, theirs.postcode)
    tally.weigh("region", found.region, group, "r:", ours.region, theirs.region)
    tally.weigh("country", found.country, group, "n:", ours.country, theirs.country)
