"""Lead statuses: the words other systems use, mapped to our four."""

from pipeline.normalize.text import fold_text

STATUSES = ("new", "contacted", "qualified", "disqualified")

_WORDS = {
    "new": (
        "new lead|new prospect|open|open not contacted|not contacted|not started|uncontacted|raw"
        "|fresh|created|unworked|incoming|inbound|to do|todo|subscriber|lead|prospect|intake"
        "|neu|offen|nicht kontaktiert|nouveau|nouvelle|ouvert|a contacter|nuevo|nueva|abierto"
        "|sin contactar|nuovo|nuova|aperto|nieuw|novo|nova|aberto|ny|oppen|nowy|yeni"
    ),
    "contacted": (
        "attempted|attempted to contact|attempting contact|attempting|contact attempted"
        "|contact made|contacted|connected|working|working contacted|in progress|engaged|nurture"
        "|nurturing|follow up|followup|following up|called|emailed|left message|meeting scheduled"
        "|in contact|replied|responded|contact in future|demo scheduled|assigned"
        "|kontaktiert|in bearbeitung|angerufen|contacte|contactee|en cours|contactado|contactada"
        "|en proceso|en curso|contattato|contattata|in corso|in lavorazione|gecontacteerd"
        "|benaderd|contatado|contatada|contactado|em andamento|kontaktad"
    ),
    "qualified": (
        "sql|mql|sales qualified|sales qualified lead|marketing qualified|marketing qualified lead"
        "|salesqualifiedlead|marketingqualifiedlead|sales accepted|closed converted|converted"
        "|convert|won|closed won|customer|client|opportunity|hot|interested|accepted|pre qualified"
        "|prequalified|deal|open deal|qualifiziert|gewonnen|kunde|qualifie|qualifiee|gagne|gagnee"
        "|cualificado|cualificada|calificado|calificada|ganado|ganada|cliente|qualificato"
        "|qualificata|vinto|gekwalificeerd|gewonnen|klant|qualificado|qualificada|ganho"
    ),
    "disqualified": (
        "unqualified|not qualified|lost|closed lost|lost lead|closed not converted|junk|junk lead"
        "|spam|dead|bad|bad lead|bad timing|not interested|no interest|rejected|declined|invalid"
        "|trash|bounced|unsubscribed|do not contact|dnc|archived|cold|not a fit|no fit|duplicate"
        "|recycled|disqualifiziert|unqualifiziert|nicht qualifiziert|verloren|abgelehnt"
        "|kein interesse|disqualifie|non qualifie|perdu|perdue|pas interesse|refuse|descalificado"
        "|descartado|no calificado|no cualificado|perdido|perdida|no interesado|squalificato"
        "|non qualificato|perso|persa|gediskwalificeerd|niet gekwalificeerd|afgewezen"
        "|desqualificado|nao qualificado|sem interesse"
    ),
}
_STATUS_OF = {
    word: status for status, words in _WORDS.items() for word in (status, *words.split("|"))
}


def normalize_status(text: str) -> str | None:
    """Give the one of :data:`STATUSES` a word of any usual system stands for, None if unknown."""
    return _STATUS_OF.get(text) or _STATUS_OF.get(fold_text(text))


def find_status_words() -> list[str]:
    """Give all words that stand for a status, folded."""
    return list(_STATUS_OF)
