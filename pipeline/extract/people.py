"""Which texts are a person's name or a job title; strict, since headings look like names."""

import re

from pipeline.normalize.text import fold_text, word_set

_MAX_NAME = 60
_WORDS = range(2, 5)
_PARTICLES = word_set("van von de da del della der den di do dos du el la le bin al ter ten zu")
_TITLES = word_set("mr mrs ms miss dr prof professor herr frau sir dame rev ing dipl")
_SUFFIXES = word_set("jr sr ii iii iv phd md esq mba cpa dds rn msc bsc pe aia jd")
# Words of headings, menus, places and firms. A name that holds one of them is not believed.
_NEVER = word_set(
    """
    about ag bv nv sa kg plc pty account address agency all and annual appointment areas
    associates association back bank blog board book building business buy call care careers
    cell center centre church city clinic club co college committee community company conditions
    contact copyright corp corporate county customer data day days dental department design
    details directions directory e-mail education email emergency english enquiries estate
    events experience facebook family faq fax find follow for foundation free friday from
    gallery general get give gmbh group hall headquarters health help home hospital hotel hours
    house how in inc info information insurance international is job jobs join latest law learn
    legal limited links llc llp location locations login ltd mail main management map marketing
    media medical meet member members menu message mission mobile monday more my national new
    news north number of office offices on online open opening our page park partners party pay
    people phone place please policy portfolio post practice press privacy private products
    profile program projects property public questions quick quote read real report request
    research reserved resources rights road sales saturday school search see send service
    services sign site sitemap social solutions south staff state store street suite sunday
    support team tel telephone terms testimonials the this thursday to toll tours training
    tuesday twitter united university us use view visit web website wednesday welcome west what
    why with work write you your kontakt impressum adresse telefon anschrift
    """
)
_JOB = re.compile(
    r"\b(?:ceo|cto|cfo|coo|cmo|vp|president|vice|chair(?:man|woman|person)?|director|manager|head|chief"
    r"|owner|founder|partner|principal|secretary|treasurer|assistant|associate|agent|broker|realtor"
    r"|engineer|architect|consultant|coordinator|supervisor|officer|executive|representative|lead"
    r"|specialist|advis[eo]r|analyst|attorney|lawyer|counsel|accountant|administrator|editor|designer"
    r"|developer|planner|buyer|controller|teacher|professor|instructor|trainer|pastor|minister|doctor"
    r"|physician|dentist|nurse|therapist|technician|estimator|foreman|sales|marketing|purchasing"
    r"|gesch[aä]ftsf[uü]hr\w*|inhaber\w*|\w{0,30}leit(?:er|ung)\w*|\w{0,30}verkauf\w*|\w{0,30}einkauf\w*|vertrieb\w*|vorstand\w*|verantwortlich\w*|assistenz"
    r"|directeur|directrice|g[eé]rante?|responsable|president[ea]|gerente|director[a]?|jefe|jefa"
    r"|compras|ventas|ventes|achats|inkoper|inkoop|verkoper|verkoop|directeur"
    r"|titolare|direttore|responsabile|amministratore)\b",
    re.IGNORECASE,
)
_MAX_TITLE = 80
_TITLE_CLASSES = frozenset({"role", "position", "jobtitle", "job", "function", "funktion"})
_LABELS = frozenset({"position", "title", "role", "job title", "function", "funktion", "puesto"})


def is_person_name(text: str) -> bool:
    """Whether a text looks like the name of one person, and like nothing else."""
    text = text.strip(" ,;:–-")
    if not text or len(text) > _MAX_NAME or any(c.isdecimal() or c in '@/&|!?:()"' for c in text):
        return False
    words = [word for word in text.replace(",", " ").split() if _bare(word) not in _SUFFIXES]
    while words and _bare(words[0]) in _TITLES:
        del words[0]
    named = [word for word in words if word not in _PARTICLES]
    return (
        len(words) in _WORDS
        and len(named) >= _WORDS[0]
        and not any(_bare(word) in _NEVER for word in named)
        and all(_is_name_word(word) for word in named)
        and any(len(_bare(word)) > 1 for word in named)
        and not _JOB.search(text)
    )


def is_job_title(text: str) -> bool:
    """Whether a text names what somebody does."""
    return len(text) <= _MAX_TITLE and bool(_JOB.search(text)) and "@" not in text


def is_title_label(text: str) -> bool:
    """Whether a text announces a job title, as in the left column of a table."""
    return text.strip(" :").lower() in _LABELS


def is_title_class(classes: str) -> bool:
    """Whether an element's classes say that it holds a job title."""
    return not _TITLE_CLASSES.isdisjoint(fold_text(classes).split())


def name_fits_email(name: str, email: str) -> bool:
    """Whether an address is likely this person's: ``ann.lee@``, ``alee@``, ``lee@``."""
    local = "".join(c if c.isalpha() else " " for c in fold_text(email.partition("@")[0]))
    words = [word for word in fold_text(name).split() if word not in _TITLES]
    whole = local.replace(" ", "")
    if not whole or not words:
        return False
    if any(len(word) > 2 and word in whole for word in words):  # noqa: PLR2004 - initials fit all
        return True
    return len(words) > 1 and whole in {words[0][0] + words[-1][:1], "".join(w[0] for w in words)}


def _bare(word: str) -> str:
    return word.strip(".,").replace(".", "").lower()


def _is_name_word(word: str) -> bool:
    letters = word.strip(".,'’-")
    return (
        bool(letters) and letters[0].isupper() and all(c.isalpha() or c in ".'’-" for c in letters)
    )
