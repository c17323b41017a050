"""Words around names: titles, degrees, suffixes, particles, and what tells a business."""

import re

from pipeline.dedupe import nicknames
from pipeline.dedupe.name_lists import read_lines
from pipeline.normalize.companies import has_legal_form
from pipeline.normalize.text import word_set

GIVEN_NAMES = nicknames.KNOWN.union(*read_lines("given_names.txt"))
"""Common given names of many countries, folded."""

TITLES = word_set(
    "mr mrs ms miss mx mister dr prof professor sir madam dame lord lady herr frau hr fr mme mlle"
    " m monsieur madame mademoiselle sr sra srta senor senora senorita don dona sig signor signora"
    " signorina sigra dott dottore dottssa dottoressa avv ing geom rag dipl diplom mag rev reverend"
    " hon capt captain maj col sgt lt dhr mevr mw drs dra doutor doutora pan pani mgr inz sayin"
    " bay bayan hoca fru pt shri smt ustad sheikh haji"
)
"""Honorifics, which stand before a name."""

DEGREES = word_set(
    "phd md mba cpa esq esquire msc bsc dds dvm rn llb llm jd cfa pmp dphil edd psyd mph bba mfa"
    " pe cfp ccim gri crs rpt dpt od dmd do shrm sphr cissp ii_"
)
"""Degrees and professions' letters, which stand behind a name."""

SUFFIXES = {
    **dict.fromkeys(("jr", "jnr", "junior", "filho", "jun"), "jr"),
    **dict.fromkeys(("sr", "snr", "senior", "sen", "pai"), "sr"),
    **{word: word for word in ("ii", "iii", "iv")},
    **{"2nd": "ii", "3rd": "iii", "4th": "iv"},
}
"""What tells father and son apart, by its spellings."""

PARTICLES = word_set(
    "af al am auf av bin da das de dei del della delle degli den der des di do dos du e el ibn la"
    " las le les lo los ten ter te van vande vanden vander vom von y zu zum zur het op in ut bint"
    " ould ap af"
)
"""Small words in front of a surname, or inside it."""

GLUED = word_set("mc mac o d st fitz")
"""Words that belong to the next as one: ``Mc Donald``, ``O Brien``."""

FAMILY_FIRST = word_set(
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly truong dinh"
    " wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng"
    " liang xie song tang deng feng xiao cheng cao peng zeng tian dong pan yuan cai jiang yu"
    " du ye wei su lu ding ren shen yao cui tan liao fan shi kim park choi jeong jung kang cho"
    " yoon jang lim han shin seo kwon hwang ahn bae chan wong cheung leung lau kwok chow ng"
)
"""Surnames of Vietnam, China and Korea, where the surname stands first."""

_BUSINESS = word_set(
    "academy accounting advertising agency agencia agentur airlines apartments architects"
    " architekten associates association auto autohaus bakery backerei baeckerei bank bar barbershop"
    " bistro boutique brewery brewing brothers bros builders building bureau cafe capital cars"
    " catering center centre centro church cleaning clinic clinica clinique club coffee college"
    " communications company computers concepts construction consultants consulting contractors"
    " council dairy deli dental design designs development digital diner distribution"
    " education electric electrical electronics energy engineering enterprise enterprises"
    " entertainment equipment estates events export express fabrics factory farm farms fashion"
    " finance financial fitness florist foods foundation freight fund furniture garage gallery"
    " garden gardens gesellschaft global golf grill group grupo gruppe gym hair hardware health"
    " healthcare heating holding holdings home homes hospital hospitality hostel hotel house"
    " immobilien import industrial industries industrie inn institute insurance interiors"
    " international investment investments jewelers kanzlei kitchen kliniken laboratories labs"
    " landscaping laundry lawyers legal library logistics lounge machinery management"
    " manufacturing market marketing markets mart media medical metals ministry mortgage motel"
    " motors museum music network networks nursery office offices online optical organization"
    " packaging painting partners partnership pharma pharmacy photography pizza pizzeria plastics"
    " plumbing praxis press printing productions products properties property pub publishing"
    " radio realty recruitment rentals repair research resort restaurant restaurante ristorante"
    " roofing salon school schule security services servicios servizi shipping shop shoes sisters"
    " society software solutions spa sports steel store stores studio studios supermarket supplies"
    " supply surgery systems tavern taxi team tech technologies technology telecom textiles"
    " theater theatre tools tourism tours toys trade trading training transport transportation"
    " travel trucking trust university ventures verein verlag vision warehouse water wealth web"
    " werkstatt wholesale windows winery wines wood workshop works worldwide zentrum"
    " ticaret sanayi sirket insaat zaklad firma uslugi przedsiebiorstwo comercio"
)
_ODD_WORDS = word_set("the of and und et by for at on & + chez und")
_ODD_SIGNS = re.compile(r"[&+@#*/|]|\d|['\u2019]s\b")
_WORD = re.compile(r"[a-z&+]+")


def business_signs(name: str, folded: str) -> int:
    """Tell how much a name speaks of a business: 2 surely, 1 likely, 0 not at all."""
    words = set(_WORD.findall(folded.lower()))
    if not words.isdisjoint(_BUSINESS):
        return 2
    if _ODD_SIGNS.search(name) or not words.isdisjoint(_ODD_WORDS):
        return 2 if has_legal_form(name) else 1
    return 2 if _may_be_legal(words) and has_legal_form(name) else 0


def _may_be_legal(words: set[str]) -> bool:
    return not words.isdisjoint(_LEGAL)


_LEGAL = word_set(
    "ab ag as asa bhd bv bvba co company corp corporation cv doo eg ek ev eurl fzco gbr gmbh inc"
    " incorporated kft kg kgaa kk lda limited llc llp lp ltd ltda mbh nv ohg oo ooo oy oyj pc plc"
    " pllc pte pty pvt sa sarl sas sasu scs se sl slu snc spa sro srl ug s g l a o z"
)
