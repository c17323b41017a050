"""Which texts tell what somebody does: job titles in the languages of business pages."""

import re

from pipeline.normalize.text import fold_text

_JOB = re.compile(
    r"\b(?:ceo|cto|cfo|coo|cmo|cio|ciso|cpo|cro|vp|evp|svp|avp|md|gm|president|vice|chair(?:man|woman|person)?"
    r"|director|manager|managing|head|chief|owner|proprietor|founder|co-?founder|partner|principal|secretary"
    r"|treasurer|assistant|associate|agent|broker|realtor|auctioneer|engineer|architect|consultant"
    r"|coordinator|co-ordinator|supervisor|superintendent|officer|executive|representative|rep|lead|leader"
    r"|specialist|advis[eo]r|analyst|attorney|lawyer|solicitor|barrister|paralegal|counsel|accountant"
    r"|administrator|editor|designer|developer|planner|buyer|controller|comptroller|teacher|professor"
    r"|lecturer|dean|instructor|trainer|coach|pastor|minister|priest|rector|doctor|physician|surgeon|dentist"
    r"|hygienist|nurse|therapist|veterinarian|technician|estimator|foreman|receptionist|clerk|bookkeeper"
    r"|photographer|surveyor|valuer|negotiator|translator|journalist|counsell?or|pharmacist|optician|psychologist|actuary|auditor|curator|librarian|caretaker|concierge|dispatcher|driver|machinist|welder|carpenter|builder|decorator|gardener|landscaper|farmer|baker|barista|sommelier|florist|jeweller|tailor|recruiter|investor|entrepreneur|freelancer|geschaeftsfuehrer\w{0,3}|writer|producer|chef|scientist|researcher|chemist|biologist|geologist|strategist"
    r"|programmer|inspector|appraiser|underwriter|operator|mechanic|electrician|plumber|stylist|host"
    r"|webmaster|trustee|member|staff|intern|fellow|liaison|ambassador|sales|marketing|purchasing|procurement"
    r"|operations|logistics|finance|accounting|human resources|hr|customer service|business development"
    r"|gesch[aä]ftsf[uü]hr\w{0,12}|inhaber\w{0,5}|\w{0,30}leit(?:er|ung)\w{0,5}|\w{0,30}verkauf\w{0,12}"
    r"|\w{0,30}einkauf\w{0,12}|vertrieb\w{0,20}|vorstand\w{0,12}|verantwortlich\w{0,5}|assistenz"
    r"|\w{0,20}berater\w{0,5}|\w{0,20}ingenieur\w{0,5}|rechtsanw[aä]lt\w{0,5}|steuerberater\w{0,5}|prokurist\w{0,5}"
    r"|sachbearbeiter\w{0,5}|referent\w{0,5}|sekretariat|buchhaltung|kundenservice|meister\w{0,5}"
    r"|directeur|directrice|g[eé]rante?|responsable|pr[eé]sident[ea]?|gerente|directora?|jefe|jefa|encargad[oa]"
    r"|asistente|compras|ventas|ventes|achats|conseill[eè]re?|commercial[e]?|avocate?|notaire|associ[eé]e?"
    r"|inkoper|inkoop|verkoper|verkoop|adviseur|medewerker|eigenaar|bestuurder|directie"
    r"|titolare|direttore|direttrice|responsabile|amministratore|avvocato|commerciale|socio"
    r"|diretora?|s[oó]ci[oa]|vendedora?|coordenadora?|kierownik|dyrektor|prezes|w[lł]a[sś]ciciel"
    r"|specjalista|zast[eę]pca|johtaja|p[aä][aä]llikk[oö]|toimitusjohtaja|chef|s[aä]ljare|vd"
    r"|daglig leder|direkt[oø]r|leder|m[uü]d[uü]r\w{0,4}|ředitel\w{0,3}|jednatel\w{0,3})\b",
    re.IGNORECASE,
)
_MAX_TITLE = 80
_MAX_WORDS = 10
_FEW_BLANKS = 3
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:role|position|job|job-?title|function|funktion|designation|occupation|profession"
    r"|puesto|cargo|fonction|poste|funcion)(?:$|[\s_-]|title)",
    re.IGNORECASE,
)
_LABELS = frozenset(
    [
        "position",
        "title",
        "role",
        "job title",
        "function",
        "funktion",
        "puesto",
        "cargo",
        "fonction",
        "poste",
        "designation",
        "job",
        "functie",
        "ruolo",
        "stanowisko",
        "occupation",
        "position title",
    ]
)


def is_job_title(text: str) -> bool:
    """Whether a text names what somebody does."""
    return (
        len(text) <= _MAX_TITLE
        and "@" not in text
        and _JOB.search(text) is not None
        and len(text.split()) <= _MAX_WORDS
        and not any(c.isdecimal() for c in text)
        and text.rstrip()[-1:] not in ".!?:"
        and (text[:1].isupper() or text.count(" ") < _FEW_BLANKS)
    )


def is_title_label(text: str) -> bool:
    """Whether a text announces a job title, as in the left column of a table."""
    return text.strip(" :").lower() in _LABELS


def is_title_class(classes: str) -> bool:
    """Whether an element's classes say that it holds a job title."""
    return bool(classes) and _CLASS.search(fold_text(classes)) is not None
