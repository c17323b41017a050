"""Which texts are a person's name; strict, since headings and places look like names."""

import re
from collections.abc import Sequence

from pipeline.dedupe.mail_names import Fit, explained_by
from pipeline.dedupe.mailboxes import parse_mailbox
from pipeline.dedupe.people import parse_person
from pipeline.extract.titles import is_job_title
from pipeline.normalize.text import fold_text, word_set

NOT_A_NAME, LIKELY, SURE = 0, 1, 2

_MAX_NAME = 60
_SURELY = 2
_WORDS = range(2, 6)
_PARTICLES = word_set(
    "van von vom de da del della der den di do dos das du el la le las los bin ibn al ap ter ten zu"
    " zum zur af av y e vd"
)
_TITLES = word_set(
    "mr mrs ms miss mx dr prof professor herr frau hr fr sir dame lady rev reverend ing dipl mag"
    " capt hon m mme mlle madame monsieur sr sra srta senor senora dott dottssa sig dhr mevr"
)
_SUFFIXES = word_set(
    "jr sr ii iii iv phd md esq mba cpa dds dmd dvm rn msc bsc pe aia jd ma ba bs ms ckd cfp do dc dpm"
    " lcsw lmft ncarb leed ap pmp cfa np pac fnp aprn od faia asid gri crs cissp esquire llb llm"
)
# Words of headings, menus, places and firms. A name that holds one of them is not believed.
_NEVER = word_set(
    """
    about ag bv nv sa kg plc pty account address agency all and annual appointment areas
    associates association back bank blog board book building business buy call care careers
    cell center centre chamber church city clinic club co college committee community company
    conditions contact copyright corp corporate county customer data day days dental department
    design details directions directory drive e-mail east education email emergency english
    enquiries estate events experience facebook family faq fax find floor follow for foundation
    free friday from gallery general get give gmbh group hall headquarters health help home hospital
    hotel hours house how in inc info information insurance international is job jobs join lane
    latest law learn legal limited links llc llp location locations login ltd mail main management
    map marketing media medical meet member members menu message mission mobile monday more my
    national new news north number of office offices on online open opening our page park partners
    party pay people phone place please policy portfolio post practice press privacy private
    products profile program projects property public questions quick quote read real report request
    research reserved resources rights road sales saturday school search see send service services
    sign site sitemap social solutions south staff state states store street suite sunday support
    team technology tel telephone terms testimonials the this thursday to toll tours training
    tuesday twitter united unit university us use view visit web website wednesday welcome west
    what why with work write you your kontakt impressum adresse telefon anschrift straße strasse
    avenue boulevard court square st rd ave blvd box po january february march april june july
    august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    mon tue wed thu fri sat sun bay beach creek falls fort grove heights hill hills island islands
    lake mount mountain point port river springs town valley village york jersey carolina dakota
    kingdom zealand america american europe european africa asia
    kitchen bath bathroom roofing plumbing heating cooling pizza cafe restaurant inn resort salon
    enterprises packages vacation attractions sheet fact guard guards suppliers supplier time standard
    pacific atlantic central eastern western sites uk usa eu canada australia england scotland wales
    ireland germany france india china japan mexico spain italy general manager managers sales fax
    spa fitness auto car cars truck parts repair equipment supply industries systems software
    cookie cookies download click here next previous first last shop cart checkout wishlist
    youtube linkedin instagram google pinterest newsletter subscribe
    quality value great best top safety security quotes order orders returns shipping delivery
    summer winter spring autumn holiday christmas special specials offers offer deals
    """
)
_STATES = word_set(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho"
    " illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota"
    " mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas"
    " utah vermont wisconsin wyoming ontario quebec alberta manitoba saskatchewan queensland tasmania"
    " yorkshire lancashire kent essex sussex surrey cornwall devon dorset norfolk suffolk cheshire"
    " bayern hessen sachsen"
)
_PLACES = word_set("san santa los las el fort saint hong kuala rio sao buenos den cape tel palm")
# Endings of common nouns and adjectives, as they fill headings.
_NOUN = re.compile(
    r"(?:tions?|ments?|ness|it(?:y|ies)|ology|ical|ional|ware|ances?|ships?|ives?|ages|ants|ables?|"
    r"isms?|izing|ising|ally|ous|ful|less|ures|ents)$"
)
_NICKNAME = re.compile(r"\s*[(\"“‘'][A-Z][a-z.]{1,14}[)\"”’']\s*")
_LABEL = re.compile(
    r"(?:name|contact(?: person)?|by|attn|attention|ansprechpartner(?:in)?|inhaber(?:in)?|owner"
    r"|geschäftsführer(?:in)?|kontakt|manager|director|president|ceo|vertreten durch)\s?[:.]\s*",
    re.IGNORECASE,
)
_BAD = frozenset('0123456789@/&|!?:()"“”+=*#<>[]{}_%$€£©®™•…;\\~')


def rate_name(text: str) -> int:
    """Say whether a text is one person's name and nothing else: not, likely or surely."""
    if len(text) > _MAX_NAME or " " not in text.strip():
        return NOT_A_NAME
    text = _NICKNAME.sub(" ", text).strip(" ,;:–-—.")
    if not _BAD.isdisjoint(text):
        return NOT_A_NAME
    words = [word for word in text.replace(",", " ").split() if _bare(word) not in _SUFFIXES]
    titled = False
    while words and _bare(words[0]) in _TITLES and (words[0][0].isupper()):
        del words[0]
        titled = True
    named = [word for at, word in enumerate(words) if not at or word.lower() not in _PARTICLES]
    if len(words) not in _WORDS and not (titled and len(words) == 1):
        return NOT_A_NAME
    if not named or not all(map(_is_name_word, named)) or (len(named) < 2 and not titled):
        return NOT_A_NAME
    folded = [_bare(word) for word in named]
    if not _NEVER.isdisjoint(folded) or folded[-1] in _STATES or max(map(len, folded)) < 2:  # noqa: PLR2004 - more than initials
        return NOT_A_NAME
    if is_job_title(text):
        return NOT_A_NAME
    likeness = parse_person(_without_suffixes(text)).likeness
    if likeness < 0 or titled or likeness == _SURELY:
        return SURE if likeness >= 0 else NOT_A_NAME
    return NOT_A_NAME if _reads_like_heading(named, folded) else LIKELY


def _reads_like_heading(named: Sequence[str], folded: Sequence[str]) -> bool:
    """Whether words nobody is known to be called are more likely a heading or a place."""
    mixed = not all(map(str.isupper, named))
    shouted = mixed and any(len(word) > 2 and word.isupper() for word in named)  # noqa: PLR2004 - initials may be shouted
    return shouted or folded[0] in _PLACES or any(map(_NOUN.search, folded))


def clean_name(text: str) -> str:
    """Drop what surrounds a name: labels, punctuation, runs of blanks."""
    return " ".join(_LABEL.sub("", text, count=1).strip(" ,;:–-—|•·").split())


def name_fits_email(name: str, email: str, *, fully: bool = False) -> bool:
    """Whether an address is likely this person's: ``ann.lee@``, ``alee@``, ``lee@``, ``bob@``.

    ``fully`` asks that the name explains the whole of it, as befits a name that may be none.
    """
    letters = "".join(c for c in fold_text(email.partition("@")[0]) if c.isalpha())
    bare = _without_suffixes(_NICKNAME.sub(" ", name) if fully else name)
    words = [word for word in fold_text(bare).split() if word not in _TITLES]
    if not letters or not words:
        return False
    if len(words) > 1 and letters in {*words, *_mailbox_forms(words)}:
        return True
    if not fully and any(len(word) > 2 and word in letters for word in words):  # noqa: PLR2004 - initials fit all
        return True
    return explained_by(parse_mailbox(email), parse_person(bare)) >= (
        Fit.FULL if fully else Fit.GIVEN
    )


def _without_suffixes(text: str) -> str:
    """Drop degrees and the like from the end: ``Ann Lee, MD, PhD``."""
    words = text.split()
    while len(words) > 1 and _bare(words[-1]) in _SUFFIXES:
        words.pop()
    return " ".join(words).rstrip(", ")


def _mailbox_forms(words: Sequence[str]) -> set[str]:
    """Give how mailboxes are made of a name, without dots."""
    first, last = words[0], words[-1]
    whole = {"".join(words), first + last, last + first}
    short = {first[0] + last, first + last[0], last + first[0], first[0] + last[0]}
    return {*whole, *short, "".join(word[0] for word in words)}


def _bare(word: str) -> str:
    return word.strip(".,").replace(".", "").lower()


def _is_name_word(word: str) -> bool:
    letters = word.strip(".,'’-")
    return (
        bool(letters)
        and letters[0].isupper()
        and (letters.isalpha() or all(c.isalpha() or c in ".'’-`´" for c in letters))
    )
