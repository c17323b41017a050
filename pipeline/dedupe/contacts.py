"""Evidence of mailboxes and phones: whose they are decides what sharing them tells."""

from pipeline.dedupe.agreement import CONFLICT, Agreement, Level
from pipeline.dedupe.features import Features
from pipeline.dedupe.frequencies import line_core
from pipeline.dedupe.mail_agreement import MailAgreement, MailLevel, compare_mailboxes
from pipeline.dedupe.mail_names import Fit, explained_by, surplus_bits
from pipeline.dedupe.mailboxes import Mailbox, MailKind
from pipeline.dedupe.numbers import compare_lines
from pipeline.dedupe.tally import LEAST, Tally, find_best
from pipeline.dedupe.weights import Group

_EXACT = Agreement(Level.EXACT, 1.0)
_CLOSE = Agreement(Level.CLOSE, 0.9)
_BESIDE = -3.0
_OF_ANOTHER = -7.0
"""Hardly anybody has two mailboxes at work, one of them in another's name."""
_OTHER_NUMBER = -2.0
_MASKED = 4.0
_LOCAL_CAP = 10.0
_NAMED_AFTER = 0.8
_NAMED_CAP = 9.0
_MAYBE_OWN = frozenset({MailKind.PERSONAL, MailKind.MASKED, MailKind.BROKEN})
_GIVEN = (Fit.GIVEN, Fit.FULL)
_SURNAME = (Fit.SURNAME, Fit.FULL)


def weigh_mailboxes(tally: Tally, a: Features, b: Features) -> None:
    """Weigh the two mailboxes that agree best, and mailboxes that bear the other's name."""
    pairs = [(compare_mailboxes(x, y), x, y) for x in a.mailboxes for y in b.mailboxes]
    best = max(pairs, key=_closeness) if len(pairs) > 1 else pairs[0] if pairs else None
    if best is None or best[0].level is MailLevel.MISSING:
        _weigh_crosswise(tally, a, b)
        return
    found, ours, theirs = best
    if not (_may_tell_person(ours) and _may_tell_person(theirs)):
        _weigh_role(tally, found, ours, theirs)
    elif found.level >= MailLevel.CLOSE:
        _weigh_same(tally, found, (ours, theirs), (a, b))
    else:
        _weigh_different(tally, found, (ours, theirs), (a, b))
        _weigh_crosswise(tally, a, b)


def weigh_phones(tally: Tally, a: Features, b: Features, *, is_business: bool) -> None:
    """Weigh phones: a line that different people answer tells only where they are."""
    best = find_best(compare_lines, a.lines, b.lines)
    if best is None:
        return
    found, ours, theirs = best
    field, group = "phone", Group.WHO
    if is_business:
        field = "business_phone"
        group = Group.HOME if tally.conflicts("business_name") else Group.WHO
    elif found.level is not Level.CONFLICT:
        if found.detail == "extensions":
            field, group = "shared_phone", Group.ORG
        elif tally.conflicts("given_name"):
            field, group = "shared_phone", Group.HOME
    plain = Agreement(found.level, found.similarity)
    tally.weigh(field, plain, group, "p:", line_core(ours.number), line_core(theirs.number))


def _closeness(pair: tuple[MailAgreement, Mailbox, Mailbox]) -> tuple[MailAgreement, str, str]:
    return pair[0], pair[1].address, pair[2].address


def _may_tell_person(mailbox: Mailbox) -> bool:
    return mailbox.kind in _MAYBE_OWN


def _weigh_role(tally: Tally, found: MailAgreement, ours: Mailbox, theirs: Mailbox) -> None:
    """Weigh a desk's mailbox: its organisation has it in common."""
    if found.level >= MailLevel.TAGGED:
        tally.weigh("role_mailbox", _EXACT, Group.BRAND, "m:", ours.address, theirs.address)


def _weigh_same(
    tally: Tally,
    found: MailAgreement,
    mailboxes: tuple[Mailbox, Mailbox],
    records: tuple[Features, Features],
) -> None:
    """Weigh one mailbox, or two spellings of it; named after only one of two, it is a family's."""
    ours, theirs = mailboxes
    agreement = _CLOSE if found.level is MailLevel.CLOSE else _EXACT
    field, group = "mailbox", Group.WHO
    if tally.conflicts("given_name") and _is_one_of_twos(ours, theirs, *records):
        field, group = "shared_mailbox", Group.HOME
    tally.weigh(field, agreement, group, "m:", ours.address, theirs.address)


def _weigh_different(
    tally: Tally,
    found: MailAgreement,
    mailboxes: tuple[Mailbox, Mailbox],
    records: tuple[Features, Features],
) -> None:
    """Weigh two mailboxes: the part before the @ may tell more than the name does."""
    ours, theirs = mailboxes
    left, right = ours.address, theirs.address
    if found.level is MailLevel.SAME_LOCAL:
        surplus = [surplus_bits(ours, person) for one in records for person in one.people[:1]]
        bits, count = tally.rarity("l:" + ours.local)
        worth = min(bits, _LOCAL_CAP, *surplus)
        if worth > LEAST:
            tally.add("local_part", worth, Group.WHO, left, right, count)
    elif found.level is MailLevel.MASKED:
        tally.add("mailbox_masked", _MASKED * found.similarity, Group.WHO, left, right)
    elif found.level is MailLevel.OTHER_NUMBER:
        tally.add("mailbox_number_differs", _OTHER_NUMBER, Group.WHO, left, right)
    elif found.level is MailLevel.SAME_DOMAIN:
        is_own = all(_bears_name(mailbox, records) for mailbox in mailboxes)
        code, worth = ("mailbox_beside", _BESIDE) if is_own else ("mailbox_of_another", _OF_ANOTHER)
        tally.add(code, worth, Group.WHO, left, right)
    else:
        tally.weigh("mailbox", CONFLICT, Group.WHO, "m:", left, right)


def _weigh_crosswise(tally: Tally, a: Features, b: Features) -> None:
    """Weigh names that one record has and the other shows only in its mailbox."""
    _weigh_named_after(tally, a, b)
    _weigh_named_after(tally, b, a)


def _weigh_named_after(tally: Tally, named: Features, mailed: Features) -> None:
    lacks_given = "given_name" not in tally.levels or not tally.levels["given_name"]
    lacks_surname = "surname" not in tally.levels or not tally.levels["surname"]
    if not (named.people and mailed.mailboxes and (lacks_given or lacks_surname)):
        return
    person = named.people[0]
    mailbox = mailed.mailboxes[0]
    fit = explained_by(mailbox, person)
    if lacks_given and fit in _GIVEN and person.given and person.given[0] in mailbox.letters:
        bits, count = tally.rarity("g:" + person.given[0])
        worth = min(bits, _NAMED_CAP) * _NAMED_AFTER
        tally.add("mail_given_name", worth, Group.WHO, person.given[0], mailbox.local, count)
    if lacks_surname and fit in _SURNAME and person.surname:
        bits, count = tally.rarity("s:" + person.surname[-1])
        worth = min(bits, _NAMED_CAP) * _NAMED_AFTER
        tally.add("mail_surname", worth, Group.HOME, person.surname[-1], mailbox.local, count)


def _bears_name(mailbox: Mailbox, records: tuple[Features, Features]) -> bool:
    """Whether a mailbox may be named after either record's person, as far as they are known."""
    people = [person for record in records for person in record.people[:1]]
    return not people or any(explained_by(mailbox, person) > Fit.NONE for person in people)


def _is_one_of_twos(ours: Mailbox, theirs: Mailbox, a: Features, b: Features) -> bool:
    """Whether a mailbox bears the first name of only one of two records."""
    if not a.people or not b.people:
        return False
    fits = [
        any(explained_by(mailbox, record.people[0]) in _GIVEN for mailbox in (ours, theirs))
        for record in (a, b)
    ]
    return fits[0] != fits[1]
