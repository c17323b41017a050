"""Words around names: titles, degrees, suffixes, particles, and what stands where a name lacks."""

from collections.abc import Mapping
from typing import Final

from pipeline.dedupe.name_lists import read_lines
from pipeline.dedupe.nicknames import KNOWN_FORMS
from pipeline.normalize.text import word_set

GIVEN_NAMES: Final = KNOWN_FORMS.union(*read_lines("given_names.txt"))
"""Common given names of many countries, folded."""

TITLES: Final = word_set(
    "mr mrs ms miss mx mister dr prof professor sir madam dame herr frau fr mme mlle messrs"
    " monsieur madame mademoiselle sr sra srta senor senora senorita sig signor signora"
    " signorina dott dottore dottssa dottoressa avv dipl diplom rev reverend"
    " capt captain sgt lt dhr mevr mw drs dra doutor doutora mgr sayin"
    " bayan hoca fru shri smt sheikh"
)
"""Honorifics, which stand before a name."""

NAMES_AND_TITLES: Final = word_set(
    "m don dona hon col maj bay pan pani lady lord mag ing geom rag inz hr haji ustad hadji"
)
"""Honorifics that are names or initials too: they are titles before a known given name."""

DEGREES: Final = word_set(
    "phd md mba cpa esq esquire msc bsc dds dvm rn llb llm jd cfa pmp dphil edd psyd mph bba mfa"
    " cfp rpt dpt dmd shrm sphr cissp cma aia mbbs frcs mrcp fca aca acca obe mbe cbe"
)
"""Degrees and professions' letters, which stand behind a name."""

SUFFIXES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("jr", "jnr", "junior", "filho", "neto"), "jr"),
    **dict.fromkeys(("sr", "snr", "senior"), "sr"),
    **dict.fromkeys(("ii", "2nd"), "ii"),
    **dict.fromkeys(("iii", "3rd"), "iii"),
    **dict.fromkeys(("iv", "4th"), "iv"),
}
"""What tells father and son apart, by its spellings."""

INNER_SUFFIXES: Final = frozenset({"jr", "jnr", "ii", "iii"})
"""Those that may stand before a given name too: ``Koch Jr. Gero``."""

PARTICLES: Final = word_set(
    "af al am auf av bin da das de dei del della delle degli den der des di do dos du el ibn la"
    " las le les lo los ten ter te van vande vanden vander vom von y zu zum zur het op ut bint"
    " ould"
)
"""Small words in front of a surname, or inside it."""

IRISH: Final = word_set(
    "brien connor neill reilly sullivan donnell hara keefe keeffe leary malley rourke shea toole"
    " grady dwyer callaghan donoghue driscoll flynn gorman hagan kane loughlin mahony meara"
    " riordan rorke doherty dea carroll connell farrell halloran hanlon hearn"
)
"""What follows an O' that stands apart."""

FAMILY_FIRST: Final = word_set(
    "nguyen tran le pham huynh hoang phan vu vo dang bui ho ngo duong ly truong dinh"
    " wang li zhang liu chen yang huang zhao wu zhou xu sun zhu hu guo he gao luo zheng"
    " liang xie deng feng xiao cheng cao peng zeng tian yuan cai jiang yu"
    " du wei su lu ding ren yao cui liao fan shi park choi jeong jung kang cho"
    " yoon jang lim shin kwon hwang ahn bae chan wong cheung leung lau kwok chow"
)
"""Surnames of Vietnam, China and Korea, where the surname stands first."""

VIETNAMESE_MIDDLES: Final = word_set("van thi duc huu dinh xuan quang thanh ngoc minh")
"""What stands between surname and given name in Vietnam."""

PLACEHOLDERS: Final = word_set(
    "unknown unnamed none no one two three four five respondent youngest oldest younger older dau"
    " know noname name nobody null nil nan na n/a tbd tba test tester testing anonymous anon"
    " person someone somebody customer guest resident occupant owner householder household home"
    " house tenant user contact client lead prospect visitor employee staff member patient child"
    " children son daughter grandson granddaughter grandchild wife husband spouse baby infant boy"
    " girl male female man woman men women mother father mom dad brother sister nephew niece"
    " uncle aunt friend roommate partner relative adult minor lady gentleman sir madam first last"
    " middle firstname lastname surname apellido nombre nom prenom vorname nachname unbekannt"
    " desconocido inconnu sconosciuto onbekend nieznany bilinmiyor hijo hija senor senora casa"
    " nino xx xxx xxxx asdf qwerty blank empty missing deleted refused declined"
)
"""What is written where a name is not known."""

PLACEHOLDERS_AND_SURNAMES: Final = word_set(
    "no guest house man friend client lead staff minor child son boy uncle first last nom"
)
"""Those of them that are surnames too, and stand for none only beside others."""

FILLERS: Final = word_set(
    "of the in dont de la el del no not age given available provided applicable a an my his her"
)
"""What may stand beside a placeholder: ``Lady of the House``, ``not known``."""
