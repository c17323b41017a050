"""Which texts tell what somebody does: job titles in the languages of business pages."""

import re

from pipeline.normalize.text import fold_text, word_set

_JOBS = word_set(
    """
    ceo cto cfo coo cmo cio ciso cpo cro vp evp svp avp md gm president vice chair chairman
    chairwoman chairperson director directors manager managing head chief owner proprietor founder
    cofounder partner principal secretary treasurer assistant associate agent broker realtor
    auctioneer engineer architect consultant coordinator supervisor superintendent officer executive
    representative rep lead leader specialist adviser advisor analyst attorney lawyer solicitor
    barrister paralegal counsel accountant administrator editor designer developer planner buyer
    controller comptroller teacher professor lecturer dean instructor trainer coach pastor minister
    priest rector doctor physician surgeon dentist hygienist nurse therapist veterinarian technician
    estimator foreman receptionist clerk bookkeeper photographer surveyor valuer negotiator
    translator journalist counselor counsellor pharmacist optician psychologist actuary auditor
    curator librarian caretaker concierge dispatcher driver machinist welder carpenter builder
    decorator gardener landscaper farmer baker barista sommelier florist jeweller tailor recruiter
    investor entrepreneur freelancer writer producer chef scientist researcher chemist biologist
    geologist strategist programmer inspector appraiser underwriter operator mechanic electrician
    plumber stylist host webmaster trustee member staff intern fellow liaison ambassador sales
    marketing purchasing procurement operations logistics finance accounting hr
    assistenz sekretariat buchhaltung kundenservice meister meisterin prokurist prokuristin
    directeur directrice gerant gerante responsable presidente gerente directora jefe jefa encargado
    encargada asistente compras ventas ventes achats conseiller conseillere commercial commerciale
    avocat avocate notaire associe associee inkoper inkoop verkoper verkoop adviseur medewerker
    eigenaar bestuurder directie titolare direttore direttrice responsabile amministratore avvocato
    socio diretor diretora socia vendedor vendedora coordenador coordenadora kierownik dyrektor
    prezes wlasciciel specjalista zastepca johtaja paallikko toimitusjohtaja saljare vd leder
    direktor muduru mudur reditel jednatel
    """
)
_BEGINNINGS = (
    *("geschaftsfuhr", "geschaeftsfuehr", "inhaber", "vertrieb", "vorstand", "verantwortlich"),
    *("rechtsanwalt", "rechtsanwalt", "steuerberater", "sachbearbeiter", "referent"),
)
_ENDINGS = (
    *("leiter", "leiterin", "leitung", "verkauf", "verkaufer", "verkauferin", "einkauf"),
    *("einkaufer", "einkauferin", "berater", "beraterin", "ingenieur", "ingenieurin"),
)
_MAX_TITLE = 80
_MAX_WORDS = 10
_FEW_BLANKS = 3
_CLASS = re.compile(
    r"(?:^| )(?:role|position|job|jobtitle|function|funktion|designation|occupation|profession"
    r"|puesto|cargo|fonction|poste|funcion)(?:$| )"
)
_LABELS = word_set(
    "position title role function funktion puesto cargo fonction poste designation job functie"
    " ruolo stanowisko occupation"
) | {"job title", "position title"}


def is_job_title(text: str) -> bool:
    """Whether a text names what somebody does."""
    return (
        len(text) <= _MAX_TITLE
        and "@" not in text
        and text.count(" ") < _MAX_WORDS
        and (text[:1].isupper() or text.count(" ") < _FEW_BLANKS)
        and not any(c.isdecimal() for c in text)
        and text.rstrip()[-1:] not in ".!?:"
        and any(map(_is_job, fold_text(text).split()))
    )


def is_title_label(text: str) -> bool:
    """Whether a text announces a job title, as in the left column of a table."""
    return text.strip(" :").lower() in _LABELS


def is_title_class(classes: str) -> bool:
    """Whether an element's classes say that it holds a job title."""
    return bool(classes) and _CLASS.search(fold_text(classes)) is not None


def _is_job(word: str) -> bool:
    return word in _JOBS or word.startswith(_BEGINNINGS) or word.endswith(_ENDINGS)
